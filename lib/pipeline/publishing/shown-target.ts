import type { Destination } from "@/lib/domain/config";
import { maskDestination, maskTarget } from "@/lib/domain/config-mask";
import { decidePermission } from "@/lib/domain/permission";
import type { Post } from "@/lib/domain/records";
import type { Context } from "../context";
import type { RenderedTarget } from "./render-target";

/** Who decides has to see where exactly it goes, and who configures knows; everybody else sees the host alone. */
const seesTargets = (ctx: Context, projectId: string | null): boolean =>
  decidePermission(ctx.actor, "decide", projectId).allowed ||
  decidePermission(ctx.actor, "configure", projectId).allowed;

/** A receipt as this actor may see it: a webhook's path may hold a token of its receiver. */
export function shownPost(ctx: Context, post: Post): Post {
  const { kind, targetRef } = post.delivery;
  return kind === "webhook" && !seesTargets(ctx, post.draft.projectId) ? maskTarget(post, targetRef) : post;
}

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
