"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { clockTime } from "@/components/layout/format-time";
import { OccurrenceBars } from "@/components/layout/occurrence-bars";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { useTimeZone } from "@/components/layout/time-zone";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import type { DraftWire } from "@/lib/contracts/draft";
import type { IncidentWire } from "@/lib/contracts/incident";
import { type OccurrenceBucket, occurrencesQuery } from "@/lib/queries/incidents";
import { chartMarks } from "./chart-marks";

const spans = [
  { value: "minute", label: "1 h", words: "per minute" },
  { value: "hour", label: "48 h", words: "per hour" },
  { value: "day", label: "30 d", words: "per day" },
] as const;

type OccurrenceChartProps = {
  incident: IncidentWire;
  draft: DraftWire | undefined;
  firstBucket: OccurrenceBucket;
};

/** Sightings over time in ink, with what happened to the record beside them. */
export function OccurrenceChart({ incident, draft, firstBucket }: OccurrenceChartProps) {
  const [bucket, setBucket] = useState<OccurrenceBucket>(firstBucket);
  const history = useQuery(occurrencesQuery(incident.incident_id, bucket));
  const timeZone = useTimeZone();
  const data = history.data;
  const words = spans.find((span) => span.value === bucket)?.words ?? "";
  const inView = data?.buckets.reduce((sum, each) => sum + each.count, 0) ?? 0;
  const fromMs = data?.buckets[0]?.from_ms ?? 0;
  const toMs = fromMs + (data?.buckets.length ?? 0) * (data?.bucket_ms ?? 0);
  const clock = (ms: number) => clockTime(ms, timeZone, "minute");
  const moment = (ms: number) => (bucket === "minute" ? clock(ms) : `${dayOf(ms, timeZone)}, ${clock(ms)}`);
  const marks = chartMarks(
    [
      { at: incident.first_seen_at_ms, label: `first seen ${moment(incident.first_seen_at_ms)}` },
      {
        at: draft?.approval_granted_at_ms,
        label: draft?.approval_granted_at_ms ? `approved ${moment(draft.approval_granted_at_ms)}` : "",
      },
      { at: incident.snooze?.at_ms, label: "snoozed" },
      { at: incident.mute?.at_ms, label: "muted" },
      { at: incident.resolution?.at_ms, label: "resolved" },
      { at: incident.resolution?.came_back_at_ms, label: "came back" },
      ...(incident.releases ?? []).map((each) => ({ at: each.first_seen_at_ms, label: each.release })),
    ],
    fromMs,
    toMs,
  );
  const total = incident.occurrence_count.toLocaleString("en-GB");
  return (
    <Section
      title="Occurrences"
      count={data ? `${total} in all, ${inView.toLocaleString("en-GB")} here, ${words}` : `${total} in all`}
      aside={<Segmented label="Time span" value={bucket} onValueChange={setBucket} options={spans} />}
    >
      {data ? (
        <OccurrenceBars
          buckets={data.buckets.map((each) => ({ at: each.from_ms, count: each.count }))}
          bucketMs={data.bucket_ms}
          marks={marks}
          formatTick={bucket === "day" ? (ms) => dayOf(ms, timeZone) : clock}
          label={`${inView} occurrences ${words}, from ${dayOf(fromMs, timeZone)} ${clock(fromMs)} until now`}
        />
      ) : history.isError ? (
        <QueryFailure
          error={history.error}
          what="Occurrences"
          onRetry={() => void history.refetch()}
          retrying={history.isFetching}
          className="py-1"
        />
      ) : (
        <Skeleton className="h-41 w-full rounded-md" />
      )}
    </Section>
  );
}

function dayOf(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone }).format(ms);
}
