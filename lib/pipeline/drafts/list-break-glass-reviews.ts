import { type BreakGlassFilter, listBreakGlassRecords } from "@/lib/db/break-glass-store";
import type { BreakGlassUse } from "@/lib/domain/break-glass";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListBreakGlassInput = { filter: Omit<BreakGlassFilter, "projects">; page: ListPage };
export type BreakGlassList = {
  uses: BreakGlassUse[];
  total: number;
  /** Not judged yet, and of these how many past their time: over all that the caller sees, whatever the filter. */
  open: number;
  overdue: number;
  nextCursor: string | null;
  nowMs: number;
};

/** When the glass was broken in the projects the actor sees, newest first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listBreakGlassReviews(
  ctx: Context,
  { filter, page }: ListBreakGlassInput,
): Promise<BreakGlassList> {
  await authorize(ctx, "read", { kind: "break_glass", id: "list" });
  const cursor = pageCursor("break_glass", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { uses, total, more, open, overdue } = await listBreakGlassRecords(
    ctx.db,
    seen,
    cursor.page,
    ctx.nowMs,
  );
  const last = uses.at(-1);
  const next = more && last ? { atMs: last.usedAtMs, id: last.breakGlassId } : null;
  return { uses, total, open, overdue, nextCursor: cursor.next(next), nowMs: ctx.nowMs };
}
