"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { clockTime } from "@/components/layout/format-time";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { useTimeZone } from "@/components/layout/time-zone";
import { RedactedText } from "@/components/state/redacted-text";
import { Alert } from "@/components/ui/alert";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import type { DestinationActivityWire } from "@/lib/contracts/destination-activity";
import { type ActivityHours, destinationActivityQuery } from "@/lib/queries/destination-activity";
import { ActivityChart } from "./activity-chart";
import { rateWords, spanWord, waitingWords } from "./activity-words";

const spans = [
  { value: "1", label: "1 h" },
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
] as const;

/** How the saved destination has done: what was accepted, how long it took, what waits and why. */
export function DestinationActivity({ destinationId }: { destinationId: string }) {
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
          <CircuitNote activity={data} />
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

function CircuitNote({ activity }: { activity: DestinationActivityWire }) {
  const timeZone = useTimeZone();
  const { circuit, circuit_opened_at_ms, next_try_at_ms, disabled_reason } = activity;
  const at =
    next_try_at_ms === null ? "" : ` The next try is at ${clockTime(next_try_at_ms, timeZone, "second")}.`;
  if (disabled_reason) {
    return (
      <Alert tone="failed" title="Stopped automatically.">
        <RedactedText text={disabled_reason} />. A test that goes through lifts it.
      </Alert>
    );
  }
  if (circuit === "open") {
    return (
      <Alert tone="failed" title="Not answering: deliveries wait.">
        Five attempts in a row met nobody
        {circuit_opened_at_ms === null
          ? ""
          : `, since ${clockTime(circuit_opened_at_ms, timeZone, "minute")}`}
        . Nothing is lost and no attempt is used up.{at}
      </Alert>
    );
  }
  if (circuit === "half_open") {
    return (
      <Alert tone="waiting" title="Trying one delivery.">
        If it is accepted, the others follow.
      </Alert>
    );
  }
  if (next_try_at_ms !== null) {
    return (
      <Alert tone="waiting" title="It asked to be left alone for a while.">
        Deliveries wait until then.{at}
      </Alert>
    );
  }
  return null;
}

function Numbers({ activity }: { activity: DestinationActivityWire }) {
  const { median_ms, p95_ms, last_success_at_ms, last_failure_at_ms, last_failure_reason } = activity;
  const rows = [
    {
      term: "Half of the attempts",
      value: median_ms === null ? "none made" : `within ${spanWord(median_ms)}`,
    },
    { term: "95 of 100", value: p95_ms === null ? "none made" : `within ${spanWord(p95_ms)}` },
    { term: "Waiting now", value: waitingWords(activity) },
    {
      term: "Last accepted",
      value: last_success_at_ms === null ? "never" : <RelativeTime value={last_success_at_ms} />,
    },
    {
      term: "Last failed",
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
      {rows.map(({ term, value }) => (
        <div key={term} className="min-w-0">
          <dt className="text-12 text-muted-foreground">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
