import { listApprovals } from "@/lib/db/approval-store";
import { findDraft } from "@/lib/db/draft-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { preparePublication } from "../publishing/prepare-publication";
import { voidApproval } from "../publishing/require-approval";
import { judgeStanding, voidingDiff } from "../publishing/standing-approvals";

/**
 * Voids the approvals that stand when what they froze is not what would leave now (D-06), with what reads differently, so
 * that lists say so at once; publishing would find the same. Somebody who decides meanwhile wins.
 */
export async function settleApproval(ctx: Context, draftId: string): Promise<void> {
  const draft = await findDraft(ctx.db, draftId);
  if (!draft || draft.approval === "denied" || draft.approval === "not_required") return;
  const granted = (await listApprovals(ctx.db, draftId)).filter((each) => each.state === "granted");
  const covered = Object.keys(granted[0]?.basis.payloads ?? {});
  if (granted.length === 0) return;
  await authorize(ctx, "triage", { kind: "draft", id: draftId, projectId: draft.content.projectId });
  const publication = await preparePublication(ctx, draft, covered);
  const { outdated, changes } = judgeStanding(publication, granted, ctx.nowMs);
  if (outdated.length === 0) return;
  try {
    await voidApproval(ctx, draft, "voided", {
      because: changes,
      diff: await voidingDiff(ctx, publication, outdated[0]),
      approvalIds: outdated.map((each) => each.approvalId),
    });
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "conflict")) throw error;
  }
}
