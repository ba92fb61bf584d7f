import { postDetailSchema, postListQuerySchema, postListSchema } from "@/lib/contracts/post";
import { getPost } from "@/lib/pipeline/publishing/get-post";
import { listPosts } from "@/lib/pipeline/publishing/list-posts";
import { listPostsFromQuery, postDetailToWire, postListToWire } from "@/lib/wire/post";
import { route } from "../route";

export const postRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/posts",
    summary: "Receipts and what is under way, last changed first",
    auth: { kind: "actor", permission: "read" },
    query: postListQuerySchema,
    response: postListSchema,
    run: async ({ ctx, query }) => ({
      body: postListToWire(await listPosts(ctx, listPostsFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/posts/{post_id}",
    summary: "One receipt with its attempts, its approval and the exact payload",
    auth: { kind: "actor", permission: "read" },
    response: postDetailSchema,
    run: async ({ ctx, params }) => ({ body: postDetailToWire(await getPost(ctx, params.post_id ?? "")) }),
  }),
];
