import { grantJoin, newestDeliveryJoin } from "./record-rows";

/** Every writer locks incidents in this order, or two of them would wait for each other. */
export const identityOrder = `i.scope_key COLLATE "C", i.fingerprint_version, i.fingerprint COLLATE "C"`;

const columns = `scope_key text, fingerprint_version int, fingerprint text, wire_fingerprint text, identity jsonb,
  disposition text, provenance text, held boolean, approval text, project_id text, log_source_id text, source_kind text,
  title text, reported_detail text, detail text, event_type text, source text, component text, level text, repo text,
  workspace_root text, risk_level text, risk_rank int, risk_category text, confidence text, expected_destination text,
  source_approval_policy text, excerpt text[], evidence_refs text[], route_tags text[], allowed_destination_ids text[],
  default_destination_ids text[], external_correlation_ids text[], attributes jsonb, quality_gate jsonb,
  event_payload jsonb, redactions jsonb, occurrence_count int, first_seen_at timestamptz, last_seen_at timestamptz,
  at timestamptz`;

/** Union of two lists, first-seen order, at most 50; the left one untouched when it holds the right one already. */
const union = (left: string, right: string) => `CASE WHEN ${right} <@ ${left} THEN ${left} ELSE
  (${left} || ARRAY(SELECT x FROM unnest(${right}) AS x WHERE x <> ALL (${left})))[1:50] END`;

/** Would a repeat change anything of a record but its counts? The statement's twin of domain/repeat.ts. */
const adds = (own: string, theirs: string) => `(NOT ${theirs}.evidence_refs <@ ${own}.evidence_refs
      OR NOT ${theirs}.external_correlation_ids <@ ${own}.external_correlation_ids
      OR (${own}.component IS NULL AND ${theirs}.component IS NOT NULL)
      OR (${own}.level IS NULL AND ${theirs}.level IS NOT NULL)
      OR ${theirs}.risk_rank > ${own}.risk_rank
      OR (${own}.risk_category IS NULL AND ${theirs}.risk_category IS NOT NULL)
      OR NOT ${own}.attributes ?& ARRAY(SELECT jsonb_object_keys(${theirs}.attributes)))`;

/** What a repeat adds to a record: it fills gaps, may raise the risk (D-08) and overwrites nothing else (case 31). */
const fillGaps = (own: string, theirs: string) => `
  component = COALESCE(${own}.component, ${theirs}.component),
  level = COALESCE(${own}.level, ${theirs}.level),
  risk_category = COALESCE(${own}.risk_category, ${theirs}.risk_category),
  risk_level = CASE WHEN ${theirs}.risk_rank > ${own}.risk_rank THEN ${theirs}.risk_level ELSE ${own}.risk_level END,
  risk_rank = GREATEST(${own}.risk_rank, ${theirs}.risk_rank),
  evidence_refs = ${union(`${own}.evidence_refs`, `${theirs}.evidence_refs`)},
  external_correlation_ids = ${union(`${own}.external_correlation_ids`, `${theirs}.external_correlation_ids`)},
  attributes = ${theirs}.attributes || ${own}.attributes`;

/**
 * Counts move with every sighting; the revision tells those who hold a copy that the content did. An incident whose draft
 * was deleted takes the sighting's own (D-21).
 */
const countSighting = (own: string, theirs: string) => `
  occurrence_count = ${own}.occurrence_count + ${theirs}.occurrence_count,
  own_occurrence_count = ${own}.own_occurrence_count + ${theirs}.occurrence_count,
  last_seen_at = GREATEST(${own}.last_seen_at, ${theirs}.last_seen_at),
  own_last_seen_at = CASE WHEN ${own}.own_occurrence_count IS NOT NULL
    THEN GREATEST(${own}.own_last_seen_at, ${theirs}.last_seen_at) END,
  draft_id = COALESCE(${own}.draft_id, ${theirs}.draft_id),
  revision = ${own}.revision + (${adds(own, theirs)} OR ${own}.draft_id IS DISTINCT FROM
    COALESCE(${own}.draft_id, ${theirs}.draft_id))::int`;

/**
 * Sightings of incidents that were merged, or that have others in them: each counts for its own row (`home`), where its
 * occurrence lies, and for the row that leads it. The rows are locked first and looked at as they are then; what was
 * merged or taken apart meanwhile comes back with no row. A row is updated once, whatever met on it. Arrays, not joins:
 * none of it may read the table when there is no family, as the planner would for a join it thinks large.
 */
const familyCtes = `
locked AS (
  -- By id alone: "deleted_at IS NULL" here would offer the planner the index of all that is live.
  SELECT i.id, i.merged_into_id, i.deleted_at FROM incidents i
  WHERE i.id = ANY(ARRAY(SELECT home_id FROM item WHERE in_family
    UNION SELECT m.merged_into_id FROM incidents m WHERE m.id = ANY(ARRAY(SELECT home_id FROM item WHERE in_family))))
  ORDER BY ${identityOrder} FOR NO KEY UPDATE OF i
),
placed AS (
  SELECT item.position, item.home_id, h.merged_into_id, l.id AS lead_id, item.occurrence_count, item.last_seen_at, item.at
  FROM item JOIN locked h ON item.in_family AND h.id = item.home_id AND h.deleted_at IS NULL
  JOIN locked l ON l.id = COALESCE(h.merged_into_id, h.id) AND l.merged_into_id IS NULL AND l.deleted_at IS NULL
),
homes AS (
  SELECT home_id, sum(occurrence_count)::int AS n, max(last_seen_at) AS seen FROM placed GROUP BY home_id
),
membered AS (
  UPDATE incidents i SET occurrence_count = i.occurrence_count + h.n,
    own_occurrence_count = i.own_occurrence_count + h.n, last_seen_at = GREATEST(i.last_seen_at, h.seen),
    own_last_seen_at = GREATEST(i.own_last_seen_at, h.seen)
  FROM homes h WHERE i.id = h.home_id AND i.id = ANY(ARRAY(SELECT home_id FROM homes))
    AND h.home_id NOT IN (SELECT lead_id FROM placed)
),
leads AS (
  SELECT p.lead_id, sum(p.occurrence_count)::int AS n, max(p.last_seen_at) AS seen, min(p.position) AS first,
    COALESCE(sum(p.occurrence_count) FILTER (WHERE p.home_id = p.lead_id), 0)::int AS own_n,
    max(p.last_seen_at) FILTER (WHERE p.home_id = p.lead_id) AS own_seen
  FROM placed p GROUP BY p.lead_id
),
led AS (
  UPDATE incidents i SET occurrence_count = i.occurrence_count + s.n,
    own_occurrence_count = i.own_occurrence_count + s.own_n, last_seen_at = GREATEST(i.last_seen_at, s.seen),
    own_last_seen_at = GREATEST(i.own_last_seen_at, s.own_seen), draft_id = COALESCE(i.draft_id, item.draft_id),
    revision = i.revision + (${adds("i", "item")} OR (i.draft_id IS NULL AND item.draft_id IS NOT NULL))::int,
    updated_at = item.at, ${fillGaps("i", "item")}
  FROM leads s JOIN item ON item.position = s.first
  WHERE i.id = s.lead_id AND i.id = ANY(ARRAY(SELECT lead_id FROM leads))
  RETURNING i.*
)`;

/**
 * $1 groups, $2 sightings, $3 audit id, $4 now, $5 request id, $6 audit detail, $7 notify channel, $8 answers expire.
 * Groups whose row was merged while this waited for it come back with no row, and nothing of theirs is written.
 * A repeat touches its draft only while nobody decided it and nothing of it was queued: what was approved stays as seen.
 */
export const intakeSql = `
WITH item AS (
  -- Rows of a family have an alias of their own, so that one look-up tells. A flag beside the id: the planner takes
  -- "home_id IS NULL" for rare and would join row by row.
  SELECT t.*, a.incident_id AS home_id, a.incident_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM incidents x WHERE x.id = a.incident_id AND x.deleted_at IS NULL) AS in_family
  FROM jsonb_to_recordset($1::jsonb) AS t(position int, incident_id text, draft_id text, ${columns})
  LEFT JOIN incident_aliases a USING (scope_key, fingerprint_version, fingerprint)
),
${familyCtes},
upserted AS (
  INSERT INTO incidents AS i (id, scope_key, fingerprint_version, fingerprint, wire_fingerprint, identity, disposition,
    provenance, held, project_id, log_source_id, source_kind, title, detail, event_type, source, component, level, repo,
    workspace_root, risk_level, risk_rank, risk_category, confidence, expected_destination, source_approval_policy,
    excerpt, evidence_refs, route_tags, allowed_destination_ids, default_destination_ids, external_correlation_ids,
    attributes, quality_gate, event_payload, redactions, draft_id, occurrence_count, first_seen_at, last_seen_at,
    created_at, updated_at)
  SELECT incident_id, scope_key, fingerprint_version, fingerprint, wire_fingerprint, identity,
    disposition::incident_disposition, provenance::provenance, held, project_id, log_source_id, source_kind, title,
    reported_detail, event_type, source, component, level, repo, workspace_root, risk_level, risk_rank, risk_category,
    confidence, expected_destination, source_approval_policy, excerpt, evidence_refs, route_tags,
    allowed_destination_ids, default_destination_ids, external_correlation_ids, attributes, quality_gate, event_payload,
    redactions, draft_id, occurrence_count, first_seen_at, last_seen_at, at, at
  FROM item WHERE NOT in_family AND (SELECT count(*) FROM locked) >= 0 ORDER BY position
  ON CONFLICT (scope_key, fingerprint_version, fingerprint) WHERE deleted_at IS NULL
  DO UPDATE SET ${countSighting("i", "EXCLUDED")}, updated_at = EXCLUDED.updated_at, ${fillGaps("i", "EXCLUDED")}
  WHERE i.merged_into_id IS NULL
  RETURNING i.*, (xmax = 0) AS inserted
),
resolved AS (
  SELECT item.position AS item_position, u.inserted, u.id, u.id AS home_id, u.draft_id, to_jsonb(u.*) AS incident
  FROM upserted u JOIN item ON NOT item.in_family AND item.scope_key = u.scope_key
    AND item.fingerprint_version = u.fingerprint_version AND item.fingerprint = u.fingerprint
  UNION ALL
  SELECT p.position, false, l.id, p.home_id, l.draft_id, to_jsonb(l.*) FROM led l JOIN placed p ON p.lead_id = l.id
),
drafted AS (
  INSERT INTO drafts (id, incident_id, fingerprint, approval, held, provenance, title, detail, event_type, source,
    component, level, repo, project_id, log_source_id, source_kind, risk_level, risk_rank, risk_category, confidence,
    expected_destination, source_approval_policy, evidence_refs, excerpt, route_tags, allowed_destination_ids,
    default_destination_ids, external_correlation_ids, attributes, quality_gate, redactions, created_at, updated_at)
  SELECT item.draft_id, r.id, item.wire_fingerprint, item.approval::approval_facet, item.held,
    item.provenance::provenance, item.title, item.detail, item.event_type, item.source, item.component, item.level,
    item.repo, item.project_id, item.log_source_id, item.source_kind, item.risk_level, item.risk_rank,
    item.risk_category, item.confidence, item.expected_destination, item.source_approval_policy, item.evidence_refs,
    item.excerpt, item.route_tags, item.allowed_destination_ids, item.default_destination_ids,
    item.external_correlation_ids, item.attributes, item.quality_gate, item.redactions, item.at, item.at
  FROM item JOIN resolved r ON r.item_position = item.position
  WHERE r.draft_id = item.draft_id
  RETURNING *, xmin::text AS row_version
),
filled AS (
  UPDATE drafts d SET updated_at = item.at, ${fillGaps("d", "item")},
    approval = CASE WHEN item.approval = 'required' THEN 'required'::approval_facet ELSE d.approval END
  FROM item JOIN resolved r ON r.item_position = item.position
  WHERE NOT r.inserted AND d.id = r.draft_id AND d.approval IN ('required', 'not_required')
    AND (${adds("d", "item")} OR (item.approval = 'required' AND d.approval = 'not_required'))
    AND NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id)
  RETURNING d.*, d.xmin::text AS row_version
),
sighting AS (
  SELECT s.*, r.id AS incident_id, r.home_id, r.draft_id, r.inserted
  FROM jsonb_to_recordset($2::jsonb) AS s(position int, occurrence_id text, received_at timestamptz,
    occurred_at timestamptz, provenance text, reporter jsonb, project_id text, log_source_id text, sighting jsonb,
    origin_key text, answer_scope text, answer_key text, request_hash text, first boolean)
  JOIN resolved r ON r.item_position = s.position
),
occurred AS (
  INSERT INTO occurrences (id, incident_id, received_at, occurred_at, provenance, reporter, project_id, log_source_id,
    sighting, origin_key)
  SELECT occurrence_id, home_id, received_at, occurred_at, provenance::provenance, reporter, project_id,
    log_source_id, sighting, origin_key FROM sighting
),
answered AS (
  INSERT INTO intake_answers (scope, key, request_hash, outcome, created_at, expires_at)
  SELECT answer_scope, answer_key, request_hash,
    jsonb_build_object('incidentId', incident_id, 'draftId', draft_id, 'inserted', inserted AND first), $4::timestamptz,
    $8::timestamptz
  FROM sighting WHERE answer_key IS NOT NULL
),
audited AS (
  INSERT INTO audit_entries (id, at, actor, actor_key, action, outcome, subject_kind, subject_id, request_id, detail)
  VALUES ($3, $4::timestamptz, '{"kind":"system","id":"intake","name":"intake"}', 'system:intake',
    'incident_monitor.intake.batch', 'done', 'intake', $3, $5, $6::jsonb)
  RETURNING pg_notify($7, '{"topic":"intake","id":"' || id || '"}')
)
SELECT w.item_position AS position, w.inserted, w.incident,
  CASE WHEN n.id IS NOT NULL THEN to_jsonb(n.*)
       WHEN f.id IS NOT NULL THEN to_jsonb(f.*) || COALESCE(to_jsonb(x.*), '{}')
       WHEN d.id IS NOT NULL THEN to_jsonb(d.*) || COALESCE(to_jsonb(x.*), '{}') END AS draft,
  COALESCE(n.row_version, f.row_version, d.xmin::text) AS draft_version
FROM resolved w
LEFT JOIN drafted n ON n.id = w.draft_id
LEFT JOIN filled f ON f.id = w.draft_id
LEFT JOIN drafts d ON d.id = w.draft_id AND NOT w.inserted
LEFT JOIN LATERAL (SELECT nd.*, ga.* FROM (SELECT 1) one ${newestDeliveryJoin} ${grantJoin}) x ON d.id IS NOT NULL`;

/** Records as intakeSql gives them, as they are now. $1 incident ids. */
export const recordsSql = `
SELECT to_jsonb(i.*) AS incident, d.xmin::text AS draft_version,
  CASE WHEN d.id IS NOT NULL THEN to_jsonb(d.*) || COALESCE(to_jsonb(nd.*), '{}') || COALESCE(to_jsonb(ga.*), '{}')
  END AS draft
FROM incidents i LEFT JOIN drafts d ON d.id = i.draft_id ${newestDeliveryJoin} ${grantJoin} WHERE i.id = ANY($1)`;
