import type { Destination } from "@/lib/domain/config";
import { maskDestination, maskEchoes, maskTarget } from "@/lib/domain/config-mask";
import { decidePermission } from "@/lib/domain/permission";
import type { DeliveryAttempt, Post } from "@/lib/domain/records";
import type { Context } from "../context";
import type { RenderedTarget } from "./render-target";

/** Who decides has to see where exactly it goes, and who configures knows; everybody else sees the host alone. */
const seesTargets = (ctx: Context, projectId: string | null): boolean =>
  decidePermission(ctx.actor, "decide", projectId).allowed ||
  decidePermission(ctx.actor, "configure", projectId).allowed;

/** A receipt as this actor may see it: a webhook's path may hold a token of its receiver. */
export function shownPost(ctx: Context, post: Post): Post {
  return isMasked(ctx, post) ? maskTarget(post, post.delivery.targetRef) : post;
}

/** Its attempts likewise: what the receiver answered may quote the path that it was called by. */
export function shownAttempts(
  ctx: Context,
  post: Post,
  attempts: readonly DeliveryAttempt[] = [],
): DeliveryAttempt[] {
  const { targetRef } = post.delivery;
  if (!isMasked(ctx, post)) return [...attempts];
  return attempts.map((attempt) => ({
    ...maskTarget(attempt, targetRef),
    responseExcerpt: attempt.responseExcerpt && maskEchoes(attempt.responseExcerpt, targetRef),
  }));
}

const isMasked = (ctx: Context, { delivery, draft }: Post): boolean =>
  delivery.kind === "webhook" && !seesTargets(ctx, draft.projectId);

/** What would be sent, as this actor may see it. */
export function shownTarget<Target extends RenderedTarget & { destination: Destination }>(
  ctx: Context,
  projectId: string | null,
  target: Target,
): Target {
  if (target.destination.kind !== "webhook" || seesTargets(ctx, projectId)) return target;
  const masked = { ...target, destination: maskDestination(target.destination) };
  return target.payload ? maskTarget(masked, target.payload.content.targetRef) : masked;
}
