import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "@/lib/audit/sha256";
import { verifySignature } from "@/lib/audit/signing";
import { verifyLedger } from "@/lib/audit/verify-ledger";
import { ledgerSource } from "@/lib/db/audit-ledger-store";
import { sha256Hex } from "@/lib/digest";
import { newId } from "@/lib/ids";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { keeping } from "@/lib/testing/ledger-ground";
import { tablesSaying } from "@/lib/testing/planted";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { approveDraft } from "../drafts/approve-draft";
import { sealAudit } from "../governance/seal-audit";
import { acceptReport } from "../intake/accept-report";
import { resolvePost } from "../publishing/resolve-post";
import { deleteRecords } from "../records/delete-records";
import { patchConfig } from "../settings/patch-config";
import { setPaused } from "../settings/set-paused";
import { enforceRetention } from "./enforce-retention";
import { eraseText, previewErasure } from "./erase-text";
import { listRetentionRuns } from "./list-retention-runs";
import { placeHold } from "./place-hold";
import { previewRetention } from "./preview-retention";
import { releaseHold } from "./release-hold";

let ground: SilenceGround;
const dayMs = 86_400_000;
const marker = "Zanzibar-4711";

beforeAll(async () => {
  ground = await createSilenceGround();
  const days = { incidentsDays: 30, draftsDays: 30, receiptsDays: 30, reportsDays: 30, evidenceDays: 30 };
  await patchConfig(ground.as(), {
    patch: aConfigPatch({
      safetyDefaults: {
        retentionProfiles: [{ profileId: "month", mode: "delete", ...days, triageDays: 30, runsDays: 300 }],
        retentionProfile: "month",
      },
      requireApprovalForNewIssues: true,
    }),
  });
});
afterAll(() => ground.close());

const turn = () => enforceRetention(ground.as(actors.system("retention")));
const stepped = () => ground.as(actors.admin({ stepUpAtMs: ground.clock.nowMs }));
const said = () => tablesSaying(ground.db, marker);

/** A failure that says the marker wherever it can, through the whole of the product: reported, approved, sent. */
async function planted(projectId: string | undefined = "shop") {
  const { db } = ground;
  const draftId = await ground.draftOf(
    {
      ...{
        title: `Job ${marker} failed`,
        detail: `exit 1 for ${marker}`,
        fingerprint: `fp-${marker}-${newId.draft()}`,
      },
      ...{ component: marker, excerpt: [`line of ${marker}`], source: `s-${marker}`, event: `e.${marker}` },
    },
    projectId,
  );
  const draft = await db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } });
  await approveDraft(ground.as(actors.approver()), { draftId, reason: `because of ${marker}` });
  await ground.publish(draftId);
  await ground.turn();
  const { incidentId } = draft;
  const at = new Date(ground.clock.nowMs);
  const artifact = {
    ...{
      kind: "log_source",
      contentType: "application/json",
      sha256: sha256Hex(draftId),
      incidentId,
      createdAt: at,
    },
    content: { lines: [marker] },
  };
  const runId = newId.triageRun();
  await db.prisma.triageRun.create({
    data: {
      ...{
        id: runId,
        draftId,
        status: "ready",
        summary: { what: marker },
        phases: [{ note: marker }],
        updatedAt: at,
      },
      ...{
        edits: { what: marker },
        gate: { why: marker },
        duplicates: { of: marker },
        lastError: { message: marker },
      },
    },
  });
  await db.prisma.evidenceArtifact.createMany({
    data: [
      { id: newId.evidence(), path: `tandem://log/${draftId}`, ...artifact },
      { id: newId.evidence(), path: `tandem://run/${draftId}`, triageRunId: runId, ...artifact },
    ],
  });
  await db.prisma.draftRevision.create({
    data: { draftId, revision: 7, actor: {}, content: { title: marker }, changes: {}, createdAt: at },
  });
  await db.prisma.logQuarantine.create({
    data: {
      ...{ id: newId.quarantined(), projectId: "shop", sourceId: "app", generation: 0, createdAt: at },
      ...{
        offsetStart: await db.prisma.logQuarantine.count(),
        offsetEnd: 9,
        reason: "x",
        detail: "",
        excerpt: [marker],
      },
    },
  });
  return { draftId, incidentId };
}

describe("a profile that deletes", () => {
  it("erases every text in every place, and keeps what proves and what stops a second effect", async () => {
    const { draftId, incidentId } = await planted();
    const before = await ground.delivery(draftId);
    const places = (await said()).map((each) => each.split(":")[0]);
    for (const table of [
      "incidents",
      "incident_texts",
      "occurrences",
      "drafts",
      "deliveries",
      "telemetry_records",
    ])
      expect(places).toContain(table);

    ground.clock.nowMs += 31 * dayMs;
    const preview = await previewRetention(ground.as());
    const removed = await turn();
    expect(await said()).toEqual([]);
    // By the same plan and query, so to the last one.
    const shown = Object.fromEntries(preview.groups.map(({ table, due }) => [table, due]));
    expect(removed).toEqual({
      ...{
        incidents: 1,
        drafts: 1,
        posts: 1,
        occurrences: 1,
        evidence: 1,
        triageArtifacts: 1,
        triageRuns: 1,
      },
      ...{ quarantine: 1, telemetry: 1 },
    });
    expect(shown).toEqual(removed);

    const after = await ground.delivery(draftId);
    expect(after).toMatchObject({
      ...{ state: "published", body: "", idempotencyKey: before.idempotencyKey },
      ...{ payloadDigest: before.payloadDigest, erasedAt: new Date(ground.clock.nowMs) },
    });
    const receipt = await ground.db.prisma.receipt.findFirstOrThrow({ where: { deliveryId: after.id } });
    expect(receipt).toMatchObject({ status: "posted", receipt: { payload_digest: before.payloadDigest } });
    expect(receipt.externalId).not.toBeNull();
    const approval = await ground.db.prisma.approval.findFirstOrThrow({ where: { draftId } });
    expect(approval.digest).toMatch(/^[0-9a-f]{64}$/);
    const incident = await ground.db.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } });
    expect(incident.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await ground.audits("publish.completed")).length).toBe(1);

    // What is forgotten is not published again, not by its name and not by its key.
    expect((await refusal(ground.publish(draftId))).kind).toBe("not_found");
    expect(await ground.turn()).toEqual([]);
    expect(await turn()).toEqual({});
    const runs = await listRetentionRuns(ground.as(), { limit: 10 });
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ trigger: "schedule", state: "done", removed, errors: [] });
  });

  it("a repeat of what is forgotten is known by its key, a line by its place: neither is counted again", async () => {
    const idempotency = { scope: "token:t", key: "k-1", requestHash: "h" };
    const keyed = { ...aReport({ title: `Key ${marker}`, fingerprint: "by-key" }), idempotency };
    const placed = { ...aReport({ title: `Line ${marker}`, fingerprint: "by-place" }), originKey: "line:1" };
    const asToken = () => ground.as(actors.adminToken());
    const [first, line] = await Promise.all([
      acceptReport(asToken(), keyed),
      acceptReport(asToken(), placed),
    ]);
    for (const { incident } of [first, line])
      await eraseText(stepped(), {
        subject: { kind: "incident", incidentId: incident.incidentId },
        reason: "x",
      });
    expect(await said()).toEqual([]);

    const count = () => ground.db.prisma.occurrence.count();
    const before = [await count(), await ground.db.prisma.incident.count()];
    for (const report of [keyed, placed])
      expect((await refusal(acceptReport(asToken(), report))).reason).toBe("incident_not_found");
    expect([await count(), await ground.db.prisma.incident.count()]).toEqual(before);
    const row = await ground.db.prisma.occurrence.findFirstOrThrow({ where: { originKey: "line:1" } });
    expect(row).toMatchObject({ sighting: {}, reporter: { kind: "token", name: "" } });
  });
});

describe("a legal hold", () => {
  it("stops the job, the hand and the request, until it is released", async () => {
    const { draftId, incidentId } = await planted();
    const none = { projectId: null, sourceId: null, incidentId: null };
    const bad = await refusal(
      placeHold(ground.as(), { ...none, scope: "project", reason: "Case 7", projectId: "shp" }),
    );
    expect(bad).toMatchObject({ reason: "hold_invalid", context: { field: "project_id" } });
    expect(
      (await refusal(placeHold(ground.as(), { ...none, scope: "all", reason: " " }))).context.field,
    ).toBe("reason");
    const deniedTo = ground.as(actors.approver());
    expect((await refusal(placeHold(deniedTo, { ...none, scope: "all", reason: "x" }))).kind).toBe(
      "forbidden",
    );
    const hold = await placeHold(ground.as(), { ...none, scope: "incident", incidentId, reason: "Case 7" });

    ground.clock.nowMs += 31 * dayMs;
    await turn();
    const kept = (await said()).map((each) => each.split(":")[0]);
    for (const table of [
      "incidents",
      "drafts",
      "deliveries",
      "occurrences",
      "evidence_artifacts",
      "triage_runs",
    ])
      expect(kept).toContain(table);
    const [run] = await listRetentionRuns(ground.as(), { limit: 1 });
    expect(run?.heldBack).toMatchObject({ incidents: 1, drafts: 1, posts: 1 });
    const preview = await previewRetention(ground.as());
    expect(preview.groups.find(({ table }) => table === "incidents")).toMatchObject({ due: 0, held: 1 });
    await turn();
    expect((await listRetentionRuns(ground.as(), { limit: 1 }))[0]?.runId).toBe(run?.runId);

    const other = await ground.draftOf({ title: "Another" });
    for (const input of [
      { noun: "draft" as const, ids: [draftId, other], all: false },
      { noun: "incident" as const, ids: [], all: true },
    ]) {
      const refused = await refusal(deleteRecords(ground.as(), input));
      expect(refused).toMatchObject({ kind: "conflict", reason: "retention_held" });
      expect(refused.context).toMatchObject({ hold_id: hold.holdId, hold_reason: "Case 7" });
    }
    expect(await ground.db.prisma.draft.count({ where: { id: other, deletedAt: null } })).toBe(1);
    const erasure = { subject: { kind: "incident" as const, incidentId }, reason: "asked" };
    expect((await refusal(eraseText(stepped(), erasure))).context.hold_id).toBe(hold.holdId);

    const release = { holdId: hold.holdId, reason: "Settled" };
    expect((await refusal(releaseHold(ground.as(), release))).reason).toBe("step_up_required");
    const released = await releaseHold(stepped(), release);
    expect(released).toMatchObject({ releaseReason: "Settled", releasedBy: { id: "user-admin" } });
    expect(await releaseHold(stepped(), { ...release, reason: "Again" })).toEqual(released);
    expect((await ground.audits("retention.hold_released")).length).toBe(1);
    await turn();
    expect(await said()).toEqual([]);
  });
});

describe("a hold of everything", () => {
  it.each(["all", "project", "source"] as const)(
    "%s: is no project admin's, whatever else is named",
    async (scope) => {
      const draftId = await ground.draftOf({ title: "Ours" }, "shop");
      const { incidentId } = await ground.db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } });
      const member = ground.as(actors.projectMember({ shop: "admin" }));
      const ofOthers = { sourceId: null, projectId: scope === "all" ? null : "bank" };
      for (const projectId of [ofOthers.projectId, ...(scope === "all" ? ["shop"] : [])]) {
        const wish = { ...ofOthers, projectId, scope, incidentId, reason: "Case 8" };
        expect((await refusal(placeHold(member, wish))).kind).toBe("forbidden");
      }
      expect(await ground.db.prisma.retentionHold.count({ where: { reason: "Case 8" } })).toBe(0);
    },
  );
});

describe("forgetting on request", () => {
  it("shows what it would take, asks for a proof, and leaves a record without the text", async () => {
    const { incidentId } = await planted();
    const spared = await ground.draftOf({ title: "Nothing of the kind" });
    const subject = { kind: "person" as const, person: marker.toUpperCase() };
    const preview = await previewErasure(ground.as(), subject);
    expect(preview).toMatchObject({ incidents: 1, capped: false, heldBy: [] });
    expect(preview.counts).toMatchObject({ incidents: 1, drafts: 1, posts: 1, telemetry: 1, quarantine: 1 });

    const input = { subject, reason: "Asked by letter" };
    expect((await refusal(eraseText(ground.as(), input))).reason).toBe("step_up_required");
    const short = { subject: { kind: "person" as const, person: "ab" }, reason: "x" };
    expect((await refusal(eraseText(stepped(), short))).context.field).toBe("person");
    const run = await eraseText(stepped(), input);
    expect(run).toMatchObject({ state: "done", trigger: "request", subject: { kind: "person" } });
    expect(await said()).toEqual([]);
    const [entry] = await ground.audits("retention.erased", run.runId);
    expect(entry?.detail).toMatchObject({ kind: "person", incident_ids: [incidentId], incidents: 1 });
    expect((await ground.db.prisma.draft.findUniqueOrThrow({ where: { id: spared } })).title).toContain(
      "Nothing",
    );
  });

  it("waits for what is under way", async () => {
    const { draftId, incidentId } = await planted();
    await ground.db.prisma.delivery.updateMany({ where: { draftId }, data: { state: "sending" } });
    const input = { subject: { kind: "incident" as const, incidentId }, reason: "x" };
    const refused = await refusal(eraseText(stepped(), input));
    expect([refused.reason, (refused.context.under_way as string[]).length]).toEqual([
      "erasure_under_way",
      1,
    ]);
    await ground.db.prisma.delivery.updateMany({ where: { draftId }, data: { state: "published" } });
    await eraseText(stepped(), {
      subject: { kind: "source", projectId: "shop", sourceId: null },
      reason: "Left us",
    });
    expect(await said()).toEqual([]);
  });
});

describe("the audit's own words", () => {
  const host = keeping();
  const seal = () => {
    const ctx = ground.as(actors.system("audit-ledger"));
    return sealAudit({ ...ctx, services: { ...ctx.services, ledger: host } });
  };
  /** A person said in so many words what came of a delivery without an answer. */
  async function settled() {
    const { draftId, incidentId } = await planted();
    const delivery = await ground.delivery(draftId);
    await ground.db.prisma.delivery.update({ where: { id: delivery.id }, data: { state: "ambiguous" } });
    const reason = `${marker} rang and said so`;
    await resolvePost(ground.as(), { postId: delivery.postId, resolution: "happened", reason });
    return { deliveryId: delivery.id, incidentId };
  }
  const entryOf = (subjectId: string) =>
    ground.db.prisma.auditEntry.findFirstOrThrow({
      where: { subjectId, action: "incident_monitor.delivery.resolved" },
    });
  const verified = async () => {
    const options = { sha256, verifySignature, trusted: null };
    const { ok, problem, erased } = await verifyLedger(ledgerSource(ground.db.pool), options);
    expect(problem).toBeNull();
    return { ok, erased };
  };

  it("are erased with what they are about, by request and by profile, and the ledger still verifies", async () => {
    const [asked, due] = [await settled(), await settled()];
    await seal();
    expect((await entryOf(asked.deliveryId)).detail).toMatchObject({
      reason: expect.stringContaining(marker),
    });
    const { erased: before } = await verified();
    const subject = { kind: "incident" as const, incidentId: asked.incidentId };
    await eraseText(stepped(), { subject, reason: "asked by letter" });
    expect(await entryOf(asked.deliveryId)).toMatchObject({ detail: {}, detailSalt: null });
    expect((await entryOf(due.deliveryId)).detail).toMatchObject({ resolution: "happened" });
    ground.clock.nowMs += 31 * dayMs;
    await turn();
    expect(await entryOf(due.deliveryId)).toMatchObject({ detail: {}, detailSalt: null });
    await seal();
    expect(await verified()).toEqual({ ok: true, erased: before + 2 });
    expect(await tablesSaying(ground.db, marker)).toEqual([]);
  });

  it("that were not sealed yet are erased by the next turn", async () => {
    const { deliveryId, incidentId } = await settled();
    const subject = { kind: "incident" as const, incidentId };
    await eraseText(stepped(), { subject, reason: "asked" });
    expect((await entryOf(deliveryId)).detail).toMatchObject({ reason: expect.stringContaining(marker) });
    await turn();
    expect((await entryOf(deliveryId)).detailHash).toBeNull();
    await seal();
    await turn();
    expect(await entryOf(deliveryId)).toMatchObject({ detail: {}, detailHash: expect.any(String) });
    await seal();
    await verified();
  });
});

describe("the job", () => {
  it("leaves off in the middle when it is paused, and goes on from there", async () => {
    await planted();
    ground.clock.nowMs += 31 * dayMs;
    await setPaused(ground.as(), { paused: true });
    expect(await turn()).toBeNull();
    expect((await said()).length).toBeGreaterThan(5);
    await setPaused(ground.as(), { paused: false });
    const stopping = AbortSignal.abort();
    const ctx = ground.as(actors.system("retention"));
    expect(await enforceRetention({ ...ctx, services: { ...ctx.services, stopping } })).toEqual({});
    // Of two at once one has the turn.
    const both = await Promise.all([turn(), turn()]);
    expect(both.filter((each) => each === null).length).toBeLessThanOrEqual(1);
    expect(both.some((each) => (each?.incidents ?? 0) > 0)).toBe(true);
    expect(await said()).toEqual([]);
  });

  it("takes over from one that died, and says so of its run", async () => {
    const runId = newId.retentionRun();
    const at = new Date(ground.clock.nowMs);
    await ground.db.prisma.retentionRun.create({
      data: { id: runId, trigger: "schedule", actor: {}, state: "running", startedAt: at },
    });
    const claimed = { claimedBy: runId, runId };
    await ground.db.prisma.retentionTurn.update({
      where: { id: 1 },
      data: { ...claimed, leaseUntil: new Date(Date.now() + 60_000) },
    });
    expect(await turn()).toBeNull();
    await ground.db.prisma.retentionTurn.update({ where: { id: 1 }, data: { leaseUntil: new Date(0) } });
    expect(await turn()).toEqual({});
    const [run] = (await listRetentionRuns(ground.as(), { limit: 50 })).filter(
      (each) => each.runId === runId,
    );
    expect(run).toMatchObject({ state: "failed", errors: [{ code: "interrupted" }] });
  });
});

it("a failure that was forgotten and comes back is a new incident, drafted anew", async () => {
  const report = { title: "Same again", fingerprint: "same-again" };
  const first = await ground.draftOf(report);
  ground.clock.nowMs += 31 * dayMs;
  await turn();
  expect(await ground.draftOf(report)).not.toBe(first);
});
