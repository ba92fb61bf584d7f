import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { breakGlass, reviewBreakGlass, withdrawApproval } from "@/lib/actions/approvals";
import type {
  BreakGlassListQuery,
  BreakGlassListWire,
  BreakGlassRequestWire,
  BreakGlassReviewRequestWire,
} from "@/lib/contracts/break-glass";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { refreshAfterConflict, refreshDraft } from "./drafts";
import { keys } from "./keys";
import { useStepUp } from "./step-up";

/** A review becomes overdue by the clock, which announces nothing. */
const refetchMs = 60_000;

/** When the glass was broken, the newest page first. */
export function breakGlassListQuery(state?: BreakGlassListQuery["state"]) {
  return infiniteQueryOptions({
    queryKey: keys.breakGlass.list({ state }),
    queryFn: ({ pageParam, signal }) =>
      getJson<BreakGlassListWire>(api.breakGlassReviews({ state, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: BreakGlassListWire) => page.next_cursor,
    refetchInterval: refetchMs,
  });
}

/** How many uses nobody has judged yet, and how many of them are overdue. */
export function breakGlassCountsQuery() {
  return queryOptions({
    queryKey: [...keys.breakGlass.all, "counts"] as const,
    queryFn: ({ signal }) =>
      getJson<BreakGlassListWire>(api.breakGlassReviews({ state: "open", limit: 1 }), signal),
    select: ({ open, overdue }) => ({ open, overdue }),
    refetchInterval: refetchMs,
  });
}

export function useWithdrawApproval(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      actionData(withdrawApproval({ draft_id: draftId, reason: reason.trim() || null })),
    onSuccess: () => refreshDraft(client, draftId),
    onError: (error) => refreshAfterConflict(client, draftId, error),
  });
}

export function useBreakGlass(draftId: string) {
  const client = useQueryClient();
  const steppingUp = useStepUp();
  return useMutation({
    mutationFn: (request: BreakGlassRequestWire) =>
      steppingUp(() => actionData(breakGlass({ ...request, draft_id: draftId }))),
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: keys.breakGlass.all });
      await refreshDraft(client, draftId);
    },
    onError: (error) => refreshAfterConflict(client, draftId, error),
  });
}

export function useReviewBreakGlass(breakGlassId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (judgement: BreakGlassReviewRequestWire) =>
      actionData(reviewBreakGlass({ ...judgement, break_glass_id: breakGlassId })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.breakGlass.all }),
  });
}
