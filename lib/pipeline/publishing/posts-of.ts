import { findPost, listAttempts } from "@/lib/db/post-store";
import type { Delivery, DeliveryAttempt, Post } from "@/lib/domain/records";
import type { Context } from "../context";
import { shownAttempts, shownPost } from "./shown-target";

/** Deliveries as posts with their attempts, in the order given. Reads only; the caller was authorized for them. */
export async function postsOf(
  ctx: Context,
  deliveries: readonly Delivery[],
): Promise<Array<{ post: Post; attempts: DeliveryAttempt[] }>> {
  const found = await Promise.all(deliveries.map((each) => findPost(ctx.db, each.postId)));
  const attempts = await listAttempts(
    ctx.db,
    deliveries.map((each) => each.deliveryId),
  );
  return found.flatMap((post) => {
    if (!post) return [];
    const own = attempts.get(post.delivery.deliveryId);
    return [{ post: shownPost(ctx, post), attempts: shownAttempts(ctx, post, own) }];
  });
}
