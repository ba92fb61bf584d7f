import type { ActivityBucket } from "@/lib/domain/destination-activity";
import type { Database } from "./client";
import { count, ms, type Row } from "./rows";

type Span = {
  destinationId: string;
  fromMs: number;
  toMs: number;
  bucketMs: number;
  /** Projects whose deliveries count; null means all, and those of none. */
  projects: readonly string[] | null;
};

const ofDestination = `deliveries v JOIN drafts d ON d.id = v.draft_id
  WHERE v.destination_id = $1 AND ($2::text[] IS NULL OR d.project_id = ANY($2))`;

/** Attempts in equal steps of the span; steps without any are left out. */
export async function readActivityBuckets(db: Database, span: Span): Promise<ActivityBucket[]> {
  const { rows } = await db.pool.query(
    `SELECT date_bin(make_interval(secs => $5::float8 / 1000), a.started_at, $3) AS from_at, count(*) AS attempts,
       count(*) FILTER (WHERE a.outcome = 'published') AS published,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY a.duration_ms) AS median_ms,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY a.duration_ms) AS p95_ms
     FROM delivery_attempts a JOIN (SELECT v.id FROM ${ofDestination} AND v.updated_at >= $3) o ON o.id = a.delivery_id
     WHERE a.started_at >= $3 AND a.started_at < $4 GROUP BY 1 ORDER BY 1`,
    [span.destinationId, span.projects, new Date(span.fromMs), new Date(span.toMs), span.bucketMs],
  );
  return rows.map((row: Row) => ({
    fromMs: ms(row.from_at),
    attempts: count(row.attempts),
    published: count(row.published),
    medianMs: wholeOrNull(row.median_ms),
    p95Ms: wholeOrNull(row.p95_ms),
  }));
}

/** Over the whole span: percentiles do not add up from steps. */
export async function readActivityTotals(
  db: Database,
  span: Span,
): Promise<{ medianMs: number | null; p95Ms: number | null; states: Record<string, number> }> {
  const [times, states] = await Promise.all([
    db.pool.query(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a.duration_ms) AS median_ms,
         percentile_cont(0.95) WITHIN GROUP (ORDER BY a.duration_ms) AS p95_ms
       FROM delivery_attempts a JOIN (SELECT v.id FROM ${ofDestination} AND v.updated_at >= $3) o
         ON o.id = a.delivery_id WHERE a.started_at >= $3 AND a.started_at < $4`,
      [span.destinationId, span.projects, new Date(span.fromMs), new Date(span.toMs)],
    ),
    db.pool.query(
      `SELECT v.state::text AS state, count(*) AS count FROM ${ofDestination}
         AND (v.ended_at >= $3 OR v.state IN ('due', 'retrying', 'sending', 'ambiguous')) GROUP BY v.state`,
      [span.destinationId, span.projects, new Date(span.fromMs)],
    ),
  ]);
  const [row] = times.rows as Row[];
  return {
    medianMs: wholeOrNull(row?.median_ms),
    p95Ms: wholeOrNull(row?.p95_ms),
    states: Object.fromEntries(states.rows.map((each: Row) => [String(each.state), count(each.count)])),
  };
}

const wholeOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Math.round(Number(value));
