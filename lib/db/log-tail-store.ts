import type { Database } from "./client";
import {
  keyOfSource,
  type SourceKey,
  type StoredPosition,
  type TailState,
  tailStateFromRow,
} from "./log-tail-rows";
import type { Transaction } from "./transaction";

/** One source's tail; null when nobody read it yet. */
export async function findTailState(db: Database, key: SourceKey): Promise<TailState | null> {
  const { rows } = await db.pool.query(
    "SELECT * FROM log_source_states WHERE project_id = $1 AND source_id = $2",
    [key.projectId, key.sourceId],
  );
  return rows[0] ? tailStateFromRow(rows[0]) : null;
}

/** Every tail there is, by `project/source`, also of sources that are no longer configured. */
export async function listTailStates(db: Database): Promise<Map<string, TailState>> {
  const { rows } = await db.pool.query({
    name: "log-tails",
    text: "SELECT * FROM log_source_states ORDER BY project_id, source_id",
  });
  return new Map(rows.map((row) => [keyOfSource(tailStateFromRow(row)), tailStateFromRow(row)]));
}

/** A process that has not said for so long that it reads log sources does not. */
export const watcherTtlMs = 15_000;

export type Claim = {
  watcher: string;
  leaseMs: number;
  nowMs: number;
  sources: ReadonlyArray<SourceKey & { path: string }>;
  limit: number;
};

/**
 * Takes up to `limit` of these sources that nobody reads, or whose reader has not renewed its lease, and makes the rows
 * of those that have none. A source that changes hands moves its revision, so that its last reader writes nothing more.
 */
export async function claimTails(db: Database, claim: Claim): Promise<TailState[]> {
  if (claim.sources.length === 0 || claim.limit <= 0) return [];
  const { rows } = await db.pool.query({
    name: "claim-log-tails",
    text: claimSql,
    values: [
      claim.sources.map((each) => each.projectId),
      claim.sources.map((each) => each.sourceId),
      claim.sources.map((each) => each.path),
      claim.watcher,
      new Date(claim.nowMs),
      new Date(claim.nowMs + claim.leaseMs),
      claim.limit,
    ],
  });
  return rows.map(tailStateFromRow);
}

const claimSql = `
WITH free AS (
  SELECT w.* FROM unnest($1::text[], $2::text[], $3::text[]) AS w(project_id, source_id, path)
  LEFT JOIN log_source_states s USING (project_id, source_id)
  WHERE s.claimed_by IS NULL OR s.claimed_by = $4 OR s.lease_until <= $5
  ORDER BY w.project_id, w.source_id LIMIT $7
)
INSERT INTO log_source_states AS s (project_id, source_id, path, claimed_by, lease_until, updated_at)
SELECT project_id, source_id, path, $4, $6::timestamptz, $5::timestamptz FROM free
ON CONFLICT (project_id, source_id) DO UPDATE SET claimed_by = EXCLUDED.claimed_by, lease_until = EXCLUDED.lease_until,
  revision = s.revision + 1
WHERE s.claimed_by IS NULL OR s.claimed_by = EXCLUDED.claimed_by OR s.lease_until <= $5
RETURNING s.*`;

/** Keeps what this watcher holds for another while. Answers what it still holds, each with its present revision. */
export async function renewTails(
  db: Database,
  { watcher, leaseMs, nowMs }: { watcher: string; leaseMs: number; nowMs: number },
): Promise<Map<string, number>> {
  const { rows } = await db.pool.query({
    name: "renew-log-tails",
    text: `UPDATE log_source_states SET lease_until = $2 WHERE claimed_by = $1
      RETURNING project_id, source_id, revision`,
    values: [watcher, new Date(nowMs + leaseMs)],
  });
  return new Map(
    rows.map((row) => [
      keyOfSource({ projectId: row.project_id, sourceId: row.source_id }),
      Number(row.revision),
    ]),
  );
}

/** Gives sources back, all that the watcher holds unless some are named, so that others need not wait for the lease. */
export async function releaseTails(
  db: Database,
  watcher: string,
  sources?: readonly SourceKey[],
): Promise<void> {
  await db.pool.query(
    `UPDATE log_source_states s SET claimed_by = NULL, lease_until = NULL WHERE claimed_by = $1
       AND ($2::text[] IS NULL OR EXISTS (SELECT 1 FROM unnest($2::text[], $3::text[]) AS w(project_id, source_id)
         WHERE w.project_id = s.project_id AND w.source_id = s.source_id))`,
    [watcher, sources?.map((each) => each.projectId) ?? null, sources?.map((each) => each.sourceId) ?? null],
  );
}

/** Who says that it reads log sources, and how many said so since `sinceMs`, itself included. Old names are dropped. */
export async function recordWatcher(
  db: Database,
  { watcher, nowMs, sinceMs }: { watcher: string; nowMs: number; sinceMs: number },
): Promise<number> {
  const { rows } = await db.pool.query({
    name: "record-log-watcher",
    text: `WITH gone AS (DELETE FROM log_watchers WHERE seen_at < $3 AND name <> $1),
      own AS (INSERT INTO log_watchers (name, seen_at) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET seen_at = EXCLUDED.seen_at)
      SELECT count(*)::int + 1 AS watchers FROM log_watchers WHERE seen_at >= $3 AND name <> $1`,
    values: [watcher, new Date(nowMs), new Date(sinceMs)],
  });
  return Number(rows[0]?.watchers ?? 1);
}

export async function listWatchers(db: Database): Promise<string[]> {
  const rows = await db.prisma.logWatcher.findMany({ select: { name: true } });
  return rows.map((row) => row.name);
}

export async function removeWatcher(db: Database, watcher: string): Promise<void> {
  await db.pool.query("DELETE FROM log_watchers WHERE name = $1", [watcher]);
}

/** A place that a person chose: cooldowns and errors begin anew with it. */
export type TailMove = SourceKey & {
  /** The revision of the state that the person was shown. */
  revision: number;
  position: StoredPosition;
  fileSize: number | null;
  nowMs: number;
};

/**
 * Puts a tail elsewhere, over exactly the state that was read; false when it moved meanwhile. Whoever reads the source
 * finds its revision old at its next commit, writes nothing, and goes on from here.
 */
export async function moveTail(tx: Transaction, move: TailMove): Promise<boolean> {
  const { projectId, sourceId, revision, position, nowMs } = move;
  const at = new Date(nowMs);
  const moved = await tx.logSourceState.updateMany({
    where: { projectId, sourceId, revision: BigInt(revision) },
    data: {
      revision: BigInt(revision + 1),
      inode: position.fileId,
      generation: BigInt(position.generation),
      offset: BigInt(position.offset),
      guardHash: position.guardHash,
      guardBytes: position.guardBytes,
      finishedUntilMs: position.finishedUntilMs,
      openOffset: null,
      fileSize: move.fileSize === null ? null : BigInt(move.fileSize),
      recentFingerprints: {},
      consecutiveErrors: 0,
      errorCode: null,
      lastError: null,
      lastErrorAt: null,
      lastPollAt: null,
      positionedAt: at,
      updatedAt: at,
    },
  });
  return moved.count === 1;
}
