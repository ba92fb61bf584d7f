"use client";

import { clockTime } from "@/components/layout/format-time";
import { useTimeZone } from "@/components/layout/time-zone";
import { useNow } from "@/components/layout/use-now";

/** Times as they stand in a sentence: "03:14" today, "24 Nov, 03:14" before. */
export function useClock(): (ms: number) => string {
  const timeZone = useTimeZone();
  const now = useNow();
  const day = (ms: number) =>
    new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone }).format(ms);
  return (ms) => {
    const time = clockTime(ms, timeZone, "minute");
    return now === null || day(ms) === day(now) ? time : `${day(ms)}, ${time}`;
  };
}
