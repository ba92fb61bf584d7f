import { grantJoin, newestDeliveryJoin } from "./record-rows";

/**
 * Counts repeats that add nothing to records the caller knows, touching only what moves with every sighting.
 * $1 incidents in lock order, $2 sightings, $3 now, $4 audit id, $5 request id, $6 audit detail, $7 notify channel,
 * $8 answers expire. Incidents that are no longer live, or whose draft was deleted, come back with no row, and nothing of
 * theirs is written.
 */
export const repeatSql = `
WITH item AS (
  SELECT * FROM json_to_recordset($1::json) AS t(position int, incident_id text, sightings int, seen timestamptz,
    provenance text, project_id text, log_source_id text)
),
locked AS (
  SELECT item.*, i.id FROM item JOIN incidents i ON i.id = item.incident_id
  WHERE i.deleted_at IS NULL AND i.merged_into_id IS NULL
    AND (i.draft_id IS NOT NULL OR i.disposition = 'quality_gate_blocked')
  ORDER BY item.position FOR NO KEY UPDATE OF i
),
touched AS (
  UPDATE incidents i SET occurrence_count = i.occurrence_count + l.sightings,
    own_occurrence_count = i.own_occurrence_count + l.sightings, last_seen_at = GREATEST(i.last_seen_at, l.seen),
    own_last_seen_at = CASE WHEN i.own_occurrence_count IS NOT NULL THEN GREATEST(i.own_last_seen_at, l.seen) END,
    updated_at = $3::timestamptz
  FROM locked l WHERE i.id = l.id
  RETURNING l.*, i.draft_id, i.revision, i.held, i.last_error, i.occurrence_count, i.first_seen_at, i.last_seen_at
),
sighting AS (
  SELECT s.*, t.id, t.draft_id, t.provenance, t.project_id, t.log_source_id
  FROM json_to_recordset($2::json) AS s(position int, occurrence_id text, received_at timestamptz,
    occurred_at timestamptz, reporter jsonb, sighting jsonb, origin_key text, answer_scope text, answer_key text,
    request_hash text)
  JOIN touched t ON t.position = s.position
),
occurred AS (
  INSERT INTO occurrences (id, incident_id, received_at, occurred_at, provenance, reporter, project_id, log_source_id,
    sighting, origin_key)
  SELECT occurrence_id, id, received_at, occurred_at, provenance::provenance, reporter, project_id, log_source_id,
    sighting, origin_key FROM sighting
),
answered AS (
  INSERT INTO intake_answers (scope, key, request_hash, outcome, created_at, expires_at)
  SELECT answer_scope, answer_key, request_hash,
    jsonb_build_object('incidentId', id, 'draftId', draft_id, 'inserted', false), $3::timestamptz, $8::timestamptz
  FROM sighting WHERE answer_key IS NOT NULL
),
audited AS (
  INSERT INTO audit_entries (id, at, actor, actor_key, action, outcome, subject_kind, subject_id, request_id, detail)
  SELECT $4, $3::timestamptz, '{"kind":"system","id":"intake","name":"intake"}', 'system:intake',
    'incident_monitor.intake.batch', 'done', 'intake', $4, $5,
    $6::jsonb || jsonb_build_object('accepted', (SELECT count(*) FROM sighting), 'incidents', count(*))
  FROM touched HAVING count(*) > 0
  RETURNING pg_notify($7, '{"topic":"intake","id":"' || id || '"}')
)
SELECT t.position, t.revision, t.held, t.last_error, t.occurrence_count,
  (extract(epoch FROM t.first_seen_at) * 1000)::float8 AS first_seen_ms,
  (extract(epoch FROM t.last_seen_at) * 1000)::float8 AS last_seen_ms,
  d.xmin::text AS draft_version, x.*
FROM touched t LEFT JOIN drafts d ON d.id = t.draft_id
LEFT JOIN LATERAL (SELECT nd.*, ga.* FROM (SELECT 1) one ${newestDeliveryJoin} ${grantJoin}) x ON d.id IS NOT NULL`;
