import { z } from "@hono/zod-openapi";
import {
  destinationActivityQuerySchema,
  destinationActivitySchema,
} from "@/lib/contracts/destination-activity";
import {
  postActionSchema,
  reconcileSchema,
  resolvePostSchema,
  retriedPostSchema,
  retriedPostsSchema,
  retryPostsSchema,
} from "@/lib/contracts/post-action";
import type { Context } from "@/lib/pipeline/context";
import { cancelPost } from "@/lib/pipeline/publishing/cancel-post";
import { getDestinationActivity } from "@/lib/pipeline/publishing/get-destination-activity";
import { getPost } from "@/lib/pipeline/publishing/get-post";
import { reconcilePost } from "@/lib/pipeline/publishing/reconcile-post";
import { replayPost, replayPosts } from "@/lib/pipeline/publishing/replay-posts";
import { resolvePost } from "@/lib/pipeline/publishing/resolve-post";
import { activityHoursFromQuery, destinationActivityToWire } from "@/lib/wire/destination-activity";
import { postToWire } from "@/lib/wire/post";
import { reconcileToWire, resolveFromWire, retriedToWire } from "@/lib/wire/post-action";
import { route } from "../route";

const prefix = "/incident-monitor/posts/{post_id}";
const auth = { kind: "actor", permission: "publish" } as const;
const nothing = z.looseObject({});
const idOf = (params: Record<string, string>) => ({ postId: params.post_id ?? "" });

async function after(ctx: Context, postId: string) {
  const { post, attempts } = await getPost(ctx, postId);
  return { post: postToWire(post, attempts) };
}

export const postActionRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/destinations/{destination_id}/activity",
    summary: "How a destination has done lately: attempts, times, ends, what waits, its circuit",
    auth: { kind: "actor", permission: "read" },
    query: destinationActivityQuerySchema,
    response: destinationActivitySchema,
    run: async ({ ctx, params, query }) => ({
      body: destinationActivityToWire(
        await getDestinationActivity(ctx, {
          destinationId: params.destination_id ?? "",
          hours: activityHoursFromQuery(query),
        }),
      ),
    }),
  }),
  route({
    method: "post",
    path: `${prefix}/retry`,
    summary: "Send a delivery that ended unsent again, under everything a publish asks for",
    ...{ auth, body: nothing, response: retriedPostSchema },
    run: async ({ ctx, params }) => ({ body: retriedToWire(await replayPost(ctx, idOf(params))) }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/posts/bulk-retry",
    summary: "The same for many: each with its own outcome",
    ...{ auth, body: retryPostsSchema, response: retriedPostsSchema },
    run: async ({ ctx, body }) => {
      const posts = (await replayPosts(ctx, body.ids)).map(retriedToWire);
      return { body: { posts, queued: posts.filter((each) => each.outcome === "queued").length } };
    },
  }),
  route({
    method: "post",
    path: `${prefix}/cancel`,
    summary: "End a delivery that waits, unsent",
    ...{ auth, body: nothing, response: postActionSchema },
    run: async ({ ctx, params }) => {
      await cancelPost(ctx, idOf(params));
      return { body: await after(ctx, idOf(params).postId) };
    },
  }),
  route({
    method: "post",
    path: `${prefix}/reconcile`,
    summary: "Ask the destination now whether a delivery without an answer had its effect",
    ...{ auth, body: nothing, response: reconcileSchema },
    run: async ({ ctx, params }) => {
      const step = await reconcilePost(ctx, idOf(params));
      return { body: { ...(await after(ctx, idOf(params).postId)), ...reconcileToWire(step) } };
    },
  }),
  route({
    method: "post",
    path: `${prefix}/resolve`,
    summary: "Say what came of a delivery without an answer; audited with who said so and why",
    ...{ auth, body: resolvePostSchema, response: postActionSchema },
    run: async ({ ctx, params, body }) => {
      await resolvePost(ctx, resolveFromWire(idOf(params).postId, body));
      return { body: await after(ctx, idOf(params).postId) };
    },
  }),
];
