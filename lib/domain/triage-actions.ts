import type { Draft } from "./records";
import type { ReviewAction } from "./review";
import { liveRunStatuses, type TriageRun } from "./triage-run";

/** What somebody may do with a draft's triage now. */
export type TriageActions = {
  start: ReviewAction;
  cancel: ReviewAction;
  takeBack: ReviewAction;
  edit: ReviewAction;
};

/**
 * Which of them are open, or why not. `permitted` is what the actor's role says; what the record says comes after it, so
 * that nobody is told to wait for what they may not do anyway.
 */
export function triageActions(
  draft: Pick<Draft, "approval">,
  run: Pick<TriageRun, "status" | "claim" | "nextAttemptAtMs"> | null,
  permitted: ReviewAction,
  nowMs: number,
): TriageActions {
  const isLive = run !== null && liveRunStatuses.includes(run.status);
  const when = (refusal: string | null): ReviewAction =>
    permitted.allowed
      ? refusal === null
        ? { allowed: true }
        : { allowed: false, reason: refusal }
      : permitted;
  const denied = draft.approval === "denied" ? "The draft was denied" : null;
  return {
    start: when(denied ?? (isLive ? "A run is under way" : null)),
    cancel: when(isLive ? null : "No run is under way"),
    takeBack: when(waitsForAgent(run, nowMs) ? null : "No external agent has the run"),
    edit: when(run === null ? "Unlocks with the first triage run" : null),
  };
}

/** An external agent has the run, or it is kept for one. */
export function waitsForAgent(
  run: Pick<TriageRun, "status" | "claim" | "nextAttemptAtMs"> | null,
  nowMs: number,
): boolean {
  if (run === null) return false;
  if (run.status === "running") return run.claim?.kind === "agent";
  return run.status === "queued" && run.nextAttemptAtMs > nowMs;
}
