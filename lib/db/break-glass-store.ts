import { type Actor, actorKey, actorRef } from "@/lib/domain/actor";
import type { BreakGlassUse, BreakGlassVerdict } from "@/lib/domain/break-glass";
import type { PageRequest } from "@/lib/domain/page";
import type { Reason } from "@/lib/domain/reason";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { also, type ListFilter, readPage } from "./list-query";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import { type Transaction, takeTurn } from "./transaction";

export type BreakGlassFilter = {
  /** null: every project, and records of none. */
  projects: readonly string[] | null;
  /** `open`: nobody has judged it yet. */
  state?: "open" | "overdue" | "reviewed";
  draftId?: string;
};

const joined = "LEFT JOIN drafts d ON d.id = b.draft_id";

export type NewBreakGlassUse = Pick<
  BreakGlassUse,
  "breakGlassId" | "approvalId" | "draftId" | "projectId" | "reason" | "overridden" | "usedAtMs" | "dueAtMs"
> & {
  actor: Actor;
};

export async function insertBreakGlassUse(tx: Transaction, use: NewBreakGlassUse): Promise<void> {
  await tx.breakGlassUse.create({
    data: {
      id: use.breakGlassId,
      approvalId: use.approvalId,
      draftId: use.draftId,
      projectId: use.projectId,
      actor: actorRef(use.actor),
      actorKey: actorKey(use.actor),
      reason: use.reason,
      overridden: use.overridden as Prisma.InputJsonValue,
      usedAt: new Date(use.usedAtMs),
      dueAt: new Date(use.dueAtMs),
    },
  });
}

/**
 * How often it was used since then, by this actor and by all; and has this actor one that is overdue? Nobody else counts or
 * uses it before this transaction ends.
 */
export async function countBreakGlassUses(
  tx: Transaction,
  actor: Actor,
  sinceMs: number,
  nowMs: number,
): Promise<{ byPerson: number; overall: number; hasOverdueReview: boolean }> {
  await takeTurn(tx, "break-glass");
  const rows = await tx.$queryRaw<Row[]>`
    SELECT count(*) FILTER (WHERE actor_key = ${actorKey(actor)} AND used_at > ${new Date(sinceMs)}) AS by_person,
      count(*) FILTER (WHERE used_at > ${new Date(sinceMs)}) AS overall,
      coalesce(bool_or(actor_key = ${actorKey(actor)} AND verdict IS NULL AND due_at <= ${new Date(nowMs)}), false) AS overdue
    FROM break_glass_uses WHERE used_at > ${new Date(sinceMs)} OR verdict IS NULL`;
  const row = rows[0] ?? {};
  return {
    byPerson: count(row.by_person),
    overall: count(row.overall),
    hasOverdueReview: row.overdue === true,
  };
}

export async function findBreakGlassUse(db: Database, breakGlassId: string): Promise<BreakGlassUse | null> {
  const { rows } = await db.pool.query(
    `SELECT b.*, d.title FROM break_glass_uses b ${joined} WHERE b.id = $1`,
    [breakGlassId],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** By use, newest first, with how many nobody has judged and how many of these are overdue, over all that the caller sees. */
export async function listBreakGlassRecords(
  db: Database,
  filter: BreakGlassFilter,
  page: PageRequest,
  nowMs: number,
): Promise<{ uses: BreakGlassUse[]; total: number; more: boolean; open: number; overdue: number }> {
  const query: ListFilter = { where: [], values: [] };
  if (filter.projects) also(query, "b.project_id = ANY($?)", filter.projects);
  if (filter.draftId) also(query, "b.draft_id = $?", filter.draftId);
  if (filter.state === "open") query.where.push("b.verdict IS NULL");
  if (filter.state === "reviewed") query.where.push("b.verdict IS NOT NULL");
  if (filter.state === "overdue")
    also(query, "(b.verdict IS NULL AND b.due_at <= $?::timestamptz)", new Date(nowMs));
  const shape = {
    select: "b.*, d.title",
    from: "break_glass_uses b",
    join: joined,
    at: "b.used_at",
    id: "b.id",
  };
  const [{ rows, total, more }, waiting] = await Promise.all([
    readPage(db, shape, query, page),
    db.pool.query(
      `SELECT count(*) AS open, count(*) FILTER (WHERE due_at <= $1) AS overdue FROM break_glass_uses
       WHERE verdict IS NULL AND ($2::text[] IS NULL OR project_id = ANY($2))`,
      [new Date(nowMs), filter.projects],
    ),
  ]);
  return {
    uses: rows.map(fromRow),
    total,
    more,
    open: count(waiting.rows[0]?.open),
    overdue: count(waiting.rows[0]?.overdue),
  };
}

/** What nobody has judged, what is due first first, and how many there are of it. */
export async function listUnreviewedUses(
  db: Database,
  projects: BreakGlassFilter["projects"],
  limit: number,
): Promise<{ uses: BreakGlassUse[]; open: number }> {
  const { rows } = await db.pool.query({
    name: "break-glass-unreviewed",
    text: `SELECT b.*, d.title, count(*) OVER () AS open FROM break_glass_uses b ${joined}
      WHERE b.verdict IS NULL AND ($1::text[] IS NULL OR b.project_id = ANY($1)) ORDER BY b.due_at, b.id LIMIT $2`,
    values: [projects, limit],
  });
  return { uses: rows.map(fromRow), open: count(rows[0]?.open ?? 0) };
}

/** Writes the verdict unless there is one. false: somebody was first. */
export async function judgeBreakGlassUse(
  tx: Transaction,
  breakGlassId: string,
  judgement: { verdict: BreakGlassVerdict; note: string; by: Actor; at: Date },
): Promise<boolean> {
  const judged = await tx.breakGlassUse.updateMany({
    where: { id: breakGlassId, verdict: null },
    data: {
      verdict: judgement.verdict,
      note: judgement.note,
      reviewedBy: actorRef(judgement.by),
      reviewedAt: judgement.at,
    },
  });
  return judged.count === 1;
}

function fromRow(row: Row): BreakGlassUse {
  return {
    breakGlassId: text(row.id),
    approvalId: text(row.approval_id),
    draftId: text(row.draft_id),
    draftTitle: textOrNull(row.title) ?? "",
    projectId: textOrNull(row.project_id),
    actor: json(row.actor),
    reason: text(row.reason),
    overridden: json<Reason[]>(row.overridden),
    usedAtMs: ms(row.used_at),
    dueAtMs: ms(row.due_at),
    verdict: (row.verdict ?? null) as BreakGlassVerdict | null,
    note: textOrNull(row.note),
    reviewedBy: json(row.reviewed_by ?? null),
    reviewedAtMs: msOrNull(row.reviewed_at),
  };
}
