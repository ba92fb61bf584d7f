import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { replaceInTriageQueue, saveTriageProgress } from "@/lib/db/triage-claim-store";
import { insertTriageArtifacts } from "@/lib/db/triage-store";
import { type Reason, reason } from "@/lib/domain/reason";
import {
  type AfterFailure,
  afterPhaseFailure,
  type PhaseProgress,
  phaseDeadline,
  type TriageRun,
  withPhase,
} from "@/lib/domain/triage-run";
import { triageNodes } from "@/lib/domain/triage-run-facts";
import { logger } from "@/lib/logger";
import { recordAudit } from "../record-audit";
import { makeArtifact, redactingOf, redactValue } from "./make-artifact";
import type { PhaseGround, PhaseWork } from "./phase-work";

export type PhaseInput = {
  run: TriageRun;
  progress: PhaseProgress;
  ground: PhaseGround;
  work: PhaseWork;
  /** Aborted with `lost` when the claim is gone, otherwise when the process is told to stop. */
  signal: AbortSignal;
  now: () => number;
};

export type PhaseEnd =
  | { kind: "done"; run: TriageRun }
  /** Nobody's any more: nothing was written. */
  | { kind: "lost" }
  /** Waits in the queue again. */
  | { kind: "given_back" }
  | { kind: "over"; phases: PhaseProgress[]; end: Extract<AfterFailure, { next: "end" }> };

/** One attempt of one phase: what it found is stored with the progress, in one commit, or nothing of it is. */
export async function runPhase(input: PhaseInput): Promise<PhaseEnd> {
  const { progress, now } = input;
  const { phase } = progress;
  const startedAtMs = now();
  const attempts = progress.attempts + 1;
  const started = withPhase(input.run.phases, phase, {
    state: "running",
    attempts,
    startedAtMs,
    endedAtMs: null,
  });
  const run = await saveProgress(input, started);
  if (!run) return { kind: "lost" };

  const deadlineMs = phaseDeadline(run, phase, startedAtMs);
  const outcome = await attempt(input, deadlineMs);
  if (outcome.kind === "found") return keep({ ...input, run }, outcome.value);
  if (outcome.kind === "stopped") return giveBack({ ...input, run }, input.signal.reason === "lost");

  const why = outcome.kind;
  const phases = withPhase(run.phases, phase, { state: why, endedAtMs: now(), reason: outcome.reason });
  const next = afterPhaseFailure({ phase, attempts }, why, run.budget, now());
  if (next.next === "end") return { kind: "over", phases, end: next };
  if (run.deadlineAtMs !== null && next.atMs >= run.deadlineAtMs) {
    return { kind: "over", phases, end: { next: "end", status: "timed_out", reason: overdue } };
  }
  return requeue({ ...input, run }, phases, next.atMs, outcome.reason);
}

/** Of the time there is, what the work itself may use: the rest is for the answer to arrive. */
const ownShare = 0.95;

const overdue: Reason = reason("deadline_passed", "The run did not end within its time");

type Outcome =
  | { kind: "found"; value: unknown }
  | { kind: "stopped" }
  | { kind: "timed_out" | "failed"; reason: Reason };

/** Whatever the work does, this returns by the deadline: what hangs is left behind. */
async function attempt(
  { progress, ground, work, signal, now }: PhaseInput,
  deadlineMs: number,
): Promise<Outcome> {
  const own = new AbortController();
  const late = Symbol("late");
  const stopped = Symbol("stopped");
  let timer: NodeJS.Timeout | undefined;
  let onStop: () => void = () => {};
  const ended = new Promise<symbol>((resolve) => {
    timer = setTimeout(() => resolve(late), Math.max(0, deadlineMs - now()));
    onStop = () => resolve(stopped);
    signal.addEventListener("abort", onStop, { once: true });
    if (signal.aborted) onStop();
  });
  try {
    const working = work[progress.phase](ground, {
      // What ends by itself in time is kept; what is cut off is not.
      deadlineMs: Math.max(0, deadlineMs - now()) * ownShare,
      signal: AbortSignal.any([signal, own.signal]),
    });
    working.catch(() => undefined);
    const first = await Promise.race([working, ended]);
    if (first === stopped) return { kind: "stopped" };
    if (first === late)
      return { kind: "timed_out", reason: reason("phase_timed_out", "It took longer than it may") };
    return { kind: "found", value: first };
  } catch (error) {
    if (signal.aborted) return { kind: "stopped" };
    logger.error({ err: error, runId: ground.run.runId, phase: progress.phase }, "a phase of triage failed");
    return { kind: "failed", reason: reason("phase_failed", "It failed; the server's log says how") };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onStop);
    own.abort();
  }
}

async function keep(input: PhaseInput, found: unknown): Promise<PhaseEnd> {
  const { run, progress, ground, now } = input;
  const { phase } = progress;
  const facts = triageNodes[phase];
  const redacted = await redactValue(found, redactingOf(ground.config, ground.draft));
  const nowMs = now();
  const artifact = makeArtifact({ run, draft: ground.draft, nowMs }, facts.artifactType, redacted, {
    stepId: facts.nodeId,
    madeBy: "enrichers",
  });
  const phases = withPhase(run.phases, phase, {
    ...{ state: "done", endedAtMs: nowMs, artifactId: artifact.artifactId, by: "enrichers", reason: null },
  } as const);
  const kept = await saveProgress(input, phases, [artifact]);
  if (!kept) return { kind: "lost" };
  // What follows builds on what was stored: the redacted form, and nothing else.
  ground.done = { ...ground.done, [phase]: redacted.value };
  return { kind: "done", run: kept };
}

class ClaimLost extends Error {}

/** null when the claim was lost; nothing is written then. */
async function saveProgress(
  { run, ground, now }: PhaseInput,
  phases: readonly PhaseProgress[],
  artifacts: Parameters<typeof insertTriageArtifacts>[1] = [],
): Promise<TriageRun | null> {
  const claimId = run.claim?.claimId ?? "";
  try {
    return await inTransaction(ground.ctx.db, async (tx) => {
      await insertTriageArtifacts(tx, artifacts);
      const saved = await saveTriageProgress(tx, {
        ...{ runId: run.runId, claimId, phases, workspaceRoot: ground.root, nowMs: now() },
      });
      if (!saved) throw new ClaimLost();
      await announceChange(tx, { topic: "triage", id: run.runId, projectId: ground.draft.content.projectId });
      return saved;
    });
  } catch (error) {
    if (error instanceof ClaimLost) return null;
    throw error;
  }
}

/** Told to stop: the attempt does not count, and whoever is free goes on at this phase. */
async function giveBack(input: PhaseInput, isLost: boolean): Promise<PhaseEnd> {
  if (isLost) return { kind: "lost" };
  const { run, progress, now } = input;
  const phases = withPhase(run.phases, progress.phase, { state: "pending", attempts: progress.attempts });
  return requeue(input, phases, now(), null);
}

async function requeue(
  { run, ground, now }: PhaseInput,
  phases: readonly PhaseProgress[],
  atMs: number,
  lastError: Reason | null,
): Promise<PhaseEnd> {
  const claimId = run.claim?.claimId ?? "";
  return inTransaction(ground.ctx.db, async (tx) => {
    const held = { runId: run.runId, claimId, atMs, nowMs: now(), phases, lastError };
    if (!(await replaceInTriageQueue(tx, held))) return { kind: "lost" };
    await recordAudit(
      tx,
      { ...ground.ctx, nowMs: now() },
      {
        action: "incident_monitor.triage_run.released",
        outcome: lastError ? "failed" : "done",
        subject: { kind: "triage_run", id: run.runId, projectId: ground.draft.content.projectId },
        detail: { draft_id: run.draftId, reason: lastError?.code ?? "stopping", again_at_ms: atMs },
      },
    );
    await announceChange(tx, { topic: "triage", id: run.runId, projectId: ground.draft.content.projectId });
    return { kind: "given_back" };
  });
}
