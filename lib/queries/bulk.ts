import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { decideDrafts, retryDrafts, triageDrafts } from "@/lib/actions/bulk";
import type { BulkActionWire, BulkOutcomesWire, BulkReviewWire } from "@/lib/contracts/bulk";
import type { DraftListWire } from "@/lib/contracts/draft";
import { api } from "@/lib/paths";
import { actionData, getJson, postJson } from "./api-error";
import type { DraftFilters } from "./drafts";
import { keys } from "./keys";

/** Drafts in one call. */
export const bulkMax = 200;

/** What an action would do to each of these drafts, as it was when this was asked: it is what the reader decides on. */
export function bulkReviewQuery(action: BulkActionWire, draftIds: readonly string[]) {
  return queryOptions({
    queryKey: keys.bulkReview(action, draftIds),
    queryFn: ({ signal }) =>
      postJson<BulkReviewWire>(api.bulkReview(), { action, draft_ids: draftIds }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** The first drafts that match, as many as one call takes. */
export async function readMatching(filters: DraftFilters): Promise<string[]> {
  const page = await getJson<DraftListWire>(api.drafts({ ...filters, limit: bulkMax }));
  return page.drafts.map((draft) => draft.draft_id);
}

export type BulkWish = {
  action: BulkActionWire;
  reason: string;
  items: Array<{ draft_id: string; digest?: string }>;
  graceMs: number;
};

/** Does it, and reads again whatever it may have changed. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: BulkWish) => actionData(callOf(wish)) as Promise<BulkOutcomesWire>,
    onSettled: () => {
      const stale = [keys.drafts.all, keys.posts.all, keys.incidents.all, keys.overview];
      for (const queryKey of stale) void client.invalidateQueries({ queryKey });
    },
  });
}

function callOf({ action, reason, items, graceMs }: BulkWish) {
  const draft_ids = items.map((item) => item.draft_id);
  if (action === "triage") return triageDrafts({ draft_ids });
  if (action === "retry") return retryDrafts({ draft_ids });
  return decideDrafts({ decision: action, reason: reason || null, items, grace_ms: graceMs });
}
