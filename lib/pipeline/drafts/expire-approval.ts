import { listApprovals } from "@/lib/db/approval-store";
import { findDraft } from "@/lib/db/draft-store";
import { hasLapsed } from "@/lib/domain/quorum";
import { reason } from "@/lib/domain/reason";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { voidApproval } from "../publishing/require-approval";

/**
 * Ends what has lapsed of a draft's approvals; recordAudit happens with it. Of an open gate the earliest end is the end of
 * all; where too few had approved only the lapsed ones end. Somebody deciding meanwhile wins, which is no fault.
 */
export async function expireApproval(ctx: Context, draftId: string): Promise<void> {
  const draft = await findDraft(ctx.db, draftId);
  if (!draft) return;
  const granted = (await listApprovals(ctx.db, draftId)).filter((each) => each.state === "granted");
  const lapsed = granted.filter((each) => hasLapsed(each, ctx.nowMs));
  if (lapsed.length === 0) return;
  await authorize(ctx, "work", { kind: "draft", id: draftId, projectId: draft.content.projectId });
  const approvalIds = lapsed.map((each) => each.approvalId);
  const because = [reason("approval_expired", "The approval has expired")];
  try {
    await voidApproval(ctx, draft, "expired", { because, approvalIds });
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "conflict")) throw error;
  }
}
