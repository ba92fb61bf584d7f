"use client";

import Link from "next/link";
import { Section } from "@/components/layout/section";
import { useTimeZone } from "@/components/layout/time-zone";
import type { TrendsWire } from "@/lib/contracts/trend";
import { receiptsPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { barTime, barZone } from "./bar-times";
import { ChartTable } from "./chart-table";
import { deliveredWords, paceWords, successShare, windowWords } from "./trend-words";

const height = 22;

/** How deliveries ended, by destination: what arrived in ink, what did not above it in the tone of failure, and in words beside it. */
export function DeliverySuccess({ trends }: { trends: TrendsWire }) {
  const timeZone = useTimeZone();
  const name = useNames();
  const { deliveries, bucket_ms: bucketMs, from_ms: fromMs, window } = trends;
  if (deliveries.length === 0) {
    return (
      <Section title="Delivery success">
        <p className="text-muted-foreground">No delivery ended in the last {windowWords[window]}.</p>
      </Section>
    );
  }
  return (
    <Section title="Delivery success" aside={paceWords(bucketMs)}>
      <ul className="flex flex-col">
        {deliveries.map((each) => (
          <DestinationRow
            key={each.destination_id}
            name={name.destination(each.destination_id)}
            series={each}
          />
        ))}
      </ul>
      <ChartTable
        caption={`Deliveries by destination, ${windowWords[window]}: arrived of ended`}
        columns={[
          `From (${barZone(fromMs, bucketMs, timeZone)})`,
          ...deliveries.map((each) => name.destination(each.destination_id)),
        ]}
        rows={Array.from({ length: trends.buckets }, (_, index) => ({
          key: String(index),
          cells: [
            barTime(fromMs + index * bucketMs, bucketMs, timeZone),
            ...deliveries.map((each) => {
              const { published, failed, ambiguous } = each.counts[index] ?? noDeliveries;
              return `${published} of ${published + failed + ambiguous}`;
            }),
          ],
        }))}
      />
    </Section>
  );
}

const noDeliveries = { published: 0, failed: 0, ambiguous: 0 };

type DestinationRowProps = { name: string; series: TrendsWire["deliveries"][number] };

function DestinationRow({ name, series }: DestinationRowProps) {
  const words = deliveredWords(series);
  const failed = series.failed + series.ambiguous;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-border py-1.5 last:border-b-0">
      <Link
        href={receiptsPath({ destination_id: series.destination_id })}
        className="truncate hover:underline"
        title={name}
      >
        {name}
      </Link>
      <span className="text-right font-medium">{successShare(series)} %</span>
      <EndedBars series={series} label={`${name}: ${words}`} />
      <span className="min-w-19 self-end text-right text-11 leading-4 text-muted-foreground">
        {failed === 0
          ? `all ${series.published.toLocaleString("en-GB")}`
          : `${failed.toLocaleString("en-GB")} did not`}
      </span>
    </li>
  );
}

function EndedBars({ series, label }: { series: TrendsWire["deliveries"][number]; label: string }) {
  const ended = series.counts.map((bar) => bar.published + bar.failed + bar.ambiguous);
  const most = Math.max(1, ...ended);
  const scaled = (value: number) => (value === 0 ? 0 : Math.max(1.5, (value / most) * (height - 1)));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${series.counts.length * 10} ${height}`}
      preserveAspectRatio="none"
      className="block h-5.5 w-full min-w-0"
    >
      <rect
        x={0}
        y={height - 0.5}
        width={series.counts.length * 10}
        height={0.5}
        fill="var(--border-strong)"
      />
      {series.counts.map((bar, index) => {
        const arrived = scaled(bar.published);
        const lost = scaled(bar.failed + bar.ambiguous);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
          <g key={index}>
            <rect
              x={index * 10 + 1}
              y={height - arrived}
              width={8}
              height={arrived}
              fill="var(--chart-ink)"
            />
            <rect
              x={index * 10 + 1}
              y={Math.max(0, height - arrived - lost)}
              width={8}
              height={lost}
              fill="var(--state-failed)"
            />
          </g>
        );
      })}
    </svg>
  );
}
