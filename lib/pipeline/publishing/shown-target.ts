import { maskTarget } from "@/lib/domain/config-mask";
import { decidePermission } from "@/lib/domain/permission";
import type { Post } from "@/lib/domain/records";
import type { Context } from "../context";

/** Who decides has to see where exactly it goes, and who configures knows; everybody else sees the host alone. */
export const seesTargets = (ctx: Context, projectId: string | null): boolean =>
  decidePermission(ctx.actor, "decide", projectId).allowed ||
  decidePermission(ctx.actor, "configure", projectId).allowed;

/** A receipt as this actor may see it: a webhook's path may hold a token of its receiver. */
export function shownPost(ctx: Context, post: Post): Post {
  const { kind, targetRef } = post.delivery;
  return kind === "webhook" && !seesTargets(ctx, post.draft.projectId) ? maskTarget(post, targetRef) : post;
}
