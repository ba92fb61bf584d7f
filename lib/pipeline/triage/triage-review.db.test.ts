import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { triageReviewSchema } from "@/lib/contracts/triage-review";
import { actors } from "@/lib/testing/context";
import { foundArtifacts, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { createTriageGround, scriptedWork, type TriageGround } from "@/lib/testing/triage-run-ground";
import { triageReviewToWire } from "@/lib/wire/triage-review";
import { denyDraft } from "../drafts/deny-draft";
import { claimTriageRun } from "./claim-triage-run";
import { createTriageRun } from "./create-triage-run";
import { createTriageSummary } from "./create-triage-summary";
import { getTriageReview } from "./get-triage-review";
import { submitTriageArtifact } from "./submit-triage-artifact";
import { takeBackTriageRun } from "./take-back-triage-run";

let ground: TriageGround;
const leaseMs = 60_000;
const agent = () => ground.ctx(actors.agentToken());

beforeAll(async () => {
  ground = await createTriageGround();
});
afterAll(() => ground.close());

async function triaged(found = foundArtifacts(), fields = {}) {
  const { draftId } = await ground.draft(fields);
  const { run } = await createTriageRun(ground.ctx(), { draftId });
  const mine = (await ground.claim("w1", 50)).find((each) => each.runId === run.runId);
  if (!mine) throw new Error("nothing to claim");
  await ground.work(mine, scriptedWork({}, found));
  return { draftId, runId: run.runId };
}

/** What the page and the API get of it: it must be what the document promises. */
async function shown(draftId: string, actor = actors.triager()) {
  const wire = triageReviewToWire(await getTriageReview(ground.ctx(actor), draftId));
  triageReviewSchema.parse(wire);
  return wire;
}
const open = (actions: Awaited<ReturnType<typeof shown>>["actions"]) =>
  Object.entries(actions).flatMap(([name, { allowed }]) => (allowed ? [name] : []));

describe("the review of a draft's triage", () => {
  it("of one that was never under triage is empty, and it may be started", async () => {
    const { draftId } = await ground.draft();
    const review = await shown(draftId);
    expect(review).toMatchObject({ run: null, triage_summary: null, issue_draft: null, revisions: [] });
    expect(Object.values(review.phases)).toEqual([null, null, null, null]);
    expect(open(review.actions)).toEqual(["start"]);
  });

  it("has what each phase left, the summary, the gate that passed and the issue", async () => {
    const { draftId, runId } = await triaged();
    const review = await shown(draftId);
    expect(review.run).toMatchObject({ run_id: runId, state: "ready" });
    expect(review.phases.research?.content.history.suspects[0]?.hash).toBe(
      foundArtifacts().research.history.suspects[0]?.hash,
    );
    expect(review.phases.propose?.made_by).toBe("enrichers");
    expect(review.proposal_quality_gate).toMatchObject({ passed: true, missing: [] });
    expect(review.issue_draft?.suggested_title).toBe(review.triage_summary?.suggested_title);
    expect(open(review.actions)).toEqual(["start", "edit"]);
  });

  it("of a blocked one names the gates that are missing, and has no issue", async () => {
    const { draftId } = await triaged(reportOnlyArtifacts());
    const review = await shown(draftId);
    expect(review.run?.state).toBe("blocked");
    expect(review.issue_draft).toBeNull();
    expect(review.proposal_quality_gate?.missing).not.toEqual([]);
  });

  it("has the edits with what they said before, and the runs before this one", async () => {
    const { draftId, runId } = await triaged();
    const before = (await shown(draftId)).triage_summary?.suggested_title;
    const summary = { suggestedTitle: "Another title" };
    await createTriageSummary(ground.ctx(actors.triager()), { draftId, summary, waitMs: 0 });
    await createTriageRun(ground.ctx(), { draftId });
    const review = await shown(draftId);
    const [revision] = review.revisions;
    expect(revision?.changes).toMatchObject([{ field: "suggested_title", before, after: "Another title" }]);
    expect(review.earlier_runs).toMatchObject([{ run_id: runId, state: "ready" }]);
    expect(open(review.actions)).toEqual(["cancel", "edit"]);
    await ground.clear();
  });

  it("shows a viewer all of it, and says who may act", async () => {
    const { draftId } = await triaged();
    const { actions, phases } = await shown(draftId, actors.viewer());
    expect(phases.inspect).not.toBeNull();
    expect(open(actions)).toEqual([]);
    expect(actions.edit.reason).toBe("Your role may not triage; triager or approver or admin may");
  });

  it("is not there for a person of another project; of a denied draft nothing may be started", async () => {
    const { draftId } = await triaged(foundArtifacts(), { riskLevel: "critical" });
    const outsider = ground.ctx(actors.projectMember({ other: "triager" }));
    await expect(getTriageReview(outsider, draftId)).rejects.toMatchObject({ reason: "draft_not_found" });
    await denyDraft(ground.ctx(), { draftId, reason: "Known" });
    expect((await shown(draftId)).actions.start).toEqual({ allowed: false, reason: "The draft was denied" });
  });
});

describe("taking a run back", () => {
  async function kept() {
    await ground.clear();
    const { draftId } = await ground.draft();
    const { run } = await createTriageRun(agent(), { draftId, executor: "agent" });
    return { draftId, runId: run.runId };
  }
  const takeBack = (runId: string, actor = actors.triager()) =>
    takeBackTriageRun(ground.ctx(actor), { runId });

  it("from an agent: a worker may go on at once, what was handed in stays, the claim is void", async () => {
    const { draftId, runId } = await kept();
    const { run } = await claimTriageRun(agent(), { runId, leaseMs });
    const held = { runId, claimId: run.claim?.claimId ?? "" };
    await submitTriageArtifact(agent(), {
      ...{ ...held, phase: "inspect", artifact: foundArtifacts().inspect },
    });
    expect(open((await shown(draftId)).actions)).toEqual(["cancel", "take_back", "edit"]);
    const back = await takeBack(runId);
    expect(back.run).toMatchObject({ status: "queued", claim: null });
    expect(back.run.phases.map((each) => each.state)).toEqual(["done", "pending", "pending", "pending"]);
    const late = { ...held, phase: "research", artifact: foundArtifacts().research } as const;
    await expect(submitTriageArtifact(agent(), late)).rejects.toMatchObject({ reason: "claim_lost" });
    expect((await ground.claim("w1")).map((each) => each.runId)).toEqual([runId]);
    expect((await ground.audit("incident_monitor.triage_run.taken_back")).at(-1)).toMatchObject({
      ...{
        detail: {
          draft_id: draftId,
          from: "agent:token-agent",
          phases_left: ["research", "validate", "propose"],
        },
      },
    });
  });

  it("one that is kept for an agent: workers need not wait any longer", async () => {
    const { runId } = await kept();
    expect(await ground.claim("w1")).toEqual([]);
    await takeBack(runId);
    expect((await ground.claim("w1")).map((each) => each.runId)).toEqual([runId]);
  });

  it("not one that a worker has, waits for one or has ended; of two at once one does", async () => {
    await ground.clear();
    const { draftId } = await ground.draft();
    const { run } = await createTriageRun(ground.ctx(), { draftId });
    const refused = { kind: "conflict", reason: "run_not_with_agent" };
    await expect(takeBack(run.runId)).rejects.toMatchObject(refused);
    const [mine] = await ground.claim("w1");
    await expect(takeBack(run.runId)).rejects.toMatchObject(refused);
    if (mine) await ground.work(mine, scriptedWork());
    await expect(takeBack(run.runId)).rejects.toMatchObject(refused);
    const { runId } = await kept();
    const both = await Promise.allSettled([takeBack(runId), takeBack(runId)]);
    expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("not without the permission", async () => {
    const { runId } = await kept();
    await expect(takeBack(runId, actors.viewer())).rejects.toMatchObject({ kind: "forbidden" });
    expect((await ground.run(runId)).nextAttemptAtMs).toBeGreaterThan(ground.now());
  });
});
