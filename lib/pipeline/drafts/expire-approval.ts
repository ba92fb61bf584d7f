import { findDraft } from "@/lib/db/draft-store";
import { reason } from "@/lib/domain/reason";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { voidApproval } from "../publishing/require-approval";

/** Ends a lapsed approval; recordAudit happens with it. Somebody deciding meanwhile wins, which is no fault. */
export async function expireApproval(ctx: Context, draftId: string): Promise<void> {
  const draft = await findDraft(ctx.db, draftId);
  if (draft?.approval !== "granted") return;
  await authorize(ctx, "work", { kind: "draft", id: draftId, projectId: draft.content.projectId });
  try {
    await voidApproval(ctx, draft, "expired", [reason("approval_expired", "The approval has expired")]);
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "conflict")) throw error;
  }
}
