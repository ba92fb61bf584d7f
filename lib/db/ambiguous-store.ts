import type { ActorRef } from "@/lib/domain/actor";
import type { DestinationKind } from "@/lib/domain/config";
import type { Reason } from "@/lib/domain/reason";
import type { Delivery, Receipt } from "@/lib/domain/records";
import type { Database } from "./client";
import { deliveryFromRow } from "./delivery-store";
import { type Row, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type AmbiguousDelivery = Delivery & { projectId: string | null };

/** Of the kinds whose lost replies may not simply be sent again. */
type LapsedClaims = { kinds: readonly DestinationKind[]; nowMs: number; why: Reason };

/**
 * Claims that a dead worker left behind and that may have had their effect: nobody knows, so they are asked about before
 * anything is sent again. Returns what became ambiguous.
 */
export async function markLapsedAmbiguous(
  tx: Transaction,
  lapsed: LapsedClaims,
): Promise<AmbiguousDelivery[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `UPDATE deliveries v SET state = 'ambiguous', last_reason = $3::jsonb, reconcile_at = $1, reconcile_count = 0,
       claimed_by = NULL, lease_until = NULL, ended_at = $1, updated_at = $1
     FROM drafts d WHERE d.id = v.draft_id AND v.state = 'sending' AND v.lease_until <= $1
       AND v.kind = ANY($2::destination_kind[])
     RETURNING v.*, d.project_id AS draft_project_id`,
    ...[new Date(lapsed.nowMs), [...lapsed.kinds], JSON.stringify(lapsed.why)],
  );
  return rows.map(ambiguousFromRow);
}

/** Takes what is to be looked at now for `holdMs`; other workers pass over it meanwhile. */
export async function takeAmbiguous(
  db: Database,
  take: { nowMs: number; holdMs: number; limit: number },
): Promise<AmbiguousDelivery[]> {
  const { rows } = await db.pool.query(
    `UPDATE deliveries v SET reconcile_at = $2 FROM drafts d
     WHERE d.id = v.draft_id AND v.id IN (SELECT id FROM deliveries WHERE state = 'ambiguous' AND reconcile_at <= $1
       ORDER BY reconcile_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING v.*, d.project_id AS draft_project_id`,
    [new Date(take.nowMs), new Date(take.nowMs + take.holdMs), take.limit],
  );
  return rows.map(ambiguousFromRow);
}

/** How an ambiguous delivery goes on. `receipt` where it ended. */
export type Settlement = {
  state: "published" | "retrying" | "failed" | "ambiguous";
  reason: Reason | null;
  reconcileAt: Date | null;
  reconcileCount: number;
  operation: string | null;
  issueExternalId: string | null;
  resolvedBy: ActorRef | null;
  receipt: Receipt | null;
};

/**
 * Moves a delivery on from `ambiguous`, and nothing that has moved already. One that is sent again has one attempt more
 * than it had left. Returns whether it was moved.
 */
export async function settleAmbiguous(
  tx: Transaction,
  deliveryId: string,
  settled: Settlement,
  at: Date,
): Promise<boolean> {
  const isAgain = settled.state === "retrying";
  const { count } = await tx.delivery.updateMany({
    where: { id: deliveryId, state: "ambiguous" },
    data: {
      state: settled.state,
      ...(settled.reason && { lastReason: settled.reason }),
      reconcileAt: settled.reconcileAt,
      reconcileCount: settled.reconcileCount,
      ...(settled.operation && { operation: settled.operation }),
      ...(settled.issueExternalId && { issueExternalId: settled.issueExternalId }),
      ...(settled.resolvedBy && { resolvedBy: settled.resolvedBy }),
      ...(isAgain && { attemptCountMax: { increment: 1 }, nextAttemptAt: at, endedAt: null }),
      updatedAt: at,
    },
  });
  if (count === 0) return false;
  if (settled.receipt) {
    const { receiptId, createdAtMs, receipt, deliveryId: _of, ...rest } = settled.receipt;
    const values = {
      ...rest,
      receipt: JSON.parse(JSON.stringify(receipt)),
      createdAt: new Date(createdAtMs),
    };
    await tx.receipt.upsert({
      where: { deliveryId },
      create: { id: receiptId, deliveryId, ...values },
      update: values,
    });
  }
  return true;
}

const ambiguousFromRow = (row: Row): AmbiguousDelivery => ({
  ...deliveryFromRow(row),
  projectId: textOrNull(row.draft_project_id),
});

/** One delivery by its post, with its project; null when there is none or its post was deleted. */
export async function findDeliveryOfPost(db: Database, postId: string): Promise<AmbiguousDelivery | null> {
  const { rows } = await db.pool.query(
    `SELECT v.*, d.project_id AS draft_project_id FROM deliveries v JOIN drafts d ON d.id = v.draft_id
     WHERE v.post_id = $1 AND v.deleted_at IS NULL`,
    [postId],
  );
  return rows[0] ? ambiguousFromRow(rows[0]) : null;
}
