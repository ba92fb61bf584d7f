import { type AmbiguousDelivery, findDeliveryOfPost } from "@/lib/db/ambiguous-store";
import type { DeliveryState } from "@/lib/domain/delivery";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export type PostInput = { postId: string };

/**
 * The delivery behind a post, once the actor may publish in its project.
 *
 * @throws AppError not_found `post_not_found`, also for one the actor may not read; forbidden.
 */
export async function requireDelivery(ctx: Context, postId: string): Promise<AmbiguousDelivery> {
  const delivery = await findDeliveryOfPost(ctx.db, postId);
  const missing = new AppError("not_found", "post_not_found", "There is no such receipt", {
    post_id: postId,
  });
  if (!delivery) throw missing;
  await authorizeRecord(ctx, "publish", { kind: "post", id: postId, projectId: delivery.projectId }, missing);
  return delivery;
}

/** @throws AppError conflict `post_state` when it is in none of these states. */
export function requireState(
  delivery: AmbiguousDelivery,
  states: readonly DeliveryState[],
  words: string,
): void {
  if (states.includes(delivery.state)) return;
  throw new AppError("conflict", "post_state", `${words}; this one is ${delivery.state}`, {
    post_id: delivery.postId,
    state: delivery.state,
  });
}

/** It moved on while the verb looked at it: nothing was written. */
export const movedOn = (delivery: AmbiguousDelivery) =>
  new AppError("conflict", "post_state", "The delivery moved on meanwhile; look at it again", {
    post_id: delivery.postId,
  });
