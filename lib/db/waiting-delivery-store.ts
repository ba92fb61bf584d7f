import type { Reason } from "@/lib/domain/reason";
import { type Row, text } from "./rows";
import type { Transaction } from "./transaction";

// What waits to be sent: taken back before it leaves, or armed again.

/**
 * Ends what waits of a draft, unsent. What is being sent now has its own end, and is looked at again before another
 * attempt. Returns the ids.
 */
export async function endWaitingDeliveries(
  tx: Transaction,
  draftId: string,
  why: Reason,
  at: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE deliveries SET state = 'cancelled', last_reason = ${JSON.stringify(why)}::jsonb, ended_at = ${at},
      updated_at = ${at}
    WHERE draft_id = ${draftId} AND state IN ('due', 'retrying') AND deleted_at IS NULL RETURNING id`;
  return rows.map((row) => text(row.id));
}

/** Has anything left under one of these approvals, or may it be leaving now? What waits for its first try has not. */
export async function hasLeft(tx: Transaction, approvalIds: readonly string[]): Promise<boolean> {
  const left = await tx.delivery.count({
    where: {
      approvalId: { in: [...approvalIds] },
      state: { in: ["sending", "retrying", "published", "ambiguous", "failed"] },
    },
  });
  return left > 0;
}

/** Ends one delivery that waits, unsent. Returns false when it waits no more. */
export async function cancelDelivery(
  tx: Transaction,
  deliveryId: string,
  why: Reason,
  at: Date,
): Promise<boolean> {
  const { count: ended } = await tx.delivery.updateMany({
    where: { id: deliveryId, state: { in: ["due", "retrying"] } },
    data: { state: "cancelled", lastReason: why, endedAt: at, updatedAt: at },
  });
  return ended > 0;
}

/**
 * Ends what a draft has queued and no worker has taken yet, unsent. One that was being sent meanwhile is not among the ids
 * returned: claiming it and undoing it are one row's change, so that only one of the two happens.
 */
export async function undoQueuedDeliveries(
  tx: Transaction,
  draftId: string,
  postIds: readonly string[],
  why: Reason,
  at: Date,
): Promise<Array<{ deliveryId: string; postId: string }>> {
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE deliveries SET state = 'cancelled', last_reason = ${JSON.stringify(why)}::jsonb, ended_at = ${at},
      updated_at = ${at}
    WHERE draft_id = ${draftId} AND post_id = ANY(${[...postIds]}) AND state = 'due' AND deleted_at IS NULL
    RETURNING id, post_id`;
  return rows.map((row) => ({ deliveryId: text(row.id), postId: text(row.post_id) }));
}

/** Arms an ended delivery again with its own bytes and as many attempts as it had. Returns false when it did not end unsent. */
export async function rearmDelivery(tx: Transaction, deliveryId: string, at: Date): Promise<boolean> {
  const armed = await tx.$executeRaw`
    UPDATE deliveries SET state = 'due', attempt_count_max = attempt_count + GREATEST(attempt_count_max - attempt_count, 10),
      next_attempt_at = ${at}, ended_at = NULL, updated_at = ${at}
    WHERE id = ${deliveryId} AND state IN ('failed', 'blocked', 'cancelled')`;
  return armed > 0;
}
