"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { ErrorState } from "@/components/layout/error-state";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Section } from "@/components/layout/section";
import { api } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";
import { shadowDecisionsQuery } from "@/lib/queries/backtest";
import { RoutingNav } from "./routing-nav";
import { ShadowDecisions } from "./shadow-decisions";
import { ShadowRouteTable } from "./shadow-route-table";

/** What the routes in shadow would have done with real drafts, beside what was decided. Nothing of it was sent. */
export function ShadowScreen() {
  const list = useInfiniteQuery(shadowDecisionsQuery());
  const routes = list.data?.pages[0]?.routes ?? [];
  const decisions = list.data?.pages.flatMap((page) => page.decisions) ?? [];
  const problem = list.error instanceof ApiError ? list.error.problem : null;
  return (
    <>
      <PageHeader crumbs={[{ label: "Settings" }, { label: "Routing" }]} title="Shadow decisions" />
      <RoutingNav />
      <PageBody className="flex flex-col gap-6">
        {list.isPending ? (
          <LoadingRows what="shadow decisions" shape="table" />
        ) : list.isError && !list.data ? (
          <ErrorState
            what="The shadow decisions could not be loaded."
            why={problem ? `${problem.error}.` : undefined}
            requestId={problem?.request_id}
            onRetry={() => list.refetch()}
            retrying={list.isFetching}
          />
        ) : decisions.length === 0 ? (
          <EmptyState title="No shadow decision yet">
            Switch a route to “Only record what it would have sent”. From the next draft it matches, what it
            would have done is written down here, and nothing of it is sent.
          </EmptyState>
        ) : (
          <>
            <Section title="By route" count={routes.length}>
              <ShadowRouteTable routes={routes} newest={decisions} />
            </Section>
            <Section title="Newest" count={list.data?.pages[0]?.total}>
              <ShadowDecisions
                decisions={decisions}
                onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
                pending={list.isFetchingNextPage}
              />
            </Section>
          </>
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.shadowDecisions()} />
      </HintBar>
    </>
  );
}
