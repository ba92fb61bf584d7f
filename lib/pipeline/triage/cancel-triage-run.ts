import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { endTriageRunOutright, moveTriageFacets } from "@/lib/db/triage-store";
import { actorRef } from "@/lib/domain/actor";
import { reason } from "@/lib/domain/reason";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

/**
 * Ends a live run at once, whoever is at it: what they write afterwards finds no claim. What was found so far stays as
 * evidence; the draft can be triaged again.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden, conflict `run_ended`.
 */
export async function cancelTriageRun(
  ctx: Context,
  input: { runId: string; reason?: string | null },
): Promise<RunOfDraft> {
  const { run, draft } = await requireTriageRun(ctx, input.runId, "triage");
  const at = new Date(ctx.nowMs);
  const projectId = draft.content.projectId;
  await inTransaction(ctx.db, async (tx) => {
    const ended = await endTriageRunOutright(tx, run.runId, {
      status: "cancelled",
      by: actorRef(ctx.actor),
      reason: reason("cancelled", input.reason?.trim() || "Cancelled"),
      nowMs: ctx.nowMs,
    });
    if (!ended) {
      throw new AppError("conflict", "run_ended", `The run has ended: ${run.status}`, {
        triage_run_id: run.runId,
      });
    }
    await moveTriageFacets(tx, run, { triage: "none" }, at);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_run.cancelled",
      subject: { kind: "triage_run", id: run.runId, projectId },
      detail: { draft_id: draft.draftId, reason_given: Boolean(input.reason?.trim()) },
    });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId });
    await announceChange(tx, { topic: "draft", id: draft.draftId, projectId });
  });
  return requireTriageRun(ctx, run.runId, "triage");
}
