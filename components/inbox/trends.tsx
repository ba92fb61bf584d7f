"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { useFilters } from "@/components/layout/use-filters";
import { Segmented } from "@/components/ui/segmented";
import type { TrendWindowWire } from "@/lib/contracts/trend";
import { inboxPath } from "@/lib/paths";
import { trendsQuery } from "@/lib/queries/trends";
import { DecisionTimes } from "./decision-times";
import { DeliverySuccess } from "./delivery-success";
import { SourceMultiples } from "./source-multiples";
import { windowWords } from "./trend-words";

const windows: readonly TrendWindowWire[] = ["24h", "7d", "30d"];

/** How it went: sightings by source, time to decision, deliveries. The window is in the URL. */
export function Trends({ window }: { window: TrendWindowWire }) {
  const query = useQuery(trendsQuery(window));
  const filters = useFilters<{ window?: TrendWindowWire }>({ window }, (next) =>
    inboxPath({ window: next.window === "24h" ? undefined : next.window }),
  );
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <Segmented
        label="Time span of the charts"
        value={window}
        onValueChange={(next) => filters.set({ window: next })}
        options={windows.map((value) => ({ value, label: windowWords[value] }))}
        className="self-start max-sm:self-stretch max-sm:[&>*]:flex-1"
      />
      {query.data ? (
        <div aria-busy={query.isPlaceholderData} className="flex min-w-0 flex-col gap-6">
          <SourceMultiples trends={query.data} />
          <DecisionTimes trends={query.data} />
          <DeliverySuccess trends={query.data} />
          {query.data.partial ? (
            <p className="text-12 text-muted-foreground">
              Times and deliveries are of the newest 20,000 decisions and 50,000 deliveries in this span.
            </p>
          ) : null}
        </div>
      ) : query.isError ? (
        <QueryFailure
          error={query.error}
          what="The charts"
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <LoadingRows what="the charts" count={5} />
      )}
    </div>
  );
}
