"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import type { DestinationActivityWire } from "@/lib/contracts/destination-activity";
import { type ActivityHours, destinationActivityQuery } from "@/lib/queries/destination-activity";
import { ActivityChart } from "./activity-chart";
import { rateWords, spanWord, waitingWords } from "./activity-words";
import { CircuitNote } from "./circuit-note";

const spans = [
  { value: "1", label: "1 h" },
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
] as const;

type DestinationActivityProps = {
  destinationId: string;
  /** That it was stopped automatically stands above already, with its reason. */
  stopSaid: boolean;
};

/** How the saved destination has done: what was accepted, how long it took, what waits and why. */
export function DestinationActivity({ destinationId, stopSaid }: DestinationActivityProps) {
  const [hours, setHours] = useState<ActivityHours>("24");
  const activity = useQuery(destinationActivityQuery(destinationId, hours));
  const data = activity.data;
  return (
    <Section
      title="Health"
      count={data ? rateWords(data) : undefined}
      aside={<Segmented label="Time span" value={hours} onValueChange={setHours} options={spans} />}
    >
      {data ? (
        <div className="flex flex-col gap-3">
          {stopSaid && data.disabled_reason ? null : <CircuitNote activity={data} />}
          <Numbers activity={data} />
          {data.attempts > 0 ? <ActivityChart activity={data} hours={hours} /> : null}
        </div>
      ) : activity.isError ? (
        <QueryFailure
          error={activity.error}
          what="Its health"
          onRetry={() => void activity.refetch()}
          retrying={activity.isFetching}
          className="py-1"
        />
      ) : (
        <Skeleton className="h-40 w-full rounded-md" />
      )}
    </Section>
  );
}

function Numbers({ activity }: { activity: DestinationActivityWire }) {
  const { median_ms, p95_ms, last_success_at_ms, last_failure_at_ms, last_failure_reason } = activity;
  const rows: Array<{ term: string; value: ReactNode; wide?: true }> = [
    {
      term: "Half took at most",
      value: median_ms === null ? "none made" : spanWord(median_ms),
    },
    { term: "95 of 100 took at most", value: p95_ms === null ? "none made" : spanWord(p95_ms) },
    { term: "Waiting now", value: waitingWords(activity) },
    {
      term: "Last accepted",
      value: last_success_at_ms === null ? "never" : <RelativeTime value={last_success_at_ms} />,
    },
    {
      term: "Last failed",
      wide: true,
      value:
        last_failure_at_ms === null ? (
          "never"
        ) : (
          <>
            <RelativeTime value={last_failure_at_ms} />
            {last_failure_reason ? (
              <span className="block text-12 text-muted-foreground">
                <RedactedText text={last_failure_reason} />
              </span>
            ) : null}
          </>
        ),
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
      {rows.map(({ term, value, wide }) => (
        <div key={term} className={cn("min-w-0", wide && "col-span-2")}>
          <dt className="text-12 text-muted-foreground">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
