"use client";

import { clockTime } from "@/components/layout/format-time";
import { useTimeZone } from "@/components/layout/time-zone";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { DestinationActivityWire } from "@/lib/contracts/destination-activity";
import type { ActivityHours } from "@/lib/queries/destination-activity";
import { spanWord } from "./activity-words";

const height = 96;

/** The time of 95 of 100 attempts as a bar for each step; steps in which one failed have a mark at the top. */
export function ActivityChart({
  activity,
  hours,
}: {
  activity: DestinationActivityWire;
  hours: ActivityHours;
}) {
  const timeZone = useTimeZone();
  const { buckets } = activity;
  const most = Math.max(1, ...buckets.map((each) => each.p95_ms ?? 0));
  const step = 100 / buckets.length;
  const moment = (ms: number) =>
    hours === "168"
      ? new Intl.DateTimeFormat("en-GB", {
          weekday: "short",
          hour: "2-digit",
          minute: "2-digit",
          timeZone,
        }).format(ms)
      : clockTime(ms, timeZone, "minute");
  const failedSteps = buckets.filter((each) => each.attempts > each.published).length;
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={`Time of 95 of 100 attempts, up to ${spanWord(most)}. In ${failedSteps} of ${buckets.length} steps an attempt failed.`}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        className="h-24 w-full rounded-sm border border-border bg-card"
      >
        {buckets.map((each, index) => {
          if (each.attempts === 0) return null;
          const tall = Math.max(3, ((each.p95_ms ?? 0) / most) * (height - 14));
          const failed = each.attempts > each.published;
          return (
            <g key={each.from_ms}>
              <rect
                x={index * step + step * 0.15}
                width={step * 0.7}
                y={height - tall}
                height={tall}
                className="fill-foreground/35"
              >
                <title>{`${moment(each.from_ms)}: ${each.published} of ${each.attempts} accepted, 95 of 100 within ${spanWord(each.p95_ms ?? 0)}`}</title>
              </rect>
              {failed ? (
                <rect
                  x={index * step + step * 0.15}
                  width={step * 0.7}
                  y={2}
                  height={4}
                  className="fill-destructive"
                />
              ) : null}
            </g>
          );
        })}
      </svg>
      <div aria-hidden className="flex justify-between text-12 text-muted-foreground">
        <span>{moment(activity.from_ms)}</span>
        <span>now</span>
      </div>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-0.5 text-12 text-muted-foreground">
        <span>Bars: what 95 of 100 attempts took, up to {spanWord(most)}</span>
        {failedSteps > 0 ? (
          <span className="flex items-center gap-1.5">
            <svg aria-hidden width="12" height="4" className="flex-none">
              <rect width="12" height="4" className="fill-destructive" />
            </svg>
            one or more failed
          </span>
        ) : null}
      </figcaption>
      <VisuallyHidden>
        <ul>
          {buckets
            .filter((each) => each.attempts > each.published)
            .map((each) => (
              <li key={each.from_ms}>
                {moment(each.from_ms)}: {each.attempts - each.published} of {each.attempts} attempts failed
              </li>
            ))}
        </ul>
      </VisuallyHidden>
    </figure>
  );
}
