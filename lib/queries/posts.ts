import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { cancelPost, reconcilePost, resolvePost, retryPosts } from "@/lib/actions/posts";
import type { PostDetailWire, PostListQuery, PostListWire } from "@/lib/contracts/post";
import type { ResolvePostWire } from "@/lib/contracts/post-action";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** What the panel's list can be narrowed to. */
export const postFilterKeys = [
  ...(["q", "status", "destination_id", "severity", "risk", "project"] as const),
  ...(["source", "fingerprint", "since", "until"] as const),
];
export type PostFilters = Pick<PostListQuery, (typeof postFilterKeys)[number]>;

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

/** Sends what ended unsent again: one or many, each with its own outcome. */
export function useRetryPosts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => actionData(retryPosts({ ids })),
    onSettled: () => refresh(client),
  });
}

export function useCancelPost(postId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => actionData(cancelPost({ post_id: postId })),
    onSettled: () => refresh(client),
  });
}

export function useReconcilePost(postId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => actionData(reconcilePost({ post_id: postId })),
    onSettled: () => refresh(client),
  });
}

export function useResolvePost(postId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ResolvePostWire) => actionData(resolvePost({ post_id: postId, ...input })),
    onSettled: () => refresh(client),
  });
}

async function refresh(client: QueryClient): Promise<void> {
  for (const queryKey of [keys.drafts.all, keys.overview]) void client.invalidateQueries({ queryKey });
  await client.invalidateQueries({ queryKey: keys.posts.all });
}
