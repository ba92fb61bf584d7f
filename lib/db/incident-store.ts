import type { IdentityPart } from "@/lib/domain/fingerprint";
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
import { count, json, ms, msOrNull, type Row, text } from "./rows";
import { incidentStatusCondition, quiet } from "./status-conditions";

export type IncidentFilter = RecordFilter & {
  /** The wire's word (domain/incident-status.ts), or `drafted` or `held`. */
  status?: string;
  held?: boolean;
  /** Something of it was queued for this destination. */
  destinationId?: string;
  attention?: Attention;
};

/** `awake`: nobody snoozed or muted it. `merged` finds those that count for another one, and these alone. */
export type Attention = "awake" | "snoozed" | "muted" | "resolved" | "regressed" | "merged";

const attentionConditions: Record<Attention, string> = {
  awake: `NOT (${quiet("i")})`,
  snoozed: "i.snooze IS NOT NULL",
  muted: "i.mute IS NOT NULL",
  resolved: "i.resolution IS NOT NULL AND i.resolution->>'cameBackAtMs' IS NULL",
  regressed: "i.resolution->>'cameBackAtMs' IS NOT NULL",
  merged: "true",
};

const draftColumns = "d.approval AS d_approval, d.triage AS d_triage, d.issue AS d_issue";
const draftJoin = `LEFT JOIN drafts d ON d.id = i.draft_id AND d.deleted_at IS NULL ${newestDeliveryJoin}`;

/** Incidents by last change, newest first (contract section 3). */
export async function listIncidentRecords(
  db: Database,
  filter: IncidentFilter,
  page: PageRequest,
): Promise<{ incidents: Incident[]; total: number; more: boolean }> {
  const merged = filter.attention === "merged" ? "i.merged_into_id IS NOT NULL" : "i.merged_into_id IS NULL";
  const query: ListFilter = { where: ["i.deleted_at IS NULL", merged], values: [] };
  if (filter.attention) query.where.push(attentionConditions[filter.attention]);
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

export type ScopeIncident = {
  incidentId: string;
  title: string;
  identity: IdentityPart[];
  occurrenceCount: number;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
};

/** The newest 300 other incidents of a scope that are merged into none. */
export async function listOfScope(
  db: Database,
  scopeKey: string,
  exceptId: string,
): Promise<ScopeIncident[]> {
  const { rows } = await db.pool.query({
    name: "incidents-of-scope",
    text: `SELECT id, title, identity, occurrence_count, first_seen_at, last_seen_at FROM incidents
      WHERE scope_key = $1 AND id <> $2 AND deleted_at IS NULL AND merged_into_id IS NULL
      ORDER BY updated_at DESC LIMIT 300`,
    values: [scopeKey, exceptId],
  });
  return rows.map((row: Row) => ({
    incidentId: text(row.id),
    title: text(row.title),
    identity: json(row.identity),
    occurrenceCount: count(row.occurrence_count),
    firstSeenAtMs: ms(row.first_seen_at),
    lastSeenAtMs: ms(row.last_seen_at),
  }));
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

/** The incident and those that are merged into it. */
export async function familyOf(db: Database, incidentId: string): Promise<string[]> {
  const { rows } = await db.pool.query({
    name: "incident-family",
    text: "SELECT id FROM incidents WHERE merged_into_id = $1 AND deleted_at IS NULL ORDER BY id",
    values: [incidentId],
  });
  return [incidentId, ...rows.map((row: Row) => text(row.id))];
}

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
  const ids = await familyOf(db, filter.incidentId);
  if (ids.length > 1) also(query, "o.incident_id = ANY($?)", ids);
  else also(query, "o.incident_id = $?", filter.incidentId);
  if (filter.source) also(query, "o.log_source_id = $?", filter.source);
  if (filter.provenance) also(query, "o.provenance = $?::provenance", filter.provenance);
  alsoBetween(query, "o.received_at", filter);
  const shape = { select: "o.*", from: "occurrences o", at: "o.received_at", id: "o.id" };
  const [newest, counted] = await Promise.all([
    readPage(db, shape, query, page),
    db.pool.query(
      `SELECT date_trunc($2, received_at) AS from_at, count(*)::int AS count
       FROM occurrences WHERE incident_id = ANY($1) AND received_at >= $3 GROUP BY 1`,
      [ids, bucket, new Date(firstFrom)],
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
