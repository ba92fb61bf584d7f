import { listQuarantined, type QuarantineFilter } from "@/lib/db/log-quarantine-store";
import type { QuarantinedLog } from "@/lib/domain/log-source-state";
import type { ListPage } from "@/lib/domain/page";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { type LogSourceInput, requireLogSource } from "./require-log-source";

export type ListQuarantineInput = LogSourceInput & {
  filter: Omit<QuarantineFilter, "projectId" | "sourceId">;
  page: ListPage;
};

/** What was set aside of one source, newest first. @throws AppError as requireLogSource, invalid `cursor_invalid` */
export async function listQuarantine(
  ctx: Context,
  { projectId, sourceId, filter, page }: ListQuarantineInput,
): Promise<{ quarantined: QuarantinedLog[]; total: number; nextCursor: string | null }> {
  await requireLogSource(ctx, { projectId, sourceId }, "read");
  const wanted = { projectId, sourceId, ...filter };
  const cursor = pageCursor("quarantine", wanted, page);
  const { quarantined, total, more } = await listQuarantined(ctx.db, wanted, cursor.page);
  const last = quarantined.at(-1);
  const next = more && last ? { atMs: last.createdAtMs, id: last.quarantineId } : null;
  return { quarantined, total, nextCursor: cursor.next(next) };
}
