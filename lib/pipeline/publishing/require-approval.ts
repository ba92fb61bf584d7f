import { endGrants } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { lockForDecision, moveApprovalFacet } from "@/lib/db/draft-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
import type { TextChange } from "@/lib/domain/text-changes";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

/** A policy that did not ask when the draft was made asks now: the draft waits for a person from here on. */
export async function requireApproval(ctx: Context, draft: Draft, because: readonly Reason[]): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveApprovalFacet(tx, draft, "not_required", "required", new Date(ctx.nowMs))))
      throw movedMeanwhile(draft);
    await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.approval.required",
      subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
      detail: { because: because.map((each) => each.code) },
    });
  });
}

/** What ended approvals: why, what read differently, and which of them; all that stand unless some are named. */
export type ApprovalEnding = {
  because: readonly Reason[];
  diff?: readonly TextChange[];
  approvalIds?: readonly string[];
};

/**
 * Ends approvals that stand; they stay as evidence with the reasons. An open gate closes with all of them, and the draft
 * waits for new ones (D-06); where too few had approved only they end.
 */
export async function voidApproval(
  ctx: Context,
  draft: Draft,
  as: "voided" | "expired",
  { because, diff, approvalIds }: ApprovalEnding,
): Promise<void> {
  const at = new Date(ctx.nowMs);
  const isOpen = draft.approval === "granted";
  await inTransaction(ctx.db, async (tx) => {
    if (isOpen && !(await moveApprovalFacet(tx, draft, "granted", as, at))) throw movedMeanwhile(draft);
    if (!isOpen && (await lockForDecision(tx, draft.draftId))?.approval !== draft.approval)
      throw movedMeanwhile(draft);
    const end = { state: as, because, diff, at };
    const ended = await endGrants(tx, draft.draftId, end, approvalIds ?? null);
    // Withdrawn and given anew meanwhile, the gate is open on other approvals than those that were judged.
    if (isOpen && ended === 0) throw movedMeanwhile(draft);
    if (ended === 0) return;
    if (isOpen && approvalIds) await endGrants(tx, draft.draftId, end);
    await recordAudit(tx, ctx, {
      action: as === "voided" ? "incident_monitor.approval.voided" : "incident_monitor.approval.expired",
      subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
      detail: { because: because.map((each) => ({ code: each.code, ...each.fields })) },
    });
    await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });
  });
}

export function movedMeanwhile(draft: Draft): AppError {
  return new AppError("conflict", "draft_moved", "The draft changed meanwhile; look again", {
    draft_id: draft.draftId,
  });
}
