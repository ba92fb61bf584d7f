import { listApprovals } from "@/lib/db/approval-store";
import { findDraft } from "@/lib/db/draft-store";
import { changesSince } from "@/lib/domain/approval";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { basisOf, preparePublication } from "../publishing/prepare-publication";
import { voidApproval } from "../publishing/require-approval";

/**
 * Voids the approval in force when what it froze is not what would leave now (D-06), so that lists say so at once; publishing
 * would find the same. Somebody who decides meanwhile wins.
 */
export async function settleApproval(ctx: Context, draftId: string): Promise<void> {
  const draft = await findDraft(ctx.db, draftId);
  if (draft?.approval !== "granted") return;
  await authorize(ctx, "triage", { kind: "draft", id: draftId, projectId: draft.content.projectId });
  const approval = (await listApprovals(ctx.db, draftId)).find((each) => each.state === "granted");
  if (!approval) return;
  const covered = Object.keys(approval.basis.payloads);
  const publication = await preparePublication(ctx, draft, covered);
  const changes = changesSince(approval.basis, basisOf(publication, covered).basis, approval.binding);
  if (changes.length === 0) return;
  try {
    await voidApproval(ctx, draft, "voided", changes);
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "conflict")) throw error;
  }
}
