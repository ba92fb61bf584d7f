import type { RetentionPlan, RetentionSpan } from "@/lib/domain/retention";
import type { RetentionKind } from "@/lib/domain/retention-profile";

/** Places that hold what retention takes; several may be of one kind. */
export const retainedTables = [
  "occurrences",
  "evidence",
  "quarantine",
  "triageArtifacts",
  "triageRuns",
  "telemetry",
  "memory",
  "posts",
  "drafts",
  "incidents",
  "silenceHolds",
  "shadowDecisions",
  "assessmentReports",
  "runs",
] as const;
export type RetainedTable = (typeof retainedTables)[number];

type Place = {
  kind: RetentionKind;
  from: string;
  id: string;
  project: string;
  source: string;
  /** The incident it belongs to; `NULL` for none. */
  incident: string;
  /** Since when nothing was done to it. */
  at: string;
  /** What may go at all: ended, and not yet gone. `hidden` stands for "out of sight already, where hiding is all". */
  when: string;
  /** Of records that can be hidden: what is still in sight. Absent where there is nothing to hide. */
  inSight?: string;
  /** Bytes of text that removing it frees, about. */
  bytes: string;
  /** A span that the row has for itself, before its profile's. */
  own?: string;
};

const bytesOf = (...columns: string[]) =>
  columns.map((column) => `COALESCE(pg_column_size(${column}), 0)`).join(" + ");
const ofDraft = { project: "d.project_id", source: "d.log_source_id" };
const ofIncident = { project: "i.project_id", source: "i.log_source_id" };
const underWay = "('due', 'sending', 'retrying', 'ambiguous')";
const notBeingSent = (incident: string) =>
  `NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.incident_id = ${incident} AND v.state IN ${underWay})`;

/** Where everything is that retention knows of. One table: the job, the preview and the erasures read the same. */
export const places: Record<RetainedTable, Place> = {
  occurrences: {
    ...{ kind: "reports", from: "occurrences r", id: "r.id", incident: "r.incident_id", at: "r.received_at" },
    ...{ project: "r.project_id", source: "r.log_source_id" },
    // Of a line or an event that was counted the row stays, without its text: it is never counted again.
    when: "r.sighting <> '{}'::jsonb OR (r.origin_key IS NULL AND r.reporter->>'kind' <> 'user')",
    bytes: bytesOf("r.sighting", "r.reporter"),
  },
  evidence: {
    ...{ kind: "evidence", from: "evidence_artifacts r LEFT JOIN incidents i ON i.id = r.incident_id" },
    ...{ id: "r.id", incident: "r.incident_id", at: "r.created_at", ...ofIncident },
    ...{ when: "r.triage_run_id IS NULL", bytes: bytesOf("r.content"), own: "r.expires_at" },
  },
  quarantine: {
    ...{ kind: "evidence", from: "log_quarantine r", id: "r.id", incident: "NULL::text", at: "r.created_at" },
    ...{ project: "r.project_id", source: "r.source_id", when: "true" },
    bytes: bytesOf("r.excerpt", "r.detail"),
  },
  triageArtifacts: {
    ...{ kind: "triage", from: "evidence_artifacts r LEFT JOIN incidents i ON i.id = r.incident_id" },
    ...{ id: "r.id", incident: "r.incident_id", at: "r.created_at", ...ofIncident },
    ...{ when: "r.triage_run_id IS NOT NULL", bytes: bytesOf("r.content") },
  },
  triageRuns: {
    ...{ kind: "triage", from: "triage_runs r JOIN drafts d ON d.id = r.draft_id", id: "r.id", ...ofDraft },
    ...{ incident: "d.incident_id", at: "r.updated_at" },
    when: "r.erased_at IS NULL AND r.status NOT IN ('queued', 'running')",
    bytes: bytesOf("r.phases", "r.summary", "r.edits", "r.issue_draft", "r.gate", "r.duplicates"),
  },
  telemetry: {
    kind: "receipts",
    from: `telemetry_records r LEFT JOIN deliveries v ON v.id = r.delivery_id LEFT JOIN drafts d ON d.id = v.draft_id`,
    ...{ id: "r.id", incident: "v.incident_id", at: "r.created_at", ...ofDraft, when: "true" },
    ...{ bytes: bytesOf("r.record"), own: "local" },
  },
  memory: {
    kind: "receipts",
    from: `memory_records r LEFT JOIN deliveries v ON v.id = r.delivery_id LEFT JOIN drafts d ON d.id = v.draft_id`,
    ...{ id: "r.id", incident: "v.incident_id", at: "r.created_at", ...ofDraft, when: "true" },
    ...{ bytes: bytesOf("r.summary", "r.facts"), own: "local" },
  },
  posts: {
    ...{ kind: "receipts", from: "deliveries r JOIN drafts d ON d.id = r.draft_id", id: "r.post_id" },
    ...{ incident: "r.incident_id", at: "GREATEST(r.ended_at, r.updated_at)", ...ofDraft },
    when: "r.erased_at IS NULL AND r.ended_at IS NOT NULL AND r.state IN ('published', 'failed', 'blocked', 'cancelled')",
    ...{ inSight: "r.deleted_at IS NULL", bytes: bytesOf("r.body") },
  },
  drafts: {
    ...{ kind: "drafts", from: "drafts r", id: "r.id", incident: "r.incident_id", at: "r.updated_at" },
    ...{ project: "r.project_id", source: "r.log_source_id" },
    when: `r.erased_at IS NULL AND ${notBeingSent("r.incident_id")}
      AND NOT EXISTS (SELECT 1 FROM triage_runs t WHERE t.draft_id = r.id AND t.status IN ('queued', 'running'))`,
    ...{
      inSight: "r.deleted_at IS NULL",
      bytes: bytesOf("r.title", "r.detail", "r.excerpt", "r.attributes"),
    },
  },
  incidents: {
    ...{ kind: "incidents", from: "incidents r", id: "r.id", incident: "r.id" },
    ...{ project: "r.project_id", source: "r.log_source_id", at: "GREATEST(r.updated_at, r.last_seen_at)" },
    when: `r.erased_at IS NULL AND ${notBeingSent("r.id")}`,
    inSight: "r.deleted_at IS NULL",
    bytes: bytesOf("r.title", "r.detail", "r.excerpt", "r.attributes", "r.event_payload"),
  },
  silenceHolds: {
    ...{ kind: "runs", from: "silence_holds r", id: "r.id", incident: "r.incident_id", at: "r.released_at" },
    ...{ project: "r.project_id", source: "NULL::text", when: "r.released_at IS NOT NULL", bytes: "0" },
  },
  shadowDecisions: {
    ...{ kind: "runs", from: "shadow_decisions r", id: "r.id", incident: "r.incident_id", at: "r.at" },
    ...{ project: "r.project_id", source: "NULL::text", when: "true", bytes: "0" },
  },
  assessmentReports: {
    ...{ kind: "runs", from: "assessment_reports r", id: "r.id", incident: "NULL::text", at: "r.created_at" },
    project: "CASE WHEN cardinality(r.project_ids) = 1 THEN r.project_ids[1] END",
    ...{ source: "NULL::text", when: "true", bytes: bytesOf("r.document") },
  },
  runs: {
    ...{ kind: "runs", from: "retention_runs r", id: "r.id", incident: "NULL::text", at: "r.ended_at" },
    ...{ project: "NULL::text", source: "NULL::text", when: "r.ended_at IS NOT NULL", bytes: "0" },
  },
};

/** Holds in force, and the incidents that those of incidents cover: itself, its lead, and what was merged into it. */
export const holdParts = `
  holds AS MATERIALIZED (SELECT * FROM retention_holds WHERE released_at IS NULL),
  held_incidents AS MATERIALIZED (
    SELECT incident_id AS id FROM holds WHERE scope = 'incident' AND incident_id IS NOT NULL
    UNION SELECT i.merged_into_id FROM incidents i JOIN holds h ON h.scope = 'incident' AND h.incident_id = i.id
      WHERE i.merged_into_id IS NOT NULL
    UNION SELECT i.id FROM incidents i JOIN holds h ON h.scope = 'incident' AND h.incident_id = i.merged_into_id)`;

/** Is a row with these columns held? Needs `holdParts` before it. */
export const heldBy = (project: string, source: string, incident: string) =>
  `(EXISTS (SELECT 1 FROM holds WHERE scope = 'all')
    OR COALESCE(${incident} IN (SELECT id FROM held_incidents), false)
    OR COALESCE(${project} IN (SELECT project_id FROM holds WHERE scope = 'project'), false)
    OR COALESCE((${project}, ${source}) IN (SELECT project_id, source_id FROM holds WHERE scope = 'source'), false))`;

export type DueQuery = { text: string; values: unknown[] };

/**
 * A query whose `due` has a row for each thing that is over its span: id, project, source, incident, at, mode, bytes, held.
 * Add what to select of it. Parameters $1 to $3 are taken. Null when no span of the kind is set.
 *
 * @param sinceMs the last time that a whole run ended under the same rules: what never changes once it is written was
 * looked at then, so only what has grown old since is looked for.
 * @param ids of these alone; they are $4 then.
 */
export function dueQuery(
  table: RetainedTable,
  plan: RetentionPlan,
  { sinceMs, ids }: { sinceMs: number | null; ids?: readonly string[] } = { sinceMs: null },
): DueQuery | null {
  const place = places[table];
  const spans = plan.spans[place.kind];
  const locals = place.own === "local" ? plan.localBeforeMs : [];
  const cutoffs = [...spans, ...locals].flatMap(({ beforeMs }) => (beforeMs === null ? [] : [beforeMs]));
  if (cutoffs.length === 0 && place.own !== "r.expires_at") return null;
  const newest = new Date(cutoffs.length > 0 ? Math.max(...cutoffs) : 0);
  const expired =
    place.own === "r.expires_at" ? `OR ${place.own} <= '${new Date(plan.nowMs).toISOString()}'` : "";
  const windows =
    table === "occurrences" && sinceMs !== null ? windowsOf(cutoffs, plan.nowMs - sinceMs) : "true";
  const destination = place.own === "local" ? "r.destination_id" : "NULL::text";
  const expires = place.own === "r.expires_at" ? place.own : "NULL::timestamptz";
  const text = `
    WITH spans AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(project text, source text, mode text, before timestamptz)),
    locals AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($2::jsonb) AS t(destination text, before timestamptz)),
    ${holdParts},
    found AS (
      SELECT ${place.id} AS id, ${place.project} AS project, ${place.source} AS source, ${place.incident} AS incident,
        ${place.at} AS at, ${place.inSight ?? "true"} AS in_sight, ${destination} AS destination, ${expires} AS expires_at,
        ${place.bytes} AS bytes
      FROM ${place.from} WHERE (${place.at} < $3 ${expired}) AND (${windows})
        AND (${place.when})${ids ? ` AND ${place.id} = ANY($4)` : ""}),
    judged AS (
      SELECT f.*, CASE WHEN s.project IS NOT NULL THEN s.mode WHEN p.project IS NOT NULL THEN p.mode ELSE d.mode END AS mode,
        CASE WHEN l.destination IS NOT NULL THEN l.before WHEN s.project IS NOT NULL THEN s.before
          WHEN p.project IS NOT NULL THEN p.before ELSE d.before END AS before
      FROM found f CROSS JOIN (SELECT mode, before FROM spans WHERE project = '') d
      LEFT JOIN spans s ON s.project = f.project AND s.source = f.source AND s.source <> ''
      LEFT JOIN spans p ON p.project = f.project AND p.project <> '' AND p.source = ''
      LEFT JOIN locals l ON l.destination = f.destination),
    due AS (
      SELECT id, project, source, incident, at, mode, bytes, ${heldBy("project", "source", "incident")} AS held
      FROM judged WHERE (at < before OR expires_at <= '${new Date(plan.nowMs).toISOString()}')
        AND (mode = 'delete' OR in_sight))`;
  const values = [JSON.stringify(spans.map(spanRow)), JSON.stringify(locals.map(localRow)), newest];
  return { text, values: ids ? [...values, ids] : values };
}

/** Between each cutoff and where it stood then, and an hour more: ranges of an index instead of all that is kept. */
function windowsOf(cutoffs: readonly number[], elapsedMs: number): string {
  const iso = (ms: number) => `'${new Date(ms).toISOString()}'`;
  return [...new Set(cutoffs)]
    .map((at) => `r.received_at >= ${iso(at - elapsedMs - 3_600_000)} AND r.received_at < ${iso(at)}`)
    .join(" OR ");
}

const spanRow = ({ projectId, sourceId, mode, beforeMs }: RetentionSpan) => ({
  ...{ project: projectId ?? "", source: sourceId ?? "", mode },
  before: beforeMs === null ? null : new Date(beforeMs).toISOString(),
});
const localRow = (row: RetentionPlan["localBeforeMs"][number]) => ({
  destination: row.destinationId,
  before: new Date(row.beforeMs).toISOString(),
});
