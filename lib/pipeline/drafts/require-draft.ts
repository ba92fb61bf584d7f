import { findDraft } from "@/lib/db/draft-store";
import type { Permission } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import { authorizeRecord } from "../authorize";
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
  const missing = new AppError("not_found", "draft_not_found", "There is no such draft", {
    draft_id: draftId,
  });
  if (!draft) throw missing;
  const subject = { kind: "draft", id: draftId, projectId: draft.content.projectId };
  await authorizeRecord(ctx, permission, subject, missing);
  return draft;
}
