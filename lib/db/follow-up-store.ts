import type { Database } from "./client";
import { count, ms, type Row, text } from "./rows";
import { quiet } from "./status-conditions";
import type { Transaction } from "./transaction";

/** An issue whose failure went on after it was last told. */
export type RecurredIssue = {
  /** The newest delivery that told of it; its snapshot holds the text for recurrences. */
  deliveryId: string;
  draftId: string;
  incidentId: string;
  destinationId: string;
  issueExternalId: string;
  toldCount: number;
  /** Sightings since it was told. */
  newCount: number;
  lastSeenAtMs: number;
};

/**
 * Issues that are due a word: seen again since the last one, long enough ago ($2 by how often they were told), with nothing
 * on its way there and no draft that waits for a decision about the same failure.
 */
const recurredSql = `
WITH told AS (
  SELECT DISTINCT ON (v.incident_id, v.destination_id, v.target_ref) v.id, v.draft_id, v.incident_id, v.destination_id,
    v.issue_external_id, v.state, v.ended_at, v.target_ref
  FROM deliveries v JOIN incidents i ON i.id = v.incident_id
  WHERE v.issue_external_id IS NOT NULL AND v.deleted_at IS NULL AND v.state NOT IN ('failed', 'blocked', 'cancelled')
    AND i.deleted_at IS NULL AND i.merged_into_id IS NULL AND NOT i.held AND NOT (${quiet("i")}) AND i.draft_id = v.draft_id
  ORDER BY v.incident_id, v.destination_id, v.target_ref, v.created_at DESC
),
counted AS (
  SELECT told.*, (SELECT count(*) FROM deliveries f WHERE f.incident_id = told.incident_id
    AND f.destination_id = told.destination_id AND f.issue_external_id = told.issue_external_id
    AND f.follow_up_of_id IS NOT NULL AND f.state = 'published')::int AS told_count
  FROM told WHERE told.state = 'published'
)
SELECT c.id, c.draft_id, c.incident_id, c.destination_id, c.issue_external_id, c.told_count, i.last_seen_at,
  (SELECT count(*) FROM occurrences o
    WHERE o.incident_id IN (SELECT x.id FROM incidents x WHERE c.incident_id IN (x.id, x.merged_into_id))
      AND o.received_at > c.ended_at)::int AS new_count
FROM counted c JOIN incidents i ON i.id = c.incident_id
WHERE i.last_seen_at > c.ended_at AND c.id <> ALL($4::text[])
  AND c.ended_at <= $1::timestamptz - make_interval(secs =>
    ($2::float8[])[LEAST(c.told_count, cardinality($2::float8[]) - 1) + 1] / 1000)
ORDER BY c.ended_at, c.id LIMIT $3`;

export async function findRecurredIssues(
  db: Database,
  /** `except`: deliveries whose issues were looked at and left a moment ago. */
  wanted: { nowMs: number; intervalsMs: readonly number[]; limit: number; except: readonly string[] },
): Promise<RecurredIssue[]> {
  const { rows } = await db.pool.query(recurredSql, [
    new Date(wanted.nowMs),
    wanted.intervalsMs,
    wanted.limit,
    wanted.except,
  ]);
  return rows.map((row: Row) => ({
    deliveryId: text(row.id),
    draftId: text(row.draft_id),
    incidentId: text(row.incident_id),
    destinationId: text(row.destination_id),
    issueExternalId: text(row.issue_external_id),
    toldCount: count(row.told_count),
    newCount: count(row.new_count),
    lastSeenAtMs: ms(row.last_seen_at),
  }));
}

export type NewRegression = {
  draftId: string;
  regressionOfId: string;
  approval: "required" | "not_required";
  matched: { number: number | null; reference: string; url: string | null };
  at: Date;
};

/**
 * A new draft of the same incident, with the old one's content, that says which closed issue it is a regression of; the
 * incident's sightings go to it from now on. Only while the old one is still the incident's: two sweeps open one.
 * Returns whether it was opened.
 */
export async function insertRegression(tx: Transaction, regression: NewRegression): Promise<boolean> {
  const { draftId, regressionOfId, approval, matched, at } = regression;
  const moved = await tx.$executeRaw`
    UPDATE incidents i SET draft_id = ${draftId}, revision = i.revision + 1, updated_at = ${at}
    FROM drafts d WHERE d.id = ${regressionOfId} AND i.id = d.incident_id AND i.draft_id = d.id
      AND i.deleted_at IS NULL AND d.deleted_at IS NULL`;
  if (moved === 0) return false;
  await tx.$executeRaw`
    INSERT INTO drafts (id, incident_id, fingerprint, approval, held, provenance, title, detail, event_type, source,
      component, level, repo, project_id, log_source_id, source_kind, risk_level, risk_rank, risk_category, confidence,
      expected_destination, source_approval_policy, evidence_refs, excerpt, route_tags, allowed_destination_ids,
      default_destination_ids, external_correlation_ids, attributes, quality_gate, redactions, regression_of_id,
      matched_issue_number, matched_issue_state, matched_issue_reference, matched_issue_url, created_at, updated_at)
    SELECT ${draftId}, incident_id, fingerprint, ${approval}::approval_facet, held, provenance, title, detail, event_type,
      source, component, level, repo, project_id, log_source_id, source_kind, risk_level, risk_rank, risk_category,
      confidence, expected_destination, source_approval_policy, evidence_refs, excerpt, route_tags,
      allowed_destination_ids, default_destination_ids, external_correlation_ids, attributes, quality_gate, redactions, id,
      ${matched.number}::int, 'closed', ${matched.reference}, ${matched.url}, ${at}, ${at}
    FROM drafts WHERE id = ${regressionOfId}`;
  return true;
}
