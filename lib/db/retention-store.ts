import type { RetentionPlan } from "@/lib/domain/retention";
import type { Database } from "./client";
import { count, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

/** Rows that one call takes: a long arrear goes in many short commits. */
const batchMax = 200;

/** Posts that ended before it, oldest first; what is still under way has no end. */
export async function listPostsEndedBefore(db: Database, beforeMs: number): Promise<string[]> {
  const { rows } = await db.pool.query(
    `SELECT post_id AS id FROM deliveries WHERE deleted_at IS NULL AND ended_at < $1 AND updated_at < $1
       AND state IN ('published', 'failed', 'blocked', 'cancelled') ORDER BY updated_at LIMIT ${batchMax}`,
    [new Date(beforeMs)],
  );
  return rows.map((row: Row) => text(row.id));
}

/** Incidents that nobody saw or touched since, whose draft nothing is being sent of. */
export async function listIncidentsUnchangedSince(db: Database, beforeMs: number): Promise<string[]> {
  const { rows } = await db.pool.query(
    `SELECT i.id FROM incidents i WHERE i.deleted_at IS NULL AND i.updated_at < $1 AND i.last_seen_at < $1
       AND NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.incident_id = i.id
         AND v.state IN ('due', 'sending', 'retrying', 'ambiguous'))
     ORDER BY i.updated_at LIMIT ${batchMax}`,
    [new Date(beforeMs)],
  );
  return rows.map((row: Row) => text(row.id));
}

export type Dropped = Record<
  "evidence" | "telemetry" | "memory" | "quarantine" | "silenceHolds" | "shadowDecisions",
  number
>;

/**
 * Drops what is kept about records and is not a record itself: evidence, local records, quarantined lines, holds that were let
 * go, shadow decisions. Each kind at most 200 rows a call. Keys and digests of deliveries are never dropped (D-21).
 */
export async function endRetention(tx: Transaction, plan: RetentionPlan, nowMs: number): Promise<Dropped> {
  const before = plan.recordsBeforeMs === null ? null : new Date(plan.recordsBeforeMs);
  const own = JSON.stringify(
    plan.localBeforeMs.map(({ destinationId, beforeMs }) => ({
      id: destinationId,
      before: new Date(beforeMs).toISOString(),
    })),
  );
  const now = new Date(nowMs);
  const rows = await tx.$queryRaw<Row[]>`
    WITH own AS (SELECT * FROM jsonb_to_recordset(${own}::jsonb) AS t(id text, before timestamptz)),
    evidence AS (
      DELETE FROM evidence_artifacts WHERE id IN (SELECT id FROM evidence_artifacts
        WHERE expires_at <= ${now} OR created_at < ${before}::timestamptz LIMIT 200) RETURNING 1),
    telemetry AS (
      DELETE FROM telemetry_records WHERE id IN (SELECT t.id FROM telemetry_records t LEFT JOIN own ON own.id = t.destination_id
        WHERE t.created_at < COALESCE(own.before, ${before}::timestamptz) LIMIT 200) RETURNING 1),
    memory AS (
      DELETE FROM memory_records WHERE id IN (SELECT m.id FROM memory_records m LEFT JOIN own ON own.id = m.destination_id
        WHERE m.created_at < COALESCE(own.before, ${before}::timestamptz) LIMIT 200) RETURNING 1),
    quarantine AS (
      DELETE FROM log_quarantine WHERE id IN (SELECT id FROM log_quarantine
        WHERE created_at < ${before}::timestamptz LIMIT 200) RETURNING 1),
    holds AS (
      DELETE FROM silence_holds WHERE id IN (SELECT id FROM silence_holds
        WHERE released_at < ${before}::timestamptz LIMIT 200) RETURNING 1),
    shadows AS (
      DELETE FROM shadow_decisions WHERE id IN (SELECT id FROM shadow_decisions
        WHERE at < ${before}::timestamptz LIMIT 200) RETURNING 1)
    SELECT (SELECT count(*) FROM evidence) AS evidence, (SELECT count(*) FROM telemetry) AS telemetry,
      (SELECT count(*) FROM memory) AS memory, (SELECT count(*) FROM quarantine) AS quarantine,
      (SELECT count(*) FROM holds) AS holds, (SELECT count(*) FROM shadows) AS shadows`;
  const [row] = rows;
  return {
    evidence: count(row?.evidence),
    telemetry: count(row?.telemetry),
    memory: count(row?.memory),
    quarantine: count(row?.quarantine),
    silenceHolds: count(row?.holds),
    shadowDecisions: count(row?.shadows),
  };
}
