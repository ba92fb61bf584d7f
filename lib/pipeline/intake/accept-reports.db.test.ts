import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { deleteAnswersBefore } from "@/lib/db/intake-answer-store";
import type { FailureReport } from "@/lib/domain/report";
import { aProject } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { patchConfig } from "../settings/patch-config";
import { acceptReport } from "./accept-report";
import { acceptReports } from "./accept-reports";
import type { IncomingReport } from "./prepare-report";

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  await setShopPaused(false);
});

async function setShopPaused(paused: boolean): Promise<void> {
  const monitoredProjects = [
    aProject({ projectId: "shop", repo: "halden/shop", paused }),
    aProject({ projectId: "strict", repo: "halden/strict", approvalPolicy: "always" }),
    aProject({ projectId: "free", repo: "halden/free", approvalPolicy: "never" }),
    aProject({ projectId: "off", repo: "halden/off", enabled: false }),
  ];
  await patchConfig(token(), { patch: { monitoredProjects } });
}

afterAll(async () => {
  await db.close();
  await database.drop();
});

const report = (fields: Partial<FailureReport> = {}): FailureReport => ({
  title: "TypeError: Cannot read properties of undefined (reading 'amount')",
  detail: "settlement stopped",
  source: "payments",
  event: "settlement.failed",
  level: "error",
  excerpt: [],
  evidenceRefs: [],
  externalCorrelationIds: [],
  attributes: {},
  ...fields,
});
const unbound = (fields: Partial<FailureReport> = {}): IncomingReport => ({
  path: { kind: "unbound", provenance: "report" },
  report: report(fields),
  idempotency: null,
});
const bound = (
  projectId: string,
  fields: Partial<FailureReport> = {},
  sourceId: string | null = null,
): IncomingReport => ({
  path: { kind: "bound", projectId, sourceId },
  report: report(fields),
  idempotency: null,
});
const token = () => testContext(db, actors.adminToken());
const key = (projectId: string) => testContext(db, actors.intakeKey({ projectId }));

describe("accepting reports", () => {
  it("case 23: the same body twice is one draft, counted twice", async () => {
    const first = await acceptReport(token(), unbound({ title: "Case 23 fails" }));
    const second = await acceptReport(token(), unbound({ title: "Case 23 fails" }));
    expect([first.outcome, second.outcome]).toEqual(["new", "recurrence"]);
    expect(second.draft?.draftId).toBe(first.draft?.draftId);
    expect(second.incident.occurrenceCount).toBe(2);
    const drafts = await db.prisma.draft.count({ where: { title: "Case 23 fails" } });
    expect(drafts).toBe(1);
  });

  it("redacts what an unbound report says of its repository and root, as every other word of it", async () => {
    const secret = ["ghp_", "R7kq2Vx9Lm4Tz8Wb3Nc6Hd1Jf5Gs0PyQaEiU"].join("");
    const told = unbound({
      title: "Root fails",
      repo: `halden/${secret}`,
      workspaceRoot: `/srv/${secret}/app`,
    });
    const { incident, draft } = await acceptReport(token(), told);
    expect(JSON.stringify([incident, draft])).not.toContain(secret);
    expect(incident.workspaceRoot).toMatch(/^\/srv\/\[redacted:/);
    const plain = unbound({ title: "Plain root fails", repo: "halden/shop", workspaceRoot: "/srv/shop" });
    expect((await acceptReport(token(), plain)).incident).toMatchObject({
      repo: "halden/shop",
      workspaceRoot: "/srv/shop",
    });
  });

  it("an Idempotency-Key is free again when its answer's time is over", async () => {
    const idempotency = { scope: "token:lapsed", key: "nightly", requestHash: "h" };
    const incoming = { ...unbound({ title: "Nightly fails" }), idempotency };
    const today = token();
    await acceptReport(today, incoming);
    const again = await acceptReport(today, incoming);
    expect(again.incident.occurrenceCount).toBe(1);
    const tomorrow = { ...today, nowMs: today.nowMs + 25 * 3_600_000 };
    const anew = await acceptReport(tomorrow, incoming);
    expect([anew.outcome, anew.incident.occurrenceCount]).toEqual(["recurrence", 2]);
  });

  it("answers whose time is over are dropped, the others kept", async () => {
    const keyed = (name: string) => ({
      ...unbound({ title: "Swept" }),
      idempotency: { scope: "token:swept", key: name, requestHash: "h" },
    });
    const now = token();
    await acceptReport({ ...now, nowMs: now.nowMs - 25 * 3_600_000 }, keyed("old"));
    await acceptReport(now, keyed("new"));
    await deleteAnswersBefore(db, now.nowMs);
    const left = await db.prisma.intakeAnswer.findMany({ where: { scope: "token:swept" } });
    expect(left.map((answer) => answer.key)).toEqual(["new"]);
  });

  it("counts every one of 200 simultaneous sightings once", async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        acceptReport(
          token(),
          unbound({
            title: `Race ${index % 4} lost`,
            event: "race.lost",
            component: `worker-${index % 4 ? "b" : "a"}`,
          }),
        ),
      ),
    );
    const incidents = await db.prisma.incident.findMany({ where: { eventType: "race.lost" } });
    expect(incidents.reduce((sum, each) => sum + each.occurrenceCount, 0)).toBe(200);
    const occurrences = await db.prisma.occurrence.count({ where: { incident: { eventType: "race.lost" } } });
    expect(occurrences).toBe(200);
    // The templates differ by number only, so component is what keeps two of them apart.
    expect(incidents).toHaveLength(2);
  });

  it("writes one audit entry for a batch and none for a report", async () => {
    const before = (await db.prisma.auditEntry.findMany({ select: { id: true } })).map((entry) => entry.id);
    const answers = await acceptReports(token(), {
      reports: [unbound({ title: "one" }), unbound({ title: "two" }), unbound({ title: "three" })],
    });
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const entries = await db.prisma.auditEntry.findMany({ where: { id: { notIn: before } } });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ action: "incident_monitor.intake.batch", detail: { accepted: 3 } });
  });

  it("case 24: routine noise without evidence is stored blocked, without a draft", async () => {
    const accepted = await acceptReport(
      token(),
      unbound({ title: "Still going", detail: undefined, event: "upload.progress" }),
    );
    expect(accepted.outcome).toBe("blocked");
    expect(accepted.draft).toBeNull();
    expect(accepted.incident).toMatchObject({ disposition: "quality_gate_blocked", draftId: null });
    expect(accepted.incident.qualityGate?.missing).toEqual(["evidence_present", "not_routine_noise"]);
    expect(await db.prisma.draft.count({ where: { title: "Still going" } })).toBe(0);
  });

  it("a blocked report does not swallow a good one of the same identity", async () => {
    const blocked = await acceptReport(
      token(),
      unbound({ title: "Thin", detail: undefined, fingerprint: "thin-1" }),
    );
    const good = await acceptReport(token(), unbound({ title: "Thin", fingerprint: "thin-1" }));
    expect([blocked.outcome, good.outcome]).toEqual(["blocked", "new"]);
    expect(good.draft).not.toBeNull();
  });

  it("case 26: correlation ids and safety fields are masked; safety fields are in draft and detail", async () => {
    const accepted = await acceptReport(
      token(),
      unbound({
        title: "Case 26",
        externalCorrelationIds: ["order-1 password=hunter2hunter2"],
        attributes: { actor: "agent-7", toolName: "shell.exec", blastRadius: "one tenant" },
      }),
    );
    expect(JSON.stringify(accepted)).not.toContain("hunter2");
    expect(accepted.draft?.content.attributes).toMatchObject({ actor: "agent-7", toolName: "shell.exec" });
    expect(accepted.draft?.content.detail).toContain("tool_name: shell.exec");
    expect(accepted.draft?.content.detail).toContain("blast_radius: one tenant");
  });

  it("case 27: nothing secret is stored, in any column", async () => {
    const secret = "Zx9Qw7Er5Ty3Ui1Op8As6Df4";
    await acceptReport(
      token(),
      unbound({
        title: `Case 27 Authorization: Bearer ${secret}`,
        detail: `password=${secret}\n{"api_key":"${secret}"}`,
        excerpt: [`token: ${secret}`],
        evidenceRefs: [`https://logs.example/x?access_token=${secret}`],
      }),
    );
    for (const table of ["incidents", "drafts", "occurrences", "audit_entries"]) {
      const { rows } = await db.pool.query(
        `SELECT count(*)::int AS n FROM ${table} t WHERE to_jsonb(t.*)::text LIKE $1`,
        [`%${secret}%`],
      );
      expect(rows[0].n, table).toBe(0);
    }
  });

  it("case 29: equal fingerprints from two projects stay apart", async () => {
    const shop = await acceptReport(key("shop"), bound("shop", { fingerprint: "same" }));
    const free = await acceptReport(key("free"), bound("free", { fingerprint: "same" }));
    expect(shop.draft?.draftId).not.toBe(free.draft?.draftId);
    expect(shop.incident.wireFingerprint).toBe("same");
  });

  it("case 30: a high-risk report waits for a person by default", async () => {
    const accepted = await acceptReport(token(), unbound({ fingerprint: "c30", riskLevel: "critical" }));
    expect(accepted.draft?.approval).toBe("required");
    expect(
      (await acceptReport(token(), unbound({ fingerprint: "c30-low", riskLevel: "low" }))).draft?.approval,
    ).toBe("not_required");
  });

  it("case 31: a repeat fills gaps and overwrites nothing", async () => {
    const first = await acceptReport(
      token(),
      unbound({ title: "Case 31", riskLevel: "low", evidenceRefs: ["a"], fingerprint: "c31" }),
    );
    const second = await acceptReport(
      token(),
      unbound({
        title: "Another title",
        riskLevel: "info",
        component: "ledger",
        evidenceRefs: ["b"],
        fingerprint: "c31",
      }),
    );
    expect(second.draft?.draftId).toBe(first.draft?.draftId);
    expect(second.draft?.content).toMatchObject({
      title: "Case 31",
      riskLevel: "low",
      component: "ledger",
      evidenceRefs: ["a", "b"],
    });
  });

  it("D-08: a repeat may raise the risk, which then asks for a person; in one batch as well", async () => {
    const low = await acceptReport(token(), unbound({ riskLevel: "low", fingerprint: "raise-1" }));
    const high = await acceptReport(token(), unbound({ riskLevel: "critical", fingerprint: "raise-1" }));
    const lower = await acceptReport(token(), unbound({ riskLevel: "low", fingerprint: "raise-1" }));
    expect(low.draft?.approval).toBe("not_required");
    for (const { draft, incident } of [high, lower]) {
      expect(draft).toMatchObject({ draftId: low.draft?.draftId, approval: "required" });
      expect([draft?.content.riskLevel, incident.riskLevel]).toEqual(["critical", "critical"]);
    }
    const answers = await acceptReports(token(), {
      reports: ["low", "high", "low"].map((riskLevel) => unbound({ riskLevel, fingerprint: "raise-2" })),
    });
    const drafts = answers.map((answer) => (answer.ok ? answer.accepted.draft : null));
    expect(drafts.map((draft) => [draft?.content.riskLevel, draft?.approval])).toEqual(
      Array.from({ length: 3 }, () => ["high", "required"]),
    );
  });

  it("case 32: a bound report takes project, tags and policy from the configuration", async () => {
    const accepted = await acceptReport(
      key("strict"),
      bound("strict", { repo: "evil/fork", attributes: { tenantId: "forged" } }),
    );
    expect(accepted.draft?.content).toMatchObject({
      projectId: "strict",
      repo: "halden/strict",
      sourceApprovalPolicy: "always",
    });
    expect(accepted.draft?.content.attributes.tenantId).toBeUndefined();
    expect(accepted.draft?.approval).toBe("required");
    expect(accepted.incident.eventPayload).toMatchObject({ intake: true, project_id: "strict" });
  });

  it("case 39: source policy never waives the global flag, not high risk (D-07)", async () => {
    const low = await acceptReport(key("free"), bound("free", { title: "Case 39", fingerprint: "c39a" }));
    const high = await acceptReport(
      key("free"),
      bound("free", { title: "Case 39", fingerprint: "c39b", riskLevel: "high" }),
    );
    expect([low.draft?.approval, high.draft?.approval]).toEqual(["not_required", "required"]);
  });

  it("case 43: a key reports for its own project only, and only reports", async () => {
    await expect(acceptReport(token(), bound("nowhere"))).rejects.toMatchObject({
      reason: "intake_project_unknown",
    });
    await expect(acceptReport(key("shop"), unbound())).rejects.toMatchObject({
      kind: "forbidden",
      reason: "key_may_only_report",
    });
  });

  it("W-03, D-15: a disabled project's report is accepted and held", async () => {
    const accepted = await acceptReport(key("off"), bound("off"));
    expect(accepted).toMatchObject({ outcome: "new", held: true });
  });

  it.each([
    ["that adds nothing", {}],
    ["that fills a gap", { component: "late" }],
  ])("D-15: a repeat %s is answered as held while its project is paused, and no longer", async (_, more) => {
    const report = { fingerprint: `paused-${Object.keys(more).join()}` };
    expect(await acceptReport(key("shop"), bound("shop", report))).toMatchObject({ held: false });
    await setShopPaused(true);
    const paused = await acceptReport(key("shop"), bound("shop", { ...report, ...more }));
    expect(paused).toMatchObject({ outcome: "recurrence", held: true });
    expect(paused.draft?.held).toBe(false);
    await setShopPaused(false);
    expect(await acceptReport(key("shop"), bound("shop", report))).toMatchObject({ held: false });
  });

  it("one bad report in a batch is refused alone", async () => {
    const answers = await acceptReports(token(), {
      reports: [
        unbound({ title: "good one" }),
        unbound({ title: "bad", repo: "not a slug" }),
        unbound({ title: "good two" }),
      ],
    });
    expect(answers.map((answer) => answer.ok)).toEqual([true, false, true]);
  });

  it("stores text that PostgreSQL cannot hold as readable text", async () => {
    const accepted = await acceptReport(token(), unbound({ title: "NUL \u0000 and half \ud800 a pair" }));
    expect(accepted.draft?.content.title).toBe("NUL \uFFFD and half \uFFFD a pair");
  });

  describe("idempotency keys", () => {
    const withKey = (name: string, hash: string, title: string): IncomingReport => ({
      ...unbound({ title }),
      idempotency: { scope: "token:t", key: name, requestHash: hash },
    });

    it("answer a repeat with the same record, uncounted", async () => {
      const first = await acceptReport(token(), withKey("k1", "h", "Keyed"));
      const again = await acceptReport(token(), withKey("k1", "h", "Keyed"));
      expect(again.outcome).toBe("new");
      expect(again.incident.incidentId).toBe(first.incident.incidentId);
      expect(again.incident.occurrenceCount).toBe(1);
    });

    it("refuse another request under the same key", async () => {
      await acceptReport(token(), withKey("k2", "h1", "Keyed two"));
      await expect(acceptReport(token(), withKey("k2", "h2", "Keyed other"))).rejects.toMatchObject({
        reason: "idempotency_key_reused",
      });
    });

    it("answer a repeat as the first time also when several new ones met in one batch", async () => {
      const keyed = ["k4", "k5"].map((name) => withKey(name, "h", "Keyed pair"));
      const outcomes = async () =>
        (await acceptReports(token(), { reports: keyed })).map((each) => each.ok && each.accepted.outcome);
      expect(await outcomes()).toEqual(["new", "recurrence"]);
      expect(await outcomes()).toEqual(["new", "recurrence"]);
    });

    it("count once when fifty arrive together", async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => acceptReport(token(), withKey("k3", "h", "Keyed race"))),
      );
      expect(new Set(answers.map((answer) => answer.incident.incidentId)).size).toBe(1);
      const stored = await db.prisma.incident.findUniqueOrThrow({
        where: { id: answers[0]?.incident.incidentId ?? "" },
      });
      expect(stored.occurrenceCount).toBe(1);
    });
  });
});
