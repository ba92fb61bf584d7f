import { announceChange } from "@/lib/db/change-feed";
import { endHold, findHold } from "@/lib/db/retention-hold-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { RetentionHold } from "@/lib/domain/retention-hold";
import { authorize, authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { deletionReason } from "../records/settle-deletion";
import { requireStepUp } from "../step-up";

/**
 * Ends a hold: what it covered goes with the next run where it is over its span, so that a signed-in person must have
 * proven lately who they are. One that was released stays as it was; asking again is the same.
 *
 * @throws AppError not_found `hold_not_found`, forbidden `step_up_required`, invalid `hold_invalid` without a reason
 */
export async function releaseHold(
  ctx: Context,
  { holdId, reason }: { holdId: string; reason: string },
): Promise<RetentionHold> {
  const missing = new AppError("not_found", "hold_not_found", "There is no such hold", { hold_id: holdId });
  const hold = await findHold(ctx.db, holdId);
  if (!hold) {
    await authorize(ctx, "configure", { kind: "retention_hold", id: holdId });
    throw missing;
  }
  const subject = { kind: "retention_hold", id: holdId, projectId: hold.projectId };
  await authorizeRecord(ctx, "configure", subject, missing);
  if (hold.releasedAtMs !== null) return hold;
  const why = deletionReason(reason);
  if (why === null)
    throw new AppError("invalid", "hold_invalid", "Say why it is released", { field: "reason" });
  requireStepUp(ctx, "release a legal hold");
  await inTransaction(ctx.db, async (tx) => {
    if (!(await endHold(tx, holdId, { by: actorRef(ctx.actor), reason: why, at: new Date(ctx.nowMs) })))
      return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.retention.hold_released",
      subject,
      detail: { scope: hold.scope, source_id: hold.sourceId, incident_id: hold.incidentId },
    });
    await announceChange(tx, { topic: "retention", id: holdId, projectId: hold.projectId });
  });
  return (await findHold(ctx.db, holdId)) ?? hold;
}
