import type { ActorRef } from "@/lib/domain/actor";
import type { IntakeKey } from "@/lib/domain/intake-key";
import type { Database } from "./client";
import type { IntakeKey as Row } from "./generated/client";
import { also, alsoBetween, alsoContains, type ListFilter } from "./list-query";
import type { Transaction } from "./transaction";

/** `tim_intake_` and seven digits: tells keys apart, gives nothing away. */
export const intakeKeyPrefix = (rawKey: string) => rawKey.slice(0, 18);

export type NewIntakeKey = {
  keyId: string;
  projectId: string;
  name: string;
  prefix: string;
  keyHash: string;
  scopes: string[];
  sourceIds: string[];
  /** null: the store's default. */
  ratePerSecond: number | null;
  burst: number | null;
  /** Absent or null: no more than its rate allows. */
  dailyQuota?: number | null;
  expiresAtMs: number | null;
  /** The key it takes over from; absent for one made anew. */
  rotatedFromId?: string;
  createdBy: ActorRef;
  createdAtMs: number;
};

export async function insertIntakeKey(tx: Transaction, key: NewIntakeKey): Promise<IntakeKey> {
  const row = await tx.intakeKey.create({
    data: {
      id: key.keyId,
      projectId: key.projectId,
      name: key.name,
      prefix: key.prefix,
      keyHash: key.keyHash,
      scopes: key.scopes,
      sourceIds: key.sourceIds,
      ratePerSecond: key.ratePerSecond ?? undefined,
      burst: key.burst ?? undefined,
      dailyQuota: key.dailyQuota,
      expiresAt: key.expiresAtMs === null ? null : new Date(key.expiresAtMs),
      rotatedFromId: key.rotatedFromId,
      createdBy: key.createdBy,
      createdAt: new Date(key.createdAtMs),
    },
  });
  return intakeKeyFromRow(row);
}

export type IntakeKeyFilter = {
  /** null: of every project. */
  projects: readonly string[] | null;
  projectId?: string;
  enabled?: boolean;
  /** Part of the name, the prefix or the id. */
  search?: string;
  sinceMs?: number;
  untilMs?: number;
};

/** By project, then name (contract 3). `limit` null: all there are; `afterKeyId` pages on. */
export async function listIntakeKeys(
  db: Database,
  filter: IntakeKeyFilter,
  { limit, afterKeyId }: { limit: number | null; afterKeyId: string | null },
): Promise<{ keys: IntakeKey[]; more: boolean }> {
  const query: ListFilter = { where: ["true"], values: [] };
  if (filter.projects) also(query, "k.project_id = ANY($?)", filter.projects);
  if (filter.projectId) also(query, "k.project_id = $?", filter.projectId);
  if (filter.enabled !== undefined) also(query, "k.enabled = $?", filter.enabled);
  if (filter.search) alsoContains(query, ["k.name", "k.prefix", "k.id"], filter.search);
  alsoBetween(query, "k.created_at", filter);
  const order = "k.project_id, k.name, k.created_at, k.id";
  if (afterKeyId)
    also(query, `(${order}) > (SELECT ${order} FROM intake_keys k WHERE k.id = $?)`, afterKeyId);
  const { rows } = await db.pool.query<ReadRow>(
    `SELECT ${readColumns} FROM intake_keys k WHERE ${query.where.join(" AND ")} ORDER BY ${order}
     LIMIT ${limit === null ? "ALL" : limit + 1}`,
    query.values,
  );
  const kept = limit === null ? rows : rows.slice(0, limit);
  return { keys: kept.map(intakeKeyFromRow), more: rows.length > kept.length };
}

const readColumns = `k.id, k.project_id AS "projectId", k.name, k.prefix, k.enabled, k.scopes,
  k.source_ids AS "sourceIds", k.rate_per_second AS "ratePerSecond", k.burst,
  k.daily_quota AS "dailyQuota", k.expires_at AS "expiresAt",
  k.created_at AS "createdAt", k.last_used_at AS "lastUsedAt", k.rejected_count AS "rejectedCount",
  k.disabled_at AS "disabledAt", k.rotated_from_id AS "rotatedFromId"`;

export async function findIntakeKey(db: Database, keyId: string): Promise<IntakeKey | null> {
  const row = await db.prisma.intakeKey.findUnique({ where: { id: keyId } });
  return row ? intakeKeyFromRow(row) : null;
}

/** On the intake path, so plain SQL over the unique index. */
export async function findIntakeKeyByHash(db: Database, keyHash: string): Promise<IntakeKey | null> {
  const { rows } = await db.pool.query<Row>({
    name: "intake-key-by-hash",
    text: `SELECT ${readColumns} FROM intake_keys k WHERE k.key_hash = $1`,
    values: [keyHash],
  });
  return rows[0] ? intakeKeyFromRow(rows[0]) : null;
}

/** false when it was not enabled: somebody else was first, or it never was. */
export async function markIntakeKeyDisabled(tx: Transaction, keyId: string, nowMs: number): Promise<boolean> {
  const { count } = await tx.intakeKey.updateMany({
    where: { id: keyId, enabled: true },
    data: { enabled: false, disabledAt: new Date(nowMs) },
  });
  return count === 1;
}

/** Moves the end of a key that is still as it was read; false when somebody disabled or moved it meanwhile. */
export async function moveIntakeKeyExpiry(
  tx: Transaction,
  key: Pick<IntakeKey, "keyId" | "expiresAtMs">,
  expiresAtMs: number,
): Promise<boolean> {
  const expiresAt = key.expiresAtMs === null ? null : new Date(key.expiresAtMs);
  const { count } = await tx.intakeKey.updateMany({
    where: { id: key.keyId, enabled: true, expiresAt },
    data: { expiresAt: new Date(expiresAtMs) },
  });
  return count === 1;
}

const touchEveryMs = 10_000;
const touched = new WeakMap<Database, Map<string, number>>();

/** Records use, at most once per key in ten seconds: a busy key must not make its row a hot spot. */
export async function touchIntakeKey(db: Database, keyId: string, nowMs: number): Promise<void> {
  const seen = touched.get(db) ?? new Map<string, number>();
  touched.set(db, seen);
  if (nowMs - (seen.get(keyId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return;
  seen.set(keyId, nowMs);
  // The same condition again for the other processes, which count for themselves.
  await db.pool.query(
    "UPDATE intake_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)",
    [keyId, new Date(nowMs), new Date(nowMs - touchEveryMs)],
  );
}

/** Uses of a known key that were refused. */
export async function countRejectedIntakeKey(db: Database, keyId: string, uses = 1): Promise<void> {
  await db.pool.query("UPDATE intake_keys SET rejected_count = rejected_count + $2 WHERE id = $1", [
    keyId,
    uses,
  ]);
}

/**
 * Takes up to `wanted` of what a key's quota leaves of the day, and at least `least`; 0 when it leaves less than that.
 * Rows of days that are over are dropped with the first of a new day.
 */
export async function takeDailyQuota(
  db: Database,
  key: Pick<IntakeKey, "keyId" | "dailyQuota">,
  { day, wanted, least }: { day: string; wanted: number; least: number },
): Promise<number> {
  const quota = key.dailyQuota ?? 0;
  if (least > quota) return 0;
  const { rows } = await db.pool.query({
    name: "take-daily-quota",
    text: `WITH old AS (DELETE FROM intake_key_usage WHERE key_id = $1 AND day < $2::date)
      INSERT INTO intake_key_usage AS u (key_id, day, taken, granted)
      VALUES ($1, $2::date, LEAST($4::int, $3::int), LEAST($4::int, $3::int))
      ON CONFLICT (key_id, day) DO UPDATE
      SET taken = u.taken + LEAST($4::int, $3::int - u.taken), granted = LEAST($4::int, $3::int - u.taken)
      WHERE u.taken + $5::int <= $3::int
      RETURNING granted`,
    values: [key.keyId, day, quota, wanted, least],
  });
  return Number(rows[0]?.granted ?? 0);
}

type ReadRow = Omit<Row, "keyHash" | "createdBy">;

function intakeKeyFromRow(row: ReadRow): IntakeKey {
  return {
    keyId: row.id,
    projectId: row.projectId,
    name: row.name,
    prefix: row.prefix,
    enabled: row.enabled,
    scopes: row.scopes,
    sourceIds: row.sourceIds,
    ratePerSecond: row.ratePerSecond,
    burst: row.burst,
    dailyQuota: row.dailyQuota,
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt?.getTime() ?? null,
    lastUsedAtMs: row.lastUsedAt?.getTime() ?? null,
    rejectedCount: row.rejectedCount,
    disabledAtMs: row.disabledAt?.getTime() ?? null,
    rotatedFromId: row.rotatedFromId,
  };
}
