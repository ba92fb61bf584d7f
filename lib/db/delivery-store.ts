import type { ActorRef } from "@/lib/domain/actor";
import type { DestinationKind } from "@/lib/domain/config";
import type { ApprovalFacet } from "@/lib/domain/draft";
import type { Delivery } from "@/lib/domain/records";
import type { Database } from "./client";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type NewDelivery = Omit<
  Delivery,
  "state" | "attemptCount" | "nextAttemptAtMs" | "lastReason" | "updatedAtMs" | "endedAtMs"
> & {
  /** No worker takes it before; at once when absent. */
  dueAtMs?: number;
};

/** What queuing found: a fresh row, an ended one armed again, or one that is done or under way. */
export type QueueOutcome = "queued" | "requeued" | "duplicate" | "in_progress";

/**
 * One delivery per idempotency key, ever. A failed, blocked or cancelled one is armed again with its own bytes; a
 * published one is a duplicate; whatever is under way stays so, and what waits does so under the newest approval. One whose post was deleted is shown again, unless it was
 * published: then it stays hidden and the key still stops a second effect. The unique index decides between racing callers.
 */
export async function queueDelivery(
  tx: Transaction,
  delivery: NewDelivery,
): Promise<{ delivery: Delivery; outcome: QueueOutcome }> {
  const at = new Date(delivery.createdAtMs);
  const dueAt = new Date(delivery.dueAtMs ?? delivery.createdAtMs);
  const rows = await tx.$queryRaw<Row[]>`
    INSERT INTO deliveries AS v (id, post_id, draft_id, incident_id, approval_id, snapshot_id, destination_id, kind,
      target_ref, operation, route_id, route_match_reason, idempotency_key, payload_digest, destination_digest, body, state,
      attempt_count, attempt_count_max, next_attempt_at, requested_by, follow_up_of_id, issue_external_id, created_at,
      updated_at)
    VALUES (${delivery.deliveryId}, ${delivery.postId}, ${delivery.draftId}, ${delivery.incidentId},
      ${delivery.approvalId}, ${delivery.snapshotId}, ${delivery.destinationId},
      ${delivery.kind}::destination_kind, ${delivery.targetRef}, ${delivery.operation}, ${delivery.routeId},
      ${delivery.routeMatchReason}, ${delivery.idempotencyKey}, ${delivery.payloadDigest},
      ${delivery.destinationDigest}, ${delivery.body}, 'due', 0, ${delivery.attemptCountMax}, ${dueAt},
      ${JSON.stringify(delivery.requestedBy)}::jsonb, ${delivery.followUpOfId ?? null},
      ${delivery.issueExternalId ?? null}, ${at}, ${at})
    ON CONFLICT (idempotency_key) DO UPDATE SET
      state = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled') THEN 'due' ELSE v.state END,
      approval_id = CASE WHEN v.state IN ('published', 'ambiguous', 'sending') THEN v.approval_id ELSE EXCLUDED.approval_id END,
      destination_digest = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled')
        THEN EXCLUDED.destination_digest ELSE v.destination_digest END,
      attempt_count_max = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled')
        THEN v.attempt_count + EXCLUDED.attempt_count_max ELSE v.attempt_count_max END,
      next_attempt_at = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled', 'retrying')
        THEN EXCLUDED.next_attempt_at ELSE v.next_attempt_at END,
      silence_id = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled') THEN NULL ELSE v.silence_id END,
      ended_at = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled') THEN NULL ELSE v.ended_at END,
      deleted_at = CASE WHEN v.state = 'published' THEN v.deleted_at END,
      deleted_by = CASE WHEN v.state = 'published' THEN v.deleted_by END,
      deleted_reason = CASE WHEN v.state = 'published' THEN v.deleted_reason END,
      updated_at = CASE WHEN v.state IN ('failed', 'blocked', 'cancelled') THEN EXCLUDED.updated_at ELSE v.updated_at END
    RETURNING v.*, (xmax = 0) AS inserted`;
  const row = rows[0];
  if (!row) throw new Error("queueing a delivery returned nothing");
  const queued = deliveryFromRow(row);
  if (row.inserted) return { delivery: queued, outcome: "queued" };
  if (queued.state === "published") return { delivery: queued, outcome: "duplicate" };
  return { delivery: queued, outcome: queued.state === "due" ? "requeued" : "in_progress" };
}

export type Claim = {
  worker: string;
  limit: number;
  /** At most this many of one destination in a claim, so that a slow one leaves room for the others. */
  perDestination: number;
  /** Destinations with no room left now. */
  busyDestinations: readonly string[];
  leaseMs: number;
  nowMs: number;
  /** Projects that are paused or disabled: their deliveries stay queued (D-15). */
  heldProjects: readonly string[];
  /** Kinds whose lapsed claim may simply be sent again: same bytes, same key, one effect. */
  retryLapsedKinds: readonly DestinationKind[];
  /** At most this many of these destinations, where it is fewer than `perDestination`: their pace, what is under way. */
  limits?: Readonly<Record<string, number>>;
  /** Destinations whose circuit is not closed and that may be tried once now; the others stay untried. */
  probes?: readonly string[];
};

/** A delivery taken to be sent, with what its draft says now. */
export type ClaimedDelivery = Delivery & {
  projectId: string | null;
  draftApproval: ApprovalFacet;
  /** How the approval that it was queued under has ended, by its time or otherwise; null while it stands or none was needed. */
  approvalEnded: "expired" | "voided" | "withdrawn" | null;
  /** What was deleted while an attempt was under way: the next one must not happen. */
  deleted: "draft" | "post" | null;
  /** A closed issue that the draft says it is a regression of: it may be filed anew. */
  closedMatchReference: string | null;
};

/**
 * Takes what is due, and what a dead worker left behind, for `leaseMs`. Other workers skip what is being taken. Each
 * destination is asked for its own oldest, over an index in that order, so that the backlog of one costs the others nothing.
 */
export async function claimDueDeliveries(db: Database, claim: Claim): Promise<ClaimedDelivery[]> {
  const { rows } = await db.pool.query({
    name: "claim-deliveries",
    text: claimSql,
    values: [
      new Date(claim.nowMs),
      claim.retryLapsedKinds,
      claim.busyDestinations,
      claim.perDestination,
      claim.limit,
      claim.worker,
      new Date(claim.nowMs + claim.leaseMs),
      claim.heldProjects,
      JSON.stringify(claim.limits ?? {}),
      claim.probes ?? [],
    ],
  });
  return rows.map((row) => ({
    ...deliveryFromRow(row),
    projectId: textOrNull(row.draft_project_id),
    draftApproval: row.draft_approval as ApprovalFacet,
    approvalEnded: (row.approval_ended ?? null) as ClaimedDelivery["approvalEnded"],
    deleted: (row.deleted ?? null) as ClaimedDelivery["deleted"],
    closedMatchReference: textOrNull(row.closed_match_reference),
  }));
}

/** What `deliveries_claimable_idx` holds. */
const claimable = "v.state IN ('due', 'retrying', 'sending')";

const claimSql = `
WITH RECURSIVE destination(id) AS (
  (SELECT min(v.destination_id) FROM deliveries v WHERE ${claimable})
  UNION ALL
  SELECT (SELECT min(v.destination_id) FROM deliveries v WHERE ${claimable} AND v.destination_id > destination.id)
  FROM destination WHERE destination.id IS NOT NULL
),
waiting AS (
  SELECT oldest.id, oldest.next_attempt_at
  FROM destination CROSS JOIN LATERAL (
    SELECT v.id, v.next_attempt_at FROM deliveries v
    WHERE v.destination_id = destination.id AND ${claimable} AND v.next_attempt_at <= $1
      AND (v.state <> 'sending' OR (v.lease_until <= $1 AND v.kind = ANY($2::destination_kind[])))
      AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
        SELECT 1 FROM drafts d WHERE d.id = v.draft_id AND d.project_id = ANY($8::text[])))
    ORDER BY v.next_attempt_at LIMIT LEAST($4::int, ($9::jsonb->>destination.id)::int)
    FOR UPDATE OF v SKIP LOCKED) oldest
  WHERE destination.id IS NOT NULL AND destination.id <> ALL($3::text[]) AND NOT EXISTS (
    SELECT 1 FROM destination_health h WHERE h.destination_id = destination.id
      AND (h.paused_until > $1 OR (h.circuit <> 'closed' AND h.destination_id <> ALL($10::text[]))))
),
picked AS (SELECT id FROM waiting ORDER BY next_attempt_at LIMIT $5)
UPDATE deliveries v SET state = 'sending', claimed_by = $6, lease_until = $7, attempt_count = v.attempt_count + 1,
  silence_id = NULL, updated_at = $1
FROM picked, drafts d WHERE v.id = picked.id AND d.id = v.draft_id
RETURNING v.*, d.project_id AS draft_project_id, d.approval AS draft_approval,
  (SELECT CASE WHEN a.state = 'expired' THEN 'expired' WHEN a.state = 'withdrawn' THEN 'withdrawn'
     WHEN a.state <> 'granted' THEN 'voided'
     WHEN EXISTS (SELECT 1 FROM approvals o WHERE o.draft_id = a.draft_id AND o.state = 'granted' AND o.expires_at <= $1)
       THEN 'expired'
     WHEN d.approval <> 'granted' THEN 'withdrawn' END FROM approvals a WHERE a.id = v.approval_id) AS approval_ended,
  CASE WHEN d.deleted_at IS NOT NULL THEN 'draft' WHEN v.deleted_at IS NOT NULL THEN 'post' END AS deleted,
  CASE WHEN d.matched_issue_state = 'closed' THEN d.matched_issue_reference END AS closed_match_reference`;

/** Has any of these something to send now? */
export async function destinationsDue(
  db: Database,
  destinationIds: readonly string[],
  nowMs: number,
): Promise<string[]> {
  if (destinationIds.length === 0) return [];
  const { rows } = await db.pool.query({
    name: "destinations-due",
    text: `SELECT t.id FROM unnest($1::text[]) AS t(id) WHERE EXISTS (SELECT 1 FROM deliveries v
      WHERE v.destination_id = t.id AND v.state IN ('due', 'retrying', 'sending') AND v.next_attempt_at <= $2)`,
    values: [destinationIds, new Date(nowMs)],
  });
  return rows.map((row) => text(row.id));
}

/** Gives claims back unsent: all of a worker's, as when it is told to stop, or those of `deliveryIds`. */
export async function releaseClaims(
  db: Database,
  worker: string,
  now: Date,
  deliveryIds: readonly string[] | null = null,
): Promise<void> {
  await db.pool.query(
    `UPDATE deliveries SET state = CASE WHEN attempt_count > 1 THEN 'retrying' ELSE 'due' END::delivery_state,
       attempt_count = attempt_count - 1, claimed_by = NULL, lease_until = NULL, next_attempt_at = $2
     WHERE claimed_by = $1 AND state = 'sending' AND ($3::text[] IS NULL OR id = ANY($3))`,
    [worker, now, deliveryIds],
  );
}

/**
 * When the next delivery will be due, or a lease run out, after the time of the last claim; null with nothing to come.
 * What was due by then and was not taken is held, or its destination is busy: time alone changes nothing for it.
 */
export async function nextDueAfterMs(db: Database, claimedAtMs: number): Promise<number | null> {
  const { rows } = await db.pool.query({
    name: "next-due-delivery",
    text: `SELECT least(
      (SELECT min(next_attempt_at) FROM deliveries WHERE state = 'due' AND next_attempt_at > $1),
      (SELECT min(next_attempt_at) FROM deliveries WHERE state = 'retrying' AND next_attempt_at > $1),
      (SELECT min(lease_until) FROM deliveries WHERE state = 'sending' AND lease_until > $1)) AS at`,
    values: [new Date(claimedAtMs)],
  });
  return msOrNull(rows[0]?.at);
}

export async function findDeliveries(db: Database, ids: readonly string[]): Promise<Delivery[]> {
  const { rows } = await db.pool.query("SELECT * FROM deliveries WHERE id = ANY($1)", [ids]);
  return rows.map(deliveryFromRow);
}

export function deliveryFromRow(row: Row): Delivery {
  return {
    deliveryId: text(row.id),
    postId: text(row.post_id),
    draftId: text(row.draft_id),
    incidentId: text(row.incident_id),
    approvalId: textOrNull(row.approval_id),
    snapshotId: text(row.snapshot_id),
    destinationId: text(row.destination_id),
    kind: row.kind as DestinationKind,
    targetRef: text(row.target_ref),
    operation: text(row.operation),
    routeId: textOrNull(row.route_id),
    routeMatchReason: textOrNull(row.route_match_reason),
    idempotencyKey: text(row.idempotency_key),
    payloadDigest: text(row.payload_digest),
    destinationDigest: text(row.destination_digest),
    body: text(row.body),
    state: row.state as Delivery["state"],
    attemptCount: count(row.attempt_count),
    attemptCountMax: count(row.attempt_count_max),
    nextAttemptAtMs: ms(row.next_attempt_at),
    lastReason: json(row.last_reason ?? null),
    requestedBy: json<ActorRef>(row.requested_by),
    createdAtMs: ms(row.created_at),
    updatedAtMs: ms(row.updated_at),
    endedAtMs: msOrNull(row.ended_at),
    issueExternalId: textOrNull(row.issue_external_id),
    followUpOfId: textOrNull(row.follow_up_of_id),
    reconcileAtMs: msOrNull(row.reconcile_at),
    reconcileCount: count(row.reconcile_count),
    resolvedBy: json<ActorRef | null>(row.resolved_by ?? null),
  };
}
