import { describe, expect, it } from "vitest";
import { triageActions } from "./triage-actions";
import type { TriageClaim, TriageRunStatus } from "./triage-run";

const nowMs = 1_000_000;
const may = { allowed: true } as const;
const mayNot = { allowed: false, reason: "Your role may not triage" } as const;
const claim = (kind: TriageClaim["kind"]): TriageClaim => ({
  ...{ claimId: "c", kind, by: "agent:a", claimedAtMs: 0, heartbeatAtMs: 0, leaseUntilMs: nowMs + 1 },
});
const run = (status: TriageRunStatus, more: { claim?: TriageClaim; nextAttemptAtMs?: number } = {}) => ({
  ...{ status, claim: more.claim ?? null, nextAttemptAtMs: more.nextAttemptAtMs ?? 0 },
});
const open = (actions: ReturnType<typeof triageActions>) =>
  Object.entries(actions).flatMap(([name, action]) => (action.allowed ? [name] : []));

describe("triageActions", () => {
  type Case = [string, ReturnType<typeof run> | null, string[]];
  it.each<Case>([
    ["never triaged", null, ["start"]],
    ["queued", run("queued"), ["cancel", "edit"]],
    ["kept for an agent", run("queued", { nextAttemptAtMs: nowMs + 1 }), ["cancel", "takeBack", "edit"]],
    ["a worker is at it", run("running", { claim: claim("worker") }), ["cancel", "edit"]],
    ["an agent is at it", run("running", { claim: claim("agent") }), ["cancel", "takeBack", "edit"]],
    ...(["ready", "blocked", "timed_out", "failed", "cancelled"] as const).map(
      (status): Case => [status, run(status), ["start", "edit"]],
    ),
  ])("%s", (_, given, expected) => {
    expect(open(triageActions({ approval: "not_required" }, given, may, nowMs))).toEqual(expected);
  });

  it("a denied draft is not triaged again, and says so", () => {
    const actions = triageActions({ approval: "denied" }, run("ready"), may, nowMs);
    expect(actions.start).toEqual({ allowed: false, reason: "The draft was denied" });
  });

  it("who may not triage is told that, whatever the record says", () => {
    for (const given of [null, run("queued"), run("running", { claim: claim("agent") }), run("ready")]) {
      const actions = triageActions({ approval: "denied" }, given, mayNot, nowMs);
      expect(new Set(Object.values(actions))).toEqual(new Set([mayNot]));
    }
  });
});
