import { clockTime, zoneName } from "@/components/layout/format-time";

/** "Thu 26 Nov" for days, with the hour for what is shorter. */
export function barTime(ms: number, bucketMs: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short" },
    // Whole days are counted in UTC, so they are named in it.
    timeZone: bucketMs >= 86_400_000 ? "UTC" : timeZone,
  }).format(ms);
  if (bucketMs >= 86_400_000) return day;
  return `${day}, ${clockTime(ms, timeZone, "minute")}`;
}

/** What times of a chart are in. */
export const barZone = (ms: number, bucketMs: number, timeZone: string): string =>
  bucketMs >= 86_400_000 ? "UTC" : zoneName(ms, timeZone);
