import { loadConfig } from "@/lib/db/config-store";
import type { ReconcileStep } from "@/lib/domain/reconcile";
import type { Context } from "../context";
import { reconcileOne } from "./reconcile-deliveries";
import { type PostInput, requireDelivery, requireState } from "./require-delivery";

/**
 * Looks now whether an ambiguous delivery had its effect, instead of waiting for the next look. Sends nothing.
 *
 * @throws AppError not_found, forbidden, conflict `post_state` unless it is ambiguous.
 */
export async function reconcilePost(ctx: Context, { postId }: PostInput): Promise<ReconcileStep> {
  const delivery = await requireDelivery(ctx, postId);
  requireState(delivery, ["ambiguous"], "Only a delivery without an answer can be asked about");
  return reconcileOne(ctx, delivery, await loadConfig(ctx.db));
}
