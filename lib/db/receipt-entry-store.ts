import { erasureAction } from "@/lib/domain/ledger";
import { receiptActions } from "@/lib/domain/receipt-actions";
import type { ListedEntry } from "./audit-entry-store";
import { ledgerColumns, sealedEntryFromRow } from "./audit-ledger-rows";
import type { Database } from "./client";

const columns = ledgerColumns("e");

/** Entries that say how a delivery was asked for, on whose word, and what came of it: sealed ones and those that are about to be. */
export async function listReceiptEntries(
  db: Database,
  { deliveryId, draftId }: { deliveryId: string; draftId: string },
): Promise<ListedEntry[]> {
  const { approved, asked, followUp, attempts, settled } = receiptActions;
  const { rows } = await db.pool.query(
    `SELECT ${columns} FROM audit_entries e WHERE e.subject_kind = 'delivery' AND e.subject_id = $1 AND e.action = ANY($2)
     UNION ALL
     SELECT ${columns} FROM audit_entries e WHERE e.subject_kind = 'draft' AND e.subject_id = $3 AND e.action = ANY($4)
     ORDER BY sequence NULLS LAST, at_ms`,
    [deliveryId, [...attempts, ...settled, followUp], draftId, [...approved, asked]],
  );
  return rows.map(listed);
}

/** Entries that say that one of these was erased. */
export async function listErasures(db: Database, entryIds: readonly string[]): Promise<ListedEntry[]> {
  if (entryIds.length === 0) return [];
  const { rows } = await db.pool.query(
    `SELECT ${columns} FROM audit_entries e WHERE e.action = $1 AND e.detail->'entries' ?| $2::text[]
     ORDER BY e.sequence NULLS LAST`,
    [erasureAction, [...entryIds]],
  );
  return rows.map(listed);
}

const listed = (row: Record<string, unknown>): ListedEntry => ({
  ...sealedEntryFromRow(row),
  sequence: row.sequence === null ? null : Number(row.sequence),
});
