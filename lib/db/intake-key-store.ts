import type { ActorRef } from "@/lib/domain/actor";
import type { IntakeKey } from "@/lib/domain/intake-key";
import type { Database } from "./client";
import type { IntakeKey as Row } from "./generated/client";
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
  expiresAtMs: number | null;
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
      expiresAt: key.expiresAtMs === null ? null : new Date(key.expiresAtMs),
      createdBy: key.createdBy,
      createdAt: new Date(key.createdAtMs),
    },
  });
  return intakeKeyFromRow(row);
}

/** By project, then name (contract 3). `projectIds` null: of every project. */
export async function listIntakeKeys(
  db: Database,
  projectIds: readonly string[] | null,
): Promise<IntakeKey[]> {
  const rows = await db.prisma.intakeKey.findMany({
    where: projectIds ? { projectId: { in: [...projectIds] } } : {},
    orderBy: [{ projectId: "asc" }, { name: "asc" }, { createdAt: "asc" }],
  });
  return rows.map(intakeKeyFromRow);
}

export async function findIntakeKey(db: Database, keyId: string): Promise<IntakeKey | null> {
  const row = await db.prisma.intakeKey.findUnique({ where: { id: keyId } });
  return row ? intakeKeyFromRow(row) : null;
}

/** On the intake path, so plain SQL over the unique index. */
export async function findIntakeKeyByHash(db: Database, keyHash: string): Promise<IntakeKey | null> {
  const { rows } = await db.pool.query<Row>({
    name: "intake-key-by-hash",
    text: `SELECT id, project_id AS "projectId", name, prefix, enabled, scopes, source_ids AS "sourceIds",
                  rate_per_second AS "ratePerSecond", burst, expires_at AS "expiresAt", created_at AS "createdAt",
                  last_used_at AS "lastUsedAt", rejected_count AS "rejectedCount", disabled_at AS "disabledAt"
           FROM intake_keys WHERE key_hash = $1`,
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

/** A known key that was refused. */
export async function countRejectedIntakeKey(db: Database, keyId: string): Promise<void> {
  await db.pool.query("UPDATE intake_keys SET rejected_count = rejected_count + 1 WHERE id = $1", [keyId]);
}

type ReadRow = Omit<Row, "keyHash" | "createdBy" | "rotatedFromId">;

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
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt?.getTime() ?? null,
    lastUsedAtMs: row.lastUsedAt?.getTime() ?? null,
    rejectedCount: row.rejectedCount,
    disabledAtMs: row.disabledAt?.getTime() ?? null,
  };
}
