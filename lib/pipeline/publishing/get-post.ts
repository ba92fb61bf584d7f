import { findApproval } from "@/lib/db/approval-store";
import { findPost, listAttempts } from "@/lib/db/post-store";
import type { Approval, DeliveryAttempt, Post } from "@/lib/domain/records";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { shownAttempts, shownPost } from "./shown-target";

/**
 * One receipt with its attempts and the approval it rests on.
 *
 * @throws AppError not_found `post_not_found`, also for one the actor may not read
 */
export async function getPost(
  ctx: Context,
  postId: string,
): Promise<{ post: Post; attempts: DeliveryAttempt[]; approval: Approval | null }> {
  const post = await findPost(ctx.db, postId);
  const missing = new AppError("not_found", "post_not_found", "There is no such receipt", {
    post_id: postId,
  });
  if (!post) throw missing;
  const subject = { kind: "post", id: postId, projectId: post.draft.projectId };
  await authorizeRecord(ctx, "read", subject, missing);
  const attempts = await listAttempts(ctx.db, [post.delivery.deliveryId]);
  const approval = post.delivery.approvalId ? await findApproval(ctx.db, post.delivery.approvalId) : null;
  return {
    post: shownPost(ctx, post),
    attempts: shownAttempts(ctx, post, attempts.get(post.delivery.deliveryId)),
    approval,
  };
}
