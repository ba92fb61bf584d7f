"use client";

import { cn } from "@/components/ui/cn";
import { clockTime } from "./format-time";
import { useTimeZone } from "./time-zone";

export type OccurrenceBucket = { at: number; count: number };
export type ChartMark = { at: number; label: string };

export type OccurrenceBarsProps = {
  /** Equal steps, oldest first. */
  buckets: readonly OccurrenceBucket[];
  bucketMs: number;
  /** Deploys, first seen, held: dashed lines with a word. */
  marks?: readonly ChartMark[];
  /** The whole chart in a sentence. */
  label: string;
  height?: number;
  formatTick?: (ms: number) => string;
  className?: string;
};

/** A step of 1, 2 or 5 times a power of ten that gives at most four lines. */
function niceStep(highest: number): number {
  const rough = Math.max(1, highest / 3.5);
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
}

/** Occurrences over time in ink, with what happened beside them. The table of counts is there for screen readers. */
export function OccurrenceBars(props: OccurrenceBarsProps) {
  const { buckets, bucketMs, marks = [], label, height = 128, formatTick, className } = props;
  const timeZone = useTimeZone();
  const tick = formatTick ?? ((ms: number) => clockTime(ms, timeZone, "minute"));
  const start = buckets[0]?.at ?? 0;
  const span = Math.max(1, buckets.length * bucketMs);
  const at = (ms: number) => `${Math.min(100, Math.max(0, ((ms - start) / span) * 100))}%`;
  const highest = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const step = niceStep(highest);
  const top = Math.max(highest * 1.06, step);
  const lines = Array.from({ length: Math.floor(top / step) }, (_, index) => (index + 1) * step);
  const ticks = Array.from({ length: 6 }, (_, index) => start + (span / 6) * index);
  return (
    <figure data-slot="occurrence-bars" className={cn("min-w-0", className)}>
      <figcaption className="sr-only">{label}</figcaption>
      <div className="relative pt-9 sm:pt-5">
        <div className="relative" style={{ height }}>
          {lines.map((value) => (
            <div
              key={value}
              aria-hidden
              className="absolute inset-x-0 border-t border-border"
              style={{ bottom: `${(value / top) * 100}%` }}
            >
              <span className="absolute -top-4 left-0 text-11 leading-4 text-muted-foreground">{value}</span>
            </div>
          ))}
          <svg
            aria-hidden
            className="absolute inset-0 size-full"
            viewBox={`0 0 ${buckets.length} ${top}`}
            preserveAspectRatio="none"
          >
            {buckets.map((bucket, index) => (
              <rect
                key={bucket.at}
                x={index + 0.1}
                y={top - bucket.count}
                width={0.8}
                height={bucket.count}
                fill="var(--foreground)"
              />
            ))}
          </svg>
          {marks.map((mark, index) => (
            <div
              key={`${mark.at} ${mark.label}`}
              className="absolute -top-9 bottom-0 border-l sm:-top-5 border-dashed border-foreground"
              style={{ left: at(mark.at) }}
            >
              <span
                className={cn(
                  "absolute top-0 bg-background px-1 text-11 leading-4 whitespace-nowrap",
                  mark.at - start > span / 2 ? "right-0.5" : "left-0.5",
                  // On a narrow chart neighbours would cover each other, so every second stands lower.
                  index % 2 === 1 && "max-sm:top-4",
                )}
              >
                {mark.label}
              </span>
            </div>
          ))}
          <div aria-hidden className="absolute inset-x-0 bottom-0 border-t border-border-strong" />
        </div>
        <div aria-hidden className="relative mt-1 h-4 text-11 leading-4 text-muted-foreground">
          {ticks.map((ms) => (
            <span key={ms} className="absolute" style={{ left: at(ms) }}>
              {tick(ms)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}
