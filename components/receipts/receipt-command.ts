import type { PostDetailWire } from "@/lib/contracts/post";
import { api } from "@/lib/paths";
import { compactBody, deliveryCommand, eventOf, receiptCommand } from "./signed-delivery";

/** "Copy as curl": the delivery itself where it was a signed POST, else the reading of its receipt. */
export function curlOf({ post, payload }: PostDetailWire, origin: string): string {
  if (post.destination_kind !== "webhook" || !post.target_ref) {
    return receiptCommand(origin, api.post(post.post_id));
  }
  return deliveryCommand({
    deliveryId: post.delivery_id,
    idempotencyKey: post.idempotency_key,
    event: eventOf(payload),
    target: post.target_ref,
    body: compactBody(payload),
  });
}
