import { listAttempts, listPostRecords, type PostFilter } from "@/lib/db/post-store";
import type { PageRequest } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { DeliveryAttempt, Post } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";

export type ListPostsInput = { filter: Omit<PostFilter, "projects">; page: PageRequest };

/** Receipts and what is under way, last changed first, each with its attempts. @throws AppError forbidden */
export async function listPosts(
  ctx: Context,
  input: ListPostsInput,
): Promise<{ posts: Array<{ post: Post; attempts: DeliveryAttempt[] }>; total: number }> {
  await authorize(ctx, "read", { kind: "posts", id: "list" });
  const filter = { ...input.filter, projects: readableProjects(ctx.actor) };
  const { posts, total } = await listPostRecords(ctx.db, filter, input.page);
  const attempts = await listAttempts(
    ctx.db,
    posts.map((post) => post.delivery.deliveryId),
  );
  return {
    posts: posts.map((post) => ({ post, attempts: attempts.get(post.delivery.deliveryId) ?? [] })),
    total,
  };
}
