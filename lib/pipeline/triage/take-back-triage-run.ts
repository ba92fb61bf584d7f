import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { putBackInTriageQueue } from "@/lib/db/triage-claim-store";
import { missingPhases } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

/**
 * Takes a run from the external agent that has it, or that it is kept for: a worker goes on with what is left, at once. What
 * the agent handed in stays; what it hands in afterwards finds no claim.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden, conflict `run_not_with_agent`.
 */
export async function takeBackTriageRun(ctx: Context, input: { runId: string }): Promise<RunOfDraft> {
  const { run, draft } = await requireTriageRun(ctx, input.runId, "triage");
  const projectId = draft.content.projectId;
  await inTransaction(ctx.db, async (tx) => {
    const moved = await putBackInTriageQueue(tx, { runId: run.runId, nowMs: ctx.nowMs });
    if (!moved) {
      throw new AppError("conflict", "run_not_with_agent", "No external agent has the run any more", {
        triage_run_id: run.runId,
      });
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_run.taken_back",
      subject: { kind: "triage_run", id: run.runId, projectId },
      detail: {
        draft_id: draft.draftId,
        from: run.claim?.by ?? null,
        phases_left: missingPhases(run.phases),
      },
    });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId });
  });
  return requireTriageRun(ctx, run.runId, "triage");
}
