import type { DraftContent } from "@/lib/domain/draft";
import type { Database } from "./client";
import { json, list, ms, type Row, text, textOrAbsent, textOrNull } from "./rows";

/** As much of a draft as routing and silences look at, without the joins and texts of the whole record. */
export type RoutedDraft = {
  draftId: string;
  incidentId: string;
  createdAtMs: number;
  provenance: string;
  content: RoutedDraftContent;
};

export type RoutedDraftContent = Pick<
  DraftContent,
  | "title"
  | "repo"
  | "level"
  | "eventType"
  | "source"
  | "component"
  | "riskLevel"
  | "riskCategory"
  | "confidence"
  | "expectedDestination"
  | "projectId"
  | "logSourceId"
  | "sourceKind"
  | "routeTags"
  | "allowedDestinationIds"
  | "defaultDestinationIds"
  | "sourceApprovalPolicy"
  | "attributes"
>;

const columns = `d.id, d.incident_id, d.created_at, d.provenance, d.title, d.repo, d.level, d.event_type, d.source, d.component,
  d.risk_level, d.risk_category, d.confidence, d.expected_destination, d.project_id, d.log_source_id, d.source_kind,
  d.route_tags, d.allowed_destination_ids, d.default_destination_ids, d.source_approval_policy, d.attributes`;

export async function findRoutedDrafts(db: Database, draftIds: readonly string[]): Promise<RoutedDraft[]> {
  const { rows } = await db.pool.query({
    name: "routed-drafts",
    text: `SELECT ${columns} FROM drafts d WHERE d.id = ANY($1)`,
    values: [draftIds],
  });
  return rows.map(routedDraftFromRow);
}

/** Where a walk over drafts stands: by creation and id, oldest first. */
export type DraftPlace = { createdAtMs: number; draftId: string };

/** The next drafts from which something may still leave: not denied, not deleted, nothing of them sent yet. */
export async function readOpenDraftsAfter(
  db: Database,
  after: DraftPlace,
  limit: number,
): Promise<RoutedDraft[]> {
  const { rows } = await db.pool.query({
    name: "open-drafts-after",
    text: `SELECT ${columns} FROM drafts d
      WHERE (d.created_at, d.id) > ($1, $2) AND d.deleted_at IS NULL AND d.approval <> 'denied'
        AND NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id AND v.state = 'published')
      ORDER BY d.created_at, d.id LIMIT $3`,
    values: [new Date(after.createdAtMs), after.draftId, limit],
  });
  return rows.map(routedDraftFromRow);
}

/** The next drafts, whatever became of them. */
export async function readDraftsAfter(
  db: Database,
  after: DraftPlace,
  limit: number,
): Promise<RoutedDraft[]> {
  const { rows } = await db.pool.query({
    name: "drafts-after",
    text: `SELECT ${columns} FROM drafts d WHERE (d.created_at, d.id) > ($1, $2) AND d.deleted_at IS NULL
      ORDER BY d.created_at, d.id LIMIT $3`,
    values: [new Date(after.createdAtMs), after.draftId, limit],
  });
  return rows.map(routedDraftFromRow);
}

/** An incident with the routed part of its newest draft, and where it stands in the order of the walk. */
export type RoutedIncident = {
  incidentId: string;
  updatedAtMs: number;
  occurrenceCount: number;
  draft: RoutedDraft;
};

export type RoutedIncidentSpan = { sinceMs: number; untilMs: number };

/**
 * One page of the incidents that changed within the span, newest first, each with its newest draft. Incidents that never had
 * one (the quality gate stopped them) are not routed and not here.
 */
export async function readRoutedIncidents(
  db: Database,
  { sinceMs, untilMs }: RoutedIncidentSpan,
  before: { updatedAtMs: number; incidentId: string } | null,
  limit: number,
): Promise<RoutedIncident[]> {
  const { rows } = await db.pool.query({
    name: "routed-incidents",
    text: `SELECT ${columns}, i.updated_at AS i_updated_at, i.occurrence_count AS i_occurrence_count
      FROM incidents i JOIN drafts d ON d.id = i.draft_id
      WHERE i.updated_at >= $1 AND i.updated_at <= $2 AND (i.updated_at, i.id) < ($2, $3)
        AND i.deleted_at IS NULL AND i.merged_into_id IS NULL AND d.deleted_at IS NULL
      ORDER BY i.updated_at DESC, i.id DESC LIMIT $4`,
    // No id comes before the empty one: at first this is everything before the end of the span.
    values: [new Date(sinceMs), new Date(before?.updatedAtMs ?? untilMs), before?.incidentId ?? "", limit],
  });
  return rows.map((row) => ({
    incidentId: text(row.incident_id),
    updatedAtMs: ms(row.i_updated_at),
    occurrenceCount: Number(row.i_occurrence_count),
    draft: routedDraftFromRow(row),
  }));
}

/** How many there are in the span, at most `cap`. */
export async function countRoutedIncidents(
  db: Database,
  { sinceMs, untilMs }: RoutedIncidentSpan,
  cap: number,
): Promise<number> {
  const { rows } = await db.pool.query({
    name: "count-routed-incidents",
    text: `SELECT count(*)::int AS count FROM (
        SELECT 1 FROM incidents i JOIN drafts d ON d.id = i.draft_id
        WHERE i.updated_at >= $1 AND i.updated_at < $2 AND i.deleted_at IS NULL AND i.merged_into_id IS NULL
          AND d.deleted_at IS NULL LIMIT $3) capped`,
    values: [new Date(sinceMs), new Date(untilMs), cap],
  });
  return Number(rows[0]?.count ?? 0);
}

function routedDraftFromRow(row: Row): RoutedDraft {
  return {
    draftId: text(row.id),
    incidentId: text(row.incident_id),
    createdAtMs: ms(row.created_at),
    provenance: text(row.provenance),
    content: {
      title: text(row.title),
      repo: text(row.repo),
      level: textOrAbsent(row.level),
      eventType: text(row.event_type),
      source: textOrAbsent(row.source),
      component: textOrAbsent(row.component),
      riskLevel: text(row.risk_level),
      riskCategory: textOrAbsent(row.risk_category),
      confidence: text(row.confidence),
      expectedDestination: text(row.expected_destination),
      projectId: textOrNull(row.project_id),
      logSourceId: textOrNull(row.log_source_id),
      sourceKind: textOrNull(row.source_kind),
      routeTags: list(row.route_tags),
      allowedDestinationIds: list(row.allowed_destination_ids),
      defaultDestinationIds: list(row.default_destination_ids),
      sourceApprovalPolicy: textOrNull(row.source_approval_policy),
      attributes: json(row.attributes),
    },
  };
}
