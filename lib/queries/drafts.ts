import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  approveDraft,
  claimDraft,
  denyDraft,
  publishDraft,
  releaseDraft,
  undoPublish,
} from "@/lib/actions/drafts";
import type { DecisionWire, DraftListQuery, DraftListWire } from "@/lib/contracts/draft";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { api } from "@/lib/paths";
import { ApiError, actionData, getJson } from "./api-error";
import { keys } from "./keys";
import { optimistically } from "./optimistically";
import { useStepUp } from "./step-up";

/** What the panel's queue can be narrowed to, and its order. */
export const draftFilterKeys = [
  ...(["q", "state", "severity", "risk", "project", "source"] as const),
  ...(["destination", "fingerprint", "quiet", "since", "until", "sort"] as const),
];
export type DraftFilters = Pick<DraftListQuery, (typeof draftFilterKeys)[number]>;

/** Rows of the first page, and of each that follows: who goes on reading reads much. */
const pageRows = { first: 50, next: 200 };

/** The newest page first, then the older ones by cursor. */
export function draftListQuery(filters: DraftFilters) {
  return infiniteQueryOptions({
    queryKey: keys.drafts.list(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<DraftListWire>(
        api.drafts({ ...filters, cursor: pageParam, limit: pageParam ? pageRows.next : pageRows.first }),
        signal,
      ),
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
  const steppingUp = useStepUp();
  return useMutation({
    mutationFn: (decision: DecisionWire) =>
      steppingUp(() => actionData(approveDraft({ ...decision, draft_id: draftId }))),
    onSuccess: () => refreshDraft(client, draftId),
    onError: (error) => refreshAfterConflict(client, draftId, error),
  });
}

export function useDenyDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => actionData(denyDraft({ draft_id: draftId, reason })),
    onSuccess: () => refreshDraft(client, draftId),
    onError: (error) => refreshAfterConflict(client, draftId, error),
  });
}

export type PublishWish = { destinationIds: string[]; graceMs: number };

/**
 * Waits up to 10 s for the receipts, or with a grace not at all; a refusal, too, leaves deliveries behind that the review
 * then shows.
 */
export function usePublishDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ destinationIds, graceMs }: PublishWish) =>
      actionData(publishDraft({ draft_id: draftId, destination_ids: destinationIds, grace_ms: graceMs })),
    onSettled: () => refreshDraft(client, draftId),
  });
}

/** Takes back what has not left. Of any draft: the reader may have gone on to the next one. */
export function useUndoPublish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ draftId, postIds }: { draftId: string; postIds: string[] }) =>
      actionData(undoPublish({ draft_id: draftId, post_ids: postIds })),
    onSettled: (_result, _error, { draftId }) => refreshDraft(client, draftId),
  });
}

/** Says that the reader is on a draft; again, it is renewed. */
export function useClaimDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ takeOver }: { takeOver: boolean }) =>
      actionData(claimDraft({ draft_id: draftId, take_over: takeOver })),
    onSettled: () => refreshDraft(client, draftId),
  });
}

export function useReleaseDraft(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => actionData(releaseDraft({ draft_id: draftId })),
    ...optimistically<DraftReviewWire, void>(client, keys.drafts.review(draftId), (review) => ({
      ...review,
      draft: { ...review.draft, claim: undefined },
    })),
    onSettled: () => refreshDraft(client, draftId),
  });
}

/** What was shown is no longer what is: the dialog compares both, also while the event stream is down. */
export function refreshAfterConflict(client: QueryClient, draftId: string, error: Error): void {
  if (error instanceof ApiError && error.status === 409) void refreshDraft(client, draftId);
}

export async function refreshDraft(client: QueryClient, draftId: string): Promise<void> {
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
