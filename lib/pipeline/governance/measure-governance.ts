import { countGovernance, findLacking } from "@/lib/db/governance-store";
import { sha256Hex } from "@/lib/digest";
import { type DriftSignal, driftOf } from "@/lib/domain/behavioral-drift";
import { effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { type GovernanceFinding, governanceFindings } from "@/lib/domain/governance-findings";
import {
  type EvidenceRef,
  emptyCounts,
  type GovernanceMetric,
  type GovernanceThresholds,
  type MetricId,
  measure,
  metricIds,
  type ReadinessCount,
  type Span,
  type WindowCounts,
  windowRow,
  windowsOf,
} from "@/lib/domain/governance-metrics";
import { visibleDestinationIds } from "@/lib/domain/visible-destinations";
import type { Context } from "../context";
import { readReadiness } from "../publishing/readiness";
import { readConfig } from "../settings/get-config";
import { readSourceReadiness } from "../settings/read-source-readiness";

export type GovernanceInput = {
  toMs: number;
  windowMs: number;
  thresholds: GovernanceThresholds;
  /** So many windows up to this one are measured besides, for a line over time. */
  trendWindows: number;
};

export type TrendPoint = { span: Span; metrics: GovernanceMetric[] };

export type GovernanceMaturity = {
  current: Span;
  baseline: Span;
  windowMs: number;
  thresholds: GovernanceThresholds;
  metrics: GovernanceMetric[];
  drift: DriftSignal[];
  findings: GovernanceFinding[];
  trend: TrendPoint[];
};

/** What is switched on now and may be used by these projects, and what of it is not ready. */
type Readiness = ReadinessCount & { unready: EvidenceRef[] };

/**
 * Measures windows for some projects, or for everything (null). Reads only, and asks for no permission: whoever calls it has.
 */
export async function measureGovernance(
  ctx: Context,
  projects: readonly string[] | null,
  input: GovernanceInput,
): Promise<GovernanceMaturity> {
  const config = await readConfig(ctx);
  const { current, baseline } = windowsOf(input.toMs, input.windowMs);
  const row = windowRow(input.toMs, input.windowMs, input.trendWindows);
  const highRisk = config.safetyDefaults.highRiskCategories.map((each) => each.trim().toLowerCase());
  const [counted, readiness] = await Promise.all([
    countGovernance(ctx.db, projects, [current, baseline, ...row], highRisk),
    readReady(ctx, config, projects),
  ]);
  const [now = emptyCounts, before = emptyCounts, ...past] = counted;
  const all = (counts: WindowCounts) =>
    metricIds.map((id) => measure(id, counts, readiness, input.thresholds));
  const metrics = await Promise.all(
    all(now).map(async (metric) => ({
      ...metric,
      evidenceRefs: await lackingOf(ctx, projects, current, highRisk, metric, readiness),
    })),
  );
  const drift = driftOf(now, before, input.thresholds);
  return {
    ...{ current, baseline, windowMs: input.windowMs, thresholds: input.thresholds },
    ...{ metrics, drift, findings: governanceFindings(metrics, drift, sha256Hex) },
    trend: row.map((span, index) => ({
      span,
      // How ready things were is kept nowhere: that metric is of now alone.
      metrics: all(past[index] ?? emptyCounts).filter(
        (metric) => metric.metricId !== "route_readiness_compliance",
      ),
    })),
  };
}

const listed: ReadonlySet<MetricId> = new Set([
  ...(["governance_confidence", "authority_boundary_compliance"] as const),
  ...(["escalation_pathway_utilization", "receipt_completeness"] as const),
]);

async function lackingOf(
  ctx: Context,
  projects: readonly string[] | null,
  span: Span,
  highRisk: readonly string[],
  { metricId, numerator, denominator }: GovernanceMetric,
  readiness: Readiness,
): Promise<EvidenceRef[]> {
  if (metricId === "route_readiness_compliance") return readiness.unready;
  if (numerator === denominator || !listed.has(metricId)) return [];
  return findLacking(ctx.db, projects, span, highRisk, metricId as Parameters<typeof findLacking>[4]);
}

/** Readiness of what stands behind the monitor's own switch: a pause makes nothing unready that was ready. */
async function readReady(
  ctx: Context,
  config: MonitorConfig,
  projects: readonly string[] | null,
): Promise<Readiness> {
  const running = { ...config, enabled: true, paused: false };
  const [destinations, sources] = await Promise.all([
    readReadiness(ctx, running),
    readSourceReadiness(ctx, running),
  ]);
  const seen = visibleDestinationIds(config, projects);
  const rows = [
    ...effectiveDestinations(config)
      .filter((each) => each.enabled && (seen === null || seen.has(each.destinationId)))
      .map(({ destinationId }) => ({
        ref: { kind: "destination", id: destinationId },
        ready: destinations.get(destinationId)?.ready ?? false,
      })),
    ...sources.rows
      .filter((each) => each.enabled && (projects === null || projects.includes(each.projectId)))
      .map(({ projectId, sourceId, ready }) => ({
        ref: { kind: "source", id: sourceId === null ? projectId : `${projectId}/${sourceId}` },
        ready,
      })),
  ];
  return {
    enabled: rows.length,
    ready: rows.filter((each) => each.ready).length,
    unready: rows.filter((each) => !each.ready).map((each) => each.ref),
  };
}
