import type { DecisionTimes, DeliveryEnds, SourceCount, TrendSpan } from "@/lib/domain/trends";
import type { Database } from "./client";
import { count, ms, text } from "./rows";

/** null: every project and unbound records too. */
type Projects = readonly string[] | null;

/** Of a window no more than the newest so many are looked at: a chart's cost has a bound. */
const decisionsMax = 20_000;
const deliveriesMax = 50_000;

/** Hours that are over come from `occurrence_hours`; the rest, an hour or so, is counted as it is. */
const sightings = `SELECT hour AS at, project_id, source, count FROM occurrence_hours
    WHERE hour >= $1 AND hour < (SELECT counted_until FROM occurrence_hour_marks WHERE id = 1)
      AND ($2::text[] IS NULL OR project_id = ANY($2))
  UNION ALL
  SELECT received_at, COALESCE(project_id, ''), COALESCE(log_source_id, provenance::text), 1 FROM occurrences
    WHERE received_at >= GREATEST($1, (SELECT counted_until FROM occurrence_hour_marks WHERE id = 1))
      AND ($2::text[] IS NULL OR project_id = ANY($2))`;

const bar = (at: string, widthMs: string) => `date_bin(${widthMs} * interval '1 ms', ${at}, 'epoch')`;

export async function countSightingsBySource(
  db: Database,
  projects: Projects,
  span: TrendSpan,
): Promise<SourceCount[]> {
  const { rows } = await db.pool.query({
    name: "sightings-by-source",
    text: `SELECT project_id, source, ${bar("at", "$3::int")} AS at, sum(count)::int AS count
      FROM (${sightings}) sighted GROUP BY 1, 2, 3`,
    values: [new Date(span.fromMs), projects, span.bucketMs],
  });
  return rows.map((row) => ({
    projectId: text(row.project_id) || null,
    source: text(row.source),
    atMs: ms(row.at),
    count: count(row.count),
  }));
}

/** All accepted sightings per hour over the last 24 h, oldest first, for the projects an actor may see. */
export async function countOccurrencesByHour(
  db: Database,
  projects: Projects,
  nowMs: number,
): Promise<Array<{ fromMs: number; count: number }>> {
  const hourMs = 3_600_000;
  const firstFrom = Math.floor(nowMs / hourMs) * hourMs - 23 * hourMs;
  const { rows } = await db.pool.query({
    name: "sightings-by-hour",
    text: `SELECT ${bar("at", "3600000")} AS at, sum(count)::int AS count FROM (${sightings}) sighted GROUP BY 1`,
    values: [new Date(firstFrom), projects],
  });
  const counts = new Map(rows.map((row) => [ms(row.at), count(row.count)]));
  return Array.from({ length: 24 }, (_, index) => {
    const fromMs = firstFrom + index * hourMs;
    return { fromMs, count: counts.get(fromMs) ?? 0 };
  });
}

/**
 * From the making of a draft to the first decision on it, by bar; without a bar over the whole window. `looked` is how
 * many decisions were read.
 */
export async function measureDecisions(
  db: Database,
  projects: Projects,
  span: TrendSpan,
): Promise<{ bars: DecisionTimes[]; whole: Omit<DecisionTimes, "atMs">; partial: boolean }> {
  const { rows } = await db.pool.query({
    name: "decision-times",
    text: `WITH newest AS MATERIALIZED (SELECT a.draft_id, a.created_at FROM approvals a WHERE a.created_at >= $1
        ORDER BY a.created_at DESC LIMIT ${decisionsMax}),
      decided AS (SELECT ${bar("a.created_at", "$3::int")} AS at,
          extract(epoch FROM a.created_at - d.created_at) * 1000 AS took
        FROM newest a JOIN drafts d ON d.id = a.draft_id
        WHERE ($2::text[] IS NULL OR d.project_id = ANY($2))
          AND NOT EXISTS (SELECT 1 FROM approvals e WHERE e.draft_id = a.draft_id AND e.created_at < a.created_at))
      SELECT at, count(*)::int AS decided, percentile_cont(0.5) WITHIN GROUP (ORDER BY took) AS median,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY took) AS p90,
        (SELECT count(*)::int FROM newest) AS looked
      FROM decided GROUP BY GROUPING SETS ((at), ())`,
    values: [new Date(span.fromMs), projects, span.bucketMs],
  });
  const times = (row: Record<string, unknown>) => ({
    decided: count(row.decided),
    medianMs: row.median === null ? null : Math.round(Number(row.median)),
    p90Ms: row.p90 === null ? null : Math.round(Number(row.p90)),
  });
  const whole = rows.find((row) => row.at === null);
  return {
    bars: rows.filter((row) => row.at !== null).map((row) => ({ atMs: ms(row.at), ...times(row) })),
    whole: whole ? times(whole) : { decided: 0, medianMs: null, p90Ms: null },
    partial: count(whole?.looked ?? 0) >= decisionsMax,
  };
}

/** How deliveries ended, by destination and bar. Blocked counts as failed: nothing arrived. */
export async function countDeliveryEnds(
  db: Database,
  projects: Projects,
  span: TrendSpan,
): Promise<{ ends: DeliveryEnds[]; partial: boolean }> {
  const { rows } = await db.pool.query({
    name: "delivery-ends",
    text: `WITH newest AS MATERIALIZED (SELECT v.draft_id, v.destination_id, v.state, v.ended_at FROM deliveries v
        WHERE v.ended_at >= $1 AND v.deleted_at IS NULL ORDER BY v.ended_at DESC LIMIT ${deliveriesMax})
      SELECT v.destination_id, ${bar("v.ended_at", "$3::int")} AS at,
        count(*) FILTER (WHERE v.state = 'published')::int AS published,
        count(*) FILTER (WHERE v.state IN ('failed', 'blocked'))::int AS failed,
        count(*) FILTER (WHERE v.state = 'ambiguous')::int AS ambiguous,
        (SELECT count(*)::int FROM newest) AS looked
      FROM newest v WHERE $2::text[] IS NULL
        OR EXISTS (SELECT 1 FROM drafts d WHERE d.id = v.draft_id AND d.project_id = ANY($2))
      GROUP BY 1, 2`,
    values: [new Date(span.fromMs), projects, span.bucketMs],
  });
  return {
    ends: rows.map((row) => ({
      destinationId: text(row.destination_id),
      atMs: ms(row.at),
      published: count(row.published),
      failed: count(row.failed),
      ambiguous: count(row.ambiguous),
    })),
    partial: count(rows[0]?.looked ?? 0) >= deliveriesMax,
  };
}
