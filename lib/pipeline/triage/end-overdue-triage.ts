import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { endTriageRunOutright, findTriageToEnd, moveTriageFacets } from "@/lib/db/triage-store";
import { type Reason, reason } from "@/lib/domain/reason";
import type { TriageRun } from "@/lib/domain/triage-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

type Due = Awaited<ReturnType<typeof findTriageToEnd>>[number];

const ends: Record<Due["why"], { status: "timed_out" | "cancelled"; reason: Reason }> = {
  overdue: { status: "timed_out", reason: reason("deadline_passed", "The run did not end within its time") },
  draft_denied: { status: "cancelled", reason: reason("draft_denied", "The draft was denied") },
  draft_deleted: { status: "cancelled", reason: reason("draft_deleted", "The draft was deleted") },
};

/**
 * Ends live runs that must not go on, whoever is at them. Only the worker calls it: no read recovers anything (D-16, W-50). A
 * draft whose run timed out stays as it is, to be reviewed; nothing of it is published (D-31). Returns how many it ended.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function endOverdueTriage(ctx: Context): Promise<number> {
  await authorize(ctx, "work", { kind: "triage_run", id: "overdue", projectId: null });
  let ended = 0;
  for (const { run, projectId, why } of await findTriageToEnd(ctx.db, ctx.nowMs)) {
    if (await end(ctx, run, projectId, ends[why])) ended += 1;
  }
  return ended;
}

async function end(
  ctx: Context,
  run: TriageRun,
  projectId: string | null,
  how: (typeof ends)[Due["why"]],
): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await endTriageRunOutright(tx, run.runId, { ...how, nowMs: ctx.nowMs }))) return false;
    const triage = how.status === "timed_out" ? "timed_out" : "none";
    await moveTriageFacets(tx, run, { triage }, new Date(ctx.nowMs));
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_run.ended",
      outcome: "failed",
      subject: { kind: "triage_run", id: run.runId, projectId },
      detail: {
        draft_id: run.draftId,
        ...{ status: how.status, reason: how.reason.code, claimed_by: run.claim?.by ?? null },
        phases: run.phases.map(({ phase, state, attempts }) => ({ phase, state, attempts })),
      },
    });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId });
    await announceChange(tx, { topic: "draft", id: run.draftId, projectId });
    return true;
  });
}
