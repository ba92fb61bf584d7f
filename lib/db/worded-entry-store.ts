import { wordedActions } from "@/lib/domain/audit";
import type { Database } from "./client";
import { type Row, text } from "./rows";
import type { Transaction } from "./transaction";

const unerased = `e.action = ANY($1) AND e.sequence IS NOT NULL AND e.detail_hash IS NULL AND e.subject_kind = 'delivery'`;

/** Sealed entries that still hold a person's words about these posts. */
export async function listWordedOf(tx: Transaction, postIds: readonly string[]): Promise<string[]> {
  if (postIds.length === 0) return [];
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `SELECT e.id FROM audit_entries e JOIN deliveries v ON v.id = e.subject_id WHERE ${unerased} AND v.post_id = ANY($2)`,
    [...wordedActions],
    [...postIds],
  );
  return rows.map((row) => text(row.id));
}

/** Those of deliveries that were forgotten before the entry was sealed, at most `limit`. */
export async function listWordedLeft(db: Database, limit: number): Promise<string[]> {
  const { rows } = await db.pool.query(
    `SELECT e.id FROM audit_entries e JOIN deliveries v ON v.id = e.subject_id
     WHERE ${unerased} AND v.erased_at IS NOT NULL ORDER BY e.at LIMIT $2`,
    [[...wordedActions], limit],
  );
  return rows.map((row) => text(row.id));
}
