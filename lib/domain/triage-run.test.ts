import { describe, expect, it } from "vitest";
import {
  afterPhaseFailure,
  claimableByAgent,
  freshPhases,
  isBeyondRecovery,
  missingPhases,
  nextPhase,
  phaseDeadline,
  type TriageClaim,
  type TriageEdit,
  triageBudget,
  withEdit,
  withPhase,
} from "./triage-run";

const nowMs = 1_000_000;
const budget = triageBudget(1_800_000);

describe("budgets", () => {
  it.each<[string, number | null, number | null]>([
    ["as configured", 60_000, 60_000],
    ["at most half an hour", 7_200_000, 1_800_000],
    ["none where none is configured", null, null],
  ])("%s", (_, configured, runMs) => {
    expect(triageBudget(configured).runMs).toBe(runMs);
  });

  it("each phase has the reference's time", () => {
    expect(budget.phaseMs).toEqual({
      inspect: 240_000,
      research: 600_000,
      validate: 240_000,
      propose: 360_000,
    });
  });

  it.each<[string, number | null, number]>([
    ["its own time", null, nowMs + 600_000],
    ["the run's, if that is over first", nowMs + 5_000, nowMs + 5_000],
    ["its own, if the run has longer", nowMs + 5_000_000, nowMs + 600_000],
  ])("a phase has to be done by %s", (_, deadlineAtMs, at) => {
    expect(phaseDeadline({ budget, deadlineAtMs }, "research", nowMs)).toBe(at);
  });
});

describe("phases", () => {
  it("go on at the first without an artifact of its own", () => {
    const begun = withPhase(freshPhases(), "inspect", { state: "done" });
    expect(nextPhase(begun)?.phase).toBe("research");
    expect(missingPhases(begun)).toEqual(["research", "validate", "propose"]);
    const all = freshPhases().map((each) => ({ ...each, state: "done" as const }));
    expect([nextPhase(all), missingPhases(all)]).toEqual([null, []]);
  });

  it("one that an agent handed in out of turn is not worked again", () => {
    const begun = withPhase(freshPhases(), "research", { state: "done", by: "agent" });
    expect([nextPhase(begun)?.phase, missingPhases(begun)]).toEqual([
      "inspect",
      ["inspect", "validate", "propose"],
    ]);
  });

  it.each([
    [1, "failed", "retry"],
    [2, "timed_out", "retry"],
    [3, "failed", "end"],
    [3, "timed_out", "end"],
  ] as const)("attempt %i that %s: %s", (attempts, why, next) => {
    const after = afterPhaseFailure({ phase: "inspect", attempts }, why, budget, nowMs);
    if (next === "retry") expect(after).toEqual({ next, atMs: nowMs + 10_000 });
    else expect(after).toMatchObject({ next, status: why, reason: { code: `phase_${why}` } });
  });

  it("are given up once claims lapse too often", () => {
    expect(isBeyondRecovery({ recoveryCount: 5, budget })).toBeNull();
    expect(isBeyondRecovery({ recoveryCount: 6, budget })?.code).toBe("claim_lapsed_too_often");
  });
});

describe("may an external agent claim it?", () => {
  const claim = (kind: TriageClaim["kind"], leaseUntilMs: number): TriageClaim => ({
    ...{ claimId: "c", kind, by: "x", claimedAtMs: 0, heartbeatAtMs: 0, leaseUntilMs },
  });
  it.each<[string, Parameters<typeof claimableByAgent>[0], string | null]>([
    ["a queued run", { status: "queued", claim: null }, null],
    ["a worker's", { status: "running", claim: claim("worker", nowMs + 1) }, null],
    ["another agent's", { status: "running", claim: claim("agent", nowMs + 1) }, "run_claimed"],
    ["a silent agent's", { status: "running", claim: claim("agent", nowMs) }, null],
    ...(["ready", "blocked", "timed_out", "failed", "cancelled"] as const).map(
      (status): [string, Parameters<typeof claimableByAgent>[0], string] => [
        status,
        { status, claim: null },
        "run_ended",
      ],
    ),
  ])("%s", (_, run, code) => {
    expect(claimableByAgent(run, nowMs)?.code ?? null).toBe(code);
  });
});

describe("edits", () => {
  const edit = (
    id: string,
    fields: TriageEdit["fields"],
    writtenBy: TriageEdit["writtenBy"] = "person",
  ): TriageEdit => ({
    ...{ writtenBy, actor: { kind: "user", id, name: id }, atMs: nowMs, fields },
  });

  it("of the same hand are one, and the later words stand", () => {
    const edits = withEdit(
      withEdit([], edit("a", { notes: "1", recommendedFix: "x" })),
      edit("a", { notes: "2" }),
    );
    expect(edits).toMatchObject([{ fields: { notes: "2", recommendedFix: "x" } }]);
  });

  it("of others, and of a model under the same name, stay apart", () => {
    const one = withEdit([], edit("a", { notes: "1" }));
    expect(withEdit(one, edit("b", { notes: "2" }))).toHaveLength(2);
    expect(withEdit(one, edit("a", { notes: "2" }, "model"))).toHaveLength(2);
  });

  it("are bounded: the oldest give way", () => {
    let edits: TriageEdit[] = [];
    for (let at = 0; at < 50; at += 1) edits = withEdit(edits, edit(`user-${at}`, { notes: String(at) }));
    expect([edits.length, edits[0]?.actor.id, edits.at(-1)?.actor.id]).toEqual([20, "user-30", "user-49"]);
  });
});
