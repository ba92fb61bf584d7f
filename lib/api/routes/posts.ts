import { portableReceiptSchema } from "@/lib/contracts/portable-receipt";
import { postDetailSchema, postListQuerySchema, postListSchema } from "@/lib/contracts/post";
import { getPortableReceipt } from "@/lib/pipeline/publishing/get-portable-receipt";
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
  route({
    method: "get",
    path: "/incident-monitor/posts/{post_id}/portable-receipt",
    summary:
      "One publish as a file that proves itself offline: digests, approvals, attempts, inclusion proofs and a signed checkpoint",
    auth: { kind: "actor", permission: "read" },
    response: portableReceiptSchema,
    run: async ({ ctx, params }) => {
      const { file, text } = await getPortableReceipt(ctx, params.post_id ?? "");
      const { post_id } = file.receipt.sent ?? { post_id: file.receipt.delivery_id };
      return new Response(text, {
        headers: {
          "content-type": "application/json; charset=utf-8",
          "content-disposition": `attachment; filename="receipt-${post_id.replaceAll(/[^\w.-]/g, "_")}.json"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      });
    },
  }),
];
