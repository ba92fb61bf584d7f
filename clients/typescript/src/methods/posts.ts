import { type CallOptions, type DeleteOptions, segment, type Transport } from "../transport.js";
import type { PortableReceipt } from "../types/portable-receipt.js";
import type {
  DestinationActivity,
  Post,
  PostAction,
  PostDetail,
  PostList,
  PostQuery,
  ReconciledPost,
  ResolvePostInput,
  RetriedPost,
  RetriedPosts,
} from "../types/post.js";
import type { BulkDelete, OkDeleted } from "../types/values.js";
import { iteratePages } from "./pages.js";

const path = "/incident-monitor/posts";
const pathOf = (id: string) => `${path}/${segment(id, "postId")}`;

export function postMethods(transport: Transport) {
  const listPosts = (query: PostQuery = {}, options?: CallOptions): Promise<PostList> => {
    const { destinationId, destination_id, limit, ...rest } = query;
    const shaped = { limit, destination_id: destination_id ?? destinationId, ...rest };
    return transport.json({ method: "GET", path, query: shaped }, options);
  };

  return {
    /** Receipts and what is under way, last changed first; one page. */
    listPosts,

    /** Every receipt that matches, page after page. `limit` is the size of a page. */
    iteratePosts: (query: PostQuery = {}, options?: CallOptions): AsyncGenerator<Post> =>
      iteratePages(query, async (page) => {
        const answer = await listPosts(page, options);
        return { rows: answer.posts, next: answer.next_cursor };
      }),

    /** One receipt with its attempts, its approval and the exact payload. */
    getPost: (postId: string, options?: CallOptions): Promise<PostDetail> =>
      transport.json({ method: "GET", path: pathOf(postId) }, options),

    /**
     * One publish as a file that proves itself offline: write `JSON.stringify` of it, and verify that with
     * `node scripts/audit.mjs verify FILE KEY`. 409 while it has not ended, or its entries are not sealed yet.
     */
    getPortableReceipt: (postId: string, options?: CallOptions): Promise<PortableReceipt> =>
      transport.json({ method: "GET", path: `${pathOf(postId)}/portable-receipt` }, options),

    /** How a destination has done lately; 24 hours without `hours`. */
    getDestinationActivity: (
      destinationId: string,
      query: { hours?: 1 | 24 | 168 } = {},
      options?: CallOptions,
    ): Promise<DestinationActivity> =>
      transport.json(
        {
          method: "GET",
          path: `/incident-monitor/destinations/${segment(destinationId, "destinationId")}/activity`,
          query: { hours: query.hours },
        },
        options,
      ),

    /** Sends a delivery that ended unsent again; bytes other than the approved ones need a new approval. */
    retryPost: (postId: string, options?: CallOptions): Promise<RetriedPost> =>
      transport.json({ method: "POST", path: `${pathOf(postId)}/retry` }, options),

    /** The same for up to 200, each with its own outcome. */
    retryPosts: (ids: string[], options?: CallOptions): Promise<RetriedPosts> =>
      transport.json({ method: "POST", path: `${path}/bulk-retry`, body: { ids } }, options),

    /** Ends a delivery that waits, unsent. */
    cancelPost: (postId: string, options?: CallOptions): Promise<PostAction> =>
      transport.json({ method: "POST", path: `${pathOf(postId)}/cancel` }, options),

    /** Asks the destination now whether a delivery without an answer had its effect. */
    reconcilePost: (postId: string, options?: CallOptions): Promise<ReconciledPost> =>
      transport.json({ method: "POST", path: `${pathOf(postId)}/reconcile` }, options),

    /** Says what came of a delivery without an answer. */
    resolvePost: (postId: string, input: ResolvePostInput, options?: CallOptions): Promise<PostAction> =>
      transport.json({ method: "POST", path: `${pathOf(postId)}/resolve`, body: input }, options),

    /** Hides it; its idempotency key outlives it. */
    deletePost: (postId: string, options: DeleteOptions = {}): Promise<OkDeleted> =>
      transport.json({ method: "DELETE", path: pathOf(postId), query: { reason: options.reason } }, options),

    bulkDeletePosts: (input: BulkDelete, options?: CallOptions): Promise<OkDeleted> =>
      transport.json({ method: "POST", path: `${path}/bulk-delete`, body: input }, options),
  };
}
