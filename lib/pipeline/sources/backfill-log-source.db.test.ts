import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { getEvidence } from "../evidence/get-evidence";
import { type BackfillLogSourceInput, backfillLogSource } from "./backfill-log-source";

let ground: LogGround;
let serial = 0;
/** A source of this test alone, and its log. */
const own = () => `backfill-${serial}`;
const log = () => `${own()}.log`;

beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());
afterEach(() => {
  serial += 1;
});

const configure = (source = {}) => ground.configure([{ sourceId: own(), path: log(), ...source }]);
const hour = 3_600_000;
const day = Date.UTC(2026, 5, 29);
const at = (hours: number) => new Date(day + hours * hour).toISOString();
const error = (message: string, hours?: number) =>
  JSON.stringify({ level: "error", message, ...(hours !== undefined && { time: at(hours) }) });

const backfill = (input: Partial<BackfillLogSourceInput> = {}, actor = actors.admin()) =>
  backfillLogSource(ground.as(actor), {
    ...{ projectId: "shop", sourceId: own(), fromMs: day, toMs: day + 24 * hour, cursor: null },
    ...input,
  });

async function readToEnd(): Promise<void> {
  const tail = await ground.open(own());
  await ground.readOn(tail);
  await tail.close();
}

/** What was counted, by when it happened. */
async function counted(): Promise<string[]> {
  const { rows } = await ground.db.pool.query(
    "SELECT sighting->>'message' AS message FROM occurrences WHERE log_source_id = $1 ORDER BY occurred_at, id",
    [own()],
  );
  return rows.map((row) => row.message);
}

function rotate(name: string): void {
  renameSync(ground.pathOf(log()), ground.pathOf(`${log()}.${name}`));
}

describe("a range of time", () => {
  it("of a log that began to be read at its end: what stands before is counted, from start until just before end", async () => {
    await configure({ startPosition: "end" });
    ground.append(log(), error("too early", 1), error("first", 2), error("last", 3), error("too late", 4));
    await readToEnd();
    const done = await backfill({ fromMs: day + 2 * hour, toMs: day + 4 * hour });
    expect(done).toMatchObject({
      candidates: 2,
      newIncidents: 2,
      merged: 0,
      alreadyCounted: 0,
      nextCursor: null,
    });
    expect(await counted()).toEqual(["first", "last"]);
    const [incident] = await ground.db.prisma.incident.findMany({
      where: { logSourceId: own(), title: "first" },
    });
    expect(incident).toMatchObject({ provenance: "log_source", occurrenceCount: 1 });
    const [bytes = "", artifact = ""] = incident?.evidenceRefs ?? [];
    const evidence = await getEvidence(ground.as(), { reference: artifact });
    expect(evidence).toMatchObject({ incidentId: incident?.id, verified: true, content: { title: "first" } });
    expect(await getEvidence(ground.as(), { reference: bytes })).toEqual(evidence);
  });

  it("again it counts nothing; lines that were read are never counted again", async () => {
    await configure();
    ground.append(log(), error("read", 1), error("read", 2));
    await readToEnd();
    expect(await backfill()).toMatchObject({ candidates: 2, alreadyCounted: 2, newIncidents: 0, merged: 0 });
    expect(await backfill()).toMatchObject({ candidates: 2, alreadyCounted: 2 });
    expect(await counted()).toEqual(["read", "read"]);
  });

  it("does not move the place up to which the log is read, nor take what lies behind it", async () => {
    await configure();
    ground.append(log(), error("read", 1));
    await readToEnd();
    const before = await ground.state(own());
    ground.append(log(), error("not read yet", 2));
    expect(await backfill()).toMatchObject({ candidates: 1, alreadyCounted: 1 });
    expect((await ground.state(own())).position).toEqual(before.position);
    await readToEnd();
    expect(await counted()).toEqual(["read", "not read yet"]);
  });

  it("failures without a time of their own are left out and counted as such", async () => {
    await configure({ startPosition: "end" });
    ground.append(log(), error("whenever"), error("timed", 5));
    await readToEnd();
    expect(await backfill()).toMatchObject({ candidates: 1, untimed: 1, newIncidents: 1 });
    expect(await counted()).toEqual(["timed"]);
  });
});

describe("rotated files", () => {
  it("are read beside the log, compressed or not, oldest first; what was counted in them is not counted again", async () => {
    await configure();
    ground.append(log(), error("oldest, read", 1), error("oldest, read", 2));
    await readToEnd();
    rotate("2");
    ground.append(log(), error("in between, read", 3));
    await readToEnd();
    rotate("1");
    ground.append(log(), error("newest", 4));
    await readToEnd();
    const path = ground.pathOf(`${log()}.2`);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    utimesSync(`${path}.gz`, 1, day / 1_000 + 100 * 86_400);
    rmSync(path);
    const older = `${log()}.3`;
    writeFileSync(ground.pathOf(older), `${error("never read", 0.5)}\n`);
    utimesSync(ground.pathOf(older), day / 1_000 + 3_600, day / 1_000 + 3_600);
    const done = await backfill();
    expect(done.files.map((file) => file.path.split("/").at(-1))).toEqual([
      ...[older, `${log()}.2.gz`, `${log()}.1`, log()],
    ]);
    expect(done).toMatchObject({ candidates: 5, alreadyCounted: 4, newIncidents: 1 });
    expect(await counted()).toEqual([
      ...["never read", "oldest, read", "oldest, read", "in between, read", "newest"],
    ]);
    expect(await backfill()).toMatchObject({ candidates: 5, alreadyCounted: 5 });
  });

  it("last written to before the range are not opened", async () => {
    await configure();
    ground.append(log(), error("now", 1));
    await readToEnd();
    const older = ground.pathOf(`${log()}.1`);
    writeFileSync(older, `${error("long ago", 1)}\n`);
    utimesSync(older, 1_000, 1_000);
    const { files, candidates } = await backfill();
    expect(files).toMatchObject([
      { skipped: expect.stringContaining("before the range"), bytes: 0 },
      { skipped: null },
    ]);
    expect(candidates).toBe(1);
  });

  it("two at once count every line once", async () => {
    await configure({ startPosition: "end" });
    ground.append(
      log(),
      ...Array.from({ length: 20 }, (_, nth) =>
        error(`order ${nth} of ${"abcdefghij"[nth % 10]}`, 1 + nth / 100),
      ),
    );
    await readToEnd();
    const [one, other] = await Promise.all([backfill(), backfill()]);
    expect(one.alreadyCounted + other.alreadyCounted).toBe(20);
    expect(await counted()).toHaveLength(20);
  });
});

describe("a dry run", () => {
  it("tells the same and writes nothing", async () => {
    await configure({ startPosition: "end" });
    const rotated = ground.pathOf(`${log()}.1`);
    writeFileSync(rotated, `${error("known", 3)}\n${error("unknown", 4)}\n${error("unknown", 5)}\n`);
    ground.append(log(), error("known", 1));
    await readToEnd();
    await backfill({ toMs: day + 2 * hour });
    const tried = await backfill({ dryRun: true });
    expect(tried).toMatchObject({
      dryRun: true,
      candidates: 4,
      alreadyCounted: 1,
      merged: 2,
      newIncidents: 1,
    });
    expect(await counted()).toEqual(["known"]);
    expect(await backfill()).toMatchObject({ candidates: 4, alreadyCounted: 1, merged: 2, newIncidents: 1 });
  });

  it("a rotated file that the reader has not finished is left to it, and named", async () => {
    await configure();
    ground.append(log(), error("first", 1));
    await readToEnd();
    writeFileSync(ground.pathOf(`${log()}.1`), `${error("new beside it", 3)}\n`);
    const { files, candidates } = await backfill();
    expect(files[0]).toMatchObject({ skipped: "It is still being read", bytes: 0 });
    expect(candidates).toBe(1);
  });
});

describe("one call and the next", () => {
  it("a long one stops and says where it goes on; in the end every line was counted once", async () => {
    await configure({ startPosition: "end" });
    const lines = Array.from({ length: 4_500 }, (_, nth) => error("the same again", 1 + nth / 10_000));
    ground.append(log(), ...lines);
    await readToEnd();
    let cursor: string | null = null;
    let calls = 0;
    let candidates = 0;
    do {
      const done: Awaited<ReturnType<typeof backfill>> = await backfill({ cursor });
      cursor = done.nextCursor;
      candidates += done.candidates;
      calls += 1;
    } while (cursor && calls < 10);
    expect(calls).toBeGreaterThan(1);
    expect([candidates, (await counted()).length]).toEqual([4_500, 4_500]);
  });

  it("a cursor of another range is refused", async () => {
    await configure();
    ground.append(log(), error("x", 1));
    const cursor = `shop~${own()}~1~2~1:1~1~1`;
    expect(await refusal(backfill({ cursor }))).toMatchObject({
      reason: "cursor_invalid",
      context: { field: "cursor" },
    });
  });
});

describe("refused", () => {
  it.each<[string, Partial<BackfillLogSourceInput>, string]>([
    ["an empty range", { fromMs: day, toMs: day }, "to_ms"],
    ["a range of the future", { fromMs: day + 100_000 * hour, toMs: day + 100_001 * hour }, "from_ms"],
  ])("%s", async (_, input, field) => {
    await configure();
    expect(await refusal(backfill(input))).toMatchObject({
      reason: "backfill_range_invalid",
      context: { field },
    });
  });

  it("a log that is not there, or of a root that this host does not allow", async () => {
    await configure();
    expect(await refusal(backfill())).toMatchObject({
      ...{ kind: "invalid", reason: "log_source_backfill_failed", context: { error_code: "not_found" } },
    });
    await ground.configure([{ sourceId: own(), path: "passwd" }], { workspaceRoot: "/etc" });
    expect(await refusal(backfill())).toMatchObject({ context: { error_code: "root_not_allowed" } });
  });

  it("who may not configure; what was done is on record", async () => {
    await configure();
    ground.append(log(), error("x", 1));
    expect(await refusal(backfill({}, actors.approver()))).toMatchObject({ kind: "forbidden" });
    await backfill();
    const entries = await ground.db.prisma.auditEntry.findMany({
      ...{ where: { subjectId: `shop/${own()}` }, orderBy: { at: "asc" as const } },
    });
    expect(entries).toMatchObject([
      { outcome: "denied" },
      {
        ...{ action: "incident_monitor.log_source.backfilled", actorKey: "user:user-admin" },
        detail: { from_ms: day, files: 1, candidates: 1, new_incidents: 1, finished: true },
      },
    ]);
  });
});
