import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { MetricId } from "@/lib/domain/governance-metrics";
import { newId } from "@/lib/ids";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";
import { recordAudit } from "../record-audit";
import { getGovernanceMetrics } from "./get-governance-metrics";

/** Rows of a known fortnight, so that every share can be worked out by hand. */
let database: TestDatabase;
let db: Database;
const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 29, 12);
const ago = (days: number) => new Date(now - days * dayMs);
const reported = "please call Ada on +44 20 7946 0000";

type Failure = {
  days: number;
  projectId?: string;
  evidence?: boolean;
  trail?: boolean;
  riskCategory?: string;
};

/** A high-risk failure that was seen once, its draft, and perhaps what was sent of it. */
async function failure({ days, projectId = "shop", evidence = true, trail = true, riskCategory }: Failure) {
  const at = ago(days);
  const times = { createdAt: at, updatedAt: at };
  const incident = await anIncident(db, {
    ...{ projectId, riskLevel: "high", riskRank: 4, riskCategory, firstSeenAt: at, lastSeenAt: at, ...times },
    ...{ title: reported, evidenceRefs: evidence ? ["tandem://x/evidence/y"] : [] },
  });
  const draft = await aDraftRow(db, {
    ...{
      incidentId: incident.id,
      projectId,
      approval: trail ? "granted" : "required",
      title: reported,
      ...times,
    },
  });
  if (!trail) return { incident, draft, post: null };
  const post = await aDelivery(db, { draftId: draft.id, state: "published", endedAt: at, ...times });
  await db.prisma.receipt.create({
    data: {
      ...{ id: `receipt-${post.id}`, deliveryId: post.id, status: "posted", receipt: {}, createdAt: at },
      externalId: evidence ? "42" : null,
    },
  });
  return { incident, draft, post };
}

const attempt = (days: number, refusedAs: string | null, projectId = "shop") => {
  const ctx = testContext(db, actors.admin(), { nowMs: now - days * dayMs });
  const subject = { kind: "draft", id: newId.draft(), projectId };
  return recordAudit(ctx.db, ctx, {
    ...{ action: "incident_monitor.publish.attempted" as const, subject },
    ...(refusedAs === "denied" && {
      action: "incident_monitor.access.denied" as const,
      outcome: "denied" as const,
    }),
  }).then(() =>
    refusedAs === "waiting"
      ? recordAudit(ctx.db, ctx, { action: "incident_monitor.publish.completed", subject })
      : undefined,
  );
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  // This week in shop: two failures with a trail, one of them without evidence and so without a number to find its post by.
  await failure({ days: 1, riskCategory: "payment" });
  await failure({ days: 2, evidence: false, riskCategory: reported });
  await failure({ days: 3, trail: false });
  // Exactly seven days ago belongs to the week before; in another project nothing of shop's is counted.
  await failure({ days: 7 });
  await failure({ days: 1, projectId: "other", trail: false });
  for (const days of [1, 2, 3]) await attempt(days, null);
  await attempt(1, "denied");
  await attempt(1, "waiting");
  await attempt(2, "denied", "other");
  // Sending has entries of its own, which are no decisions.
  const ctx = testContext(db, actors.system("delivery"), { nowMs: now - dayMs });
  await recordAudit(ctx.db, ctx, {
    ...{ action: "incident_monitor.publish.failed", outcome: "failed" },
    subject: { kind: "delivery", id: "bmwh_1", projectId: "shop" },
  });
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

const ask = (actor = actors.admin(), input: Parameters<typeof getGovernanceMetrics>[1] = {}) =>
  getGovernanceMetrics(testContext(db, actor, { nowMs: now }), input);
const shares = async (...args: Parameters<typeof ask>) =>
  Object.fromEntries(
    (await ask(...args)).metrics.map(({ metricId, numerator, denominator, breached }) => [
      metricId,
      [numerator, denominator, breached],
    ]),
  ) as Record<MetricId, [number, number, boolean]>;
const ofShop = actors.projectMember({ shop: "auditor" });

describe("counts", () => {
  it("case 137: of the window alone, and every share as defined", async () => {
    expect(await shares()).toEqual({
      governance_confidence: [1, 4, true],
      authority_boundary_compliance: [5, 5, false],
      escalation_pathway_utilization: [2, 4, true],
      // The one destination that old configurations imply has no repository: it is not ready.
      route_readiness_compliance: [0, 1, true],
      receipt_completeness: [1, 2, true],
      recurring_incident_rate: [0, 4, false],
    });
  });

  it("case 137: who may assess one project gets counts of that one", async () => {
    const answer = await ask(ofShop);
    expect(answer.projects).toEqual(["shop"]);
    expect(await shares(ofShop)).toMatchObject({
      governance_confidence: [1, 3, true],
      authority_boundary_compliance: [4, 4, false],
      escalation_pathway_utilization: [2, 3, true],
    });
    const other = await db.prisma.incident.findFirstOrThrow({ where: { projectId: "other" } });
    expect(JSON.stringify(answer)).not.toContain(other.id);
  });

  it("names the records that a rate misses something of, and says nothing that was reported", async () => {
    const answer = await ask();
    const named =
      answer.metrics.find((each) => each.metricId === "governance_confidence")?.evidenceRefs ?? [];
    expect(named.map((each) => each.kind)).toEqual(["incident", "incident", "incident"]);
    const found = await db.prisma.incident.findMany({ where: { id: { in: named.map((each) => each.id) } } });
    expect(found.map((each) => each.projectId).toSorted()).toEqual(["other", "shop", "shop"]);
    expect(JSON.stringify(answer)).not.toContain("Ada");
    expect(answer.drift.map((each) => each.signal)).toContain("incident_category_share:other");
  });

  it("a window before anything has no rate and no finding of it", async () => {
    const answer = await ask(actors.admin(), { toMs: now - 100 * dayMs });
    const evaluable = answer.metrics.filter((each) => each.evaluable).map((each) => each.metricId);
    expect(evaluable).toEqual(["route_readiness_compliance"]);
    expect(answer.drift.filter((each) => each.driftFlagged)).toEqual([]);
  });

  it("thresholds and samples are the caller's to set, and what is left out stays", async () => {
    const lax = { governanceConfidenceMin: 0.2, receiptCompletenessMin: null, metricSamplesMin: 3 };
    expect(await shares(actors.admin(), { thresholds: lax })).toMatchObject({
      governance_confidence: [1, 4, false],
      receipt_completeness: [1, 2, false],
    });
  });

  it("a line over time has a point a window, in order, the last of which is this one", async () => {
    const { trend, metrics } = await ask(actors.admin(), { trendWindows: 3 });
    expect(trend.map((each) => each.metrics[0]?.denominator)).toEqual([0, 1, metrics[0]?.denominator]);
  });
});

describe("boundaries", () => {
  it("a refusal leaves the rate; a broken glass that was not justified lowers it", async () => {
    const { draft } = await failure({ days: 20 });
    const approval = await db.prisma.approval.create({
      data: {
        ...{ id: newId.approval(), draftId: draft.id, state: "granted", actor: {}, actorKey: "user:ada" },
        ...{ digest: "d", basis: {}, policyVersion: "1", breakGlass: true, createdAt: ago(20) },
      },
    });
    const use = await db.prisma.breakGlassUse.create({
      data: {
        ...{ id: newId.breakGlass(), approvalId: approval.id, draftId: draft.id, projectId: "shop" },
        ...{ actor: {}, actorKey: "user:ada", reason: "x", usedAt: ago(2), dueAt: ago(0) },
      },
    });
    const compliance = async () => (await shares()).authority_boundary_compliance;
    expect(await compliance()).toEqual([5, 5, false]);
    await db.prisma.breakGlassUse.update({ where: { id: use.id }, data: { verdict: "not_justified" } });
    expect(await compliance()).toEqual([4, 5, true]);
    const answer = await ask();
    expect(
      answer.findings.find((each) => each.metricId === "authority_boundary_compliance")?.evidenceRefs,
    ).toEqual([{ kind: "break_glass", id: use.id }]);
    await db.prisma.breakGlassUse.delete({ where: { id: use.id } });
  });

  it("what was sent after its approval had ended lowers it too", async () => {
    const { draft, post } = await failure({ days: 21 });
    const approval = await db.prisma.approval.create({
      data: {
        ...{ id: newId.approval(), draftId: draft.id, state: "withdrawn", actor: {}, actorKey: "user:ada" },
        ...{ digest: "d", basis: {}, policyVersion: "1", createdAt: ago(21), endedAt: ago(4) },
      },
    });
    const id = post?.id ?? "";
    await db.prisma.delivery.update({ where: { id }, data: { approvalId: approval.id, endedAt: ago(3) } });
    const begun = (days: number) =>
      db.prisma.deliveryAttempt.upsert({
        where: { deliveryId_attempt: { deliveryId: id, attempt: 1 } },
        create: { deliveryId: id, attempt: 1, startedAt: ago(days), durationMs: 1, outcome: "published" },
        update: { startedAt: ago(days) },
      });
    await begun(5);
    expect((await shares()).authority_boundary_compliance).toEqual([5, 5, false]);
    await begun(3);
    expect((await shares()).authority_boundary_compliance).toEqual([4, 5, true]);
  });
});

it("who may not assess is refused, and the attempt is on record", async () => {
  for (const actor of [
    actors.approver(),
    actors.projectMember({ shop: "approver" }),
    actors.serviceToken(),
  ]) {
    const ctx = testContext(db, actor, { requestId: newId.request() });
    await expect(getGovernanceMetrics(ctx, {})).rejects.toMatchObject({ kind: "forbidden" });
    const entries = await db.prisma.auditEntry.findMany({ where: { requestId: ctx.requestId } });
    expect(entries.map((each) => [each.action, each.outcome])).toEqual([
      ["incident_monitor.access.denied", "denied"],
    ]);
  }
});
