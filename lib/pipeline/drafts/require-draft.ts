import { findDraft } from "@/lib/db/draft-store";
import type { Permission } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

/**
 * The draft, once the actor may do `permission` with it. Whoever may not even read its project is told that it does not
 * exist, as for one that really does not.
 *
 * @throws AppError not_found `draft_not_found`, forbidden.
 */
export async function requireDraft(ctx: Context, draftId: string, permission: Permission): Promise<Draft> {
  const draft = await findDraft(ctx.db, draftId);
  if (!draft)
    throw new AppError("not_found", "draft_not_found", "There is no such draft", { draft_id: draftId });
  await authorize(ctx, permission, { kind: "draft", id: draftId, projectId: draft.content.projectId });
  return draft;
}
