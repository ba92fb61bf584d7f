import { type ListedSilence, listSilenceRecords, type SilenceFilter } from "@/lib/db/silence-store";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListSilencesInput = { filter: Omit<SilenceFilter, "projects">; page: ListPage };

/** Silences whose projects the actor may all see, newest first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listSilences(
  ctx: Context,
  { filter, page }: ListSilencesInput,
): Promise<{ silences: ListedSilence[]; total: number; nextCursor: string | null; nowMs: number }> {
  await authorize(ctx, "read", { kind: "silences", id: "list" });
  const cursor = pageCursor("silences", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { silences, total, more } = await listSilenceRecords(ctx.db, seen, cursor.page, ctx.nowMs);
  const last = silences.at(-1)?.silence;
  return {
    silences,
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.createdAtMs, id: last.silenceId } : null),
    nowMs: ctx.nowMs,
  };
}
