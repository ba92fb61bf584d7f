import type { LearnedFacts } from "@/lib/domain/memory";
import type { Database } from "./client";
import { count, json, ms, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

const learnedSql = `
WITH family AS (
  SELECT i.* FROM incidents i WHERE i.id = $1 OR i.merged_into_id = $1
),
head AS (SELECT * FROM incidents WHERE id = $1),
own_drafts AS (SELECT d.id, d.approval, d.regression_of_id FROM drafts d JOIN family f ON f.id = d.incident_id)
SELECT
  (SELECT occurrence_count FROM head) AS recurrence_count,
  (SELECT min(first_seen_at) FROM family) AS first_seen_at,
  (SELECT max(last_seen_at) FROM family) AS last_seen_at,
  (SELECT count(DISTINCT date_trunc('day', o.received_at)) FROM occurrences o JOIN family f ON f.id = o.incident_id)
    AS active_day_count,
  (SELECT count(*) FROM family WHERE id <> $1) AS merged_count,
  (SELECT count(*) FROM (SELECT * FROM incidents ORDER BY updated_at DESC LIMIT 5000) o
     JOIN head h ON o.id <> h.id AND o.deleted_at IS NULL AND o.merged_into_id IS NULL
     AND o.project_id IS NOT DISTINCT FROM h.project_id AND o.event_type = h.event_type
     AND (o.identity->0) IS NOT DISTINCT FROM (h.identity->0)) AS similar_incident_count,
  (SELECT count(*) FROM own_drafts WHERE approval = 'denied') AS denied_count,
  (SELECT count(*) FROM approvals a JOIN own_drafts d ON d.id = a.draft_id WHERE a.state = 'voided')
    AS voided_approval_count,
  (SELECT count(*) FROM deliveries v JOIN own_drafts d ON d.id = v.draft_id WHERE v.state = 'blocked')
    AS blocked_delivery_count,
  (SELECT count(*) FROM deliveries v JOIN own_drafts d ON d.id = v.draft_id WHERE v.state = 'failed')
    AS failed_delivery_count,
  (SELECT count(*) FROM own_drafts WHERE regression_of_id IS NOT NULL) AS regression_count`;

/**
 * What the rows say about an incident and what was merged into it, now (W-46). Similar ones are looked for among the newest
 * 5,000, so that remembering costs the same however much there is.
 */
export async function readLearned(db: Database, incidentId: string): Promise<LearnedFacts> {
  const { rows } = await db.pool.query({ name: "learned-facts", text: learnedSql, values: [incidentId] });
  const row: Row | undefined = rows[0];
  if (!row?.first_seen_at) throw new Error(`incident ${incidentId} is not there`);
  return {
    recurrenceCount: count(row.recurrence_count),
    firstSeenAtMs: ms(row.first_seen_at),
    lastSeenAtMs: ms(row.last_seen_at),
    activeDayCount: count(row.active_day_count),
    mergedCount: count(row.merged_count),
    similarIncidentCount: count(row.similar_incident_count),
    deniedCount: count(row.denied_count),
    voidedApprovalCount: count(row.voided_approval_count),
    blockedDeliveryCount: count(row.blocked_delivery_count),
    failedDeliveryCount: count(row.failed_delivery_count),
    regressionCount: count(row.regression_count),
  };
}

export type Memory = {
  recordId: string;
  destinationId: string;
  category: string;
  fingerprint: string;
  summary: string;
  facts: Record<string, unknown>;
  createdAtMs: number;
  /** 1 for the same fingerprint; below that how much of the words they share. */
  score: number;
};

/** Remembers it once: false when a record of that id is there, which stays as it is. */
export async function insertPattern(tx: Transaction, memory: Omit<Memory, "score">): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO memory_records (id, destination_id, category, fingerprint, summary, facts, created_at)
    VALUES (${memory.recordId}, ${memory.destinationId}, ${memory.category}, ${memory.fingerprint}, ${memory.summary},
      ${JSON.stringify(memory.facts)}::jsonb, ${new Date(memory.createdAtMs)}) ON CONFLICT (id) DO NOTHING`;
  return written > 0;
}

export type MemoryQuery = {
  fingerprint?: string;
  /** Words to look for among the summaries. */
  text?: string;
  category?: string;
  /** Projects whose records may be shown; null means all, and records of none. */
  projects: readonly string[] | null;
  limit: number;
};

/** What is remembered of a failure like this one: the same fingerprint first, then summaries that share words, newest first. */
export async function searchMemory(db: Database, query: MemoryQuery): Promise<Memory[]> {
  const { rows } = await db.pool.query(
    `SELECT m.*, CASE WHEN m.fingerprint = $1 THEN 1 ELSE COALESCE(similarity(m.summary, $2), 0) END AS score
     FROM memory_records m
     WHERE ($3::text IS NULL OR m.category = $3) AND ($4::text[] IS NULL OR m.facts->>'project_id' = ANY($4))
       AND (($1::text IS NULL AND $2::text IS NULL) OR m.fingerprint = $1 OR ($2::text IS NOT NULL AND m.summary % $2))
     ORDER BY score DESC, m.created_at DESC LIMIT $5`,
    [query.fingerprint ?? null, query.text ?? null, query.category ?? null, query.projects, query.limit],
  );
  return rows.map((row: Row) => ({
    recordId: text(row.id),
    destinationId: text(row.destination_id),
    category: text(row.category),
    fingerprint: text(row.fingerprint),
    summary: text(row.summary),
    facts: json(row.facts),
    createdAtMs: ms(row.created_at),
    score: Number(row.score),
  }));
}
