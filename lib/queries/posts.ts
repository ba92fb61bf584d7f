import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PostDetailWire, PostListQuery, PostListWire } from "@/lib/contracts/post";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

export type PostFilters = Pick<PostListQuery, "q" | "status" | "destination_id">;

/** The newest page first, then the older ones by cursor. */
export function postListQuery(filters: PostFilters) {
  return infiniteQueryOptions({
    queryKey: keys.posts.list(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<PostListWire>(api.posts({ ...filters, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PostListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function postQuery(postId: string) {
  return queryOptions({
    queryKey: keys.posts.one(postId),
    queryFn: ({ signal }) => getJson<PostDetailWire>(api.post(postId), signal),
  });
}

/** Every delivery of one draft, one a destination. */
export function draftPostsQuery(draftId: string) {
  return queryOptions({
    queryKey: [...keys.posts.all, "of-draft", draftId],
    queryFn: ({ signal }) => getJson<PostListWire>(api.posts({ draft_id: draftId, limit: 50 }), signal),
  });
}
