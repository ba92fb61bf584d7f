import { endGrants } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { moveApprovalFacet } from "@/lib/db/draft-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
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

/** Ends the approval in force; it stays as evidence with the reasons, and the draft waits for a new one (D-06). */
export async function voidApproval(
  ctx: Context,
  draft: Draft,
  as: "voided" | "expired",
  because: readonly Reason[],
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveApprovalFacet(tx, draft, "granted", as, new Date(ctx.nowMs))))
      throw movedMeanwhile(draft);
    await endGrants(tx, draft.draftId, as, because, new Date(ctx.nowMs));
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
