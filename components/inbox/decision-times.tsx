"use client";

import { Section } from "@/components/layout/section";
import { useTimeZone } from "@/components/layout/time-zone";
import type { TrendsWire } from "@/lib/contracts/trend";
import { barTime, barZone } from "./bar-times";
import { ChartTable } from "./chart-table";
import { paceWords, timeOrNone, windowWords } from "./trend-words";

const height = 56;

/** From a draft to its first decision: the median as a bar in ink, the slowest tenth as the hairline above it. */
export function DecisionTimes({ trends }: { trends: TrendsWire }) {
  const timeZone = useTimeZone();
  const { decisions, bucket_ms: bucketMs, window } = trends;
  const most = Math.max(0, ...decisions.bars.map((bar) => bar.p90_ms ?? 0));
  if (decisions.decided === 0) {
    return (
      <Section title="Time to decision">
        <p className="text-muted-foreground">Nobody decided on a draft in the last {windowWords[window]}.</p>
      </Section>
    );
  }
  const label =
    `${decisions.decided} decisions in ${windowWords[window]}: half within ${timeOrNone(decisions.median_ms)}, ` +
    `nine in ten within ${timeOrNone(decisions.p90_ms)}`;
  return (
    <Section
      title="Time to decision"
      count={`${decisions.decided.toLocaleString("en-GB")} ${decisions.decided === 1 ? "decision" : "decisions"}`}
      aside={paceWords(bucketMs)}
    >
      <dl className="flex gap-6">
        <Figure term="Median" value={timeOrNone(decisions.median_ms)} />
        <Figure term="9 in 10 within" value={timeOrNone(decisions.p90_ms)} />
      </dl>
      <div className="flex items-end gap-3">
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${decisions.bars.length * 10} ${height}`}
          preserveAspectRatio="none"
          className="block h-14 min-w-0 flex-1"
        >
          <rect
            x={0}
            y={height - 0.5}
            width={decisions.bars.length * 10}
            height={0.5}
            fill="var(--border-strong)"
          />
          {decisions.bars.map((each, index) => (
            <DecisionBar key={each.at_ms} bar={each} index={index} most={most} />
          ))}
        </svg>
        <span aria-hidden className="min-w-19 self-start text-right text-11 leading-4 text-muted-foreground">
          top {timeOrNone(most)}
        </span>
      </div>
      <ChartTable
        caption={`Time to decision, ${windowWords[window]}`}
        columns={[
          `From (${barZone(trends.from_ms, bucketMs, timeZone)})`,
          "Decisions",
          "Median",
          "9 in 10 within",
        ]}
        rows={decisions.bars.map((each) => ({
          key: String(each.at_ms),
          cells: [
            barTime(each.at_ms, bucketMs, timeZone),
            String(each.decided),
            timeOrNone(each.median_ms),
            timeOrNone(each.p90_ms),
          ],
        }))}
      />
    </Section>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-12 text-muted-foreground">{term}</dt>
      <dd className="text-16 leading-5 font-[550]">{value}</dd>
    </div>
  );
}

type DecisionBarProps = { bar: TrendsWire["decisions"]["bars"][number]; index: number; most: number };

function DecisionBar({ bar, index, most }: DecisionBarProps) {
  if (bar.median_ms === undefined || bar.p90_ms === undefined) return null;
  const scaled = (ms: number) => Math.max(1.5, (ms / Math.max(1, most)) * (height - 2));
  const median = scaled(bar.median_ms);
  const p90 = scaled(bar.p90_ms);
  return (
    <>
      <rect x={index * 10 + 4.25} y={height - p90} width={1.5} height={p90} fill="var(--chart-ink)" />
      <rect x={index * 10 + 1} y={height - median} width={8} height={median} fill="var(--foreground)" />
    </>
  );
}
