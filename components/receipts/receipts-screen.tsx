"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useRef } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { ListFoot, totalWords } from "@/components/layout/list-foot";
import { LoadingRows } from "@/components/layout/loading-rows";
import { NewRowsPill } from "@/components/layout/new-rows-pill";
import { NoMatch } from "@/components/layout/no-match";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { useFilters } from "@/components/layout/use-filters";
import { useSteadyRows } from "@/components/layout/use-steady-rows";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { api, draftsPath, receiptsPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { type PostFilters, postListQuery } from "@/lib/queries/posts";
import { ReceiptFilterBar } from "./receipt-filter-bar";
import { postFilterChips } from "./receipt-filter-words";
import { ReceiptTable } from "./receipt-table";
import { RetryAll } from "./retry-all";

/** Deliveries and their receipts: what left, what is under way, what failed. */
export function ReceiptsScreen({ filters }: { filters: PostFilters }) {
  const change = useFilters(filters, receiptsPath);
  const isStale = useIsStale();
  const list = useInfiniteQuery(postListQuery(filters));
  const pane = useRef<HTMLDivElement>(null);
  const { data, isPlaceholderData } = list;
  const read = useMemo(() => data?.pages.flatMap((page) => page.posts), [data]);
  const steady = useSteadyRows(
    isPlaceholderData ? undefined : read,
    (post) => post.post_id,
    JSON.stringify(filters),
    !list.hasNextPage,
  );
  const total = data?.pages.at(-1)?.total;
  const chips = postFilterChips(filters, useNames());
  function showNew() {
    steady.showNew();
    pane.current?.scrollTo({ top: 0 });
  }
  return (
    <>
      <PageHeader title="Receipts" count={total === undefined ? undefined : totalWords(total)}>
        <NewRowsPill count={steady.newCount} onShow={showNew} />
      </PageHeader>
      <StaleNotice />
      <ReceiptFilterBar filters={filters} change={change} />
      <PageBody
        ref={pane}
        padded={false}
        aria-busy={change.pending || isPlaceholderData}
        className={cn(isStale && "stale")}
      >
        {list.isError && !data ? (
          <QueryFailure
            error={list.error}
            what="Receipts"
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        ) : !data ? (
          <LoadingRows what="receipts" shape="table" count={12} className="px-4 pt-8 md:px-6" />
        ) : steady.rows.length > 0 ? (
          <div className={cn((change.pending || isPlaceholderData) && "opacity-60")}>
            {list.isError && !list.isFetchNextPageError ? (
              <QueryFailure
                error={list.error}
                what="Newer receipts"
                onRetry={() => void list.refetch()}
                retrying={list.isFetching}
              />
            ) : null}
            {filters.status === "failed" || filters.status === "blocked" ? (
              <RetryAll posts={steady.rows} />
            ) : null}
            <ReceiptTable posts={steady.rows} />
            <ListFoot
              what="receipts"
              shown={steady.rows.length}
              total={total ?? steady.rows.length}
              hasMore={list.hasNextPage}
              loadingMore={list.isFetchingNextPage}
              failed={list.isFetchNextPageError}
              onMore={() => void list.fetchNextPage()}
            />
          </div>
        ) : chips.length > 0 ? (
          <NoMatch
            what="receipt"
            chips={chips}
            onRemove={(key) => change.set({ [key]: undefined })}
            onClear={change.clear}
          />
        ) : (
          <EmptyState
            title="Nothing has left yet"
            glyph="required"
            actions={
              <Button asChild size="sm">
                <Link href={draftsPath()}>See the drafts</Link>
              </Button>
            }
          >
            A receipt appears when somebody publishes an approved draft: one for each destination, with every
            attempt on it.
          </EmptyState>
        )}
      </PageBody>
      <HintBar
        hints={[
          { keys: ["j", "k"], label: "move" },
          { keys: ["↵"], label: "open" },
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.posts(filters)} />
      </HintBar>
    </>
  );
}
