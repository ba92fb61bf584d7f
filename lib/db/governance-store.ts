import { type EvidenceRef, emptyCounts, type Span, type WindowCounts } from "@/lib/domain/governance-metrics";
import type { Database } from "./client";
import { count, type Row, text } from "./rows";

/** null: every project and unbound records too. */
type Projects = readonly string[] | null;

/** Windows as rows, numbered in their order. */
const windows = `w AS (SELECT n::int AS n, from_at, to_at
  FROM unnest($1::timestamptz[], $2::timestamptz[]) WITH ORDINALITY AS given(from_at, to_at, n))`;
const bounds = "(SELECT min(from_at) FROM w)";
const within = (at: string) => `${at} > w.from_at AND ${at} <= w.to_at`;
const visible = (column: string) => `($3::text[] IS NULL OR ${column} = ANY($3))`;

/** Seen in a window: between its first and its last sighting. Every sighting moves `updated_at`, which has the index. */
const incidents = `WITH ${windows}, seen AS MATERIALIZED (
    SELECT i.first_seen_at, i.last_seen_at, COALESCE(i.risk_category, '') AS category, i.occurrence_count > 1 AS recurring, high.is,
      high.is AND cardinality(i.evidence_refs) > 0 AND EXISTS (SELECT 1 FROM drafts d JOIN deliveries v ON v.draft_id = d.id
        WHERE d.incident_id = i.id AND v.state <> 'cancelled' AND v.deleted_at IS NULL) AS evidenced
    FROM incidents i CROSS JOIN LATERAL (SELECT i.risk_rank >= 4 OR lower(trim(i.risk_category)) = ANY($4::text[])
      AS is) high
    WHERE i.updated_at > ${bounds} AND i.last_seen_at > ${bounds}
      AND i.deleted_at IS NULL AND i.merged_into_id IS NULL AND ${visible("i.project_id")})
  SELECT w.n, s.category, count(*) AS total, count(*) FILTER (WHERE s.recurring) AS recurring,
    count(*) FILTER (WHERE s.is) AS high_risk, count(*) FILTER (WHERE s.evidenced) AS evidenced
  FROM w JOIN seen s ON s.first_seen_at <= w.to_at AND s.last_seen_at > w.from_at GROUP BY 1, 2`;

/** Breaking the glass goes around the pathway: it is no decision of it. */
const decidedByPathway = `d.approval IN ('granted', 'denied') AND d.id NOT IN (SELECT draft_id FROM break_glass_uses)`;

const drafts = `WITH ${windows}
  SELECT w.n, count(*) AS made, count(*) FILTER (WHERE d.approval <> 'not_required') AS required,
    count(*) FILTER (WHERE ${decidedByPathway}) AS decided
  FROM w JOIN drafts d ON ${within("d.created_at")}
  WHERE d.deleted_at IS NULL AND d.superseded_by_id IS NULL AND NOT d.held AND ${visible("d.project_id")} GROUP BY 1`;

const deliveries = `WITH ${windows}
  SELECT w.n, count(*) AS ended, count(*) FILTER (WHERE v.state <> 'published') AS failed,
    count(*) FILTER (WHERE v.state = 'published' AND (r.external_id IS NOT NULL OR r.external_url IS NOT NULL)) AS receipted
  FROM w JOIN deliveries v ON ${within("v.ended_at")} LEFT JOIN receipts r ON r.delivery_id = v.id
  WHERE v.state IN ('published', 'failed', 'blocked') AND v.deleted_at IS NULL
    AND ($3::text[] IS NULL OR EXISTS (SELECT 1 FROM drafts d WHERE d.id = v.draft_id AND d.project_id = ANY($3)))
  GROUP BY 1`;

/** The very list of the partial index in the migration: it is used for no other. */
const decisionActions = `'incident_monitor.publish.attempted', 'incident_monitor.publish.completed', 'incident_monitor.publish.failed',
      'incident_monitor.access.denied', 'incident_monitor.access.throttled', 'incident_monitor.approval.refused',
      'incident_monitor.break_glass.refused', 'incident_monitor.intake_key.rejected'`;

/**
 * An attempt to publish is let through unless the same draft's entry says that policy refused it or that it waits.
 * What a delivery's own entries say is how sending went, and no decision.
 */
const decisions = `WITH ${windows}, entry AS (
    SELECT w.n, CASE
      WHEN e.action = 'incident_monitor.publish.attempted' THEN 'attempted'
      WHEN e.action = 'incident_monitor.publish.failed' AND e.subject_kind = 'draft' THEN 'refused'
      WHEN e.action = 'incident_monitor.publish.completed' AND e.subject_kind = 'draft' THEN 'waiting'
      WHEN e.action NOT LIKE 'incident\\_monitor.publish.%' THEN 'denied' END AS kind
    FROM w JOIN audit_entries e ON ${within("e.at")}
    WHERE e.action IN (${decisionActions}) AND ${visible("e.project_id")})
  SELECT n, greatest(0, count(*) FILTER (WHERE kind = 'attempted')
      - count(*) FILTER (WHERE kind IN ('refused', 'waiting'))) AS allowed,
    count(*) FILTER (WHERE kind IN ('refused', 'denied')) AS denied FROM entry GROUP BY 1`;

/** What got through a boundary and should not have: a broken glass judged so, and what was sent after its approval had ended. */
const crossings = `SELECT b.used_at AS at, 'break_glass' AS kind, b.id, b.project_id FROM break_glass_uses b
    WHERE b.verdict = 'not_justified'
  UNION ALL
  SELECT v.ended_at, 'post', v.post_id, d.project_id FROM deliveries v JOIN drafts d ON d.id = v.draft_id
    JOIN approvals a ON a.id = v.approval_id AND a.state IN ('withdrawn', 'voided', 'denied')
    JOIN delivery_attempts t ON t.delivery_id = v.id AND t.outcome = 'published' AND t.started_at > a.ended_at
    WHERE v.ended_at > ${bounds} AND v.state = 'published'`;

const violations = `WITH ${windows}, crossed AS (${crossings})
  SELECT w.n, count(*) AS violations FROM w JOIN crossed c ON ${within("c.at")} WHERE ${visible("c.project_id")} GROUP BY 1`;

/**
 * Counts of each window, in their order, over all that happened in it: nothing is capped. `highRiskCategories` in lower case.
 */
export async function countGovernance(
  db: Pick<Database, "pool">,
  projects: Projects,
  spans: readonly Span[],
  highRiskCategories: readonly string[],
): Promise<WindowCounts[]> {
  if (spans.length === 0) return [];
  const values = [
    spans.map((span) => new Date(span.fromMs)),
    spans.map((span) => new Date(span.toMs)),
    projects,
  ];
  const ask = async (name: string, sql: string, more: unknown[] = []) =>
    (await db.pool.query({ name, text: sql, values: [...values, ...more] })).rows as Row[];
  const [seen, made, ended, decided, crossed] = await Promise.all([
    ask("governance-incidents", incidents, [highRiskCategories]),
    ask("governance-drafts", drafts),
    ask("governance-deliveries", deliveries),
    ask("governance-decisions", decisions),
    ask("governance-violations", violations),
  ]);
  const of = (rows: Row[], index: number) => rows.filter((row) => count(row.n) === index + 1);
  return spans.map((_, index): WindowCounts => {
    const categories = of(seen, index);
    const sum = (name: string) => categories.reduce((all, row) => all + count(row[name]), 0);
    const number = (rows: Row[], name: string) => count(of(rows, index)[0]?.[name] ?? 0);
    return {
      ...emptyCounts,
      incidents: {
        total: sum("total"),
        recurring: sum("recurring"),
        highRisk: sum("high_risk"),
        evidenced: sum("evidenced"),
      },
      categories: Object.fromEntries(categories.map((row) => [text(row.category), count(row.total)])),
      drafts: {
        made: number(made, "made"),
        approvalRequired: number(made, "required"),
        decided: number(made, "decided"),
      },
      deliveries: {
        ended: number(ended, "ended"),
        receipted: number(ended, "receipted"),
        failed: number(ended, "failed"),
      },
      decisions: {
        allowed: number(decided, "allowed"),
        denied: number(decided, "denied"),
        violations: number(crossed, "violations"),
      },
    };
  });
}

/** Records named as evidence of a metric at most. */
const namedMax = 10;

const lacking = {
  governance_confidence: `SELECT 'incident' AS kind, i.id FROM incidents i, w
    WHERE i.updated_at > w.from_at AND i.last_seen_at > w.from_at AND i.first_seen_at <= w.to_at AND i.deleted_at IS NULL
      AND i.merged_into_id IS NULL AND ${visible("i.project_id")}
      AND (i.risk_rank >= 4 OR lower(trim(i.risk_category)) = ANY($4::text[]))
      AND (cardinality(i.evidence_refs) = 0 OR NOT EXISTS (SELECT 1 FROM drafts d JOIN deliveries v ON v.draft_id = d.id
        WHERE d.incident_id = i.id AND v.state <> 'cancelled' AND v.deleted_at IS NULL))
    ORDER BY i.updated_at DESC`,
  authority_boundary_compliance: `SELECT c.kind, c.id FROM (${crossings}) c, w
    WHERE ${within("c.at")} AND ${visible("c.project_id")} ORDER BY c.at DESC`,
  escalation_pathway_utilization: `SELECT 'draft' AS kind, d.id FROM drafts d, w
    WHERE ${within("d.created_at")} AND d.deleted_at IS NULL AND d.superseded_by_id IS NULL AND NOT d.held
      AND ${visible("d.project_id")} AND d.approval <> 'not_required' AND NOT (${decidedByPathway})
    ORDER BY d.created_at DESC`,
  receipt_completeness: `SELECT 'post' AS kind, v.post_id AS id FROM deliveries v
      LEFT JOIN receipts r ON r.delivery_id = v.id JOIN drafts d ON d.id = v.draft_id, w
    WHERE ${within("v.ended_at")} AND v.state IN ('published', 'failed', 'blocked') AND v.deleted_at IS NULL
      AND ${visible("d.project_id")}
      AND (v.state <> 'published' OR (r.external_id IS NULL AND r.external_url IS NULL))
    ORDER BY v.ended_at DESC`,
} as const;

/** The newest records that a metric of the window misses something of. */
export async function findLacking(
  db: Pick<Database, "pool">,
  projects: Projects,
  span: Span,
  highRiskCategories: readonly string[],
  metricId: keyof typeof lacking,
): Promise<EvidenceRef[]> {
  const values: unknown[] = [[new Date(span.fromMs)], [new Date(span.toMs)], projects];
  if (metricId === "governance_confidence") values.push(highRiskCategories);
  const { rows } = await db.pool.query({
    name: `governance-lacking-${metricId}`,
    text: `WITH ${windows} ${lacking[metricId]} LIMIT ${namedMax}`,
    values,
  });
  return rows.map((row) => ({ kind: text(row.kind), id: text(row.id) }));
}
