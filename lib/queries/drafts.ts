import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { approveDraft, denyDraft, publishDraft } from "@/lib/actions/drafts";
import type { DecisionWire, DraftListQuery, DraftListWire } from "@/lib/contracts/draft";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { api } from "@/lib/paths";
import { ApiError, actionData, getJson } from "./api-error";
import { keys } from "./keys";

export type DraftFilters = Pick<DraftListQuery, "q" | "state" | "severity" | "project" | "destination">;

/** The newest page first, then the older ones by cursor. */
export function draftListQuery(filters: DraftFilters) {
  return infiniteQueryOptions({
    queryKey: keys.drafts.list(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<DraftListWire>(api.drafts({ ...filters, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: DraftListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** How many drafts are open, whatever the list is narrowed to. */
export function openDraftCountQuery() {
  return queryOptions({
    queryKey: [...keys.drafts.all, "open-count"] as const,
    queryFn: async ({ signal }) =>
      (await getJson<DraftListWire>(api.drafts({ state: "open", limit: 1 }), signal)).total,
  });
}

/** Everything a reviewer decides on. Read again quickly while something is under way, should the stream be down. */
export function draftReviewQuery(draftId: string) {
  return queryOptions({
    queryKey: keys.drafts.review(draftId),
    queryFn: ({ signal }) => getJson<DraftReviewWire>(api.draftReview(draftId), signal),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? 3_000 : false),
  });
}

/** Opens the gate. The answer is awaited together with the new review, so that screen and record change at once. */
export function useApproveDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: DecisionWire) => actionData(approveDraft({ ...decision, draft_id: draftId })),
    onSuccess: () => refresh(client, draftId),
    onError: (error) => refreshAfterConflict(client, draftId, error),
  });
}

export function useDenyDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => actionData(denyDraft({ draft_id: draftId, reason })),
    onSuccess: () => refresh(client, draftId),
    onError: (error) => refreshAfterConflict(client, draftId, error),
  });
}

/** Waits up to 10 s for the receipts; a refusal, too, leaves deliveries behind that the review then shows. */
export function usePublishDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (destinationIds: string[]) =>
      actionData(publishDraft({ draft_id: draftId, destination_ids: destinationIds })),
    onSettled: () => refresh(client, draftId),
  });
}

/** What was shown is no longer what is: the dialog compares both, also while the event stream is down. */
function refreshAfterConflict(client: QueryClient, draftId: string, error: Error): void {
  if (error instanceof ApiError && error.status === 409) void refresh(client, draftId);
}

async function refresh(client: QueryClient, draftId: string): Promise<void> {
  for (const queryKey of [keys.posts.all, keys.incidents.all, keys.overview]) {
    void client.invalidateQueries({ queryKey });
  }
  void client.invalidateQueries({
    queryKey: keys.drafts.all,
    predicate: ({ queryKey }) => queryKey[2] !== draftId,
  });
  await client.invalidateQueries({ queryKey: keys.drafts.review(draftId) });
}

function isUnderWay(review: DraftReviewWire | undefined): boolean {
  return (review?.destinations ?? []).some(
    ({ post }) => post && ["due", "sending", "retrying"].includes(post.state),
  );
}
