import { describe, expect, it } from "vitest";
import { destinationSeries, filledDecisions, sourceSeries, trendSpan } from "./trends";

const hour = 3_600_000;
const nowMs = Date.UTC(2026, 10, 26, 14, 40);

describe("the span of a window", () => {
  it.each([
    ["24h", Date.UTC(2026, 10, 25, 15), hour, 24],
    ["7d", Date.UTC(2026, 10, 19, 18), 6 * hour, 28],
    ["30d", Date.UTC(2026, 9, 28), 24 * hour, 30],
  ] as const)("%s ends with the bar under way", (window, fromMs, bucketMs, buckets) => {
    const span = trendSpan(window, nowMs);
    expect(span).toEqual({ window, fromMs, bucketMs, buckets });
    const lastFromMs = fromMs + (buckets - 1) * bucketMs;
    expect(lastFromMs <= nowMs && nowMs < lastFromMs + bucketMs).toBe(true);
  });
});

describe("sources over time", () => {
  const span = trendSpan("24h", nowMs);
  const row = (source: string, bar: number, count: number, projectId: string | null = "shop") => ({
    ...{ projectId, source, count },
    atMs: span.fromMs + bar * hour,
  });

  it("keeps the largest apart and adds up the others", () => {
    const read = sourceSeries(
      [row("app", 0, 5), row("app", 23, 2), row("web", 1, 4), row("jobs", 1, 3), row("mail", 2, 1)],
      span,
      2,
    );
    expect(read.sources.map(({ source, total }) => [source, total])).toEqual([
      ["app", 7],
      ["web", 4],
    ]);
    expect(read.sources[0]?.counts.filter(Boolean)).toEqual([5, 2]);
    expect([read.othersCount, read.others?.total, read.others?.counts[1]]).toEqual([2, 4, 3]);
  });

  it("the same source of two projects is two; what lies outside the window is none", () => {
    const read = sourceSeries([row("app", 0, 1), row("app", 0, 1, null), row("old", -3, 9)], span, 5);
    expect(read.sources.map(({ projectId }) => projectId)).toEqual([null, "shop"]);
    expect(read.others).toBeNull();
  });
});

it("deliveries by destination, the busiest first", () => {
  const span = trendSpan("7d", nowMs);
  const end = (destinationId: string, bar: number, published: number, failed = 0) => ({
    ...{ destinationId, published, failed, ambiguous: 0 },
    atMs: span.fromMs + bar * span.bucketMs,
  });
  const read = destinationSeries([end("a", 0, 1), end("b", 27, 4, 2), end("b", 27, 1)], span);
  expect(read.map(({ destinationId, published, failed }) => [destinationId, published, failed])).toEqual([
    ["b", 5, 2],
    ["a", 1, 0],
  ]);
  expect(read[0]?.counts[27]).toEqual({ published: 5, failed: 2, ambiguous: 0 });
});

it("bars without a decision have no time, not a time of nought", () => {
  const span = trendSpan("30d", nowMs);
  const at = span.fromMs + 29 * span.bucketMs;
  const bars = filledDecisions([{ atMs: at, decided: 3, medianMs: 10, p90Ms: 20 }], span);
  expect([bars.length, bars[0]?.medianMs, bars[29]?.p90Ms]).toEqual([30, null, 20]);
});
