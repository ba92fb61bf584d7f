import { draftsApprovedBy } from "@/lib/db/approval-store";
import { loadConfig } from "@/lib/db/config-store";
import { actorKey } from "@/lib/domain/actor";
import { awaitsApproval } from "@/lib/domain/draft-status";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { askedOf, namesAnybody } from "./asked-of";

/** Says of drafts at the gate which wait for somebody else: the actor's own approval stands already, or others are named. */
export async function markOwnApprovals(ctx: Context, drafts: readonly Draft[]): Promise<Draft[]> {
  const { actor, db, nowMs } = ctx;
  const waiting = drafts.filter((draft) => awaitsApproval(draft.approval)).map(({ draftId }) => draftId);
  if (actor.kind !== "user" || waiting.length === 0) return [...drafts];
  const [approved, config] = await Promise.all([
    draftsApprovedBy(db, actorKey(actor), waiting, nowMs),
    loadConfig(db),
  ]);
  const names = namesAnybody(config);
  return drafts.map((draft) => {
    if (approved.has(draft.draftId)) return { ...draft, approvedByYou: true };
    if (!names || !awaitsApproval(draft.approval)) return draft;
    const asked = askedOf(draft, config, nowMs);
    return asked && !asked.has(actor.userId) ? { ...draft, asksOthers: true } : draft;
  });
}
