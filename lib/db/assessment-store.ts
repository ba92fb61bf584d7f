import type { ActorRef } from "@/lib/domain/actor";
import type {
  AssessedIncident,
  AssessedReceipt,
  AssessmentEvidence,
  KeptAssessment,
} from "@/lib/domain/assessment";
import type { DestinationKind } from "@/lib/domain/config";
import type { DraftFacets } from "@/lib/domain/draft-status";
import { type IncidentDisposition, incidentStatus } from "@/lib/domain/incident-status";
import type { ListedEntry } from "./audit-entry-store";
import { ledgerColumns, sealedEntryFromRow } from "./audit-ledger-rows";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { newestDelivery, newestDeliveryJoin } from "./record-rows";
import { count, json, list, ms, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** null bounds are open; a record of the very millisecond of a bound belongs to it. */
export type AssessedSpan = { fromMs: number | null; toMs: number | null };
/** null: every project and records of none. */
type Projects = readonly string[] | null;

const between = (column: string) =>
  `($1::timestamptz IS NULL OR ${column} >= $1) AND ($2::timestamptz IS NULL OR ${column} <= $2)`;
const ofProjects = (column: string) => `($3::text[] IS NULL OR ${column} = ANY($3))`;
const values = ({ fromMs, toMs }: AssessedSpan, projects: Projects) => [
  fromMs === null ? null : new Date(fromMs),
  toMs === null ? null : new Date(toMs),
  projects,
];

const ofIncidents = `FROM incidents i WHERE i.deleted_at IS NULL AND i.merged_into_id IS NULL
  AND ${between("i.updated_at")} AND ${ofProjects("i.project_id")} AND ($4::text IS NULL OR i.source_kind = $4)`;

/** Incidents that last changed in the span: how many of each kind of source, all of them, and the newest. */
export async function readAssessedIncidents(
  db: Pick<Database, "pool">,
  span: AssessedSpan,
  projects: Projects,
  { sourceKind, limit }: { sourceKind: string | null; limit: number },
): Promise<AssessmentEvidence["incidents"]> {
  const given = [...values(span, projects), sourceKind];
  const [counted, listed] = await Promise.all([
    db.pool.query({
      name: "assessment-incident-counts",
      text: `SELECT COALESCE(i.source_kind, '') AS kind, count(*) AS count ${ofIncidents} GROUP BY 1 ORDER BY 1`,
      values: given,
    }),
    db.pool.query({
      name: "assessment-incidents",
      text: `WITH newest AS MATERIALIZED (SELECT i.id, i.project_id, i.log_source_id, i.source_kind, i.disposition, i.held,
          i.event_type, i.risk_level, i.risk_category, i.route_tags, i.evidence_refs, i.occurrence_count, i.draft_id,
          i.last_error IS NOT NULL AS failed, i.created_at, i.updated_at
          ${ofIncidents} ORDER BY i.updated_at DESC, i.id LIMIT $5)
        SELECT i.*, d.id AS d_id, d.approval AS d_approval, d.triage AS d_triage, d.issue AS d_issue, nd.*
        FROM newest i LEFT JOIN drafts d ON d.id = i.draft_id AND d.deleted_at IS NULL ${newestDeliveryJoin}
        ORDER BY i.updated_at DESC, i.id`,
      values: [...given, limit],
    }),
  ]);
  return {
    bySourceKind: Object.fromEntries(counted.rows.map((row) => [text(row.kind), count(row.count)])),
    listed: listed.rows.map(incidentFromRow),
  };
}

const incidentFromRow = (row: Row): AssessedIncident => ({
  incidentId: text(row.id),
  projectId: textOrNull(row.project_id),
  logSourceId: textOrNull(row.log_source_id),
  sourceKind: textOrNull(row.source_kind),
  status: incidentStatus(row.disposition as IncidentDisposition, facetsFromRow(row)),
  held: row.held === true,
  eventType: text(row.event_type),
  riskLevel: textOrNull(row.risk_level),
  riskCategory: textOrNull(row.risk_category),
  routeTags: list(row.route_tags),
  evidenceRefs: list(row.evidence_refs),
  occurrenceCount: count(row.occurrence_count),
  draftId: textOrNull(row.draft_id),
  lastErrorPresent: row.failed === true,
  createdAtMs: ms(row.created_at),
  updatedAtMs: ms(row.updated_at),
});

const facetsFromRow = (row: Row): DraftFacets | null =>
  row.d_id === null
    ? null
    : {
        approval: row.d_approval as DraftFacets["approval"],
        triage: row.d_triage as DraftFacets["triage"],
        issue: row.d_issue as DraftFacets["issue"],
        newestDelivery: newestDelivery(row),
      };

/** The wire's word of a delivery's state (contract 6.5). */
const statusOf = `CASE WHEN v.state = 'published' THEN 'posted' WHEN v.state = 'failed' THEN 'failed'
  WHEN v.state IN ('blocked', 'cancelled') THEN 'blocked' ELSE 'pending' END`;
const ofDeliveries = `FROM deliveries v WHERE v.deleted_at IS NULL AND ${between("v.updated_at")}
  AND ($3::text[] IS NULL OR EXISTS (SELECT 1 FROM drafts d WHERE d.id = v.draft_id AND d.project_id = ANY($3)))`;

/** Deliveries that last changed in the span: how many of each kind and status, all of them, and the newest without what was sent. */
export async function readAssessedReceipts(
  db: Pick<Database, "pool">,
  span: AssessedSpan,
  projects: Projects,
  limit: number,
): Promise<AssessmentEvidence["receipts"]> {
  const given = values(span, projects);
  const [counted, listed] = await Promise.all([
    db.pool.query({
      name: "assessment-receipt-counts",
      text: `SELECT v.kind, ${statusOf} AS status, count(*) AS count ${ofDeliveries} GROUP BY 1, 2 ORDER BY 1, 2`,
      values: given,
    }),
    db.pool.query({
      name: "assessment-receipts",
      text: `WITH newest AS (SELECT v.* ${ofDeliveries} ORDER BY v.updated_at DESC, v.id LIMIT $4)
        SELECT v.post_id, v.draft_id, v.incident_id, v.destination_id, v.kind, v.operation, ${statusOf} AS status,
          v.payload_digest, v.idempotency_key <> '' AS keyed, r.id IS NOT NULL AS receipted,
          r.external_id IS NOT NULL OR r.external_url IS NOT NULL AS placed,
          r.error IS NOT NULL OR (v.last_reason IS NOT NULL AND v.state <> 'published') AS failed, v.created_at, v.updated_at
        FROM newest v LEFT JOIN receipts r ON r.delivery_id = v.id ORDER BY v.updated_at DESC, v.id`,
      values: [...given, limit],
    }),
  ]);
  return {
    counts: counted.rows.map((row) => ({
      ...{ kind: row.kind as DestinationKind, status: text(row.status), count: count(row.count) },
    })),
    listed: listed.rows.map(receiptFromRow),
  };
}

const receiptFromRow = (row: Row): AssessedReceipt => ({
  postId: text(row.post_id),
  draftId: text(row.draft_id),
  incidentId: text(row.incident_id),
  destinationId: text(row.destination_id),
  destinationKind: row.kind as DestinationKind,
  operation: text(row.operation),
  status: text(row.status),
  payloadDigest: text(row.payload_digest),
  idempotencyKeyPresent: row.keyed === true,
  receiptPresent: row.receipted === true,
  externalIdPresent: row.placed === true,
  errorPresent: row.failed === true,
  createdAtMs: ms(row.created_at),
  updatedAtMs: ms(row.updated_at),
});

const ofEntries = `FROM audit_entries e WHERE ${between("e.at")} AND ${ofProjects("e.project_id")}`;

/** How many entries the audit has of the span, and the newest of them as the ledger reads them. */
export async function readAssessedEntries(
  db: Pick<Database, "pool">,
  span: AssessedSpan,
  projects: Projects,
  limit: number,
): Promise<{ total: number; listed: ListedEntry[] }> {
  const given = values(span, projects);
  const [counted, listed] = await Promise.all([
    db.pool.query({
      name: "assessment-entry-count",
      text: `SELECT count(*) AS count ${ofEntries}`,
      values: given,
    }),
    db.pool.query({
      name: "assessment-entries",
      text: `SELECT ${ledgerColumns("e")} ${ofEntries} ORDER BY e.at DESC, e.id LIMIT $4`,
      values: [...given, limit],
    }),
  ]);
  return {
    total: count(counted.rows[0]?.count ?? 0),
    listed: listed.rows.map((row) => ({
      ...sealedEntryFromRow(row),
      sequence: row.sequence === null ? null : count(row.sequence),
    })),
  };
}

/** Adds a report and drops all but the newest `keep`; how many were dropped. */
export async function insertAssessment(
  tx: Transaction,
  kept: KeptAssessment,
  document: unknown,
  keep: number,
): Promise<number> {
  await tx.assessmentReport.create({
    data: {
      id: kept.reportId,
      createdAt: new Date(kept.createdAtMs),
      actor: kept.actor,
      projectIds: kept.projectIds,
      risk: kept.risk,
      counts: kept.counts,
      document: document as Prisma.InputJsonValue,
      sha256: kept.sha256,
    },
  });
  return tx.$executeRaw`DELETE FROM assessment_reports WHERE id IN (
    SELECT id FROM assessment_reports ORDER BY created_at DESC, id DESC OFFSET ${keep})`;
}

const facts = "id, created_at, actor, project_ids, risk, counts, sha256";
/** A report of some projects is for whoever may assess all of them; one of the deployment for those over everything. */
const readable = `($1::text[] IS NULL OR (project_ids <> '{}' AND project_ids <@ $1))`;

/** Newest first, without the documents, and how many there are. */
export async function listAssessments(
  db: Pick<Database, "pool">,
  projects: Projects,
  limit: number,
): Promise<{ reports: KeptAssessment[]; total: number }> {
  const { rows } = await db.pool.query(
    `SELECT ${facts}, count(*) OVER () AS total FROM assessment_reports WHERE ${readable}
     ORDER BY created_at DESC, id DESC LIMIT $2`,
    [projects, limit],
  );
  return { reports: rows.map(keptFromRow), total: count(rows[0]?.total ?? 0) };
}

export async function findAssessment(
  db: Pick<Database, "pool">,
  projects: Projects,
  reportId: string,
): Promise<{ kept: KeptAssessment; document: unknown } | null> {
  const { rows } = await db.pool.query(
    `SELECT ${facts}, document FROM assessment_reports WHERE ${readable} AND id = $2`,
    [projects, reportId],
  );
  return rows[0] ? { kept: keptFromRow(rows[0]), document: rows[0].document } : null;
}

const keptFromRow = (row: Row): KeptAssessment => ({
  reportId: text(row.id),
  createdAtMs: ms(row.created_at),
  actor: json<ActorRef>(row.actor),
  projectIds: list(row.project_ids),
  risk: text(row.risk),
  counts: json(row.counts),
  sha256: text(row.sha256),
});
