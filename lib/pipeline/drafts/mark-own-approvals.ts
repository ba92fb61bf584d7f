import { draftsApprovedBy } from "@/lib/db/approval-store";
import { actorKey } from "@/lib/domain/actor";
import { awaitsApproval } from "@/lib/domain/draft-status";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";

/** Says of drafts at the gate which of them wait for somebody else: the actor's own approval stands already. */
export async function markOwnApprovals(ctx: Context, drafts: readonly Draft[]): Promise<Draft[]> {
  const waiting = drafts.filter((draft) => awaitsApproval(draft.approval)).map(({ draftId }) => draftId);
  if (ctx.actor.kind !== "user" || waiting.length === 0) return [...drafts];
  const approved = await draftsApprovedBy(ctx.db, actorKey(ctx.actor), waiting, ctx.nowMs);
  return drafts.map((draft) => (approved.has(draft.draftId) ? { ...draft, approvedByYou: true } : draft));
}
