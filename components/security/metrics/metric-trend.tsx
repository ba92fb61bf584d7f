import type { GovernanceMetricsResponseWire, GovernanceMetricWire } from "@/lib/contracts/governance";
import { percentWords } from "./metric-words";

export type TrendPointWire = GovernanceMetricsResponseWire["governance_maturity"]["trend"][number];

const height = 44;
const step = 10;

type MetricTrendProps = { metric: GovernanceMetricWire; trend: readonly TrendPointWire[] };

/** A bar a window, the present one last, under the line of the minimum. A window without cases has a gap. */
export function MetricTrend({ metric, trend }: MetricTrendProps) {
  const points = pointsOf(metric, trend);
  const words = points.map(({ rate }) => percentWords(rate)).join(", ");
  const line = metric.threshold === null ? null : y(metric.threshold);
  return (
    <svg
      role="img"
      aria-label={`The last ${points.length} windows, oldest first: ${words}`}
      viewBox={`0 0 ${points.length * step} ${height}`}
      preserveAspectRatio="none"
      className="block h-11 w-full min-w-0"
    >
      <rect x={0} y={height - 0.5} width={points.length * step} height={0.5} fill="var(--border-strong)" />
      {points.map(({ fromMs, rate, breached }, index) =>
        rate === null ? null : (
          <rect
            key={fromMs}
            x={index * step + 1}
            y={Math.min(y(rate), height - 1.5)}
            width={step - 2}
            height={Math.max(1.5, height - y(rate))}
            fill={breached ? "var(--state-failed)" : "var(--chart-ink)"}
          />
        ),
      )}
      {line === null ? null : (
        <line
          x1={0}
          x2={points.length * step}
          y1={line}
          y2={line}
          stroke="var(--foreground)"
          strokeWidth={1}
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

/** All rates are shares: the scale is the same everywhere, with a pixel of air above the whole. */
const y = (rate: number) => 1 + (1 - rate) * (height - 1);

export function pointsOf({ metric_id }: GovernanceMetricWire, trend: readonly TrendPointWire[]) {
  return trend.map((point) => {
    const found = point.metrics.find((each) => each.metric_id === metric_id);
    return {
      fromMs: point.from_ms,
      toMs: point.to_ms,
      rate: found?.rate ?? null,
      breached: found?.breached ?? false,
      of: found ? `${found.numerator} of ${found.denominator}` : "–",
    };
  });
}
