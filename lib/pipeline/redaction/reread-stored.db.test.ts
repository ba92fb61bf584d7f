import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { SafetyDefaults } from "@/lib/domain/config";
import { newId } from "@/lib/ids";
import { redactionRulesVersion } from "@/lib/redaction/rules-version";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { tablesSaying } from "@/lib/testing/planted";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { approveDraft } from "../drafts/approve-draft";
import { getDraft } from "../drafts/get-draft";
import { listIncidents } from "../incidents/list-incidents";
import { placeHold } from "../retention/place-hold";
import { releaseHold } from "../retention/release-hold";
import { patchConfig } from "../settings/patch-config";
import { listRedactionRuns } from "./list-redaction-runs";
import { previewRereading } from "./preview-rereading";
import { rereadStored } from "./reread-stored";
import { startRereading } from "./start-rereading";

let ground: SilenceGround;
let serial = 4710;
/** What nobody knew for a secret when it was stored. */
let marker = "";

const worker = () => ground.as(actors.system("redaction"));
const approver = () => ground.as(actors.approver());
const configure = (safety: Partial<SafetyDefaults>) =>
  patchConfig(ground.as(), { patch: aConfigPatch({ safetyDefaults: safety }) });
/** The rules of before, and those that know it. */
const before = () => configure({ redactionProfile: "standard" });
const improved = () =>
  configure({
    redactionProfiles: [
      {
        profileId: "clinic",
        personalData: [],
        patterns: [{ name: "patient", pattern: "Zanzibar-[0-9]{4}" }],
      },
    ],
    redactionProfile: "clinic",
  });
const told = async () => (await tablesSaying(ground.db, marker)).map((each) => each.split(":")[0]);
async function walk() {
  await startRereading(ground.as());
  return rereadStored(worker());
}

beforeAll(async () => {
  ground = await createSilenceGround();
  await rereadStored(worker());
});
beforeEach(async () => {
  serial += 1;
  ground.clock.nowMs += 1_000;
  marker = `Zanzibar-${serial}`;
  await before();
});
afterAll(() => ground.close());

const report = () => ({
  ...{ title: `Job ${marker} failed`, detail: `exit 1 for ${marker}`, riskLevel: "high" },
  ...{
    component: marker,
    source: `s ${marker}`,
    event: `e ${marker}`,
    excerpt: [`line of ${marker}`, "plain"],
  },
  ...{ attributes: { runId: `run ${marker}` }, externalCorrelationIds: [marker] },
});

/** A failure that says the marker wherever it can. `sent`: it was approved and left. */
async function planted({ sent }: { sent: boolean }): Promise<{ draftId: string; incidentId: string }> {
  const { db } = ground;
  const draftId = await ground.draftOf(report(), "shop");
  const { incidentId } = await db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } });
  await approveDraft(approver(), { draftId, reason: `because of ${marker}` });
  if (sent) {
    await ground.publish(draftId);
    await ground.turn();
  }
  const at = new Date(ground.clock.nowMs);
  const runId = newId.triageRun();
  const said = { what: `found ${marker}`, code: "approval_required" };
  await db.prisma.triageRun.create({
    data: {
      ...{ id: runId, draftId, status: "ready", summary: said, edits: said, gate: said, duplicates: [said] },
      ...{
        phases: [{ state: "done", note: `saw ${marker}` }],
        lastError: said,
        updatedAt: at,
      },
    },
  });
  const content = { lines: [`row ${marker}`, "plain"], redactions: { password: 1 } };
  await db.prisma.evidenceArtifact.create({
    data: {
      ...{
        id: newId.evidence(),
        kind: "log_source",
        contentType: "application/json",
        incidentId,
        createdAt: at,
      },
      ...{ path: `tandem://log/${draftId}`, content, sha256: sha256Hex(canonicalJson(content)) },
    },
  });
  await db.prisma.draftRevision.create({
    data: {
      draftId,
      revision: 7,
      actor: {},
      content: { title: `was ${marker}` },
      changes: [],
      createdAt: at,
    },
  });
  await db.prisma.logQuarantine.create({
    data: {
      ...{ id: newId.quarantined(), projectId: "shop", sourceId: "app", generation: 0, createdAt: at },
      ...{
        offsetStart: serial,
        offsetEnd: serial + 1,
        reason: "x",
        detail: marker,
        excerpt: [`a ${marker}`],
      },
    },
  });
  await db.prisma.memoryRecord.create({
    data: {
      ...{
        id: newId.evidence(),
        destinationId: "memory",
        category: "failure",
        fingerprint: "f",
        createdAt: at,
      },
      ...{ summary: `failure: ${marker}`, facts: { title: `Job ${marker}` } },
    },
  });
  return { draftId, incidentId };
}

const changeable = [
  ...["approvals", "draft_revisions", "drafts", "evidence_artifacts", "incident_texts", "incidents"],
  ...["log_quarantine", "memory_records", "occurrences", "triage_runs"],
];

describe("stored texts are read again", () => {
  it("what improved rules know is nowhere afterwards but where a digest rests on it, and that is said", async () => {
    const { draftId, incidentId } = await planted({ sent: true });
    expect(await told()).toEqual(expect.arrayContaining(changeable));
    const sent = await ground.delivery(draftId);
    const receipt = await ground.db.prisma.receipt.findFirstOrThrow({ where: { deliveryId: sent.id } });
    await improved();
    const preview = await previewRereading(ground.as());
    expect(await told()).toEqual(expect.arrayContaining(changeable));

    const run = await walk();
    const left = await told();
    expect(left.filter((table) => changeable.includes(table ?? ""))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining(["deliveries", "payload_snapshots", "telemetry_records"]));
    expect(run).toMatchObject({
      ...{ trigger: "request", state: "done", heldBack: {}, error: null, approvalsVoided: 0 },
      frozen: { deliveries: 1, snapshots: 1, telemetry: 1 },
      changed: {
        incidents: 1,
        drafts: 1,
        triageRuns: 1,
        evidence: 1,
        quarantine: 1,
        memory: 1,
        occurrences: 1,
      },
    });
    // By the same reading, so to the last one.
    const of = (place: string) => preview.places.find((each) => each.place === place)?.wouldChange ?? 0;
    for (const [place, count] of Object.entries(run?.changed ?? {})) expect(of(place), place).toBe(count);

    // What proves that it was sent is as it was.
    expect(await ground.delivery(draftId)).toEqual(sent);
    expect(await ground.db.prisma.receipt.findFirstOrThrow({ where: { deliveryId: sent.id } })).toEqual(
      receipt,
    );
    expect((await getDraft(ground.as(), draftId)).approval).toBe("granted");

    const incident = await ground.db.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } });
    expect(incident).toMatchObject({
      title: "Job [redacted:custom_patient] failed",
      excerpt: ["line of [redacted:custom_patient]", "plain"],
      attributes: { runId: "run [redacted:custom_patient]" },
    });
    expect(incident.redactions).toMatchObject({ custom_patient: expect.any(Number) });
    const evidence = await ground.db.prisma.evidenceArtifact.findFirstOrThrow({ where: { incidentId } });
    expect(evidence.content).toEqual({
      lines: ["row [redacted:custom_patient]", "plain"],
      redactions: { password: 1 },
    });
    expect(evidence.sha256).toBe(sha256Hex(canonicalJson(evidence.content)));
    const triage = await ground.db.prisma.triageRun.findFirstOrThrow({ where: { draftId } });
    expect(triage.summary).toEqual({ what: "found [redacted:custom_patient]", code: "approval_required" });

    const search = (text: string) =>
      listIncidents(ground.as(), { filter: { search: text }, page: { limit: 10 } } as never);
    expect((await search(marker)).incidents).toEqual([]);

    const again = await walk();
    expect(again).toMatchObject({ changed: {}, approvalsVoided: 0, frozen: run?.frozen });
    const entries = await ground.audits("redaction.reread");
    expect(JSON.stringify(entries)).not.toContain(marker);
    expect(entries.length).toBeGreaterThan(5);
    expect(await ground.audits("redaction.completed", run?.runId)).toHaveLength(1);
  });

  it("an approval that stands for those words ends, says why, and nothing of it leaves", async () => {
    const { draftId } = await planted({ sent: false });
    await ground.publish(draftId);
    await improved();
    expect(await walk()).toMatchObject({ approvalsVoided: 1 });
    expect((await getDraft(ground.as(), draftId)).approval).toBe("voided");
    const approval = await ground.db.prisma.approval.findFirstOrThrow({ where: { draftId } });
    expect(approval).toMatchObject({ state: "voided", endedReason: [{ code: "redaction_improved" }] });
    expect(await ground.audits("approval.voided", draftId)).toHaveLength(1);
    await ground.turn();
    expect(await ground.delivery(draftId)).toMatchObject({ state: "blocked" });
  });

  it("what a legal hold covers stays as it is until it is released", async () => {
    const { incidentId } = await planted({ sent: false });
    const hold = await placeHold(ground.as(), { scope: "all", reason: "court" } as never);
    await improved();
    const run = await walk();
    expect(run).toMatchObject({ changed: {}, heldBack: { incidents: 1, drafts: 1 } });
    const title = async () =>
      (await ground.db.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } })).title;
    expect(await title()).toContain(marker);
    const stepped = ground.as(actors.admin({ stepUpAtMs: ground.clock.nowMs }));
    await releaseHold(stepped, { holdId: hold.holdId, reason: "over" });
    await walk();
    expect(await title()).not.toContain(marker);
  });
});

describe("a walk that is interrupted", () => {
  /** As a process that is told to end after so many looks. */
  const stoppingAfter = (looks: number) => {
    let left = looks;
    const stopping = {
      get aborted() {
        left -= 1;
        return left < 0;
      },
    } as AbortSignal;
    const ctx = worker();
    return { ...ctx, services: { ...ctx.services, stopping } };
  };

  it.each([1, 3, 4, 8, 20])(
    "after %i pages: the next goes on from there and ends the same",
    async (pages) => {
      await planted({ sent: false });
      await improved();
      const { runId } = await startRereading(ground.as());
      const stopped = await rereadStored(stoppingAfter(pages));
      expect(stopped).toMatchObject({ runId, state: "running" });
      const [stored] = await listRedactionRuns(ground.as(), { limit: 1 });
      expect(stored).toEqual(stopped);
      const ended = await rereadStored(worker());
      expect(ended).toMatchObject({ runId, state: "done" });
      expect(ended?.examined.incidents).toBe(await ground.db.prisma.incident.count());
      expect((await told()).filter((table) => changeable.includes(table ?? ""))).toEqual([]);
      expect(await walk()).toMatchObject({ changed: {} });
    },
  );

  it("nobody else walks while one has the turn; one that died has lost it after a minute", async () => {
    await planted({ sent: false });
    await improved();
    await startRereading(ground.as());
    const claim = (ends: string) =>
      ground.db.pool.query(
        `UPDATE redaction_turns SET claimed_by = 'dead', lease_until = now() + interval '${ends}' WHERE id = 1`,
      );
    await claim("30 seconds");
    expect(await rereadStored(worker())).toBeNull();
    await claim("-1 second");
    expect(await rereadStored(worker())).toMatchObject({ state: "done" });
  });
});

describe("when", () => {
  it("rules of a newer release begin a walk by themselves, once", async () => {
    await planted({ sent: false });
    await improved();
    expect(await rereadStored(worker())).toBeNull();
    await ground.db.pool.query("UPDATE redaction_turns SET rules_version = $1", [redactionRulesVersion - 1]);
    const run = await rereadStored(worker());
    expect(run).toMatchObject({ trigger: "rules", rulesVersion: redactionRulesVersion, state: "done" });
    expect(run?.changed.incidents).toBe(1);
    expect(await rereadStored(worker())).toBeNull();
  });

  it("409: a second one while the first is not through; only who configures may ask, only the product walks", async () => {
    await startRereading(ground.as());
    expect(await refusal(startRereading(ground.as()))).toMatchObject({
      ...{ kind: "conflict", reason: "redaction_under_way" },
    });
    await rereadStored(worker());
    for (const actor of [actors.viewer(), actors.approver(), actors.agentToken()]) {
      expect((await refusal(startRereading(ground.as(actor)))).kind).toBe("forbidden");
      expect((await refusal(previewRereading(ground.as(actor)))).kind).toBe("forbidden");
    }
    expect((await refusal(rereadStored(ground.as()))).kind).toBe("forbidden");
  });
});
