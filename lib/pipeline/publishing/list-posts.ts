import { listAttempts, listPostRecords, type PostFilter } from "@/lib/db/post-store";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { DeliveryAttempt, Post } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { shownAttempts, shownPost } from "./shown-target";

export type ListPostsInput = { filter: Omit<PostFilter, "projects">; page: ListPage };
export type PostList = {
  posts: Array<{ post: Post; attempts: DeliveryAttempt[] }>;
  total: number;
  nextCursor: string | null;
};

/**
 * Receipts and what is under way, last changed first, each with its attempts.
 *
 * @throws AppError forbidden, invalid `cursor_invalid`
 */
export async function listPosts(ctx: Context, { filter, page }: ListPostsInput): Promise<PostList> {
  await authorize(ctx, "read", { kind: "posts", id: "list" });
  const cursor = pageCursor("posts", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { posts, total, more } = await listPostRecords(ctx.db, seen, cursor.page);
  const attempts = await listAttempts(
    ctx.db,
    posts.map((post) => post.delivery.deliveryId),
  );
  const last = posts.at(-1)?.delivery;
  return {
    posts: posts.map((post) => ({
      post: shownPost(ctx, post),
      attempts: shownAttempts(ctx, post, attempts.get(post.delivery.deliveryId)),
    })),
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.updatedAtMs, id: last.deliveryId } : null),
  };
}
