import { type DraftFilter, listDraftRecords } from "@/lib/db/draft-store";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { markSilencedDrafts } from "../silences/mark-silenced";

export type ListDraftsInput = { filter: Omit<DraftFilter, "projects">; page: ListPage };
export type DraftList = { drafts: Draft[]; total: number; nextCursor: string | null };

/** Drafts the actor may see, newest first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listDrafts(ctx: Context, { filter, page }: ListDraftsInput): Promise<DraftList> {
  await authorize(ctx, "read", { kind: "drafts", id: "list" });
  const cursor = pageCursor("drafts", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { drafts, total, more } = await listDraftRecords(ctx.db, seen, cursor.page);
  const last = drafts.at(-1);
  return {
    drafts: await markSilencedDrafts(ctx, drafts),
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.createdAtMs, id: last.draftId } : null),
  };
}
