import { announceChange } from "@/lib/db/change-feed";
import { findRedactionRun, markRedactionRunStopped } from "@/lib/db/redaction-run-store";
import { inTransaction } from "@/lib/db/transaction";
import { type RedactionRun, totalOfRun } from "@/lib/domain/redaction-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

/**
 * Ends a walk over what is stored with the page it is on. What was read by then stays as it is now; by these rules nothing is read
 * again until somebody starts another one.
 *
 * @throws AppError forbidden; not_found `redaction_run_not_found`; conflict `redaction_run_ended`
 */
export async function stopRereading(ctx: Context, runId: string): Promise<RedactionRun> {
  const subject = { kind: "redaction", id: runId, projectId: null };
  await authorize(ctx, "configure", subject);
  return inTransaction(ctx.db, async (tx) => {
    const stopped = await markRedactionRunStopped(tx, runId, new Date(ctx.nowMs));
    if (!stopped) {
      if (!(await findRedactionRun(tx, runId)))
        throw new AppError(
          "not_found",
          "redaction_run_not_found",
          "There is no such walk over what is stored",
        );
      throw new AppError("conflict", "redaction_run_ended", "This walk has ended already");
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.redaction.stopped",
      subject,
      detail: {
        ...{ run_id: runId, place: stopped.place, examined: totalOfRun(stopped.examined) },
        changed: totalOfRun(stopped.changed),
      },
    });
    await announceChange(tx, { topic: "redaction", id: runId });
    return stopped;
  });
}
