import { announceChange } from "@/lib/db/change-feed";
import { moveClaim } from "@/lib/db/draft-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { isSameActor, liveClaim } from "@/lib/domain/draft-claim";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { claimMoved } from "./claim-draft";
import { requireDraft } from "./require-draft";

/**
 * The actor is no longer on the draft. Nothing to do where nobody is; somebody else's claim is taken over, never released.
 *
 * @throws AppError not_found, forbidden, conflict `claimed_by_other`, `claim_moved`.
 */
export async function releaseDraft(ctx: Context, draftId: string): Promise<void> {
  const draft = await requireDraft(ctx, draftId, "triage");
  const present = draft.claim ?? null;
  const held = liveClaim(present, ctx.nowMs);
  if (!held) return;
  if (!isSameActor(held.by, actorRef(ctx.actor))) {
    throw new AppError("conflict", "claimed_by_other", `${held.by.name} is on this draft, not you`, {
      draft_id: draftId,
    });
  }
  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveClaim(tx, draftId, present, null))) throw claimMoved(draftId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.draft.released",
      subject: { kind: "draft", id: draftId, projectId: draft.content.projectId },
    });
    await announceChange(tx, { topic: "draft", id: draftId, projectId: draft.content.projectId });
  });
}
