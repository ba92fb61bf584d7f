import { inTransaction } from "@/lib/db/transaction";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ErasedFields, erasedPerEntry, eraseEntries } from "./erase-entries";

export type EraseAuditInput = ErasedFields & { entryIds: readonly string[] };

/**
 * Erases content of sealed entries and keeps their leaves provable: the salted hash stays, the salt goes. The entry that says so
 * is written in the same transaction, and is itself never erased. Erasing twice is the same. Answers the entries erased now.
 *
 * @throws AppError forbidden
 */
export async function eraseAuditDetail(ctx: Context, input: EraseAuditInput): Promise<{ erased: string[] }> {
  await authorize(ctx, "work", { kind: "audit_ledger", id: "erase" });
  const ids = [...new Set(input.entryIds)];
  const erased: string[] = [];
  for (let from = 0; from < ids.length; from += erasedPerEntry) {
    const some = ids.slice(from, from + erasedPerEntry);
    erased.push(...(await inTransaction(ctx.db, (tx) => eraseEntries(tx, ctx, some, input))));
  }
  return { erased };
}
