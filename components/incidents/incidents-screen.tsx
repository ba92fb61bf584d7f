"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
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
import { cn } from "@/components/ui/cn";
import { api, incidentsPath } from "@/lib/paths";
import { type IncidentFilters, incidentListQuery } from "@/lib/queries/incidents";
import { useNames } from "@/lib/queries/names";
import { usePermission } from "@/lib/queries/session";
import { IncidentFilterBar } from "./incident-filter-bar";
import { incidentFilterChips } from "./incident-filter-words";
import { IncidentTable } from "./incident-table";
import { NewReport } from "./new-report";

/** Grouped failures: search, filters, pages by cursor, and new rows behind a pill. */
export function IncidentsScreen({ filters }: { filters: IncidentFilters }) {
  const change = useFilters(filters, incidentsPath);
  const isStale = useIsStale();
  const mayReport = usePermission("report").allowed;
  const list = useInfiniteQuery(incidentListQuery(filters));
  const pane = useRef<HTMLDivElement>(null);
  const { data, isPlaceholderData } = list;
  const read = useMemo(() => data?.pages.flatMap((page) => page.incidents), [data]);
  const steady = useSteadyRows(
    isPlaceholderData ? undefined : read,
    (incident) => incident.incident_id,
    JSON.stringify(filters),
    !list.hasNextPage,
  );
  const total = data?.pages.at(-1)?.total;
  const chips = incidentFilterChips(filters, useNames());
  function showNew() {
    steady.showNew();
    pane.current?.scrollTo({ top: 0 });
  }
  return (
    <>
      <PageHeader title="Incidents" count={total === undefined ? undefined : totalWords(total)}>
        <NewRowsPill count={steady.newCount} onShow={showNew} />
        <NewReport onFiled={showNew} />
      </PageHeader>
      <StaleNotice />
      <IncidentFilterBar filters={filters} change={change} />
      <PageBody
        ref={pane}
        padded={false}
        aria-busy={change.pending || isPlaceholderData}
        className={cn(isStale && "stale")}
      >
        {list.isError && !data ? (
          <QueryFailure
            error={list.error}
            what="Incidents"
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        ) : !data ? (
          <LoadingRows what="incidents" shape="table" count={12} className="px-4 pt-8 md:px-6" />
        ) : steady.rows.length > 0 ? (
          <div className={cn((change.pending || isPlaceholderData) && "opacity-60")}>
            {list.isError && !list.isFetchNextPageError ? (
              <QueryFailure
                error={list.error}
                what="Newer incidents"
                onRetry={() => void list.refetch()}
                retrying={list.isFetching}
              />
            ) : null}
            <IncidentTable incidents={steady.rows} />
            <ListFoot
              what="incidents"
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
            what="incident"
            chips={chips}
            onRemove={(key) => change.set({ [key]: undefined })}
            onClear={change.clear}
          />
        ) : (
          <EmptyState title="No incidents yet">
            An incident appears when a source reports a failure, or when you file one with New report. Repeats
            are counted on the same incident.
          </EmptyState>
        )}
      </PageBody>
      <HintBar
        hints={[
          { keys: ["j", "k"], label: "move" },
          { keys: ["↵"], label: "open" },
          ...(mayReport ? [{ keys: ["n"], label: "new report" }] : []),
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.incidents(filters)} />
      </HintBar>
    </>
  );
}
