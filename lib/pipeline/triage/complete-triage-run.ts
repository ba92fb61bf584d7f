import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { replaceInTriageQueue } from "@/lib/db/triage-claim-store";
import { missingPhases } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { claimLost, requireClaim } from "./claim-triage-run";
import { endClaimedRun } from "./end-claimed-run";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

export type CompleteTriageRunInput = {
  runId: string;
  claimId: string;
  /** completed: every phase has its artifact and the run is judged. released: a worker does what is left. */
  outcome: "completed" | "released";
};

/**
 * An agent is done with its run: it is judged by the same gate as any other, or goes back to the queue with what the agent left.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden, conflict `claim_lost` | `triage_phases_missing`.
 */
export async function completeTriageRun(ctx: Context, input: CompleteTriageRunInput): Promise<RunOfDraft> {
  const { run, draft } = await requireTriageRun(ctx, input.runId, "triage");
  const held = requireClaim(run, input.claimId, ctx.nowMs);
  if (input.outcome === "completed") {
    const missing = missingPhases(run.phases);
    if (missing.length > 0) {
      const words = `Phases without an artifact: ${missing.join(", ")}. Submit them, or release the run`;
      throw new AppError("conflict", "triage_phases_missing", words, { triage_run_id: run.runId, missing });
    }
    if ((await endClaimedRun(ctx, run, { status: "judged" })) === "lost") throw claimLost(run.runId);
    return requireTriageRun(ctx, run.runId, "triage");
  }
  const projectId = draft.content.projectId;
  await inTransaction(ctx.db, async (tx) => {
    const moved = await replaceInTriageQueue(tx, { ...held, atMs: ctx.nowMs, nowMs: ctx.nowMs });
    if (!moved) throw claimLost(run.runId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_run.released",
      subject: { kind: "triage_run", id: run.runId, projectId },
      detail: { draft_id: draft.draftId, phases_left: missingPhases(run.phases) },
    });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId });
  });
  return requireTriageRun(ctx, run.runId, "triage");
}
