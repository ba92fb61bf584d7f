import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { rearmDelivery } from "@/lib/db/waiting-delivery-store";
import { projectsHolding } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { publishDraft } from "./publish-draft";
import { movedOn, requireDelivery, requireState } from "./require-delivery";

export type ReplayedPost =
  | { postId: string; outcome: "queued"; newPostId: string }
  | { postId: string; outcome: "approval_required" | "refused" | "not_found"; message: string };

/** Posts in one call. */
export const replayCountMax = 200;

/**
 * Sends ended deliveries again, each under everything a publish asks for now: the same bytes go under the same key; bytes
 * that would differ from what was approved need a new approval. One that cannot be sent does not stop the others.
 *
 * @throws AppError forbidden for who may publish nowhere; what a fault of the database or of the product throws.
 */
export async function replayPosts(ctx: Context, postIds: readonly string[]): Promise<ReplayedPost[]> {
  // Who may publish nowhere is refused as a whole; who may somewhere, for each that is elsewhere.
  if (projectsHolding(ctx.actor, "publish")?.length === 0) {
    await authorize(ctx, "publish", { kind: "post", id: "bulk" });
  }
  const replayed: ReplayedPost[] = [];
  for (const postId of postIds.slice(0, replayCountMax)) replayed.push(await replayOne(ctx, postId));
  return replayed;
}

async function replayOne(ctx: Context, postId: string): Promise<ReplayedPost> {
  try {
    return await replayPost(ctx, { postId });
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === "internal") throw error;
    return { postId, outcome: error.kind === "not_found" ? "not_found" : "refused", message: error.message };
  }
}

/**
 * One ended delivery again.
 *
 * @throws AppError not_found, forbidden, conflict `post_state` unless it failed, was blocked or cancelled; not_ready as publishDraft.
 */
export async function replayPost(ctx: Context, { postId }: { postId: string }): Promise<ReplayedPost> {
  const delivery = await requireDelivery(ctx, postId);
  requireState(
    delivery,
    ["failed", "blocked", "cancelled"],
    "Only a delivery that ended unsent can be sent again",
  );
  const { deliveryId, draftId, destinationId, projectId } = delivery;
  const audit = {
    action: "incident_monitor.delivery.replayed",
    subject: { kind: "delivery", id: deliveryId, projectId },
    detail: { draft_id: draftId, destination_id: destinationId, payload_digest: delivery.payloadDigest },
  } as const;
  if (delivery.followUpOfId) {
    // A comment of its own bytes, under the approval of the issue it belongs to; the worker asks again what it rests on.
    await inTransaction(ctx.db, async (tx) => {
      if (!(await rearmDelivery(tx, deliveryId, new Date(ctx.nowMs)))) throw movedOn(delivery);
      await announceChange(tx, { topic: "delivery", id: deliveryId, projectId });
      await recordAudit(tx, ctx, audit);
    });
    return { postId, outcome: "queued", newPostId: postId };
  }
  const result = await publishDraft(ctx, { draftId, destinationIds: [destinationId] });
  if (result.action === "approval_required") {
    const message = result.reasons.map((each) => each.message).join("; ");
    return { postId, outcome: "approval_required", message };
  }
  if (result.action === "triage_under_way") {
    const message = result.reasons.map((each) => each.message).join("; ");
    throw new AppError("not_ready", "triage_under_way", message, { post_id: postId });
  }
  await recordAudit(ctx.db, ctx, audit);
  const queued = result.queued.find((each) => each.delivery.destinationId === destinationId);
  return { postId, outcome: "queued", newPostId: queued?.delivery.postId ?? postId };
}
