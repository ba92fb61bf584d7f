import { type BulkOutcome, outcomeOfRefusal } from "@/lib/domain/bulk";
import { decidePermission, type Permission, projectsHolding } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

/**
 * Who may do this nowhere is refused as a whole; who may somewhere, for each draft that is elsewhere.
 *
 * @throws AppError forbidden
 */
export async function authorizeSomewhere(ctx: Context, permission: Permission): Promise<void> {
  if (decidePermission(ctx.actor, permission).allowed || projectsHolding(ctx.actor, permission)?.length)
    return;
  await authorize(ctx, permission, { kind: "draft", id: "bulk" });
}

/** One draft after the other, each by itself: a refusal of one is its own outcome. @throws what a fault of ours throws */
export async function eachDraft<Item extends { draftId: string }>(
  items: readonly Item[],
  run: (item: Item) => Promise<BulkOutcome>,
): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.draftId)) continue;
    seen.add(item.draftId);
    try {
      outcomes.push(await run(item));
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === "internal") throw error;
      outcomes.push(outcomeOfRefusal(item.draftId, error));
    }
  }
  return outcomes;
}

export const done = (draftId: string, message: string): BulkOutcome => ({
  ...{ draftId, outcome: "done", code: null, message },
});

export const unchanged = (draftId: string, message: string): BulkOutcome => ({
  ...{ draftId, outcome: "unchanged", code: null, message },
});
