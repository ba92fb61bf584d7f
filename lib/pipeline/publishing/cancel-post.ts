import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { cancelDelivery } from "@/lib/db/waiting-delivery-store";
import { reason } from "@/lib/domain/reason";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { movedOn, type PostInput, requireDelivery, requireState } from "./require-delivery";

/**
 * Ends a delivery that waits, unsent. What is being sent now cannot be called back.
 *
 * @throws AppError not_found, forbidden, conflict `post_state` unless it is due or waiting for its next attempt.
 */
export async function cancelPost(ctx: Context, { postId }: PostInput): Promise<void> {
  const delivery = await requireDelivery(ctx, postId);
  requireState(delivery, ["due", "retrying"], "Only a delivery that waits can be cancelled");
  const { deliveryId, projectId } = delivery;
  const why = reason("cancelled_by_hand", "A person cancelled it before it was sent.");
  await inTransaction(ctx.db, async (tx) => {
    if (!(await cancelDelivery(tx, deliveryId, why, new Date(ctx.nowMs)))) throw movedOn(delivery);
    await announceChange(tx, { topic: "delivery", id: deliveryId, projectId });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.delivery.cancelled",
      subject: { kind: "delivery", id: deliveryId, projectId },
      detail: {
        draft_id: delivery.draftId,
        destination_id: delivery.destinationId,
        attempts: delivery.attemptCount,
      },
    });
  });
}
