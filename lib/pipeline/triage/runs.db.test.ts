import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDraft } from "@/lib/db/draft-store";
import { extendTriageLease } from "@/lib/db/triage-claim-store";
import { listTriageArtifacts } from "@/lib/db/triage-store";
import { actors } from "@/lib/testing/context";
import { reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import {
  createTriageGround,
  leaseMs,
  neverEnds,
  scriptedWork,
  type TriageGround,
} from "@/lib/testing/triage-run-ground";
import { denyDraft } from "../drafts/deny-draft";
import { reportFailedTriage } from "../intake/report-own-failures";
import { deleteRecord } from "../records/delete-record";
import { cancelTriageRun } from "./cancel-triage-run";
import { createTriageRun } from "./create-triage-run";
import { endOverdueTriage } from "./end-overdue-triage";

let ground: TriageGround;

beforeAll(async () => {
  ground = await createTriageGround();
});
afterAll(() => ground.close());

const facets = async (draftId: string) => {
  const draft = await findDraft(ground.db, draftId);
  return draft && { approval: draft.approval, triage: draft.triage, issue: draft.issue };
};
const system = () => ground.ctx(actors.system("triage"));

/** A new run, claimed by `worker`, the only one that is live. */
async function claimed(worker = "w1", draftFields = {}) {
  await ground.clear();
  const draft = await ground.draft(draftFields);
  await createTriageRun(ground.ctx(), { draftId: draft.draftId });
  const [run] = await ground.claim(worker);
  if (!run) throw new Error("nothing to claim");
  return { draft, run };
}

describe("making a run", () => {
  it("case 123: four phases wait in order; calling again while it is live answers the same run, deduped", async () => {
    const draft = await ground.draft();
    const first = await createTriageRun(ground.ctx(), { draftId: draft.draftId });
    expect(first).toMatchObject({ deduped: false, run: { status: "queued", trigger: "manual" } });
    expect(first.run.phases.map((each) => [each.phase, each.state])).toEqual([
      ...[
        ["inspect", "pending"],
        ["research", "pending"],
        ["validate", "pending"],
        ["propose", "pending"],
      ],
    ]);
    expect(first.draft).toMatchObject({ triage: "queued", triageRunId: first.run.runId });
    const again = await createTriageRun(ground.ctx(), { draftId: draft.draftId });
    expect([again.deduped, again.run.runId]).toEqual([true, first.run.runId]);
    expect(await ground.audit("incident_monitor.triage_run.created")).toHaveLength(1);
  });

  it("two callers at once get one run", async () => {
    const { draftId } = await ground.draft();
    const made = await Promise.all(
      Array.from({ length: 8 }, () => createTriageRun(ground.ctx(), { draftId })),
    );
    expect(new Set(made.map((each) => each.run.runId)).size).toBe(1);
    expect(made.filter((each) => !each.deduped)).toHaveLength(1);
    expect(await ground.db.prisma.triageRun.count({ where: { draftId } })).toBe(1);
  });

  it("a draft that waits for approval is triaged and waits on (D-04); a denied one is refused", async () => {
    const { draftId } = await ground.draft({ riskLevel: "high" });
    const { draft } = await createTriageRun(ground.ctx(), { draftId });
    expect([draft.approval, draft.triage]).toEqual(["required", "queued"]);
    const denied = await ground.draft({ riskLevel: "high" });
    await denyDraft(ground.ctx(), { draftId: denied.draftId });
    await expect(createTriageRun(ground.ctx(), { draftId: denied.draftId })).rejects.toMatchObject({
      ...{ kind: "conflict", reason: "draft_denied" },
    });
    expect(await facets(denied.draftId)).toMatchObject({ approval: "denied", triage: "none" });
  });

  it("needs the permission to triage, and leaves nothing without it", async () => {
    const { draftId } = await ground.draft();
    await expect(createTriageRun(ground.ctx(actors.viewer()), { draftId })).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect(await ground.db.prisma.triageRun.count({ where: { draftId } })).toBe(0);
  });

  it("once a run has ended the next call makes a new one, which keeps what people wrote", async () => {
    const { draft, run } = await claimed();
    await ground.work(run, scriptedWork());
    const again = await createTriageRun(ground.ctx(), { draftId: draft.draftId });
    expect(again).toMatchObject({
      deduped: false,
      draft: { triage: "queued", triageRunId: again.run.runId },
    });
    expect(again.run.runId).not.toBe(run.runId);
  });

  it("case 129: earlier failures with the same fingerprint are written as an artifact of the run", async () => {
    const first = await ground.draft({ fingerprint: "came-back", title: "First time" });
    await deleteRecord(ground.ctx(), { noun: "incident", id: first.incidentId });
    const second = await ground.draft({ fingerprint: "came-back", title: "Second time" });
    const { answer, run } = await createTriageRun(ground.ctx(), { draftId: second.draftId });
    expect(answer.results.duplicates).toMatchObject({
      ...{ matchCount: 1, bestMatch: { matchReason: "exact_fingerprint", candidateId: first.incidentId } },
    });
    expect(answer.results.duplicatesArtifact).toMatchObject({ artifactType: "failure_duplicate_matches" });
    expect(await listTriageArtifacts(ground.db, run.runId)).toHaveLength(1);
  });
});

describe("working a run", () => {
  it("leaves an artifact of each phase, and a run and a draft that are ready", async () => {
    const { draft, run } = await claimed();
    expect(await facets(draft.draftId)).toMatchObject({ triage: "running" });
    expect(await ground.work(run, scriptedWork())).toBe("ended");
    const ended = await ground.run(run.runId);
    expect(ended).toMatchObject({ status: "ready", claim: null, summaryBy: "enrichers", lastError: null });
    expect(ended.phases.map((each) => [each.state, each.attempts, each.by])).toEqual(
      Array.from({ length: 4 }, () => ["done", 1, "enrichers"]),
    );
    const artifacts = await listTriageArtifacts(ground.db, run.runId);
    expect(artifacts.map((each) => each.type).sort()).toEqual([
      ...["incident_monitor_fix_proposal", "incident_monitor_inspection", "incident_monitor_issue_draft"],
      ...["incident_monitor_research", "incident_monitor_triage_summary", "incident_monitor_validation"],
    ]);
    expect(await facets(draft.draftId)).toEqual({
      approval: "not_required",
      triage: "ready",
      issue: "ready",
    });
  });

  it("what only says the report again is blocked by the gate, with the reason on the draft", async () => {
    const { draft, run } = await claimed();
    await ground.work(run, scriptedWork({}, reportOnlyArtifacts()));
    expect(await ground.run(run.runId)).toMatchObject({ status: "blocked", issueDraft: null });
    expect(await findDraft(ground.db, draft.draftId)).toMatchObject({
      ...{ triage: "blocked", issue: "blocked", issueBlockedReason: expect.stringContaining("Not enough") },
    });
  });

  it("secrets that a phase met in the code are not stored", async () => {
    const { run } = await claimed();
    const secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    const work = scriptedWork({
      inspect: async () => ({
        ...{ lookedAt: [], frames: [], mentions: [], logNeighbours: [], findings: [] },
        windows: [
          {
            path: "a.ts",
            language: "ts",
            fromLine: 1,
            focusLine: 1,
            enclosing: null,
            lines: [`const key = "${secret}"\u0000`],
          },
        ],
      }),
    });
    await ground.work(run, work);
    const stored = JSON.stringify([
      await listTriageArtifacts(ground.db, run.runId),
      await ground.run(run.runId),
    ]);
    expect(stored).toContain("[redacted:");
    expect(stored).not.toContain(secret);
  });

  it("two workers at once: each run is one worker's", async () => {
    await ground.clear();
    for (let at = 0; at < 6; at += 1) {
      await createTriageRun(ground.ctx(), { draftId: (await ground.draft()).draftId });
    }
    const taken = await Promise.all(["w1", "w2", "w3"].map((worker) => ground.claim(worker, 4)));
    const ids = taken.flat().map((each) => each.runId);
    expect([ids.length, new Set(ids).size]).toEqual([6, 6]);
    expect(await ground.claim("w4")).toEqual([]);
  });

  it("a worker that is killed in the middle: its lease runs out, and the next goes on at the phase it died in", async () => {
    const { run } = await claimed("dies");
    const killed = scriptedWork({ validate: neverEnds });
    // A process that is gone hears nothing of its time being up; this one does, minutes later.
    ground.work(run, killed).catch(() => undefined);
    await expect.poll(() => killed.begun).toEqual(["inspect", "research", "validate"]);
    expect(await ground.claim("early")).toEqual([]);
    ground.pass(leaseMs + 1);
    const [taken] = await ground.claim("heir");
    expect(taken).toMatchObject({ runId: run.runId, recoveryCount: 1, claimCount: 2 });
    const heir = scriptedWork();
    expect(taken && (await ground.work(taken, heir))).toBe("ended");
    expect(heir.begun).toEqual(["validate", "propose"]);
    const ended = await ground.run(run.runId);
    expect([ended.status, ended.phases.map((each) => each.attempts)]).toEqual(["ready", [1, 1, 2, 1]]);
  });

  it("a worker whose claim was lost writes nothing more, however late it comes", async () => {
    const { run } = await claimed("slow");
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow = scriptedWork({
      inspect: async () => {
        await held;
        return reportOnlyArtifacts().inspect;
      },
    });
    const late = ground.work(run, slow);
    await expect.poll(() => slow.begun).toEqual(["inspect"]);
    ground.pass(leaseMs + 1);
    const [taken] = await ground.claim("heir");
    if (taken) await ground.work(taken, scriptedWork());
    const before = await ground.run(run.runId);
    go();
    expect(await late).toBe("lost");
    expect(await ground.run(run.runId)).toEqual(before);
    expect(
      await extendTriageLease(ground.db, {
        runId: run.runId,
        claimId: run.claim?.claimId ?? "",
        leaseMs,
        nowMs: ground.now(),
      }),
    ).toBeNull();
  });

  it("a run whose claim lapses again and again is given up", async () => {
    const { draft, run } = await claimed();
    for (let at = 0; at < run.budget.recoveries; at += 1) {
      ground.pass(leaseMs + 1);
      expect(await ground.claim(`w${at}`)).toHaveLength(1);
    }
    ground.pass(leaseMs + 1);
    const [last] = await ground.claim("last");
    const work = scriptedWork();
    expect(last && (await ground.work(last, work))).toBe("ended");
    expect(work.begun).toEqual([]);
    expect(await ground.run(run.runId)).toMatchObject({
      ...{ status: "failed", lastError: { code: "claim_lapsed_too_often" } },
    });
    expect(await facets(draft.draftId)).toMatchObject({ triage: "failed" });
  });

  it("a phase that fails is tried again after a pause, three times in all", async () => {
    const { draft, run } = await claimed();
    const failing = scriptedWork({ research: () => Promise.reject(new Error("disk gone")) });
    expect(await ground.work(run, failing)).toBe("given_back");
    expect(await ground.claim("too early")).toEqual([]);
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      ground.pass(10_000);
      const [again] = await ground.claim("w2");
      if (again) await ground.work(again, failing);
    }
    expect(failing.begun).toEqual(["inspect", "research", "research", "research"]);
    const ended = await ground.run(run.runId);
    expect(ended).toMatchObject({ status: "failed", lastError: { code: "phase_failed" } });
    expect(JSON.stringify(ended)).not.toContain("disk gone");
    expect(await facets(draft.draftId)).toEqual({
      approval: "not_required",
      triage: "failed",
      issue: "none",
    });
    expect(await ground.db.prisma.delivery.count({ where: { draftId: draft.draftId } })).toBe(0);
  });

  it("D-36: one that was given up becomes an incident about this product, once", async () => {
    ground.pass(60_000);
    const { run } = await claimed();
    const beyond = { ...run, recoveryCount: run.budget.recoveries + 1 };
    await ground.work(beyond, scriptedWork());
    const sweep = () => reportFailedTriage(system(), ground.now() - 1_000);
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    const [incident] = await ground.db.prisma.incident.findMany({
      where: { provenance: "self_monitoring", title: { contains: "claim_lapsed_too_often" } },
    });
    expect(incident).toMatchObject({ eventType: "incident_monitor.triage.failed", occurrenceCount: 1 });
  });

  it("told to stop it gives the run back at once, and the attempt does not count", async () => {
    const { run } = await claimed();
    const stopping = new AbortController();
    const work = scriptedWork({ research: neverEnds });
    const result = ground.work(run, work, stopping.signal);
    await expect.poll(() => work.begun).toEqual(["inspect", "research"]);
    stopping.abort("stopping");
    expect(await result).toBe("given_back");
    const [again] = await ground.claim("next");
    expect(again?.phases.map((each) => [each.state, each.attempts])).toEqual([
      ...[
        ["done", 1],
        ["pending", 0],
        ["pending", 0],
        ["pending", 0],
      ],
    ]);
  });
});

describe("ending a run", () => {
  it("a phase that hangs beyond its time is left behind", async () => {
    const { run } = await claimed();
    await ground.db.prisma.triageRun.update({
      where: { id: run.runId },
      data: { budget: { ...run.budget, phaseMs: { ...run.budget.phaseMs, inspect: 50 } } },
    });
    const short = await ground.run(run.runId);
    expect(await ground.work(short, scriptedWork({ inspect: neverEnds }))).toBe("given_back");
    expect((await ground.run(run.runId)).phases[0]).toMatchObject({
      ...{ state: "timed_out", attempts: 1, reason: { code: "phase_timed_out" } },
    });
  });

  it("past its deadline a run is timed out by the sweep, and nothing is published", async () => {
    const { draft, run } = await claimed();
    expect(run.deadlineAtMs).toBe(ground.now() + 1_800_000);
    ground.pass(1_800_001);
    expect(await ground.claim("w2")).toEqual([]);
    const swept = await Promise.all([endOverdueTriage(system()), endOverdueTriage(system())]);
    expect(swept[0] + swept[1]).toBe(1);
    expect(await ground.run(run.runId)).toMatchObject({
      ...{ status: "timed_out", claim: null, lastError: { code: "deadline_passed" } },
    });
    expect(await facets(draft.draftId)).toEqual({
      approval: "not_required",
      triage: "timed_out",
      issue: "none",
    });
    expect(await ground.db.prisma.delivery.count({ where: { draftId: draft.draftId } })).toBe(0);
    expect(await endOverdueTriage(system())).toBe(0);
  });

  it("without a configured deadline there is none", async () => {
    await ground.patch({ triageTimeoutMs: null });
    const { run } = await claimed();
    await ground.patch({ triageTimeoutMs: 1_800_000 });
    expect([run.budget.runMs, run.deadlineAtMs]).toEqual([null, null]);
  });

  it("only the system sweeps", async () => {
    await expect(endOverdueTriage(ground.ctx(actors.adminToken()))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("cancelled: whoever is at it writes nothing more, and the draft can be triaged again", async () => {
    const { draft, run } = await claimed();
    let go: () => void = () => undefined;
    const work = scriptedWork({
      inspect: () => new Promise((resolve) => (go = () => resolve(reportOnlyArtifacts().inspect))),
    });
    const late = ground.work(run, work);
    await expect.poll(() => work.begun).toEqual(["inspect"]);
    const cancelled = await cancelTriageRun(ground.ctx(), { runId: run.runId, reason: "Known already" });
    expect(cancelled.run).toMatchObject({ status: "cancelled", cancelledReason: "Known already" });
    go();
    expect(await late).toBe("lost");
    expect((await ground.run(run.runId)).status).toBe("cancelled");
    expect(await facets(draft.draftId)).toMatchObject({ triage: "none" });
    await expect(cancelTriageRun(ground.ctx(), { runId: run.runId })).rejects.toMatchObject({
      ...{ kind: "conflict", reason: "run_ended" },
    });
    expect((await createTriageRun(ground.ctx(), { draftId: draft.draftId })).deduped).toBe(false);
  });

  it("of a draft that was denied or deleted meanwhile the run is not taken, and the sweep ends it", async () => {
    await ground.clear();
    const denied = await ground.draft({ riskLevel: "high" });
    const deleted = await ground.draft();
    for (const { draftId } of [denied, deleted]) await createTriageRun(ground.ctx(), { draftId });
    await denyDraft(ground.ctx(), { draftId: denied.draftId });
    await deleteRecord(ground.ctx(), { noun: "draft", id: deleted.draftId });
    expect(await ground.claim("w1")).toEqual([]);
    expect(await endOverdueTriage(system())).toBe(2);
    expect(await facets(denied.draftId)).toMatchObject({ approval: "denied", triage: "none" });
  });
});
