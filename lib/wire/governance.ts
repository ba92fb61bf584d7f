import type {
  GovernanceMetricsResponseWire,
  GovernanceMetricsWire,
  governanceScopeSchema,
} from "@/lib/contracts/governance";
import type { DriftSignal } from "@/lib/domain/behavioral-drift";
import type { GovernanceFinding } from "@/lib/domain/governance-findings";
import type { GovernanceMetric, GovernanceThresholds, Span } from "@/lib/domain/governance-metrics";
import { camelKeys, snakeKeys } from "./casing";

type GovernanceScopeWire = ReturnType<typeof governanceScopeSchema.parse>;

/** What every answer of the layer says of itself. `projects` null: everything was looked at. */
export const governanceScope = (
  source: string,
  projects: readonly string[] | null = null,
): GovernanceScopeWire => ({
  ...{ source, read_only: true, dry_run: true, redacted: true, mutates_external_systems: false },
  admin_invoked: true,
  tenant_context: { org_id: "local", workspace_id: "local", source: "local_implicit" },
  ...(projects && { project_ids: [...projects] }),
});

export function governanceMetricsFromWire(wire: GovernanceMetricsWire) {
  return {
    toMs: wire.to_ms,
    windowMs: wire.window_ms,
    trendWindows: wire.trend_windows,
    thresholds: wire.thresholds ? camelKeys(wire.thresholds) : null,
  };
}

type Answer = {
  generatedAtMs: number;
  projects: readonly string[] | null;
  current: Span;
  baseline: Span;
  windowMs: number;
  thresholds: GovernanceThresholds;
  metrics: GovernanceMetric[];
  drift: DriftSignal[];
  findings: GovernanceFinding[];
  trend: Array<{ span: Span; metrics: GovernanceMetric[] }>;
};

export function governanceMetricsToWire(answer: Answer): GovernanceMetricsResponseWire {
  const { metrics, drift, findings } = answer;
  return {
    schema_version: 1,
    generated_at_ms: answer.generatedAtMs,
    scope: governanceScope("incident_monitor_governance_maturity_metrics", answer.projects),
    governance_maturity: {
      ...{ schema_version: 1, mode: "dry_run", mutates_external_systems: false, redacted: true },
      window: {
        current: { ...snakeKeys(answer.current), label: "current" },
        baseline: { ...snakeKeys(answer.baseline), label: "baseline" },
        window_ms: answer.windowMs,
      },
      thresholds: snakeKeys(answer.thresholds),
      metrics: snakeKeys(metrics),
      behavioral_drift: snakeKeys(drift),
      threshold_findings: findings.map((each) => ({ ...snakeKeys(each), dry_run: true })),
      counts: {
        metrics: metrics.length,
        breached_metrics: metrics.filter((each) => each.breached).length,
        drift_flags: drift.filter((each) => each.driftFlagged).length,
        findings: findings.length,
      },
      trend: answer.trend.map(({ span, metrics: past }) => ({
        ...snakeKeys(span),
        metrics: past.map(({ metricId, numerator, denominator, rate, evaluable, breached }) => ({
          ...{ metric_id: metricId, numerator, denominator, rate, evaluable, breached },
        })),
      })),
    },
  };
}
