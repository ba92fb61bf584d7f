import type { GovernanceMetricsWire } from "@/lib/contracts/governance";

export type MetricWindow = "24h" | "7d" | "30d" | "custom";
/** As the URL has it; days in UTC, `to` with the whole of it. */
export type MetricFilters = { window?: MetricWindow; from?: string; to?: string };

const dayMs = 86_400_000;
const lengths = { "24h": dayMs, "7d": 7 * dayMs, "30d": 30 * dayMs } as const;

export const windowLabels: Record<MetricWindow, string> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  custom: "Custom",
};

/** Windows of the line over time, the one shown with them. */
export const trendWindows = 8;

/** What is asked for; a custom window that is not filled in, or ends before it begins, is the week. */
export function requestOf({ window = "7d", from, to }: MetricFilters): GovernanceMetricsWire {
  if (window !== "custom") return { window_ms: lengths[window], trend_windows: trendWindows };
  const begins = from === undefined ? Number.NaN : Date.parse(from);
  const ends = to === undefined ? Number.NaN : Date.parse(to) + dayMs;
  if (!(ends > begins)) return { window_ms: lengths["7d"], trend_windows: trendWindows };
  return { to_ms: ends, window_ms: ends - begins, trend_windows: trendWindows };
}
