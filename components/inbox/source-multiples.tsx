"use client";

import { Section } from "@/components/layout/section";
import { Sparkline } from "@/components/layout/sparkline";
import { useTimeZone } from "@/components/layout/time-zone";
import type { TrendsWire } from "@/lib/contracts/trend";
import { useNames } from "@/lib/queries/names";
import { barTime, barZone } from "./bar-times";
import { ChartTable } from "./chart-table";
import { barWords, paceWords, sourceName, windowWords } from "./trend-words";

/** One small chart a source, each on its own scale, which it states: a quiet source is as readable as a loud one. */
export function SourceMultiples({ trends }: { trends: TrendsWire }) {
  const timeZone = useTimeZone();
  const name = useNames();
  const { occurrences, bucket_ms: bucketMs, from_ms: fromMs, window } = trends;
  const series = [...occurrences.sources, ...(occurrences.others ? [occurrences.others] : [])];
  const named = series.map((each) => ({
    ...each,
    name: each === occurrences.others ? `${occurrences.others_count} others` : sourceName(each, name),
  }));
  const times = Array.from({ length: trends.buckets }, (_, index) => fromMs + index * bucketMs);
  return (
    <Section
      title="Occurrences by source"
      count={occurrences.total.toLocaleString("en-GB")}
      aside={paceWords(bucketMs)}
    >
      {named.length === 0 ? (
        <p className="text-muted-foreground">Nothing was reported in the last {windowWords[window]}.</p>
      ) : (
        <>
          <ul className="flex flex-col">
            {named.map((each) => (
              <SourceRow key={each.name} {...each} bar={barWords(bucketMs)} span={windowWords[window]} />
            ))}
          </ul>
          <ChartTable
            caption={`Occurrences by source, ${windowWords[window]}`}
            columns={[`From (${barZone(fromMs, bucketMs, timeZone)})`, ...named.map((each) => each.name)]}
            rows={times.map((ms, index) => ({
              key: String(ms),
              cells: [
                barTime(ms, bucketMs, timeZone),
                ...named.map((each) => (each.counts[index] ?? 0).toLocaleString("en-GB")),
              ],
            }))}
          />
        </>
      )}
    </Section>
  );
}

type SourceRowProps = { name: string; total: number; counts: number[]; bar: string; span: string };

function SourceRow({ name, total, counts, bar, span }: SourceRowProps) {
  const most = Math.max(...counts);
  const label = `${name}: ${total} in ${span}, at most ${most} in one ${bar}`;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-border py-1.5 last:border-b-0">
      <span className="truncate" title={name}>
        {name}
      </span>
      <span className="text-right font-medium">{total.toLocaleString("en-GB")}</span>
      <Sparkline values={counts} label={label} width={280} height={22} fluid className="min-w-0" />
      <span aria-hidden className="min-w-19 self-end text-right text-11 leading-4 text-muted-foreground">
        top {most.toLocaleString("en-GB")}
      </span>
    </li>
  );
}
