import { type DraftFilter, listDraftRecords } from "@/lib/db/draft-store";
import type { PageRequest } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";

export type ListDraftsInput = { filter: Omit<DraftFilter, "projects">; page: PageRequest };

/** Drafts the actor may see, newest first. @throws AppError forbidden */
export async function listDrafts(
  ctx: Context,
  input: ListDraftsInput,
): Promise<{ drafts: Draft[]; total: number }> {
  await authorize(ctx, "read", { kind: "drafts", id: "list" });
  return listDraftRecords(ctx.db, { ...input.filter, projects: readableProjects(ctx.actor) }, input.page);
}
