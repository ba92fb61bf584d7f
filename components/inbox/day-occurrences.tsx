"use client";

import { OccurrenceBars } from "@/components/layout/occurrence-bars";
import { Section } from "@/components/layout/section";
import type { OverviewWire } from "@/lib/contracts/status";

const hourMs = 3_600_000;

/** The last day by the hour, in ink. */
export function DayOccurrences({ hourly }: { hourly: OverviewWire["hourly"] }) {
  const total = hourly.reduce((sum, hour) => sum + hour.count, 0);
  const peak = hourly.reduce((most, hour) => Math.max(most, hour.count), 0);
  return (
    <Section title="Occurrences" count={total.toLocaleString("en-GB")} aside="24 h, hourly">
      {total === 0 ? (
        <p className="text-muted-foreground">Nothing was reported in the last 24 hours.</p>
      ) : (
        <OccurrenceBars
          buckets={hourly.map((hour) => ({ at: hour.from_ms, count: hour.count }))}
          bucketMs={hourMs}
          height={72}
          label={`${total} occurrences in the last 24 hours, at most ${peak} in an hour`}
        />
      )}
    </Section>
  );
}
