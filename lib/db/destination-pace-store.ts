import type { Bucket, Pace } from "@/lib/domain/delivery-pace";
import type { Database } from "./client";
import { count } from "./rows";

/** As full as a bucket that limits nothing ever has to be. */
const unlimited: Bucket = { capacity: 1_000_000, perMs: 1_000 };

/** What each bucket holds now: what it held and what flowed in since, never more than it can. Parameters $2 to $6. */
const minuteNow = `LEAST($3::float8, p.minute_tokens
  + $4::float8 * GREATEST(0, extract(epoch FROM ($2::timestamptz - p.refilled_at)) * 1000))`;
const hourNow = `LEAST($5::float8, p.hour_tokens
  + $6::float8 * GREATEST(0, extract(epoch FROM ($2::timestamptz - p.refilled_at)) * 1000))`;
const grant = `GREATEST(0, LEAST($7::int, floor(${minuteNow}), floor(${hourNow})))::int`;

const takeSql = `
INSERT INTO destination_pace AS p (destination_id, minute_tokens, hour_tokens, refilled_at, granted)
VALUES ($1, $3::float8 - LEAST($7::int, $3::float8, $5::float8), $5::float8 - LEAST($7::int, $3::float8, $5::float8),
  $2, LEAST($7::int, floor($3::float8), floor($5::float8))::int)
ON CONFLICT (destination_id) DO UPDATE SET minute_tokens = ${minuteNow} - ${grant}, hour_tokens = ${hourNow} - ${grant},
  refilled_at = GREATEST(p.refilled_at, $2::timestamptz), granted = ${grant}
RETURNING granted`;

/**
 * Takes up to `want` sends of a destination from its buckets, for all processes together: the row is the one account.
 * What was taken and not used goes back by `returnSends`.
 */
export async function takeSends(
  db: Database,
  destinationId: string,
  pace: Pace,
  want: number,
  nowMs: number,
): Promise<number> {
  const minute = pace.minute ?? unlimited;
  const hour = pace.hour ?? unlimited;
  const { rows } = await db.pool.query({
    name: "take-sends",
    text: takeSql,
    values: [destinationId, new Date(nowMs), minute.capacity, minute.perMs, hour.capacity, hour.perMs, want],
  });
  return count(rows[0]?.granted);
}

export async function returnSends(db: Database, destinationId: string, unused: number): Promise<void> {
  if (unused <= 0) return;
  await db.pool.query(
    `UPDATE destination_pace SET minute_tokens = minute_tokens + $2, hour_tokens = hour_tokens + $2
     WHERE destination_id = $1`,
    [destinationId, unused],
  );
}
