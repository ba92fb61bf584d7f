import type { IdentityPart } from "@/lib/domain/fingerprint";
import type { Draft } from "@/lib/domain/records";
import type { Database } from "./client";
import { count, json, list, ms, msOrNull, type Row, text, textOrNull } from "./rows";

/** Of a project's records the newest are looked at, whatever there is besides. */
const poolMax = 200;
const sameMax = 20;

/** The newest sighting of the same failure before this incident's first; null when it is new. */
export async function findLastGood(
  db: Database,
  draft: Pick<
    Draft,
    "incidentId" | "fingerprint" | "firstSeenAtMs" | "regressionOfId" | "createdAtMs" | "content"
  >,
): Promise<number | null> {
  const { rows } = await db.pool.query({
    name: "last-good",
    text: `SELECT greatest(
      (SELECT max(i.last_seen_at) FROM incidents i WHERE i.wire_fingerprint = $2 AND i.id <> $1
         AND i.project_id IS NOT DISTINCT FROM $3 AND i.repo = $4 AND i.last_seen_at < $5),
      (SELECT max(o.received_at) FROM occurrences o WHERE $6 AND o.incident_id = $1 AND o.received_at < $7)) AS at`,
    values: [
      draft.incidentId,
      draft.fingerprint,
      draft.content.projectId,
      draft.content.repo,
      new Date(draft.firstSeenAtMs),
      draft.regressionOfId !== null,
      new Date(draft.createdAtMs),
    ],
  });
  return msOrNull(rows[0]?.at);
}

/** What is known of a project's failures, before anybody says how alike they are. */
export type KnownFailure = {
  incidentId: string;
  draftId: string | null;
  title: string;
  eventType: string;
  fingerprint: string;
  identity: IdentityPart[];
  excerpt: string[];
  occurrenceCount: number;
  lastSeenAtMs: number;
  /** Of its newest draft. */
  approval: string | null;
  /** Its newest run of triage that said something. */
  runId: string | null;
  summary: Record<string, unknown> | null;
  /** Its newest receipt that reached somebody. */
  receipt: {
    receiptId: string;
    destinationId: string;
    kind: string;
    status: string;
    externalId: string | null;
    externalUrl: string | null;
    externalTitle: string | null;
    createdAtMs: number;
  } | null;
};

const knownSql = `
WITH same AS (
  SELECT i.id FROM incidents i WHERE i.wire_fingerprint = $3 AND i.id <> $1 AND i.project_id IS NOT DISTINCT FROM $2
    AND ($2::text IS NOT NULL OR i.repo = $4) ORDER BY i.last_seen_at DESC LIMIT ${sameMax}
),
newest AS (
  SELECT i.id FROM incidents i WHERE i.deleted_at IS NULL AND i.merged_into_id IS NULL AND i.id <> $1
    AND i.project_id IS NOT DISTINCT FROM $2 AND ($2::text IS NOT NULL OR i.repo = $4)
  ORDER BY i.updated_at DESC LIMIT ${poolMax}
)
SELECT i.id, i.title, i.event_type, i.wire_fingerprint, i.identity, i.excerpt, i.occurrence_count, i.last_seen_at,
  d.id AS draft_id, d.approval, t.id AS run_id, t.summary, r.*
FROM (SELECT id FROM same UNION SELECT id FROM newest) k JOIN incidents i ON i.id = k.id
LEFT JOIN drafts d ON d.id = i.draft_id AND d.deleted_at IS NULL
LEFT JOIN LATERAL (SELECT t.id, t.summary FROM triage_runs t WHERE t.draft_id = d.id AND t.summary IS NOT NULL
  ORDER BY t.created_at DESC LIMIT 1) t ON true
LEFT JOIN LATERAL (SELECT r.id AS receipt_id, r.status AS receipt_status, r.external_id, r.external_url, r.external_title,
    r.created_at AS receipt_at, v.destination_id, v.kind AS receipt_kind
  FROM deliveries v JOIN receipts r ON r.delivery_id = v.id WHERE v.incident_id = i.id AND v.deleted_at IS NULL
  ORDER BY (v.state = 'published') DESC, r.created_at DESC LIMIT 1) r ON true
ORDER BY i.last_seen_at DESC`;

/**
 * Earlier failures of the same project (of the same repository where there is none), those with the same fingerprint first
 * among equals: deleted ones of the same fingerprint are told too, since they happened.
 */
export async function listKnownFailures(
  db: Database,
  of: { incidentId: string; projectId: string | null; fingerprint: string; repo: string },
): Promise<KnownFailure[]> {
  const { rows } = await db.pool.query({
    name: "known-failures",
    text: knownSql,
    values: [of.incidentId, of.projectId, of.fingerprint, of.repo],
  });
  return rows.map((row: Row) => ({
    incidentId: text(row.id),
    draftId: textOrNull(row.draft_id),
    title: text(row.title),
    eventType: text(row.event_type),
    fingerprint: text(row.wire_fingerprint),
    identity: json(row.identity),
    excerpt: list(row.excerpt),
    occurrenceCount: count(row.occurrence_count),
    lastSeenAtMs: ms(row.last_seen_at),
    approval: textOrNull(row.approval),
    runId: textOrNull(row.run_id),
    summary: json(row.summary ?? null),
    receipt: row.receipt_id
      ? {
          receiptId: text(row.receipt_id),
          destinationId: text(row.destination_id),
          kind: text(row.receipt_kind),
          status: text(row.receipt_status),
          externalId: textOrNull(row.external_id),
          externalUrl: textOrNull(row.external_url),
          externalTitle: textOrNull(row.external_title),
          createdAtMs: ms(row.receipt_at),
        }
      : null,
  }));
}

export type KnownPattern = {
  recordId: string;
  category: string;
  fingerprint: string;
  summary: string;
  facts: Record<string, unknown>;
  createdAtMs: number;
};

/** What internal memory holds of a project: the same fingerprint first, then the newest. */
export async function listKnownPatterns(
  db: Database,
  of: { projectId: string | null; fingerprint: string; repo: string },
): Promise<KnownPattern[]> {
  const { rows } = await db.pool.query({
    name: "known-patterns",
    text: `SELECT * FROM memory_records m
      WHERE m.facts->>'project_id' IS NOT DISTINCT FROM $1 AND ($1::text IS NOT NULL OR m.facts->>'repo' = $3)
      ORDER BY (m.fingerprint = $2) DESC, m.created_at DESC LIMIT 50`,
    values: [of.projectId, of.fingerprint, of.repo],
  });
  return rows.map((row: Row) => ({
    recordId: text(row.id),
    category: text(row.category),
    fingerprint: text(row.fingerprint),
    summary: text(row.summary),
    facts: json(row.facts),
    createdAtMs: ms(row.created_at),
  }));
}
