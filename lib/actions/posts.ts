"use server";

import { z } from "zod";
import { type ResolvePostWire, resolvePostSchema, retryPostsSchema } from "@/lib/contracts/post-action";
import { cancelPost as cancel } from "@/lib/pipeline/publishing/cancel-post";
import { reconcilePost as reconcile } from "@/lib/pipeline/publishing/reconcile-post";
import { replayPosts } from "@/lib/pipeline/publishing/replay-posts";
import { resolvePost as resolve } from "@/lib/pipeline/publishing/resolve-post";
import { reconcileToWire, resolveFromWire, retriedToWire } from "@/lib/wire/post-action";
import { defineAction } from "./define-action";

const postSchema = z.object({ post_id: z.string().min(1).max(200) });

const retryAction = defineAction({
  permission: "publish",
  schema: retryPostsSchema,
  verb: async (ctx, input) => (await replayPosts(ctx, input.ids)).map(retriedToWire),
});

const cancelAction = defineAction({
  permission: "publish",
  schema: postSchema,
  verb: async (ctx, input) => {
    await cancel(ctx, { postId: input.post_id });
    return { ok: true as const };
  },
});

const reconcileAction = defineAction({
  permission: "publish",
  schema: postSchema,
  verb: async (ctx, input) => reconcileToWire(await reconcile(ctx, { postId: input.post_id })),
});

const resolveAction = defineAction({
  permission: "publish",
  schema: postSchema.extend(resolvePostSchema.shape),
  verb: async (ctx, { post_id, ...input }) => {
    await resolve(ctx, resolveFromWire(post_id, input));
    return { ok: true as const };
  },
});

/** Sends deliveries that ended unsent again; each has its own outcome. */
export async function retryPosts(input: { ids: string[] }) {
  return retryAction(input);
}

/** Ends a delivery that waits. */
export async function cancelPost(input: { post_id: string }) {
  return cancelAction(input);
}

/** Asks the destination now whether a delivery without an answer had its effect. */
export async function reconcilePost(input: { post_id: string }) {
  return reconcileAction(input);
}

/** Says what came of a delivery without an answer. */
export async function resolvePost(input: { post_id: string } & ResolvePostWire) {
  return resolveAction(input);
}
