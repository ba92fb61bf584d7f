import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAuthorFacts } from "@/lib/db/author-store";
import { listTriageArtifacts } from "@/lib/db/triage-store";
import { actorRef } from "@/lib/domain/actor";
import type { PhaseArtifacts, TriagePhase } from "@/lib/domain/triage";
import { triagePhases } from "@/lib/domain/triage";
import { agentWaitMs } from "@/lib/domain/triage-run";
import { actors } from "@/lib/testing/context";
import { foundArtifacts } from "@/lib/testing/triage-artifacts";
import {
  createTriageGround,
  neverEnds,
  scriptedWork,
  type TriageGround,
} from "@/lib/testing/triage-run-ground";
import { claimTriageRun } from "./claim-triage-run";
import { completeTriageRun } from "./complete-triage-run";
import { createTriageRun } from "./create-triage-run";
import { getTriageRun } from "./get-triage-run";
import { heartbeatTriageRun } from "./heartbeat-triage-run";
import { type SubmitArtifactInput, submitTriageArtifact } from "./submit-triage-artifact";

let ground: TriageGround;
const leaseMs = 60_000;
const agent = () => ground.ctx(actors.agentToken());
const other = () => ground.ctx(actors.agentToken({ tokenId: "token-other", name: "other" }));

beforeAll(async () => {
  ground = await createTriageGround();
});
afterAll(() => ground.close());

/** A run that is kept for an agent. */
async function kept() {
  await ground.clear();
  const { draftId } = await ground.draft();
  const { run } = await createTriageRun(agent(), { draftId, executor: "agent" });
  return { draftId, runId: run.runId };
}

async function taken() {
  const { draftId, runId } = await kept();
  const { run } = await claimTriageRun(agent(), { runId, leaseMs });
  return { draftId, runId, claimId: run.claim?.claimId ?? "" };
}

const submit = (
  held: { runId: string; claimId: string },
  phase: TriagePhase,
  found: PhaseArtifacts = foundArtifacts(),
) => submitTriageArtifact(agent(), { ...held, phase, artifact: found[phase] } as SubmitArtifactInput);

describe("a person in an agent's place", () => {
  it("is the author of what they hand in, as of what they type", async () => {
    const { draftId, runId } = await kept();
    const ada = ground.ctx(actors.approver());
    const { run, draft } = await claimTriageRun(ada, { runId, leaseMs });
    expect((await findAuthorFacts(ground.db, draft)).lastEditor).toBeNull();
    const held = { runId, claimId: run.claim?.claimId ?? "" };
    const artifact = foundArtifacts().inspect;
    await submitTriageArtifact(ada, { ...held, phase: "inspect", artifact });
    // Whoever ends the run afterwards, a worker too.
    await completeTriageRun(ada, { ...held, outcome: "released" });
    expect((await findAuthorFacts(ground.db, draft)).lastEditor).toEqual(actorRef(ada.actor));
    const { revisions } = await getTriageRun(ground.ctx(actors.viewer()), { runId });
    expect(revisions).toMatchObject([{ actor: actorRef(ada.actor), changes: [] }]);
    expect(draftId).toBe(draft.draftId);
  });

  it("is what no program is", async () => {
    const held = await taken();
    await submit(held, "inspect");
    const { draft } = await getTriageRun(agent(), { runId: held.runId });
    expect((await findAuthorFacts(ground.db, draft)).lastEditor).toBeNull();
  });
});

describe("taking a run", () => {
  it("one that is kept for an agent is left alone by workers for a while, then it is anybody's", async () => {
    const { runId } = await kept();
    expect(await ground.claim("w1")).toEqual([]);
    ground.pass(agentWaitMs);
    expect((await ground.claim("w1")).map((each) => each.runId)).toEqual([runId]);
  });

  it("a queued run, once: the claim's id is the agent's alone", async () => {
    const { draftId, runId, claimId } = await taken();
    expect(claimId).toMatch(/^claim-[0-9a-f]{32}$/);
    const shown = await getTriageRun(ground.ctx(actors.viewer()), { runId });
    expect(shown.run).toMatchObject({ status: "running", claim: { kind: "agent", by: "agent:token-agent" } });
    expect(shown.draft).toMatchObject({ draftId, triage: "running" });
    for (const ctx of [other(), agent()]) {
      await expect(claimTriageRun(ctx, { runId, leaseMs })).rejects.toMatchObject({
        ...{ kind: "conflict", reason: "run_claimed" },
      });
    }
    expect((await ground.audit("incident_monitor.triage_run.claimed")).at(-1)).toMatchObject({
      ...{ actor: { kind: "agent", id: "token-agent" }, detail: { draft_id: draftId, from: null } },
    });
  });

  it("of two agents at once one has it", async () => {
    const { runId } = await kept();
    const both = await Promise.allSettled(
      [agent(), other()].map((ctx) => claimTriageRun(ctx, { runId, leaseMs })),
    );
    expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((each) => each.status === "rejected")).toMatchObject({
      reason: { reason: "run_claimed" },
    });
  });

  it("from a worker that is at it: the worker writes nothing more, and what it found stays", async () => {
    const { draftId } = await ground.draft();
    await createTriageRun(ground.ctx(), { draftId });
    const [run] = await ground.claim("w1");
    if (!run) throw new Error("nothing to claim");
    let go: () => void = () => undefined;
    const work = scriptedWork({
      research: () => new Promise((resolve) => (go = () => resolve(foundArtifacts().research))),
    });
    const late = ground.work(run, work);
    await expect.poll(() => work.begun).toEqual(["inspect", "research"]);
    const { run: mine } = await claimTriageRun(agent(), { runId: run.runId, leaseMs });
    go();
    expect(await late).toBe("lost");
    expect((await ground.run(run.runId)).phases.map((each) => each.state)).toEqual([
      ...["done", "running", "pending", "pending"],
    ]);
    expect(mine.recoveryCount).toBe(0);
  });

  it("not one that has ended, and not without the permission", async () => {
    const { draftId } = await ground.draft();
    await createTriageRun(ground.ctx(), { draftId });
    const [run] = await ground.claim("w1");
    if (run) await ground.work(run, scriptedWork());
    const runId = run?.runId ?? "";
    await expect(claimTriageRun(agent(), { runId, leaseMs })).rejects.toMatchObject({ reason: "run_ended" });
    const { runId: queued } = await kept();
    await expect(
      claimTriageRun(ground.ctx(actors.viewer()), { runId: queued, leaseMs }),
    ).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(claimTriageRun(agent(), { runId: "nope", leaseMs })).rejects.toMatchObject({
      reason: "triage_run_not_found",
    });
  });

  it("a person of another project is told that there is no such run", async () => {
    const { runId } = await kept();
    const outsider = ground.ctx(actors.projectMember({ other: "triager" }));
    for (const call of [
      () => claimTriageRun(outsider, { runId, leaseMs }),
      () => getTriageRun(outsider, { runId }),
    ]) {
      await expect(call()).rejects.toMatchObject({ kind: "not_found", reason: "triage_run_not_found" });
    }
  });
});

describe("holding a run", () => {
  it("each heartbeat counts the lease from now; a lapsed one returns the run to the queue with what was left", async () => {
    const held = await taken();
    await submit(held, "inspect");
    for (let beat = 0; beat < 3; beat += 1) {
      ground.pass(leaseMs - 1);
      await heartbeatTriageRun(agent(), { ...held, leaseMs });
    }
    expect(await ground.claim("early")).toEqual([]);
    ground.pass(leaseMs);
    await expect(heartbeatTriageRun(agent(), { ...held, leaseMs })).rejects.toMatchObject({
      reason: "claim_lost",
    });
    await expect(submit(held, "research")).rejects.toMatchObject({ reason: "claim_lost" });
    const [heir] = await ground.claim("heir");
    expect(heir).toMatchObject({ runId: held.runId, recoveryCount: 1 });
    const work = scriptedWork();
    if (heir) await ground.work(heir, work);
    expect(work.begun).toEqual(["research", "validate", "propose"]);
    const ended = await ground.run(held.runId);
    expect(ended.phases.map((each) => each.by)).toEqual(["agent", "enrichers", "enrichers", "enrichers"]);
    await expect(completeTriageRun(agent(), { ...held, outcome: "completed" })).rejects.toMatchObject({
      reason: "claim_lost",
    });
  });

  it("somebody else's claim opens nothing", async () => {
    const held = await taken();
    const wrong = { runId: held.runId, claimId: "claim-0" };
    await expect(heartbeatTriageRun(other(), { ...wrong, leaseMs })).rejects.toMatchObject({
      reason: "claim_lost",
    });
    await expect(submit(wrong, "inspect")).rejects.toMatchObject({ reason: "claim_lost" });
    await expect(completeTriageRun(other(), { ...wrong, outcome: "released" })).rejects.toMatchObject({
      reason: "claim_lost",
    });
    expect(await listTriageArtifacts(ground.db, held.runId)).toEqual([]);
  });

  it("a deadline ends an agent's run as any other: no heartbeat holds it up", async () => {
    const held = await taken();
    const { deadlineAtMs } = await ground.run(held.runId);
    ground.pass((deadlineAtMs ?? 0) - ground.now());
    await expect(heartbeatTriageRun(agent(), { ...held, leaseMs })).rejects.toMatchObject({
      reason: "claim_lost",
    });
  });
});

describe("handing in", () => {
  it("what an agent says is kept as a model's, redacted, and marked as the agent's", async () => {
    const held = await taken();
    const secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    const found = foundArtifacts();
    found.inspect.findings = [
      { rule: "x", certainty: "fact", confidence: "high", statement: `The key is ${secret}`, evidence: [] },
    ];
    const { artifact } = await submit(held, "inspect", found);
    expect(artifact).toMatchObject({ type: "incident_monitor_inspection", stepId: "inspect_failure_report" });
    const [stored] = await listTriageArtifacts(ground.db, held.runId);
    const text = JSON.stringify(stored?.content);
    expect(stored?.content).toMatchObject({ made_by: "agent" });
    expect(text).not.toContain(secret);
    expect(text).not.toContain('"certainty":"fact"');
    expect(text).toContain('"certainty":"model"');
  });

  it("a phase again: the last one counts, both stay", async () => {
    const held = await taken();
    await submit(held, "inspect");
    const { artifact, run } = await submit(held, "inspect");
    expect(run.phases[0]).toMatchObject({ state: "done", by: "agent", artifactId: artifact.artifactId });
    expect(await listTriageArtifacts(ground.db, held.runId)).toHaveLength(2);
  });

  it("completed with every phase the run is judged; without, it says what is missing", async () => {
    const held = await taken();
    await submit(held, "inspect");
    await expect(completeTriageRun(agent(), { ...held, outcome: "completed" })).rejects.toMatchObject({
      ...{ reason: "triage_phases_missing", context: { missing: ["research", "validate", "propose"] } },
    });
    for (const phase of triagePhases) await submit(held, phase);
    const { run, draft } = await completeTriageRun(agent(), { ...held, outcome: "completed" });
    expect(["ready", "blocked"]).toContain(run.status);
    expect(run).toMatchObject({ summaryBy: "agent", claim: null });
    expect(draft.triage).toBe(run.status);
    expect((await ground.audit("incident_monitor.triage_run.ended")).at(-1)).toMatchObject({
      actor: { kind: "agent" },
    });
  });

  it("released: a worker goes on at once with what is left", async () => {
    const held = await taken();
    await submit(held, "inspect");
    const { run } = await completeTriageRun(agent(), { ...held, outcome: "released" });
    expect(run).toMatchObject({ status: "queued", claim: null });
    const [next] = await ground.claim("w1");
    expect([next?.runId, next?.phases[0]?.by]).toEqual([held.runId, "agent"]);
    if (next) await ground.work(next, scriptedWork({ validate: neverEnds }), AbortSignal.abort("stopping"));
  });
});
