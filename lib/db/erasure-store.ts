import { identityOrder } from "./intake-sql";
import type { RetainedTable } from "./retention-due";
import type { Row } from "./rows";
import type { Transaction } from "./transaction";

/** What is to go: ids, and as old as they were found. A row that was touched since is left for another time. */
export type Removal = { ids: readonly string[]; at: readonly Date[]; now: Date };

/** A reporter's own word becomes its hash: equal ones are still found to be equal. */
const hashed = (column: string) =>
  `CASE WHEN ${column} ~ '^[0-9a-f]{16,64}$' THEN ${column}
     ELSE encode(sha256(convert_to(${column}, 'UTF8')), 'hex') END`;
const picked = "unnest($1::text[], $2::timestamptz[]) AS w(id, at)";
const codeOnly = (column: string) =>
  `CASE WHEN jsonb_typeof(${column}) = 'object'
     THEN jsonb_build_object('code', ${column}->'code', 'message', '', 'fields', '{}'::jsonb) END`;

/** Of a receipt's document, besides digests, counts and times: what proves that it was published, once, and where. */
const proofKeys =
  "'{operation,status,destination_id,destination_kind,delivery_id,idempotency_key,approval_id,record_id,external_id}'";

const removals: Record<RetainedTable, string> = {
  occurrences: `
    WITH picked AS (SELECT o.id, o.origin_key IS NULL AND o.reporter->>'kind' <> 'user' AS whole
      FROM occurrences o JOIN ${picked} ON w.id = o.id AND w.at = o.received_at),
    gone AS (DELETE FROM occurrences o USING picked p WHERE o.id = p.id AND p.whole RETURNING o.id),
    emptied AS (UPDATE occurrences o SET sighting = '{}', reporter = o.reporter || '{"name": ""}'
      FROM picked p WHERE o.id = p.id AND NOT p.whole RETURNING o.id)
    SELECT id FROM gone UNION ALL SELECT id FROM emptied`,
  evidence: deletion("evidence_artifacts"),
  quarantine: deletion("log_quarantine"),
  triageArtifacts: deletion("evidence_artifacts"),
  triageRuns: `
    UPDATE triage_runs r SET phases = '[]', summary = NULL, edits = NULL, issue_draft = NULL, gate = NULL, duplicates = NULL,
      last_error = NULL, cancelled_reason = NULL, erased_at = $3
    FROM ${picked} WHERE r.id = w.id AND r.updated_at = w.at AND r.status NOT IN ('queued', 'running') RETURNING r.id`,
  telemetry: deletion("telemetry_records"),
  memory: deletion("memory_records"),
  posts: `
    WITH gone AS (
      UPDATE deliveries r SET body = '', last_reason = ${codeOnly("r.last_reason")}, deleted_reason = CASE WHEN r.deleted_at IS NOT NULL THEN 'Erased' END, erased_at = $3
      FROM ${picked} WHERE r.post_id = w.id AND r.ended_at IS NOT NULL AND GREATEST(r.ended_at, r.updated_at) = w.at
      RETURNING r.id, r.post_id, r.snapshot_id),
    attempts AS (UPDATE delivery_attempts a SET response_excerpt = NULL, reason = ${codeOnly("a.reason")}
      FROM gone WHERE a.delivery_id = gone.id),
    receipts AS (UPDATE receipts p SET external_title = NULL, error = NULL,
        receipt = (SELECT COALESCE(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(p.receipt) e
          WHERE e.key ~ '(_digest|_ms|_count|_code)$' OR e.key = ANY(${proofKeys}::text[]))
      FROM gone WHERE p.delivery_id = gone.id),
    snapshots AS (UPDATE payload_snapshots s SET content = '{}', rendered = '{}' FROM gone WHERE s.id = gone.snapshot_id),
    telemetry AS (DELETE FROM telemetry_records t USING gone WHERE t.delivery_id = gone.id),
    memory AS (DELETE FROM memory_records m USING gone WHERE m.delivery_id = gone.id)
    SELECT post_id AS id FROM gone`,
  drafts: `
    WITH gone AS (
      UPDATE drafts r SET title = '', detail = '', excerpt = '{}', evidence_refs = '{}', event_type = '', source = NULL,
        component = NULL, attributes = '{}', quality_gate = NULL, external_correlation_ids = '{}', route_tags = '{}',
        issue_blocked_reason = NULL, matched_issue_reference = NULL, matched_issue_url = NULL, deleted_reason = CASE WHEN r.deleted_at IS NOT NULL THEN 'Erased' END,
        risk_category = NULL, fingerprint = ${hashed("r.fingerprint")}, erased_at = $3
      FROM ${picked} WHERE r.id = w.id AND r.updated_at = w.at RETURNING r.id),
    revisions AS (DELETE FROM draft_revisions v USING gone WHERE v.draft_id = gone.id),
    approvals AS (UPDATE approvals a SET seen = '{}', ended_diff = NULL, ended_reason = NULL, reason = NULL, basis = '{}',
        because = '[]' FROM gone WHERE a.draft_id = gone.id),
    snapshots AS (UPDATE payload_snapshots s SET content = '{}', rendered = '{}' FROM gone WHERE s.draft_id = gone.id),
    shadows AS (DELETE FROM shadow_decisions s USING gone WHERE s.draft_id = gone.id)
    SELECT id FROM gone`,
  incidents: `
    UPDATE incidents r SET title = '', detail = NULL, excerpt = '{}', evidence_refs = '{}', identity = '[]', event_type = '',
      source = NULL, component = NULL, attributes = '{}', quality_gate = NULL, event_payload = NULL, risk_category = NULL,
      external_correlation_ids = '{}', route_tags = '{}', last_error = NULL, snooze = NULL, mute = NULL, woke = NULL,
      resolution = NULL, deleted_reason = CASE WHEN r.deleted_at IS NOT NULL THEN 'Erased' END, wire_fingerprint = ${hashed("r.wire_fingerprint")}, erased_at = $3
    FROM ${picked} WHERE r.id = w.id AND GREATEST(r.updated_at, r.last_seen_at) = w.at RETURNING r.id`,
  silenceHolds: deletion("silence_holds"),
  shadowDecisions: deletion("shadow_decisions"),
  assessmentReports: deletion("assessment_reports"),
  runs: deletion("retention_runs"),
};

function deletion(table: string): string {
  return `DELETE FROM ${table} WHERE id = ANY($1) RETURNING id`;
}

/** What else stands of incidents and drafts elsewhere: words to search, parts of identities, a merge's draft. */
const afterwards: Partial<Record<RetainedTable, readonly string[]>> = {
  incidents: [
    "DELETE FROM incident_texts WHERE incident_id = ANY($1)",
    "UPDATE incident_rekeys SET identity = '[]' WHERE incident_id = ANY($1)",
    "UPDATE incident_merges SET draft = NULL, reason = NULL WHERE member_id = ANY($1) OR lead_id = ANY($1)",
  ],
  drafts: [
    `UPDATE incident_texts t SET body = incident_search_text(i.id, i.draft_id, i.wire_fingerprint, i.title, i.source,
       i.component, i.event_type, left(i.detail, 1000))
     FROM incidents i JOIN drafts d ON d.incident_id = i.id WHERE t.incident_id = i.id AND d.id = ANY($1)`,
  ],
};

/** Locks incidents in the order that intake does, before any of their drafts: two that meet wait for each other. */
const before: Partial<Record<RetainedTable, string>> = {
  incidents: `SELECT i.id FROM incidents i WHERE i.id = ANY($1) ORDER BY ${identityOrder} FOR UPDATE`,
  drafts: `SELECT i.id FROM incidents i WHERE i.id IN (SELECT d.incident_id FROM drafts d WHERE d.id = ANY($1))
    ORDER BY ${identityOrder} FOR UPDATE`,
};

/** Removes or empties them; the ids that went. Rows that are needed as proof stay, without their text (D-21). */
export async function erase(tx: Transaction, table: RetainedTable, removal: Removal): Promise<string[]> {
  const { ids, at, now } = removal;
  if (ids.length === 0) return [];
  const lock = before[table];
  if (lock) await tx.$queryRawUnsafe(lock, ids);
  const sql = removals[table];
  const values = sql.includes("$3") ? [ids, at, now] : sql.includes("$2") ? [ids, at] : [ids];
  const rows = await tx.$queryRawUnsafe<Row[]>(sql, ...values);
  const gone = rows.map((row) => String(row.id));
  for (const statement of afterwards[table] ?? []) await tx.$executeRawUnsafe(statement, gone);
  return gone;
}
