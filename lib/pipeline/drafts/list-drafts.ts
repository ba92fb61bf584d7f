import { type DraftFilter, listDraftRecords } from "@/lib/db/draft-store";
import { withLiveClaims } from "@/lib/domain/draft-claim";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { markSilencedDrafts } from "../silences/mark-silenced";
import { markOwnApprovals } from "./mark-own-approvals";

export type ListDraftsInput = { filter: Omit<DraftFilter, "projects">; page: ListPage };
export type DraftList = { drafts: Draft[]; total: number; nextCursor: string | null };

/** Drafts the actor may see, newest first unless `filter.sort` says otherwise. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listDrafts(ctx: Context, { filter, page }: ListDraftsInput): Promise<DraftList> {
  await authorize(ctx, "read", { kind: "drafts", id: "list" });
  const cursor = pageCursor("drafts", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { drafts, total, more, end } = await listDraftRecords(ctx.db, seen, cursor.page);
  return {
    drafts: withLiveClaims(await markSilencedDrafts(ctx, await markOwnApprovals(ctx, drafts)), ctx.nowMs),
    total,
    nextCursor: cursor.next(more ? end : null),
  };
}
