import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { TailProgress } from "@/lib/db/log-window-store";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import type { LogCandidate, QuarantinedRecord } from "@/lib/domain/log-reading";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { recordWindows, type WindowToRecord } from "./watch-windows";

let ground: LogGround;
let serial = 0;
/** A source of this test alone. */
const own = () => `own-${serial}`;

beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());
afterEach(() => {
  serial += 1;
});

async function candidatesOf(lines: string[], from = 0): Promise<LogCandidate[]> {
  const { rules } = await ground.watched(own());
  const assembler = createLogAssembler(rules);
  let at = from;
  for (const text of lines) {
    const offsetEnd = at + Buffer.byteLength(text) + 1;
    assembler.push({ text, offsetStart: at, offsetEnd, truncated: false });
    at = offsetEnd;
  }
  assembler.flush();
  return assembler.take().candidates;
}

type Given = {
  candidates?: LogCandidate[];
  quarantined?: QuarantinedRecord[];
  generation?: number;
  progress?: Partial<TailProgress>;
  recentFingerprints?: Record<string, number>;
};

async function windowOf(given: Given = {}): Promise<WindowToRecord> {
  const watched = await ground.watched(own());
  const { candidates = [], quarantined = [], generation = 0 } = given;
  const offset = Math.max(0, ...[...candidates, ...quarantined].map((each) => each.offsetEnd));
  const place = { generation, fileId: "8:77" };
  const { revision, recentFingerprints } = await ground.state(own());
  return {
    watched,
    progress: {
      ...{ projectId: "shop", sourceId: own(), path: watched.source.path, revision },
      position: { fileId: "8:77", generation, offset, guardHash: null, guardBytes: 0, finishedUntilMs: null },
      ...{ openOffset: null, fileSize: offset, bytesRead: offset, lines: 3, candidates: candidates.length },
      ...{ oversizeLines: 0, bytesPerSecond: 1, recordsPerMinute: 2, watching: "notified", lagBytes: 0 },
      ...{ behindSinceMs: null, lastPollAtMs: 1_000, lastRecordAtMs: 1_000, lastCandidateAtMs: 1_000 },
      ...{ error: null, consecutiveErrors: 0 },
      ...given.progress,
    },
    candidates: candidates.map((found) => ({ found, ...place })),
    quarantined: quarantined.map((found) => ({ found, ...place })),
    recentFingerprints: given.recentFingerprints ?? recentFingerprints,
  };
}

const record = async (given: Given | WindowToRecord = {}, watcher = "one") => {
  const window = "watched" in given ? given : await windowOf(given);
  const [recorded] = await recordWindows(ground.system(), { watcher, leaseMs: 10_000, windows: [window] });
  if (!recorded) throw new Error("a window has an answer");
  return recorded;
};

const prepare = async (source: Parameters<LogGround["configure"]>[0][number] = {}) => {
  await ground.configure([{ sourceId: own(), path: `${own()}.log`, ...source }], {
    allowedDestinationIds: ["local"],
    defaultRouteTags: ["shop"],
    tenantId: "acme",
  });
  await ground.claim(own());
};

const incidents = () =>
  ground.db.prisma.incident.findMany({ where: { logSourceId: own() }, orderBy: { createdAt: "asc" } });
const occurrences = () =>
  ground.db.prisma.occurrence.findMany({ where: { logSourceId: own() }, orderBy: { id: "asc" } });
const evidence = () =>
  ground.db.prisma.evidenceArtifact.findMany({ where: { path: { contains: `/evidence/${own()}/` } } });
const quarantine = () => ground.db.prisma.logQuarantine.findMany({ where: { sourceId: own() } });

const down = '{"level":"error","message":"the till is down","component":"till"}';

describe("a window", () => {
  it("is one commit: incident, draft, sighting, evidence, and where the tail stands", async () => {
    await prepare();
    const candidates = await candidatesOf([down]);
    expect(await record({ candidates })).toMatchObject({ saved: true, submitted: 1, newIncidents: 1 });
    const [incident] = await incidents();
    expect(incident).toMatchObject({
      ...{ provenance: "log_source", projectId: "shop", eventType: "log.error", component: "till" },
      ...{ source: `incident_monitor.log.${own()}`, routeTags: ["shop"], allowedDestinationIds: ["local"] },
      ...{ repo: "acme/shop", occurrenceCount: 1 },
      attributes: { tenantId: "acme", fileName: `${own()}.log` },
    });
    const [occurrence] = await occurrences();
    const place = {
      path: `${own()}.log`,
      inode: "8:77",
      generation: 0,
      offset_start: 0,
      offset_end: down.length + 1,
    };
    expect(occurrence).toMatchObject({
      originKey: `log:shop/${own()}:0:0`,
      sighting: place,
      reporter: { kind: "system", id: "log-sources" },
    });
    const [artifact] = await evidence();
    expect(incident?.eventPayload).toMatchObject({
      ...{
        ...place,
        project_id: "shop",
        source_id: own(),
        evidence_ref: artifact?.path,
        route_tags: ["shop"],
      },
      detected_at_ms: expect.any(Number),
    });
    expect(await ground.state(own())).toMatchObject({
      ...{ totalCandidates: 1, totalSubmitted: 1, totalLines: 3, totalBytesRead: down.length + 1 },
      ...{ watching: "notified", consecutiveErrors: 0, errorCode: null },
      position: { fileId: "8:77", generation: 0, offset: down.length + 1 },
      positionedAtMs: expect.any(Number),
      lastSubmittedAtMs: expect.any(Number),
    });
    const draft = await ground.db.prisma.draft.findUniqueOrThrow({ where: { id: incident?.draftId ?? "" } });
    expect(draft).toMatchObject({ provenance: "log_source", evidenceRefs: incident?.evidenceRefs });
    expect(draft.detail).toContain(artifact?.path);
  });

  it("writes nothing once its source has changed hands", async () => {
    await prepare();
    const candidates = await candidatesOf([down]);
    const stale = await windowOf({ candidates });
    await ground.claim(own(), "two", Date.now() + 11_000);
    expect(await record(stale)).toEqual({ saved: false });
    expect([await incidents(), await occurrences(), await evidence()]).toEqual([[], [], []]);
    expect(await ground.state(own())).toMatchObject({ position: null, totalLines: 0, claimedBy: "two" });
    expect(await record({ candidates }, "two")).toMatchObject({ saved: true, submitted: 1 });
  });

  it("is written once of two readers that believe the source theirs, whoever commits first", async () => {
    await prepare();
    const window = await windowOf({ candidates: await candidatesOf([down]) });
    const both = await Promise.all([record(window), record(window)]);
    expect(both.map((each) => each.saved).sort()).toEqual([false, true]);
    expect((await incidents())[0]?.occurrenceCount).toBe(1);
  });

  it("leaves out another's lost window and writes its neighbours", async () => {
    await prepare();
    const stale = await windowOf({ candidates: await candidatesOf([down]) });
    const lost = own();
    serial += 1;
    await ground.configure([
      { sourceId: lost, path: `${lost}.log` },
      { sourceId: own(), path: `${own()}.log` },
    ]);
    await ground.claim(own());
    const good = await windowOf({ candidates: await candidatesOf([down]) });
    const windows = [{ ...stale, progress: { ...stale.progress, revision: 7 } }, good];
    const recorded = await recordWindows(ground.system(), { watcher: "one", leaseMs: 10_000, windows });
    expect(recorded).toMatchObject([{ saved: false }, { saved: true, submitted: 1 }]);
    expect(await incidents()).toHaveLength(1);
    expect(await ground.db.prisma.incident.count({ where: { logSourceId: lost } })).toBe(0);
  });

  it("of a source that is configured no more is not written", async () => {
    await prepare();
    const window = await windowOf({ candidates: await candidatesOf([down]) });
    await ground.configure([]);
    expect(await record(window)).toEqual({ saved: false });
    expect((await ground.state(own())).position).toBeNull();
  });

  it("with nothing found moves the tail and makes no entry in the audit", async () => {
    await prepare();
    const before = await ground.db.prisma.auditEntry.count();
    const window = await windowOf();
    const position = { ...window.progress.position, offset: 500 } as TailProgress["position"];
    expect(await record({ progress: { position } })).toMatchObject({ saved: true, submitted: 0 });
    expect((await ground.state(own())).position?.offset).toBe(500);
    expect(await ground.db.prisma.auditEntry.count()).toBe(before);
  });

  it("that could not be read says why, and is readable again with the next (W-15)", async () => {
    await prepare();
    const error = { code: "permission_denied", message: "may not be opened" } as const;
    await record({ progress: { error, consecutiveErrors: 2, position: null } });
    expect(await ground.state(own())).toMatchObject({
      ...{
        errorCode: "permission_denied",
        lastError: "may not be opened",
        consecutiveErrors: 2,
        position: null,
      },
      lastErrorAtMs: expect.any(Number),
    });
    await record();
    expect(await ground.state(own())).toMatchObject({
      errorCode: null,
      lastError: null,
      consecutiveErrors: 0,
    });
  });

  it("after which bytes were lost says so for a day, though reading goes on", async () => {
    await prepare();
    await record({ progress: { error: { code: "rotated_file_lost", message: "12 bytes" } } });
    await record();
    expect(await ground.state(own())).toMatchObject({
      ...{ errorCode: "rotated_file_lost", lastError: "12 bytes", consecutiveErrors: 0 },
    });
    await ground.db.prisma.logSourceState.updateMany({
      where: { sourceId: own() },
      data: { lastErrorAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    await record();
    expect((await ground.state(own())).errorCode).toBeNull();
  });
});

describe("a line that was counted before", () => {
  it("is left out and its neighbours are counted", async () => {
    await prepare();
    await record({ candidates: await candidatesOf([down]) });
    const more = await candidatesOf([down, down.replace("till", "door")]);
    expect(await record({ candidates: more })).toMatchObject({ saved: true, submitted: 1, newIncidents: 1 });
    expect((await incidents()).map((each) => each.occurrenceCount)).toEqual([1, 1]);
    expect(await ground.state(own())).toMatchObject({ totalCandidates: 3, totalSubmitted: 2 });
  });

  it("is another line in the next file of the source", async () => {
    await prepare();
    await record({ candidates: await candidatesOf([down]) });
    expect(await record({ candidates: await candidatesOf([down]), generation: 1 })).toMatchObject({
      ...{ submitted: 1, newIncidents: 0 },
    });
    expect((await incidents())[0]?.occurrenceCount).toBe(2);
  });

  it("is counted once when somebody else counts it between the look and the commit", async () => {
    await prepare();
    const candidates = await candidatesOf([down]);
    const first = await windowOf({ candidates });
    // Another connection holds the key until we are past our own look at what is counted.
    const client = await ground.db.pool.connect();
    await record({ candidates: await candidatesOf([down], 10_000) });
    const [{ id: incidentId } = { id: "" }] = await incidents();
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO occurrences (id, incident_id, received_at, provenance, reporter, origin_key)
       VALUES ($1, $2, now(), 'log_source', '{}', $3)`,
      [`other-${own()}`, incidentId, `log:shop/${own()}:0:0`],
    );
    const { revision } = await ground.state(own());
    const recording = record({ ...first, progress: { ...first.progress, revision } });
    await expect
      .poll(async () => {
        const { rows } = await ground.db.pool.query(
          "SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'",
        );
        return rows[0].n;
      })
      .toBeGreaterThan(0);
    await client.query("COMMIT");
    client.release();
    expect(await recording).toMatchObject({ saved: true, submitted: 0 });
    expect((await occurrences()).filter((each) => each.originKey?.endsWith(":0:0"))).toHaveLength(0);
  });
});

describe("repeats", () => {
  it("D-12, W-20: every sighting counts; the cooldown limits evidence alone", async () => {
    await prepare({ fingerprintCooldownMs: 60_000 });
    for (const from of [0, 1_000, 2_000])
      await record({ candidates: await candidatesOf([down, down], from) });
    const [incident] = await incidents();
    expect(incident).toMatchObject({ occurrenceCount: 6 });
    expect(await evidence()).toHaveLength(1);
    expect(incident?.evidenceRefs).toHaveLength(2);
    const { recentFingerprints } = await ground.state(own());
    expect(Object.keys(recentFingerprints)).toEqual([incident?.fingerprint]);
  });

  it("leave evidence again once the cooldown is over, and the incident names both", async () => {
    await prepare({ fingerprintCooldownMs: 60_000 });
    await record({ candidates: await candidatesOf([down]) });
    const { recentFingerprints } = await ground.state(own());
    const longAgo = Object.fromEntries(
      Object.keys(recentFingerprints).map((key) => [key, Date.now() - 61_000]),
    );
    await record({ candidates: await candidatesOf([down], 1_000), recentFingerprints: longAgo });
    expect(await evidence()).toHaveLength(2);
    expect((await incidents())[0]?.evidenceRefs).toHaveLength(4);
  });

  it("forget the oldest fingerprints first", async () => {
    await prepare({ fingerprintCooldownMs: 1_000 });
    const now = Date.now();
    const recentFingerprints = Object.fromEntries(
      Array.from({ length: 600 }, (_, at) => [`f-${at}`, now - 60_000 - at]),
    );
    await record({ candidates: await candidatesOf([down]), recentFingerprints });
    const kept = (await ground.state(own())).recentFingerprints;
    expect(Object.keys(kept)).toHaveLength(500);
    expect(kept).toHaveProperty("f-0");
    expect(kept).not.toHaveProperty("f-599");
  });
});

describe("evidence", () => {
  const secret = "Zx9Qw7Er5Ty3Ui1Op8As6Df4";
  const lines = [
    `GET /login Authorization: Bearer ${secret}`,
    `ERROR could not renew the session: Authorization: Bearer ${secret}`,
    "    at renew (/srv/app/session.js:10:4)",
  ];

  it("has the line, its context and a hash, and case 58: no part of a secret stays anywhere", async () => {
    await prepare();
    await record({ candidates: await candidatesOf(lines) });
    const [artifact] = await evidence();
    const content = artifact?.content as Record<string, unknown>;
    const [incident] = await incidents();
    expect(artifact).toMatchObject({
      ...{ kind: "log_source", contentType: "application/json", incidentId: incident?.id },
      ...{ draftId: incident?.draftId, expiresAt: null, sha256: sha256Hex(canonicalJson(content)) },
    });
    const start = lines[0]?.length ?? 0;
    const end = lines.join("\n").length + 1;
    expect(content).toMatchObject({
      ...{ schema_version: 1, project_id: "shop", source_id: own(), repo: "acme/shop" },
      ...{ workspace_root: ground.root, log_path: `${own()}.log`, inode: "8:77", generation: 0 },
      ...{ offset_start: start + 1, offset_end: end, parser_format: "plaintext", level: "error" },
      ...{ event: "log.error", fingerprint: incident?.wireFingerprint, title: incident?.title },
      raw_excerpt_redacted: [expect.stringContaining("could not renew"), lines[2]],
      context: [expect.stringContaining("GET /login")],
    });
    expect(Object.values(content.redactions as object).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(1);
    expect(incident?.evidenceRefs).toEqual([
      `tandem://incident-monitor/shop/logs/${own()}#offset=${start + 1}-${end}`,
      artifact?.path,
    ]);
    expect(artifact?.path).toMatch(
      new RegExp(`^tandem://incident-monitor/shop/evidence/${own()}/[0-9a-f]{16}-${start + 1}\\.json$`),
    );
    const tables = ["incidents", "drafts", "occurrences", "evidence_artifacts", "audit_entries"];
    for (const table of tables) {
      for (const part of [secret, secret.slice(0, 8), secret.slice(-8)]) {
        const { rows } = await ground.db.pool.query(
          `SELECT count(*)::int AS n FROM ${table} t WHERE strpos(to_jsonb(t.*)::text, $1) > 0`,
          [part],
        );
        expect(rows[0].n, table).toBe(0);
      }
    }
  });

  it("goes when retention says", async () => {
    await prepare();
    await ground.configure(
      [{ sourceId: own(), path: `${own()}.log` }],
      {},
      {
        safetyDefaults: { retentionDays: 30 },
      },
    );
    await record({ candidates: await candidatesOf([down]) });
    const days = ((await evidence())[0]?.expiresAt?.getTime() ?? 0) - Date.now();
    expect(days / 86_400_000).toBeCloseTo(30, 1);
    await ground.configure([], {}, { safetyDefaults: { retentionDays: null } });
  });
});

describe("a record that is not like the source's", () => {
  it("is set aside once, redacted, and makes no incident", async () => {
    await prepare();
    const secret = "Zx9Qw7Er5Ty3Ui1Op8As6Df4";
    const quarantined: QuarantinedRecord[] = [
      {
        ...{ offsetStart: 40, offsetEnd: 90, reason: "required_field_missing", detail: "component" },
        lines: [`{"level":"error","password":"${secret}"}`],
      },
    ];
    await record({ quarantined });
    await record({ quarantined });
    const kept = await quarantine();
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({
      reason: "required_field_missing",
      detail: "component",
      offsetStart: 40n,
    });
    expect(JSON.stringify(kept[0]?.excerpt)).not.toContain(secret.slice(0, 8));
    expect(await incidents()).toEqual([]);
  });
});

it("D-15: what was read just before a pause is held like everything else", async () => {
  await prepare();
  const window = await windowOf({ candidates: await candidatesOf([down]) });
  await ground.configure([{ sourceId: own(), path: `${own()}.log` }], { paused: true });
  expect(await record(window)).toMatchObject({ saved: true, submitted: 1 });
  expect((await incidents())[0]?.held).toBe(true);
});

it.each([
  actors.adminToken(),
  actors.admin(),
  actors.serviceToken(),
  actors.agentToken(),
  actors.intakeKey(),
])("only the system reads logs: not a $kind", async (actor) => {
  await prepare();
  const windows = [await windowOf({ candidates: await candidatesOf([down]) })];
  await expect(
    recordWindows(ground.as(actor), { watcher: "one", leaseMs: 10_000, windows }),
  ).rejects.toMatchObject({ kind: "forbidden" });
  expect(await incidents()).toEqual([]);
});
