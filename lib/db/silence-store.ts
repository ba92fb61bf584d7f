import type { ActorRef } from "@/lib/domain/actor";
import type { PageRequest } from "@/lib/domain/page";
import type { Silence, SilenceState } from "@/lib/domain/silence";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { also, alsoBetween, alsoContains, type ListFilter, readPage } from "./list-query";
import { count, json, ms, msOrNull, type Row, text } from "./rows";
import { type Transaction, takeTurn } from "./transaction";

export type SilenceFilter = {
  /** null: every silence. Otherwise those that name projects and only these: one that names none concerns everybody's. */
  projects: readonly string[] | null;
  /** One that names this project. */
  projectId?: string;
  /** `waiting` is found with `active`: windows are not the database's business. */
  state?: Exclude<SilenceState, "waiting">;
  /** In the reason, the id or the name of who made it. */
  search?: string;
  sinceMs?: number;
  untilMs?: number;
};

/** How many drafts it holds now, and how often it has held one. */
export type SilenceCounts = { heldNow: number; heldEver: number };
export type ListedSilence = { silence: Silence; counts: SilenceCounts };

const counted = `(SELECT count(*)::int FROM silence_holds h WHERE h.silence_id = s.id AND h.released_at IS NULL) AS held_now,
  (SELECT count(*)::int FROM silence_holds h WHERE h.silence_id = s.id) AS held_ever`;

export async function insertSilence(tx: Transaction, silence: Silence): Promise<void> {
  await tx.silence.create({
    data: {
      ...changeable(silence),
      id: silence.silenceId,
      createdBy: silence.createdBy,
      createdAt: new Date(silence.createdAtMs),
    },
  });
}

/** Over exactly the version that was read and only while nobody has expired it. false: somebody was first. */
export async function moveSilence(tx: Transaction, silence: Silence, fromVersion: number): Promise<boolean> {
  const moved = await tx.silence.updateMany({
    where: { id: silence.silenceId, version: fromVersion, endedAt: null },
    data: { ...changeable(silence), version: fromVersion + 1 },
  });
  return moved.count === 1;
}

/** Ends it now. false when it had ended already. */
export async function endSilence(
  tx: Transaction,
  silenceId: string,
  by: ActorRef,
  at: Date,
): Promise<boolean> {
  const ended = await tx.silence.updateMany({
    where: { id: silenceId, endedAt: null, expiresAt: { gt: at } },
    data: { endedAt: at, endedBy: by, updatedAt: at, version: { increment: 1 } },
  });
  return ended.count === 1;
}

export async function findSilence(db: Database, silenceId: string): Promise<ListedSilence | null> {
  const { rows } = await db.pool.query(`SELECT s.*, ${counted} FROM silences s WHERE s.id = $1`, [silenceId]);
  return rows[0] ? listedFromRow(rows[0]) : null;
}

/** Those between their start and their end, whatever their windows say. */
export async function findBegunSilences(db: Database, nowMs: number): Promise<Silence[]> {
  const { rows } = await db.pool.query({
    name: "begun-silences",
    text: "SELECT * FROM silences WHERE expires_at > $1 AND starts_at <= $1 AND ended_at IS NULL",
    values: [new Date(nowMs)],
  });
  return rows.map(silenceFromRow);
}

/**
 * Silences that have not ended besides this one: all, and those that name one of these projects. Nobody else adds one before this
 * transaction ends.
 */
export async function countOpenSilences(
  tx: Transaction,
  { nowMs, besides, projectIds }: { nowMs: number; besides: string; projectIds: readonly string[] },
): Promise<{ all: number; ofProjects: number }> {
  await takeTurn(tx, "silences");
  const open = { id: { not: besides }, endedAt: null, expiresAt: { gt: new Date(nowMs) } };
  const all = await tx.silence.count({ where: open });
  if (projectIds.length === 0) return { all, ofProjects: 0 };
  const ofProjects = await tx.silence.count({
    where: { ...open, projectIds: { hasSome: [...projectIds] } },
  });
  return { all, ofProjects };
}

/**
 * The ids of those that are still as they were read; nobody expires or changes one of them before this transaction ends.
 */
export async function lockUnchangedSilences(
  tx: Transaction,
  silences: readonly Pick<Silence, "silenceId" | "version">[],
): Promise<Set<string>> {
  const ids = silences.map((each) => each.silenceId);
  const versions = silences.map((each) => each.version);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id FROM silences s JOIN unnest(${ids}::text[], ${versions}::int[]) AS t(id, version) ON t.id = s.id
    WHERE s.version = t.version AND s.ended_at IS NULL ORDER BY s.id FOR SHARE OF s`;
  return new Set(rows.map((row) => text(row.id)));
}

/** By creation, newest first. */
export async function listSilenceRecords(
  db: Database,
  filter: SilenceFilter,
  page: PageRequest,
  nowMs: number,
): Promise<{ silences: ListedSilence[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  if (filter.projects)
    also(query, "cardinality(s.project_ids) > 0 AND s.project_ids <@ $?::text[]", filter.projects);
  if (filter.projectId) also(query, "$? = ANY(s.project_ids)", filter.projectId);
  if (filter.state) also(query, stateConditions[filter.state], new Date(nowMs));
  if (filter.search) alsoContains(query, ["s.reason", "s.id", "s.created_by->>'name'"], filter.search);
  alsoBetween(query, "s.created_at", filter);
  const shape = { select: `s.*, ${counted}`, from: "silences s", at: "s.created_at", id: "s.id" };
  const { rows, total, more } = await readPage(db, shape, query, page);
  return { silences: rows.map(listedFromRow), total, more };
}

const stateConditions: Record<NonNullable<SilenceFilter["state"]>, string> = {
  scheduled: "s.ended_at IS NULL AND s.starts_at > $?",
  active: "s.ended_at IS NULL AND s.starts_at <= $? AND s.expires_at > $?",
  expired: "(s.ended_at IS NOT NULL OR s.expires_at <= $?)",
};

function changeable(silence: Silence) {
  return {
    matcher: silence.matcher as unknown as Prisma.InputJsonValue,
    projectIds: silence.matcher.matchProjectIds,
    reason: silence.reason,
    schedule: silence.windows as unknown as Prisma.InputJsonValue,
    updatedBy: silence.updatedBy ?? undefined,
    startsAt: new Date(silence.startsAtMs),
    expiresAt: new Date(silence.expiresAtMs),
    updatedAt: new Date(silence.updatedAtMs),
  };
}

const listedFromRow = (row: Row): ListedSilence => ({
  silence: silenceFromRow(row),
  counts: { heldNow: count(row.held_now), heldEver: count(row.held_ever) },
});

function silenceFromRow(row: Row): Silence {
  return {
    silenceId: text(row.id),
    matcher: json(row.matcher),
    reason: text(row.reason),
    windows: json(row.schedule ?? []),
    version: count(row.version),
    createdBy: json(row.created_by),
    updatedBy: json(row.updated_by ?? null),
    endedBy: json(row.ended_by ?? null),
    startsAtMs: ms(row.starts_at),
    expiresAtMs: ms(row.expires_at),
    endedAtMs: msOrNull(row.ended_at),
    createdAtMs: ms(row.created_at),
    updatedAtMs: ms(row.updated_at),
  };
}
