/** How far back a chart looks; each has its own width of a bar. */
export const trendWindows = ["24h", "7d", "30d"] as const;
export type TrendWindow = (typeof trendWindows)[number];

const hourMs = 3_600_000;
const shapes: Record<TrendWindow, { bucketMs: number; buckets: number }> = {
  "24h": { bucketMs: hourMs, buckets: 24 },
  "7d": { bucketMs: 6 * hourMs, buckets: 28 },
  "30d": { bucketMs: 24 * hourMs, buckets: 30 },
};

export type TrendSpan = { window: TrendWindow; fromMs: number; bucketMs: number; buckets: number };

/** Whole bars, the last of which is under way. Bars begin at multiples of their width, in UTC. */
export function trendSpan(window: TrendWindow, nowMs: number): TrendSpan {
  const { bucketMs, buckets } = shapes[window];
  const lastFromMs = Math.floor(nowMs / bucketMs) * bucketMs;
  return { window, fromMs: lastFromMs - (buckets - 1) * bucketMs, bucketMs, buckets };
}

/** Sightings of one source in one bar. `source`: a log source's id, or how reports of the project came in. */
export type SourceCount = { projectId: string | null; source: string; atMs: number; count: number };
export type SourceSeries = {
  projectId: string | null;
  source: string;
  total: number;
  counts: number[];
};

/** The largest sources, each with a count per bar, and what the others come to together. */
export function sourceSeries(
  rows: readonly SourceCount[],
  span: TrendSpan,
  max: number,
): { sources: SourceSeries[]; others: SourceSeries | null; othersCount: number } {
  const bySource = new Map<string, SourceSeries>();
  for (const row of rows) {
    const key = `${row.projectId ?? ""}\u0000${row.source}`;
    const { projectId, source } = row;
    const series = bySource.get(key) ?? { projectId, source, total: 0, counts: noughts(span) };
    bySource.set(key, series);
    const at = Math.floor((row.atMs - span.fromMs) / span.bucketMs);
    if (at < 0 || at >= span.buckets) continue;
    series.counts[at] = (series.counts[at] ?? 0) + row.count;
    series.total += row.count;
  }
  const name = (series: SourceSeries) => `${series.projectId ?? ""}/${series.source}`;
  const sorted = [...bySource.values()]
    .filter((series) => series.total > 0)
    .sort((one, other) => other.total - one.total || name(one).localeCompare(name(other), "en"));
  const rest = sorted.slice(max);
  return {
    sources: sorted.slice(0, max),
    others: rest.length > 0 ? rest.reduce(added, { ...emptyOthers, counts: noughts(span) }) : null,
    othersCount: rest.length,
  };
}

const noughts = (span: TrendSpan) => Array.from({ length: span.buckets }, () => 0);
const emptyOthers = { projectId: null, source: "others", total: 0 };

function added(sum: SourceSeries, series: SourceSeries): SourceSeries {
  return {
    ...sum,
    total: sum.total + series.total,
    counts: sum.counts.map((count, at) => count + (series.counts[at] ?? 0)),
  };
}

/** From a draft's making to the first decision on it, of the decisions in one bar; null where there was none. */
export type DecisionTimes = { atMs: number; decided: number; medianMs: number | null; p90Ms: number | null };

/** How the deliveries to one destination ended in one bar. */
export type DeliveryEnds = {
  destinationId: string;
  atMs: number;
  published: number;
  failed: number;
  ambiguous: number;
};
export type DestinationSeries = {
  destinationId: string;
  published: number;
  failed: number;
  ambiguous: number;
  counts: Array<{ published: number; failed: number; ambiguous: number }>;
};

/** By destination, the busiest first. */
export function destinationSeries(rows: readonly DeliveryEnds[], span: TrendSpan): DestinationSeries[] {
  const byId = new Map<string, DestinationSeries>();
  for (const row of rows) {
    const at = Math.floor((row.atMs - span.fromMs) / span.bucketMs);
    if (at < 0 || at >= span.buckets) continue;
    const series = byId.get(row.destinationId) ?? emptyDestination(row.destinationId, span);
    byId.set(row.destinationId, series);
    for (const key of ["published", "failed", "ambiguous"] as const) {
      series[key] += row[key];
      const bar = series.counts[at];
      if (bar) bar[key] += row[key];
    }
  }
  const ends = (series: DestinationSeries) => series.published + series.failed + series.ambiguous;
  return [...byId.values()].sort(
    (one, other) => ends(other) - ends(one) || one.destinationId.localeCompare(other.destinationId, "en"),
  );
}

const emptyDestination = (destinationId: string, span: TrendSpan): DestinationSeries => ({
  ...{ destinationId, published: 0, failed: 0, ambiguous: 0 },
  counts: Array.from({ length: span.buckets }, () => ({ published: 0, failed: 0, ambiguous: 0 })),
});

/** One entry per bar, in order, with nothing where nobody decided. */
export function filledDecisions(rows: readonly DecisionTimes[], span: TrendSpan): DecisionTimes[] {
  const known = new Map(rows.map((row) => [row.atMs, row]));
  return Array.from({ length: span.buckets }, (_, index) => {
    const atMs = span.fromMs + index * span.bucketMs;
    return known.get(atMs) ?? { atMs, decided: 0, medianMs: null, p90Ms: null };
  });
}

export type Trends = {
  span: TrendSpan;
  nowMs: number;
  occurrences: { total: number } & ReturnType<typeof sourceSeries>;
  decisions: { decided: number; medianMs: number | null; p90Ms: number | null; bars: DecisionTimes[] };
  deliveries: DestinationSeries[];
  /** True where only the newest decisions or deliveries of the window were looked at. */
  partial: boolean;
};
