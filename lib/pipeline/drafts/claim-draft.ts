import { announceChange } from "@/lib/db/change-feed";
import { moveClaim } from "@/lib/db/draft-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { type DraftClaim, decideClaim } from "@/lib/domain/draft-claim";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { requireDraft } from "./require-draft";

export type ClaimDraftInput = {
  draftId: string;
  /** Take it although somebody else is on it. */
  takeOver?: boolean;
};

/**
 * Says that the actor is on a draft, for the next quarter of an hour; again, it is renewed. It stops nobody from deciding:
 * it is what others see before they do.
 *
 * @throws AppError not_found, forbidden, conflict `claimed_by_other` with `claim`, or `claim_moved` when another was first.
 */
export async function claimDraft(
  ctx: Context,
  { draftId, takeOver = false }: ClaimDraftInput,
): Promise<DraftClaim> {
  const draft = await requireDraft(ctx, draftId, "triage");
  const present = draft.claim ?? null;
  const decision = decideClaim(present, { by: actorRef(ctx.actor), nowMs: ctx.nowMs, takeOver });
  if (!decision.allowed) {
    throw new AppError("conflict", decision.reason.code, decision.reason.message, {
      draft_id: draftId,
      claim: claimFacts(decision.claim),
    });
  }
  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveClaim(tx, draftId, present, decision.claim))) throw claimMoved(draftId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.draft.claimed",
      subject: { kind: "draft", id: draftId, projectId: draft.content.projectId },
      detail: { how: decision.how, ...(decision.from && { from: decision.from }) },
    });
    // A renewal changes nothing that others see.
    if (decision.how === "renewed") return;
    await announceChange(tx, { topic: "draft", id: draftId, projectId: draft.content.projectId });
  });
  return decision.claim;
}

const claimFacts = ({ by, sinceMs, untilMs }: DraftClaim) => ({
  by,
  since_ms: sinceMs,
  until_ms: untilMs,
});

export const claimMoved = (draftId: string) =>
  new AppError("conflict", "claim_moved", "Somebody else took or left this draft just now; look again", {
    draft_id: draftId,
  });
