import { beforeEach, describe, expect, it } from "vitest";
import { listWaitingTriggers } from "@/lib/db/reassessment-store";
import { inTransaction } from "@/lib/db/transaction";
import { deploymentKey, type FoundFinding, scopesOf } from "@/lib/domain/reassessment";
import { configDatabase } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { anIncident } from "@/lib/testing/records";
import { setPaused } from "../settings/set-paused";
import { listReassessments } from "./list-reassessments";
import { reassess, recordsKept } from "./reassess";
import { recordReassessmentTrigger } from "./record-reassessment-trigger";
import { runReassessment } from "./run-reassessment";
import { sweepReassessments } from "./sweep-reassessments";

const ground = configDatabase();
const dayMs = 86_400_000;
const t0 = Date.UTC(2026, 8, 1);
const acme = "acme/eu/deployment";

beforeEach(async () => {
  const { pool } = ground.db();
  await pool.query("TRUNCATE reassessment_triggers, reassessment_records, reassessment_scopes");
  await pool.query("INSERT INTO reassessment_scopes (scope_key, created_at) VALUES ($1, $2)", [
    deploymentKey,
    new Date(t0),
  ]);
});

const at = (days: number, actor = actors.auditor()) =>
  testContext(ground.db(), actor, { nowMs: t0 + days * dayMs, requestId: ground.requestId() });
const run = (days: number, scopeKey?: string) => runReassessment(at(days), { scopeKey });
const sweep = (days: number) => sweepReassessments(at(days, actors.system("reassessment") as never));
const waiting = async () =>
  (await listWaitingTriggers(ground.db(), [deploymentKey, acme])).map((each) => [
    each.scopeKey,
    each.trigger,
  ]);
const finding = (name: string, scope = "deployment"): FoundFinding => ({
  ...{ fingerprint: `sha256:${name}`, ruleId: name, scope, severity: "high" },
  ...{ category: "x", summary: name, evidenceRefs: [`inventory.${name}`] },
});
const finds = (...found: FoundFinding[]) => [{ name: "test", find: async () => found }];
const assess = (days: number, ...found: FoundFinding[]) =>
  reassess(at(days), scopesOf({ ...emptyConfig })[0] as never, "if-wanted", finds(...found));
const emptyConfig = { monitoredProjects: [] } as never as Parameters<typeof scopesOf>[0];
const project = (fields: object = {}) => ({
  ...{ project_id: "shop", name: "Shop", repo: "halden/shop", workspace_root: "/workspace", ...fields },
});

describe("records", () => {
  it("case 139: versions 1 then 2; what is unchanged is recurring, with a count of two and nothing new", async () => {
    const first = (await run(0)).records[0];
    expect(first).toMatchObject({
      ...{ version: 1, recordId: "reassess-1-local:local:deployment", trigger: "manual" },
      comparison: { previousRecordId: null, previousVersion: null },
    });
    // Nothing was ever configured: the one destination there is has no repository.
    expect([...new Set(first?.findings.map((each) => [each.ruleId, each.status].join(" ")))]).toEqual([
      "metric_threshold_breach new",
      // The monitor's own card: nobody has said who answers for it.
      "deployment_card_required_field_missing new",
    ]);
    const second = (await run(1)).records[0];
    expect(second).toMatchObject({ version: 2, comparison: { previousVersion: 1, newFingerprints: [] } });
    const again = { status: "recurring", occurrenceCount: 2, firstSeenAtMs: t0, lastSeenAtMs: t0 + dayMs };
    expect(second?.findings).toMatchObject(Array(8).fill(again));
    const listed = await listReassessments(at(1));
    expect(listed.records.map((each) => each.version)).toEqual([2, 1]);
    expect(listed.schedule).toMatchObject([
      { scopeKey: deploymentKey, lastVersion: 2, nextDueAtMs: t0 + 8 * dayMs, overdue: false },
    ]);
  });

  it("what is gone is resolved, by what it was; a source's finding keeps its scope", async () => {
    await assess(0, finding("a", "source:shop/api"), finding("b"));
    const second = await assess(7, finding("a", "source:shop/api"));
    expect(second?.comparison.resolvedFingerprints).toEqual(["sha256:b"]);
    expect(second?.resolved).toEqual([finding("b")]);
    expect(second?.findings).toMatchObject([{ scope: "source:shop/api", occurrenceCount: 2 }]);
    expect((await listReassessments(at(7))).records[0]).toEqual(second);
  });

  it("each is audited with who asked and what came of it", async () => {
    await run(0);
    const entries = await ground.db().prisma.auditEntry.findMany({
      where: { requestId: ground.requestId() },
      orderBy: { action: "desc" },
    });
    expect(entries.map((each) => [each.action, each.actorKey])).toEqual([
      ["incident_monitor.reassessment.requested", "user:user-auditor"],
      ["incident_monitor.reassessment.completed", "user:user-auditor"],
    ]);
    expect(entries[1]?.detail).toMatchObject({ version: 1, new: 8, recurring: 0, resolved: 0 });
  });

  it("keeps the newest of a scope and lets the others go with their causes", async () => {
    const { prisma } = ground.db();
    await prisma.reassessmentRecord.createMany({
      data: Array.from({ length: recordsKept }, (_, index) => ({
        ...{ scopeKey: deploymentKey, version: index + 1, recordId: `r${index + 1}`, trigger: "scheduled" },
        ...{ findings: [], comparison: {}, generatedAt: new Date(t0) },
      })),
    });
    const cause = { scopeKey: deploymentKey, trigger: "scheduled", actor: {}, createdAt: new Date(t0) };
    await prisma.reassessmentTrigger.createMany({
      data: [1, 2].map((version) => ({ ...cause, id: `t${version}`, version })),
    });
    await prisma.reassessmentScope.update({
      where: { scopeKey: deploymentKey },
      data: { lastVersion: recordsKept, lastCompletedAt: new Date(t0) },
    });
    await assess(7);
    const left = await prisma.reassessmentRecord.aggregate({ _count: true, _min: { version: true } });
    expect([left._count, left._min.version]).toEqual([recordsKept, 2]);
    expect(await prisma.reassessmentTrigger.findMany({ where: { id: { in: ["t1", "t2"] } } })).toHaveLength(
      1,
    );
  });
});

describe("what starts one", () => {
  it("case 139: a saved change waits with its save, and the next record names it", async () => {
    await run(0);
    await ground.patch({
      default_destination_ids: [],
      monitored_projects: [project({ tenant_id: "acme", workspace_id: "eu" })],
    });
    expect((await waiting()).toSorted()).toEqual(
      [acme, deploymentKey].flatMap((scope) =>
        ["monitored_source_change", "tenant_boundary_change"].map((trigger) => [scope, trigger]),
      ),
    );
    const records = await sweep(1);
    expect(records.map((each) => [each.scopeKey, each.version, each.triggers.length])).toEqual([
      [deploymentKey, 2, 2],
      [acme, 1, expect.any(Number)],
    ]);
    expect(records[1]).toMatchObject({ tenantId: "acme", workspaceId: "eu" });
    expect(records[0]?.triggers.map((each) => each.detail).toSorted()).toEqual([
      ["monitored_projects"],
      ["monitored_projects.tenants"],
    ]);
    expect(records[0]?.triggers[0]?.actor.kind).toBe("user");
    expect([await waiting(), await sweep(1)]).toEqual([[], []]);
  });

  it("none of many overwrites another, and one record names them all", async () => {
    await run(0);
    for (const days of [2, 3]) {
      await inTransaction(ground.db(), (tx) =>
        recordReassessmentTrigger(tx, at(days), [
          { trigger: "workflow_authority_change", detail: [`workflows.w${days}`] },
        ]),
      );
    }
    const [record] = await sweep(4);
    expect(record).toMatchObject({
      ...{ trigger: "workflow_authority_change", triggerDetail: "workflow_authority_change x2" },
      triggers: [{ detail: ["workflows.w2"] }, { detail: ["workflows.w3"] }],
    });
  });

  it("a change that is rolled back leaves no cause", async () => {
    const refused = inTransaction(ground.db(), async (tx) => {
      await recordReassessmentTrigger(tx, at(0), [{ trigger: "compliance_mapping_change", detail: [] }]);
      throw new Error("refused");
    });
    await expect(refused).rejects.toThrow("refused");
    expect(await waiting()).toEqual([]);
  });

  it("with change triggers switched off a change leaves none, and the clock still does", async () => {
    await ground.patch({ reassessment: { change_triggers_enabled: false } });
    await ground.patch({ repo: "halden/shop", mcp_server: null, require_approval_for_new_issues: true });
    expect(await waiting()).toEqual([]);
    expect((await sweep(0)).map((each) => each.trigger)).toEqual(["scheduled"]);
  });

  it("a high-risk failure that recurs does once for each power of ten", async () => {
    await run(0);
    await sweep(0);
    const seen = new Date(t0 + dayMs);
    const often = { riskRank: 4, occurrenceCount: 12, updatedAt: seen, lastSeenAt: seen };
    const { id } = await anIncident(ground.db(), often);
    await anIncident(ground.db(), { ...often, riskRank: 3 });
    expect((await sweep(1)).map((each) => each.triggers[0]?.detail)).toEqual([
      [`incidents.${id}`, "seen_at_least=10"],
    ]);
    const more = async (occurrenceCount: number, days: number) => {
      const updatedAt = new Date(t0 + days * dayMs);
      await ground.db().prisma.incident.update({ where: { id }, data: { occurrenceCount, updatedAt } });
      return (await sweep(days)).length;
    };
    expect([await more(99, 2), await more(100, 3)]).toEqual([0, 1]);
  });
});

describe("the schedule", () => {
  it("case 139: 30 days after a cadence of seven it is overdue, and one that never ran can be", async () => {
    const overdue = async (days: number) => (await listReassessments(at(days))).schedule[0]?.overdue;
    expect([await overdue(0.5), await overdue(2)]).toEqual([false, true]);
    await run(2);
    expect([await overdue(9), await overdue(32)]).toEqual([false, true]);
  });

  it("a pause stops none of it", async () => {
    await setPaused(at(0, actors.admin()), { paused: true });
    expect(await sweep(0)).toHaveLength(1);
  });

  it("of many processes one writes, and a wish that another's record took up is answered with it", async () => {
    const swept = await Promise.all([sweep(0), sweep(0), sweep(0)]);
    expect(swept.flat()).toHaveLength(1);
    const asked = await Promise.all([run(1), run(1), run(1)]);
    const records = await ground.db().prisma.reassessmentRecord.findMany({ orderBy: { version: "asc" } });
    const named = await ground.db().prisma.reassessmentTrigger.findMany({ where: { trigger: "manual" } });
    expect(named.map((each) => each.version)).not.toContain(null);
    expect(records.map((each) => each.version)).toEqual(records.map((_, index) => index + 1));
    expect(asked.every((each) => each.records[0]?.triggers.some((one) => one.trigger === "manual"))).toBe(
      true,
    );
  });
});

it("who may not assess, or only some projects, is refused", async () => {
  for (const actor of [actors.approver(), actors.projectMember({ shop: "admin" }), actors.agentToken()]) {
    await expect(listReassessments(at(0, actor as never))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(runReassessment(at(0, actor as never), {})).rejects.toMatchObject({ kind: "forbidden" });
  }
  expect(await ground.db().prisma.reassessmentRecord.count()).toBe(0);
  await expect(run(0, "nobody/nowhere/deployment")).rejects.toMatchObject({
    reason: "reassessment_scope_not_found",
  });
});
