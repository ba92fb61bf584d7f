"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSteadyRows } from "@/components/layout/use-steady-rows";
import { type DraftFilters, draftListQuery, openDraftCountQuery } from "@/lib/queries/drafts";
import type { DraftQueue } from "./draft-queue";

type QueueRows = Pick<
  DraftQueue,
  | ("rows" | "total" | "openCount" | "status" | "error" | "refreshing" | "retry" | "newCount" | "showNew")
  | ("hasMore" | "loadingMore" | "moreFailed" | "loadMore")
>;

/** The rows of the queue, kept steady while live changes come in. */
export function useQueueRows(filters: DraftFilters): QueueRows {
  const list = useInfiniteQuery(draftListQuery(filters));
  const openCount = useQuery(openDraftCountQuery()).data;
  const { data, isPlaceholderData } = list;
  const read = useMemo(() => data?.pages.flatMap((page) => page.drafts), [data]);
  const steady = useSteadyRows(
    isPlaceholderData ? undefined : read,
    (draft) => draft.draft_id,
    JSON.stringify(filters),
    !list.hasNextPage,
  );
  return {
    rows: steady.rows,
    total: isPlaceholderData ? undefined : data?.pages.at(-1)?.total,
    openCount,
    status: data ? "ready" : list.isError ? "failed" : "loading",
    error: list.isFetchNextPageError ? null : list.error,
    refreshing: list.isFetching && !list.isFetchingNextPage,
    retry: () => void list.refetch(),
    newCount: steady.newCount,
    showNew: steady.showNew,
    hasMore: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    moreFailed: list.isFetchNextPageError,
    loadMore: () => void list.fetchNextPage(),
  };
}
