import { hashOfField, isErased } from "@/lib/audit/leaf";
import { sha256 } from "@/lib/audit/sha256";
import { lockSealedEntries, recordErasures } from "@/lib/db/audit-entry-store";
import type { Transaction } from "@/lib/db/transaction";
import { erasureAction } from "@/lib/domain/ledger";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

export type ErasedFields = {
  /** What is erased of each: the name of who acted, the detail, or both. Id and kind of the actor stay. */
  fields: readonly ("actor" | "detail")[];
  /** A code, never a person's words: it stays. */
  reason: string;
};

/** One entry of the audit names at most so many that were erased. */
export const erasedPerEntry = 500;

/**
 * Erases content of sealed entries in the caller's transaction, which authorized, and writes the entry that says so. Entries that
 * are not sealed yet, erased already, or say of an erasure themselves are left. Answers those erased now.
 */
export async function eraseEntries(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
  { fields, reason }: ErasedFields,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await lockSealedEntries(tx, ids);
  const erasures = found
    .filter((entry) => entry.action !== erasureAction)
    .map((entry) => ({
      id: entry.id,
      actorHash: fields.includes("actor") && !isErased(entry.actor) ? hashOfField(sha256, entry.actor) : null,
      detailHash:
        fields.includes("detail") && !isErased(entry.detail) ? hashOfField(sha256, entry.detail) : null,
    }))
    .filter((each) => each.actorHash !== null || each.detailHash !== null);
  if (erasures.length === 0) return [];
  await recordErasures(tx, erasures);
  const entries = erasures.map((each) => each.id);
  await recordAudit(tx, ctx, {
    action: erasureAction,
    subject: { kind: "audit_ledger", id: "erase" },
    detail: { entries, fields: [...fields], reason },
  });
  return entries;
}
