import type { Reason } from "@/lib/domain/reason";
import type { Database } from "./client";
import { count, json, ms, msOrNull, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

export type WitnessSettings = { destinationId: string | null; intervalMinutes: number; version: number };

export type WitnessPosting = {
  postingId: string;
  destinationId: string;
  size: number;
  note: string;
  state: "due" | "sent" | "failed";
  attemptCount: number;
  reason: Reason | null;
  /** What the witness answered with; no body of it. */
  receipt: Record<string, unknown> | null;
  createdAtMs: number;
  endedAtMs: number | null;
};

export async function loadWitnessSettings(db: Database): Promise<WitnessSettings> {
  const { rows } = await db.pool.query("SELECT * FROM audit_witness_settings WHERE id = 1");
  const row: Row = rows[0] ?? {};
  return {
    destinationId: row.destination_id ? text(row.destination_id) : null,
    intervalMinutes: count(row.interval_minutes ?? 60),
    version: count(row.version ?? 1),
  };
}

/** Over exactly the version that was read; false when somebody was first. */
export async function saveWitnessSettings(
  tx: Transaction,
  { destinationId, intervalMinutes, version }: WitnessSettings,
  at: Date,
): Promise<boolean> {
  const moved = await tx.auditWitnessSettings.updateMany({
    where: { id: 1, version },
    data: { destinationId, intervalMinutes, version: version + 1, updatedAt: at },
  });
  return moved.count === 1;
}

/** Newest first; `sent` only those that were taken. */
export async function listWitnessPostings(
  db: Database,
  limit: number,
  sent = false,
): Promise<WitnessPosting[]> {
  const { rows } = await db.pool.query(
    `SELECT * FROM audit_witness_postings ${sent ? "WHERE state = 'sent'" : ""} ORDER BY created_at DESC, id LIMIT $1`,
    [limit],
  );
  return rows.map(postingFromRow);
}

/** Queues a posting unless one of this ledger size or one within the interval is there already. */
export async function queueWitnessPosting(
  db: Database,
  posting: { postingId: string; destinationId: string; size: number; note: string },
  sinceMs: number,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `INSERT INTO audit_witness_postings (id, destination_id, tree_size, note, next_attempt_at, created_at)
     SELECT $1, $2, $3, $4, $6::timestamptz, $6::timestamptz WHERE NOT EXISTS (SELECT 1 FROM audit_witness_postings
       WHERE destination_id = $2 AND (created_at > $5::timestamptz OR tree_size >= $3))`,
    [posting.postingId, posting.destinationId, posting.size, posting.note, new Date(sinceMs), at],
  );
  return rowCount === 1;
}

/** Takes what is due for one attempt; whoever dies with it leaves it due again after the lease. */
export async function claimWitnessPosting(
  db: Database,
  { nowMs, leaseMs }: { nowMs: number; leaseMs: number },
): Promise<WitnessPosting | null> {
  const { rows } = await db.pool.query(
    `UPDATE audit_witness_postings SET attempt_count = attempt_count + 1, next_attempt_at = $2
     WHERE id = (SELECT id FROM audit_witness_postings WHERE state = 'due' AND next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *`,
    [new Date(nowMs), new Date(nowMs + leaseMs)],
  );
  return rows[0] ? postingFromRow(rows[0]) : null;
}

/** Ends the attempt that was claimed; false when it was claimed again meanwhile. */
export async function endWitnessPosting(
  tx: Transaction,
  posting: WitnessPosting,
  nextAttemptAtMs: number,
): Promise<boolean> {
  const { postingId, attemptCount, state, reason, receipt, endedAtMs } = posting;
  const moved = await tx.auditWitnessPosting.updateMany({
    where: { id: postingId, state: "due", attemptCount },
    data: {
      state,
      nextAttemptAt: new Date(nextAttemptAtMs),
      ...(reason && { reason: json(reason) }),
      ...(receipt && { receipt: json(receipt) }),
      endedAt: endedAtMs === null ? null : new Date(endedAtMs),
    },
  });
  return moved.count === 1;
}

const postingFromRow = (row: Row): WitnessPosting => ({
  postingId: text(row.id),
  destinationId: text(row.destination_id),
  size: count(row.tree_size),
  note: text(row.note),
  state: text(row.state) as WitnessPosting["state"],
  attemptCount: count(row.attempt_count),
  reason: json(row.reason ?? null),
  receipt: json(row.receipt ?? null),
  createdAtMs: ms(row.created_at),
  endedAtMs: msOrNull(row.ended_at),
});
