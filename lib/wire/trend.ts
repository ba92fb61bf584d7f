import type { TrendsWire } from "@/lib/contracts/trend";
import type { DecisionTimes, SourceSeries, Trends } from "@/lib/domain/trends";
import { present } from "./record-parts";

export function trendsToWire({
  span,
  nowMs,
  occurrences,
  decisions,
  deliveries,
  partial,
}: Trends): TrendsWire {
  return {
    window: span.window,
    now_ms: nowMs,
    from_ms: span.fromMs,
    bucket_ms: span.bucketMs,
    buckets: span.buckets,
    occurrences: {
      total: occurrences.total,
      sources: occurrences.sources.map(seriesToWire),
      others_count: occurrences.othersCount,
      ...(occurrences.others && { others: seriesToWire(occurrences.others) }),
    },
    decisions: {
      decided: decisions.decided,
      ...timesToWire(decisions),
      bars: decisions.bars.map((bar) => ({ at_ms: bar.atMs, decided: bar.decided, ...timesToWire(bar) })),
    },
    deliveries: deliveries.map(({ destinationId, ...rest }) => ({ destination_id: destinationId, ...rest })),
    partial,
  };
}

const seriesToWire = ({ projectId, source, total, counts }: SourceSeries) => ({
  ...{ source, total, counts },
  ...present({ project_id: projectId }),
});

const timesToWire = ({ medianMs, p90Ms }: Pick<DecisionTimes, "medianMs" | "p90Ms">) =>
  present({ median_ms: medianMs, p90_ms: p90Ms });
