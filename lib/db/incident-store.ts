import type { PageRequest } from "@/lib/domain/page";
import type { Draft, Incident, Occurrence } from "@/lib/domain/records";
import type { Database } from "./client";
import { findDraft } from "./draft-store";
import {
  also,
  alsoBetween,
  alsoOfRecord,
  alsoSearched,
  type ListFilter,
  type RecordFilter,
  readPage,
} from "./list-query";
import { facetsOf, incidentFromRow, newestDelivery, newestDeliveryJoin } from "./record-rows";
import { json, ms, msOrNull, type Row, text } from "./rows";
import { incidentStatusCondition } from "./status-conditions";

export type IncidentFilter = RecordFilter & {
  /** The wire's word (domain/incident-status.ts), or `drafted` or `held`. */
  status?: string;
  held?: boolean;
  /** Something of it was queued for this destination. */
  destinationId?: string;
};

const draftColumns = "d.approval AS d_approval, d.triage AS d_triage, d.issue AS d_issue";
const draftJoin = `LEFT JOIN drafts d ON d.id = i.draft_id AND d.deleted_at IS NULL ${newestDeliveryJoin}`;

/** Incidents by last change, newest first (contract section 3). */
export async function listIncidentRecords(
  db: Database,
  filter: IncidentFilter,
  page: PageRequest,
): Promise<{ incidents: Incident[]; total: number; more: boolean }> {
  const query: ListFilter = { where: ["i.deleted_at IS NULL", "i.merged_into_id IS NULL"], values: [] };
  alsoOfRecord(query, filter, { record: "i", fingerprint: "i.wire_fingerprint", at: "i.updated_at" });
  if (filter.status) query.where.push(`(${incidentStatusCondition(filter.status)})`);
  if (filter.held !== undefined) query.where.push(filter.held ? "i.held" : "NOT i.held");
  if (filter.destinationId) {
    const queued = `i.id IN (SELECT v.incident_id FROM deliveries v
      WHERE v.destination_id = $? AND v.deleted_at IS NULL)`;
    also(query, queued, filter.destinationId);
  }
  if (filter.search) alsoSearched(query, "i.id", filter.search);
  const { rows, total, more } = await readPage(
    db,
    {
      select: `i.*, ${draftColumns}, nd.*`,
      from: "incidents i",
      join: draftJoin,
      at: "i.updated_at",
      id: "i.id",
    },
    query,
    page,
  );
  return { incidents: rows.map(withFacets), total, more };
}

export async function findIncident(db: Database, incidentId: string): Promise<Incident | null> {
  const { rows } = await db.pool.query(
    `SELECT i.*, ${draftColumns}, nd.* FROM incidents i ${draftJoin} WHERE i.id = $1 AND i.deleted_at IS NULL`,
    [incidentId],
  );
  return rows[0] ? withFacets(rows[0]) : null;
}

export async function findIncidentWithDraft(
  db: Database,
  incidentId: string,
): Promise<{ incident: Incident; draft: Draft | null } | null> {
  const incident = await findIncident(db, incidentId);
  if (!incident) return null;
  const draft = incident.draftId ? await findDraft(db, incident.draftId) : null;
  return { incident: { ...incident, draftFacets: draft ? facetsOf(draft) : null }, draft };
}

function withFacets(row: Row): Incident {
  const facets = row.d_approval
    ? {
        approval: row.d_approval,
        triage: row.d_triage,
        issue: row.d_issue,
        newestDelivery: newestDelivery(row),
      }
    : null;
  return incidentFromRow(row, facets as Incident["draftFacets"]);
}

export type Bucket = "minute" | "hour" | "day";
const buckets: Record<Bucket, { ms: number; count: number }> = {
  minute: { ms: 60_000, count: 60 },
  hour: { ms: 3_600_000, count: 48 },
  day: { ms: 86_400_000, count: 30 },
};

export type OccurrenceFilter = {
  incidentId: string;
  /** A log source's id. */
  source?: string;
  provenance?: Occurrence["provenance"];
  sinceMs?: number;
  untilMs?: number;
};

export type OccurrenceHistory = {
  occurrences: Occurrence[];
  total: number;
  more: boolean;
  buckets: Array<{ fromMs: number; count: number }>;
  bucketMs: number;
};

/** Sightings, newest first, and how many of all fell in each bucket up to now; empty buckets are there with 0. */
export async function readOccurrences(
  db: Database,
  filter: OccurrenceFilter,
  { bucket, nowMs, page }: { bucket: Bucket; nowMs: number; page: PageRequest },
): Promise<OccurrenceHistory> {
  const size = buckets[bucket];
  const lastFrom = Math.floor(nowMs / size.ms) * size.ms;
  const firstFrom = lastFrom - (size.count - 1) * size.ms;
  const query: ListFilter = { where: [], values: [] };
  also(query, "o.incident_id = $?", filter.incidentId);
  if (filter.source) also(query, "o.log_source_id = $?", filter.source);
  if (filter.provenance) also(query, "o.provenance = $?::provenance", filter.provenance);
  alsoBetween(query, "o.received_at", filter);
  const shape = { select: "o.*", from: "occurrences o", at: "o.received_at", id: "o.id" };
  const [newest, counted] = await Promise.all([
    readPage(db, shape, query, page),
    db.pool.query(
      `SELECT date_trunc($2, received_at) AS from_at, count(*)::int AS count
       FROM occurrences WHERE incident_id = $1 AND received_at >= $3 GROUP BY 1`,
      [filter.incidentId, bucket, new Date(firstFrom)],
    ),
  ]);
  return {
    occurrences: newest.rows.map(occurrenceFromRow),
    total: newest.total,
    more: newest.more,
    buckets: filled(counted.rows, firstFrom, size),
    bucketMs: size.ms,
  };
}

/** All accepted sightings per hour over the last 24 h, for the projects an actor may see. */
export async function countOccurrencesByHour(
  db: Database,
  projects: readonly string[] | null,
  nowMs: number,
): Promise<Array<{ fromMs: number; count: number }>> {
  const size = { ms: 3_600_000, count: 24 };
  const firstFrom = Math.floor(nowMs / size.ms) * size.ms - 23 * size.ms;
  const { rows } = await db.pool.query(
    `SELECT date_trunc('hour', received_at) AS from_at, count(*)::int AS count
     FROM occurrences WHERE received_at >= $1 AND ($2::text[] IS NULL OR project_id = ANY($2)) GROUP BY 1`,
    [new Date(firstFrom), projects],
  );
  return filled(rows, firstFrom, size);
}

function filled(rows: Row[], firstFrom: number, size: { ms: number; count: number }) {
  const counts = new Map(rows.map((row) => [ms(row.from_at), Number(row.count)]));
  return Array.from({ length: size.count }, (_, index) => {
    const fromMs = firstFrom + index * size.ms;
    return { fromMs, count: counts.get(fromMs) ?? 0 };
  });
}

function occurrenceFromRow(row: Row): Occurrence {
  return {
    occurrenceId: text(row.id),
    incidentId: text(row.incident_id),
    receivedAtMs: ms(row.received_at),
    occurredAtMs: msOrNull(row.occurred_at),
    provenance: row.provenance as Occurrence["provenance"],
    reporter: json(row.reporter),
    sighting: json(row.sighting),
  };
}
