import type { ActorRef } from "@/lib/domain/actor";
import type { QuarantineReason } from "@/lib/domain/log-reading";
import type { QuarantinedLog } from "@/lib/domain/log-source-state";
import type { PageRequest } from "@/lib/domain/page";
import type { Database } from "./client";
import { also, alsoBetween, type ListFilter, readPage } from "./list-query";
import { keyOfSource, type SourceKey } from "./log-tail-rows";
import { count, list, ms, msOrNull, type Row, text } from "./rows";
import type { OpenTransaction, Transaction } from "./transaction";

/** A record that is set aside. Its lines are redacted. */
export type NewQuarantined = SourceKey & {
  quarantineId: string;
  generation: number;
  offsetStart: number;
  offsetEnd: number;
  reason: QuarantineReason;
  detail: string;
  excerpt: string[];
  createdAtMs: number;
};

/** Sets records aside, each once however often it is read. Answers how many of each source were new. */
export async function insertQuarantined(
  open: Pick<OpenTransaction, "query">,
  records: readonly NewQuarantined[],
): Promise<Map<string, number>> {
  if (records.length === 0) return new Map();
  const { rows } = await open.query({
    name: "quarantine-log-records",
    text: `INSERT INTO log_quarantine (id, project_id, source_id, generation, offset_start, offset_end, reason, detail,
        excerpt, created_at)
      SELECT id, project_id, source_id, generation, offset_start, offset_end, reason, detail, excerpt, created_at
      FROM jsonb_to_recordset($1::jsonb) AS t(id text, project_id text, source_id text, generation bigint,
        offset_start bigint, offset_end bigint, reason text, detail text, excerpt text[], created_at timestamptz)
      ON CONFLICT DO NOTHING RETURNING project_id, source_id`,
    values: [
      JSON.stringify(
        records.map((each) => ({
          id: each.quarantineId,
          project_id: each.projectId,
          source_id: each.sourceId,
          generation: each.generation,
          offset_start: each.offsetStart,
          offset_end: each.offsetEnd,
          reason: each.reason,
          detail: each.detail,
          excerpt: each.excerpt,
          created_at: new Date(each.createdAtMs).toISOString(),
        })),
      ),
    ],
  });
  const added = new Map<string, number>();
  for (const row of rows) {
    const key = keyOfSource({ projectId: text(row.project_id), sourceId: text(row.source_id) });
    added.set(key, (added.get(key) ?? 0) + 1);
  }
  return added;
}

export type QuarantineFilter = SourceKey & {
  reason?: QuarantineReason;
  /** false: what still waits. */
  replayed?: boolean;
  sinceMs?: number;
  untilMs?: number;
};

/** A source's quarantine, newest first. */
export async function listQuarantined(
  db: Database,
  filter: QuarantineFilter,
  page: PageRequest,
): Promise<{ quarantined: QuarantinedLog[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  also(query, "q.project_id = $?", filter.projectId);
  also(query, "q.source_id = $?", filter.sourceId);
  if (filter.reason) also(query, "q.reason = $?", filter.reason);
  if (filter.replayed !== undefined)
    query.where.push(filter.replayed ? "q.replayed_at IS NOT NULL" : "q.replayed_at IS NULL");
  alsoBetween(query, "q.created_at", filter);
  const { rows, total, more } = await readPage(
    db,
    { select: "q.*", from: "log_quarantine q", join: "", at: "q.created_at", id: "q.id" },
    query,
    page,
  );
  return { quarantined: rows.map(quarantinedFromRow), total, more };
}

/** Records of a source that wait, oldest first; those of `ids` where given, whether they wait or not. */
export async function findQuarantined(
  db: Database,
  key: SourceKey,
  wanted: { ids: readonly string[] } | { limit: number },
): Promise<QuarantinedLog[]> {
  const byId = "ids" in wanted;
  const { rows } = await db.pool.query(
    `SELECT * FROM log_quarantine WHERE project_id = $1 AND source_id = $2
       AND ${byId ? "id = ANY($3)" : "replayed_at IS NULL"} ORDER BY created_at, id ${byId ? "" : "LIMIT $3"}`,
    [key.projectId, key.sourceId, byId ? wanted.ids : wanted.limit],
  );
  return rows.map(quarantinedFromRow);
}

/** How many records wait, by `project/source`. */
export async function countOpenQuarantined(db: Database): Promise<Map<string, number>> {
  const { rows } = await db.pool.query({
    name: "count-open-quarantine",
    text: `SELECT project_id, source_id, count(*)::int AS waiting FROM log_quarantine WHERE replayed_at IS NULL
      GROUP BY project_id, source_id`,
  });
  return new Map(
    rows.map((row) => [
      keyOfSource({ projectId: row.project_id, sourceId: row.source_id }),
      Number(row.waiting),
    ]),
  );
}

/** Settles records that still wait. Answers the ids that this call settled: a race has one winner. */
export async function endQuarantined(
  tx: Transaction,
  ids: readonly string[],
  by: ActorRef,
  at: Date,
): Promise<string[]> {
  const rows = await tx.logQuarantine.updateManyAndReturn({
    where: { id: { in: [...ids] }, replayedAt: null },
    data: { replayedAt: at, replayedBy: by },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

function quarantinedFromRow(row: Row): QuarantinedLog {
  return {
    quarantineId: text(row.id),
    projectId: text(row.project_id),
    sourceId: text(row.source_id),
    generation: count(row.generation),
    offsetStart: count(row.offset_start),
    offsetEnd: count(row.offset_end),
    reason: row.reason as QuarantineReason,
    detail: text(row.detail),
    excerpt: list(row.excerpt),
    createdAtMs: ms(row.created_at),
    replayedAtMs: msOrNull(row.replayed_at),
  };
}
