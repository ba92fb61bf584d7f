import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDraftRevisions } from "@/lib/db/draft-revision-store";
import { findDraft } from "@/lib/db/draft-store";
import { findIssueDraft, listTriageArtifacts } from "@/lib/db/triage-store";
import { actors } from "@/lib/testing/context";
import { minimalSummary, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { createTriageGround, scriptedWork, type TriageGround } from "@/lib/testing/triage-run-ground";
import { approveDraft } from "../drafts/approve-draft";
import { publishDraft } from "../publishing/publish-draft";
import { createIssueDraft } from "./create-issue-draft";
import { createTriageRun } from "./create-triage-run";
import { createTriageSummary } from "./create-triage-summary";
import { getDraftTriage } from "./get-draft-triage";

let ground: TriageGround;
beforeAll(async () => {
  ground = await createTriageGround();
});
afterAll(() => ground.close());

/** A draft whose run has ended with what `found` says. */
async function triaged(found?: Parameters<typeof scriptedWork>[1], fields = {}) {
  const { draftId } = await ground.draft(fields);
  const { run } = await createTriageRun(ground.ctx(), { draftId });
  const mine = (await ground.claim("w1", 50)).find((each) => each.runId === run.runId);
  if (!mine) throw new Error("nothing to claim");
  await ground.work(mine, scriptedWork({}, found));
  return { draftId, runId: run.runId };
}

const write = (
  draftId: string,
  summary = {},
  actor = actors.triager() as Parameters<TriageGround["ctx"]>[0],
) => createTriageSummary(ground.ctx(actor), { draftId, summary, waitMs: 0 });

describe("writing a summary", () => {
  it("needs a run", async () => {
    const { draftId } = await ground.draft();
    await expect(write(draftId, minimalSummary())).rejects.toMatchObject({
      ...{ kind: "conflict", reason: "triage_requires_run" },
    });
    await expect(write("nope")).rejects.toMatchObject({ reason: "draft_not_found" });
    expect((await findDraft(ground.db, draftId))?.revision).toBe(1);
  });

  it("what a person writes wins over what was found, is judged, and leaves a revision that says what changed", async () => {
    const { draftId, runId } = await triaged(reportOnlyArtifacts());
    expect((await findDraft(ground.db, draftId))?.issue).toBe("blocked");
    const { draft, answer } = await write(draftId, minimalSummary());
    expect(answer.gate).toBeNull();
    expect(answer.results.summary?.summary).toMatchObject({
      ...{ recommendedFix: "Default the currency to EUR.", origins: { recommendedFix: "given" } },
    });
    expect(draft).toMatchObject({ triage: "ready", issue: "ready", revision: 2, issueBlockedReason: null });
    const [revision] = await listDraftRevisions(ground.db, draftId);
    expect(revision).toMatchObject({ revision: 1, actor: { kind: "user", id: "user-triager" } });
    expect((revision?.changes as Array<{ field: string }>).map((each) => each.field)).toContain(
      "recommendedFix",
    );
    expect(await ground.run(runId)).toMatchObject({ status: "blocked", summaryBy: "person" });
    const kinds = (await listTriageArtifacts(ground.db, runId)).map((each) => each.type);
    expect(kinds.filter((kind) => kind === "incident_monitor_triage_summary")).toHaveLength(2);
  });

  it("takes back a wish for a coding agent that was written before, and leaves the rest as it was", async () => {
    const { draftId } = await triaged();
    const wished = await write(draftId, { coderReady: false, permissionsAvailable: false });
    expect(wished.answer.results.summary).toMatchObject({
      coderReady: false,
      summary: { permissionsAvailable: false },
      coderReadyGate: { requestedCoderReady: false },
    });
    const { answer } = await write(draftId, { coderReady: null, permissionsAvailable: null });
    expect(answer.results.summary).toMatchObject({
      summary: { permissionsAvailable: null },
      coderReadyGate: { requestedCoderReady: null },
    });
    expect(answer.results.summary?.summary.recommendedFix).toBe(
      wished.answer.results.summary?.summary.recommendedFix,
    );
    const [, revision] = await listDraftRevisions(ground.db, draftId).then((all) =>
      [...all].sort((a, b) => a.revision - b.revision),
    );
    expect((revision?.changes as Array<{ field: string }>).map((each) => each.field)).toEqual([
      "coderReady",
      "permissionsAvailable",
    ]);
  });

  it("case 122: an empty one is summarised from what the phases found, with file references and fix points", async () => {
    const { draftId } = await triaged();
    const { answer, draft } = await write(draftId, {});
    const summary = answer.results.summary?.summary;
    expect(summary?.fileReferences).not.toEqual([]);
    expect(summary?.fixPoints).not.toEqual([]);
    expect(draft.revision).toBe(1);
  });

  it("an empty one where nothing was found is marked as put together, and passes no gate (W-48)", async () => {
    const { draftId } = await ground.draft();
    await createTriageRun(ground.ctx(), { draftId });
    const { answer, draft } = await write(draftId, {});
    expect(answer.results).toMatchObject({
      issueDraft: null,
      summary: { summary: { origins: { logs: "synthesised" } } },
    });
    expect(answer.gate?.missing).toContain("durable_artifacts");
    expect(draft).toMatchObject({ issue: "blocked" });
  });

  it("edits win over what a later run finds, and over the rest of a run under way", async () => {
    const { draftId } = await triaged(reportOnlyArtifacts());
    await write(draftId, minimalSummary());
    const again = await createTriageRun(ground.ctx(), { draftId });
    const mine = (await ground.claim("w1", 50)).find((each) => each.runId === again.run.runId);
    if (mine) await ground.work(mine, scriptedWork());
    const ended = await ground.run(again.run.runId);
    expect(ended).toMatchObject({ status: "ready", summaryBy: "person" });
    expect(ended.summary?.summary.recommendedFix).toBe("Default the currency to EUR.");
  });

  it("secrets are redacted before anything is kept", async () => {
    const { draftId } = await triaged();
    const secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    await write(draftId, { notes: `try ${secret}`, logs: [`key=${secret}`] });
    const rows = await ground.db.prisma.triageRun.findMany({ where: { draftId } });
    const revisions = await ground.db.prisma.draftRevision.findMany({ where: { draftId } });
    const artifacts = await ground.db.prisma.evidenceArtifact.findMany({ where: { draftId } });
    const all = JSON.stringify([rows, revisions, artifacts]);
    expect(all).toContain("[redacted:");
    expect(all).not.toContain(secret);
  });

  it("two people at once: both edits are there", async () => {
    const { draftId, runId } = await triaged();
    await Promise.all([
      write(draftId, { notes: "From one" }, actors.triager({ userId: "one" })),
      write(draftId, { expectedBehavior: "From two" }, actors.triager({ userId: "two" })),
    ]);
    expect((await ground.run(runId)).summary?.summary).toMatchObject({
      ...{ notes: "From one", expectedBehavior: "From two" },
    });
    expect(await listDraftRevisions(ground.db, draftId)).toHaveLength(2);
  });

  it("remembers the failure once, and what came back as such", async () => {
    const { draftId } = await triaged();
    const first = await write(draftId, { notes: "a" });
    const second = await write(draftId, { notes: "b" });
    expect([first.pattern?.stored, second.pattern?.stored]).toEqual([true, false]);
    expect(first.regression).toBeNull();
    expect(await ground.db.prisma.memoryRecord.count({ where: { id: first.pattern?.memoryId } })).toBe(1);
  });
});

describe("the issue draft", () => {
  it("case 118: a weak draft gives none, and says which gates are missing", async () => {
    const { draftId } = await triaged(reportOnlyArtifacts());
    await expect(createIssueDraft(ground.ctx(), { draftId })).rejects.toMatchObject({
      ...{ kind: "not_ready", reason: "proposal_blocked" },
    });
    const { answer, draft } = await getDraftTriage(ground.ctx(), draftId);
    expect(answer.gate?.missing).toEqual(expect.arrayContaining(["bounded_action", "verification_steps"]));
    expect(answer.gateArtifact).toMatchObject({ artifactType: "incident_monitor_proposal_quality_gate" });
    expect(draft.issue).toBe("blocked");
  });

  it("made again from the same findings it is the same to the byte, so that no approval falls", async () => {
    const { draftId } = await triaged();
    await approve(draftId);
    const before = await findIssueDraft(ground.db, draftId);
    ground.pass(60_000);
    const { answer, draft } = await createIssueDraft(ground.ctx(), { draftId });
    expect(answer.results.issueDraft).toEqual(before);
    expect(draft.approval).toBe("granted");
  });

  it("is in the payload of every destination from then on; a run that is only queued changes nothing of it", async () => {
    const { draftId } = await triaged();
    const bodyOf = async () => {
      await publishDraft(ground.ctx(), { draftId, destinationIds: [] });
      const delivery = await ground.db.prisma.delivery.findFirst({
        where: { draftId },
        orderBy: { createdAt: "desc" },
      });
      return delivery?.payloadDigest;
    };
    const digest = await bodyOf();
    await createTriageRun(ground.ctx(), { draftId });
    expect(await bodyOf()).toBe(digest);
  });
});

async function approve(draftId: string) {
  await ground.db.prisma.draft.update({ where: { id: draftId }, data: { approval: "required" } });
  await approveDraft(ground.ctx(actors.approver()), { draftId });
}

describe("approvals (D-06)", () => {
  beforeAll(async () => {
    const hook = {
      ...{ destinationId: "hook", name: "Hook", kind: "webhook", webhookUrl: "https://hooks.example.com/im" },
      webhookSecretRef: "env:TANDEM_HOOK",
    };
    await ground.patch({ destinations: [hook], defaultDestinationIds: ["hook"] });
  });

  it("an edit that changes what would leave voids the approval at once, naming what changed", async () => {
    const { draftId } = await triaged();
    await approve(draftId);
    const { draft } = await write(draftId, { recommendedFix: "Something else entirely." });
    expect(draft.approval).toBe("voided");
    const ended = await ground.db.prisma.approval.findFirst({
      where: { draftId },
      orderBy: { createdAt: "desc" },
    });
    expect(ended).toMatchObject({ state: "voided", endedReason: [{ code: "payload_changed" }] });
  });

  it("what a run finds later voids it too, unless the admin binds approvals to the draft", async () => {
    const { draftId } = await ground.draft();
    await approve(draftId);
    const { draft } = await createTriageRun(ground.ctx(), { draftId });
    expect([draft.approval, draft.triage]).toEqual(["granted", "queued"]);
    const finish = async (id: string) => {
      const mine = (await ground.claim("w1", 50)).find((each) => each.draftId === id);
      if (mine) await ground.work(mine, scriptedWork());
      return (await findDraft(ground.db, id))?.approval;
    };
    expect(await finish(draftId)).toBe("voided");
    await ground.patch({ safetyDefaults: { approvalBinding: "draft" } });
    const { draftId: bound } = await ground.draft();
    await approve(bound);
    await createTriageRun(ground.ctx(), { draftId: bound });
    expect(await finish(bound)).toBe("granted");
  });
});
