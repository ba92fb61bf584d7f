import { loadConfig } from "@/lib/db/config-store";
import { findDraft } from "@/lib/db/draft-store";
import { isBeyondRecovery, nextPhase, type TriageRun } from "@/lib/domain/triage-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { endClaimedRun } from "./end-claimed-run";
import type { PhaseWork } from "./phase-work";
import { readGround } from "./read-ground";
import { runPhase } from "./run-phase";

export type RunTriageInput = {
  /** Claimed by whoever calls. */
  run: TriageRun;
  /** Aborted with `lost` when the claim is gone, otherwise when the process is told to stop. */
  signal: AbortSignal;
  now: () => number;
  work: PhaseWork;
};

/** ended: it was judged or has failed. given_back: it waits in the queue again. lost: somebody else has it, or it was cancelled. */
export type RunTriageResult = "ended" | "given_back" | "lost";

/**
 * Works a claimed run through its phases, one after the other, from the first that has no artifact yet: what a dead worker
 * finished is not done again. Then the proposal gate judges it. Nothing is ever published by it: a run that takes too long or
 * fails leaves the draft as it is, to be reviewed with what was found (D-31, W-49).
 *
 * @throws AppError forbidden for anyone but the system; whatever the database throws, and the claim then lapses.
 */
export async function runTriage(ctx: Context, input: RunTriageInput): Promise<RunTriageResult> {
  const { signal, now, work } = input;
  let { run } = input;
  const draft = await findDraft(ctx.db, run.draftId);
  const projectId = draft?.content.projectId ?? null;
  await authorize(ctx, "work", { kind: "triage_run", id: run.runId, projectId });
  // Deleted or denied meanwhile: the sweep ends it and says so.
  if (!draft || draft.approval === "denied") return "lost";
  const beyond = isBeyondRecovery(run);
  if (beyond) return endClaimedRun({ ...ctx, nowMs: now() }, run, { status: "failed", reason: beyond });

  const ground = await readGround(ctx, await loadConfig(ctx.db), draft, run);
  for (let progress = nextPhase(run.phases); progress; progress = nextPhase(run.phases)) {
    const end = await runPhase({ run, progress, ground, work, signal, now });
    if (end.kind === "lost" || end.kind === "given_back") return end.kind;
    if (end.kind === "over") {
      const { status, reason } = end.end;
      return endClaimedRun({ ...ctx, nowMs: now() }, { ...run, phases: end.phases }, { status, reason });
    }
    run = end.run;
  }
  return endClaimedRun({ ...ctx, nowMs: now() }, run, { status: "judged" });
}
