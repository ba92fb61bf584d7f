import type { SealedEntry, SealedWrittenEntry } from "@/lib/domain/ledger";
import type { PageRequest } from "@/lib/domain/page";
import { ledgerColumns, sealedEntryFromRow } from "./audit-ledger-rows";
import { writtenColumns, writtenEntryFromRow, writtenRows } from "./audit-written-rows";
import type { Database, Queryable } from "./client";
import { also, alsoBetween, type ListFilter, readPage } from "./list-query";
import type { Transaction } from "./transaction";

export type AuditFilter = {
  /** A kind (`user`), or a kind with an id (`user:user-1`). */
  actor?: string;
  /** The whole name, or its beginning up to a dot: `incident_monitor.draft`. */
  action?: string;
  outcome?: string;
  subjectKind?: string;
  subjectId?: string;
  projectId?: string;
  requestId?: string;
  sinceMs?: number;
  untilMs?: number;
};

/** `sequence` null: not sealed yet. */
export type ListedEntry = Omit<SealedEntry, "sequence"> & { sequence: number | null };

function conditions(filter: AuditFilter): ListFilter {
  const query: ListFilter = { where: [], values: [] };
  const { actor, action } = filter;
  if (actor?.includes(":")) also(query, "e.actor_key = $?", actor);
  else if (actor) also(query, "split_part(e.actor_key, ':', 1) = $?", actor);
  if (action) also(query, "(e.action = $? OR starts_with(e.action, $? || '.'))", action);
  if (filter.outcome) also(query, "e.outcome = $?::audit_outcome", filter.outcome);
  if (filter.subjectKind) also(query, "e.subject_kind = $?", filter.subjectKind);
  if (filter.subjectId) also(query, "e.subject_id = $?", filter.subjectId);
  if (filter.projectId) also(query, "e.project_id = $?", filter.projectId);
  if (filter.requestId) also(query, "e.request_id = $?", filter.requestId);
  alsoBetween(query, "e.at", filter);
  return query;
}

/** By time, newest first: those that are not sealed yet too. */
export async function listAuditEntries(
  db: Database,
  filter: AuditFilter,
  page: PageRequest,
): Promise<{ entries: ListedEntry[]; total: number; more: boolean }> {
  const shape = { select: ledgerColumns("e"), from: "audit_entries e", at: "e.at", id: "e.id" };
  const { rows, total, more } = await readPage(db, shape, conditions(filter), page);
  return { entries: rows.map(listedFromRow), total, more };
}

export async function findAuditEntry(db: Database, id: string): Promise<ListedEntry | null> {
  const { rows } = await db.pool.query(`SELECT ${ledgerColumns("e")} FROM audit_entries e WHERE e.id = $1`, [
    id,
  ]);
  return rows[0] ? listedFromRow(rows[0]) : null;
}

/** Sealed entries after a sequence that a filter finds, in order. */
export async function readFilteredEntries(
  db: Queryable,
  filter: AuditFilter,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<SealedWrittenEntry[]> {
  const query = conditions(filter);
  also(query, "e.sequence > $?", after);
  also(query, "e.sequence <= $?", until);
  query.values.push(limit);
  const text = `SELECT ${writtenColumns("e")} FROM audit_entries e WHERE ${query.where.join(" AND ")}
    ORDER BY e.sequence LIMIT $${query.values.length}`;
  const { rows } = await db.query({ ...writtenRows, text, values: query.values });
  return rows.map(writtenEntryFromRow);
}

/** The sealed ones of these ids, locked until the transaction ends. */
export async function lockSealedEntries(tx: Transaction, ids: readonly string[]): Promise<SealedEntry[]> {
  const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(
    `SELECT ${ledgerColumns("e")} FROM audit_entries e WHERE e.id = ANY($1::text[]) AND e.sequence IS NOT NULL
     ORDER BY e.id FOR UPDATE OF e`,
    [...ids],
  );
  return rows.map(sealedEntryFromRow);
}

export type Erasure = { id: string; actorHash: string | null; detailHash: string | null };

/** Puts the hashes in the place of what is erased; its salt goes too. Nothing brings either back. */
export async function recordErasures(tx: Transaction, erasures: readonly Erasure[]): Promise<number> {
  return tx.$executeRaw`UPDATE audit_entries e SET
      actor = CASE WHEN t.actor_hash IS NULL THEN e.actor ELSE e.actor - 'name' END,
      actor_salt = CASE WHEN t.actor_hash IS NULL THEN e.actor_salt END,
      actor_hash = COALESCE(t.actor_hash, e.actor_hash),
      detail = CASE WHEN t.detail_hash IS NULL THEN e.detail ELSE '{}'::jsonb END,
      detail_salt = CASE WHEN t.detail_hash IS NULL THEN e.detail_salt END,
      detail_hash = COALESCE(t.detail_hash, e.detail_hash)
    FROM unnest(${erasures.map((each) => each.id)}::text[], ${erasures.map((each) => each.actorHash)}::text[],
      ${erasures.map((each) => each.detailHash)}::text[]) AS t(id, actor_hash, detail_hash) WHERE e.id = t.id`;
}

const listedFromRow = (row: Record<string, unknown>): ListedEntry => ({
  ...sealedEntryFromRow(row),
  sequence: row.sequence === null ? null : Number(row.sequence),
});
