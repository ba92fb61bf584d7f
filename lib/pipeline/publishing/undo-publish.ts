import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { undoQueuedDeliveries } from "@/lib/db/waiting-delivery-store";
import { reason } from "@/lib/domain/reason";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { recordAudit } from "../record-audit";

export type UndonePost = { postId: string; outcome: "undone" | "already_left" };

/**
 * Takes back what was published and has not left: each of the posts that no worker has taken ends cancelled, and may be
 * published again later. Approval stays as it was. One that is on its way, or arrived, is told as such.
 *
 * @throws AppError not_found `draft_not_found`, forbidden.
 */
export async function undoPublish(
  ctx: Context,
  input: { draftId: string; postIds: readonly string[] },
): Promise<UndonePost[]> {
  const { draftId } = input;
  const draft = await requireDraft(ctx, draftId, "publish");
  const postIds = [...new Set(input.postIds)];
  const { projectId } = draft.content;
  const why = reason("publish_undone", "It was undone before it left.");
  const undone = await inTransaction(ctx.db, async (tx) => {
    const ended = await undoQueuedDeliveries(tx, draftId, postIds, why, new Date(ctx.nowMs));
    for (const { deliveryId } of ended) {
      await announceChange(tx, { topic: "delivery", id: deliveryId, projectId });
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.publish.undone",
      subject: { kind: "draft", id: draftId, projectId },
      detail: { asked: postIds.length, undone: ended.map((each) => each.postId) },
    });
    return new Set(ended.map((each) => each.postId));
  });
  return postIds.map((postId) => ({ postId, outcome: undone.has(postId) ? "undone" : "already_left" }));
}
