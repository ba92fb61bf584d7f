import { type AuditFilter, type ListedEntry, listAuditEntries } from "@/lib/db/audit-entry-store";
import type { ListPage } from "@/lib/domain/page";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

/** Audit entries by time, newest first, sealed or not. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listAudit(
  ctx: Context,
  { filter, page }: { filter: AuditFilter; page: ListPage },
): Promise<{ entries: ListedEntry[]; total: number; nextCursor: string | null }> {
  await authorize(ctx, "readAudit", { kind: "audit_ledger", id: "list" });
  const cursor = pageCursor("audit", filter, page);
  const { entries, total, more } = await listAuditEntries(ctx.db, filter, cursor.page);
  const last = entries.at(-1);
  return {
    entries,
    total,
    nextCursor: cursor.next(more && last ? { atMs: Date.parse(last.at), id: last.id } : null),
  };
}
