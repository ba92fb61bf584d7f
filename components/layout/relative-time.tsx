"use client";

import { useEffect } from "react";
import { cn } from "@/components/ui/cn";
import {
  clockTime,
  durationWords,
  exactTime,
  relativeWords,
  shortWords,
  type TimeInput,
  toMs,
} from "./format-time";
import { useTimeZone } from "./time-zone";
import { catchUpNow, useNow } from "./use-now";

export type RelativeTimeProps = {
  value: TimeInput | null | undefined;
  /** `long`: 6 min ago. `short`: 6m. `left`: 71 h 54 min left. `clock`: 03:14:08. `minute`: 03:14. */
  format?: "long" | "short" | "left" | "clock" | "minute";
  /** Shown when there is no time at all. */
  absent?: string;
  className?: string;
};

/** A time as people say it, exact on hover, machine-readable in `dateTime`. Renews itself every 30 s. */
export function RelativeTime({ value, format = "long", absent = "never", className }: RelativeTimeProps) {
  const now = useNow();
  const timeZone = useTimeZone();
  const at = value === null || value === undefined ? Number.NaN : toMs(value);
  useEffect(() => {
    if (now !== null && at > now && at <= Date.now()) catchUpNow();
  }, [at, now]);
  if (Number.isNaN(at)) return <span className={className}>{absent}</span>;
  return (
    <time
      data-slot="relative-time"
      dateTime={new Date(at).toISOString()}
      title={exactTime(at, timeZone)}
      className={cn("whitespace-nowrap", className)}
    >
      {words(at, now, format, timeZone)}
    </time>
  );
}

function words(
  at: number,
  now: number | null,
  format: NonNullable<RelativeTimeProps["format"]>,
  timeZone: string,
) {
  if (format === "clock") return clockTime(at, timeZone);
  if (format === "minute") return clockTime(at, timeZone, "minute");
  // Before hydration the reader's present is unknown, so the fixed time stands in.
  if (now === null) return clockTime(at, timeZone, "minute");
  // The clock ticks every 30 s: what happened since then is not in the future.
  if (format !== "left" && at > now && at - now <= 30_000)
    return format === "short" ? "now" : relativeWords(now, now);
  if (format === "short") return shortWords(at, now);
  if (format === "left") return at > now ? `${durationWords(at - now)} left` : "lapsed";
  return relativeWords(at, now);
}
