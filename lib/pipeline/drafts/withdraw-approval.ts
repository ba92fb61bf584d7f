import { endGrants, listStanding } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { lockForDecision, moveApprovalFacet } from "@/lib/db/draft-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { endWaitingDeliveries, hasLeft } from "@/lib/db/waiting-delivery-store";
import { actorRef } from "@/lib/domain/actor";
import { reason } from "@/lib/domain/reason";
import type { Approval, Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { movedMeanwhile } from "../publishing/require-approval";
import { recordAudit } from "../record-audit";
import { requireDraft } from "./require-draft";

export type WithdrawApprovalInput = { draftId: string; reason?: string | null };

/**
 * Takes back one's own approval while nothing has left under it: the gate closes, what waited to be sent is cancelled, and
 * the approval stays as evidence. What the others approved still stands and counts.
 *
 * @throws AppError not_found, forbidden, conflict `no_approval_of_yours` | `already_left` | `draft_moved`.
 */
export async function withdrawApproval(
  ctx: Context,
  input: WithdrawApprovalInput,
): Promise<{ draftId: string }> {
  const draft = await requireDraft(ctx, input.draftId, "decide");
  await inTransaction(ctx.db, async (tx) => {
    const now = await lockForDecision(tx, draft.draftId);
    if (!now || now.approval !== draft.approval) throw movedMeanwhile(draft);
    const standing = await listStanding(tx, draft.draftId);
    const mine = standing.find((each) => isMine(ctx, each));
    if (!mine) {
      throw conflict(draft, "no_approval_of_yours", "No approval of yours stands on this draft");
    }
    if (now.approval === "granted") await closeGate(tx, ctx, draft, standing);
    const words = input.reason?.trim();
    const why = reason("withdrawn", words || "Whoever gave it took it back");
    const end = { state: "withdrawn" as const, because: [why], at: new Date(ctx.nowMs) };
    await endGrants(tx, draft.draftId, end, [mine.approvalId]);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.approval.withdrawn",
      subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
      detail: {
        approval_id: mine.approvalId,
        gate: now.approval === "granted" ? "closed" : "was_closed",
        reason_given: Boolean(words),
      },
    });
    await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });
  });
  return { draftId: draft.draftId };
}

/** What waits is cancelled first; whatever a worker took meanwhile is seen then, and nothing is withdrawn. */
async function closeGate(
  tx: Transaction,
  ctx: Context,
  draft: Draft,
  standing: readonly Approval[],
): Promise<void> {
  const at = new Date(ctx.nowMs);
  const why = reason("approval_withdrawn", "The approval was withdrawn before this was sent");
  const approvalIds = standing.map((each) => each.approvalId);
  const tooLate = () =>
    conflict(draft, "already_left", "Something has left under this approval, or is leaving now; it stands");
  if (await hasLeft(tx, approvalIds)) throw tooLate();
  const cancelled = await endWaitingDeliveries(tx, draft.draftId, why, at);
  if (await hasLeft(tx, approvalIds)) throw tooLate();
  for (const id of cancelled) {
    await recordAudit(tx, ctx, {
      action: "incident_monitor.delivery.cancelled",
      subject: { kind: "delivery", id, projectId: draft.content.projectId },
      detail: { draft_id: draft.draftId, reason: why.code },
    });
    await announceChange(tx, { topic: "delivery", id, projectId: draft.content.projectId });
  }
  if (!(await moveApprovalFacet(tx, draft, "granted", "required", at))) throw movedMeanwhile(draft);
}

function isMine(ctx: Context, approval: Approval): boolean {
  const me = actorRef(ctx.actor);
  return approval.actor.kind === me.kind && approval.actor.id === me.id;
}

const conflict = (draft: Draft, code: string, words: string) =>
  new AppError("conflict", code, words, { draft_id: draft.draftId });
