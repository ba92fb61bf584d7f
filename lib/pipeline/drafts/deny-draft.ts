import { endGrants, insertApproval } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { moveApprovalFacet } from "@/lib/db/draft-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { endWaitingDeliveries } from "@/lib/db/waiting-delivery-store";
import { decidable } from "@/lib/domain/approval";
import { reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import { basisOf, preparePublication } from "../publishing/prepare-publication";
import { recordAudit } from "../record-audit";
import { requireDraft } from "./require-draft";

export type DenyDraftInput = { draftId: string; reason?: string | null };

/**
 * Closes the gate for good: a denied draft is neither published nor triaged, and what an earlier approval had queued and
 * not sent yet is cancelled. The decision is kept beside the draft and never becomes part of its content (W-38).
 *
 * @throws AppError not_found, forbidden, conflict `draft_not_pending_approval` | `decided_meanwhile`.
 */
export async function denyDraft(ctx: Context, input: DenyDraftInput): Promise<{ draftId: string }> {
  const draft = await requireDraft(ctx, input.draftId, "decide");
  const refusal = decidable(draft.approval);
  if (refusal) {
    throw new AppError("conflict", "draft_not_pending_approval", refusal.message, {
      draft_id: input.draftId,
    });
  }
  const publication = await preparePublication(ctx, draft);
  const { basis, digest } = basisOf(publication, publication.decision.effectiveDestinationIds);

  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveApprovalFacet(tx, draft, draft.approval, "denied", new Date(ctx.nowMs)))) {
      throw new AppError("conflict", "decided_meanwhile", "Somebody else decided this draft first", {
        draft_id: draft.draftId,
      });
    }
    const gone = reason("draft_denied", "Somebody denied the draft");
    const at = new Date(ctx.nowMs);
    await endGrants(tx, draft.draftId, { state: "voided", because: [gone], at });
    await insertApproval(tx, {
      approvalId: newId.approval(),
      draftId: draft.draftId,
      state: "denied",
      binding: publication.config.safetyDefaults.approvalBinding,
      actor: ctx.actor,
      reason: input.reason?.trim() || null,
      digest,
      basis,
      policyVersion: publication.policyVersion,
      because: publication.decision.approval.because,
      needed: 1,
      breakGlass: false,
      seen: {},
      expiresAtMs: null,
      createdAtMs: ctx.nowMs,
    });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.draft.denied",
      subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
      detail: { digest, reason_given: Boolean(input.reason?.trim()) },
    });
    await cancelWaiting(tx, ctx, draft);
    await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });
  });
  return { draftId: draft.draftId };
}

async function cancelWaiting(tx: Transaction, ctx: Context, draft: Draft): Promise<void> {
  const { draftId, content } = draft;
  const why = reason("draft_denied", "The draft was denied before this was sent");
  for (const id of await endWaitingDeliveries(tx, draftId, why, new Date(ctx.nowMs))) {
    await recordAudit(tx, ctx, {
      action: "incident_monitor.delivery.cancelled",
      subject: { kind: "delivery", id, projectId: content.projectId },
      detail: { draft_id: draftId, reason: why.code },
    });
    await announceChange(tx, { topic: "delivery", id, projectId: content.projectId });
  }
}
