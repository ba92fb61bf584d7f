"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { NewReport } from "@/components/incidents/new-report";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { NewRowsPill } from "@/components/layout/new-rows-pill";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { useSteadyRows } from "@/components/layout/use-steady-rows";
import { cn } from "@/components/ui/cn";
import type { TrendWindowWire } from "@/lib/contracts/trend";
import { api } from "@/lib/paths";
import { nameOf, namesQuery } from "@/lib/queries/names";
import { overviewQuery } from "@/lib/queries/overview";
import { sessionQuery } from "@/lib/queries/session";
import { DestinationHealth } from "./destination-health";
import { FirstRunChecklist } from "./first-run-checklist";
import { NeedsYou } from "./needs-you";
import { PausedBanner } from "./paused-banner";
import { PipelineStrip } from "./pipeline-strip";
import { needWords, queueItems, waitingCount } from "./queue-items";
import { Trends } from "./trends";

/** What waits for a person first, the pipeline in figures over it, its health beside it. */
export function InboxScreen({ window }: { window: TrendWindowWire }) {
  const query = useQuery(overviewQuery());
  const names = useQuery(namesQuery()).data;
  const isStale = useIsStale();
  const overview = query.data;
  const read = useMemo(() => overview && queueItems(overview, nameOf(names)), [overview, names]);
  const steady = useSteadyRows(read, (item) => item.key, "inbox", true);
  const permissions = useQuery(sessionQuery()).data?.permissions;
  const waiting = overview && waitingCount(overview, permissions);
  // Before anything has come in there is nothing to look at: what to do stands first then, and at the end ever after.
  const isFirstRun = overview?.counts.incidents === 0;
  const checklist = overview ? <FirstRunChecklist checklist={overview.checklist} open={isFirstRun} /> : null;
  return (
    <>
      <PageHeader title="Inbox" count={waiting === undefined ? undefined : needWords(waiting)}>
        <NewRowsPill count={steady.newCount} onShow={steady.showNew} />
        <NewReport />
      </PageHeader>
      <StaleNotice />
      {overview ? <PausedBanner overview={overview} /> : null}
      <PageBody padded={false} className={cn("flex flex-col", isStale && "stale")}>
        {overview ? (
          <>
            <PipelineStrip counts={overview.counts} />
            <div className="flex-1 lg:grid lg:grid-cols-[minmax(0,1fr)_392px]">
              <NeedsYou items={steady.rows} overview={overview} />
              <aside
                aria-label="Health"
                className="flex flex-col gap-6 border-border px-4 pt-4 pb-6 max-lg:border-t md:px-6 lg:border-l lg:pl-5"
              >
                {isFirstRun ? checklist : null}
                <Trends window={window} />
                <DestinationHealth />
                {isFirstRun ? null : checklist}
              </aside>
            </div>
          </>
        ) : query.isError ? (
          <QueryFailure
            error={query.error}
            what="The inbox"
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <LoadingRows what="what needs you" count={8} />
        )}
      </PageBody>
      <HintBar
        hints={[
          { keys: ["j", "k"], label: "move" },
          { keys: ["↵"], label: "open" },
          ...(permissions?.includes("report") ? [{ keys: ["n"], label: "new report" }] : []),
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.overview()} />
      </HintBar>
    </>
  );
}
