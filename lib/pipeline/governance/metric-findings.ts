import { defaultThresholds, defaultWindowMs } from "@/lib/domain/governance-metrics";
import type { FoundFinding } from "@/lib/domain/reassessment";
import type { FindingProvider } from "./finding-provider";
import { measureGovernance } from "./measure-governance";

/** Breached metrics and flagged drifts of the week that ends now, of the scope's projects. */
export const metricFindings: FindingProvider = {
  name: "governance_metrics",
  find: async (ctx, scope) => {
    const maturity = await measureGovernance(ctx, scope.projectIds, {
      ...{ toMs: ctx.nowMs, windowMs: defaultWindowMs, thresholds: defaultThresholds, trendWindows: 0 },
    });
    return maturity.findings.map(
      (each): FoundFinding => ({
        fingerprint: each.fingerprint,
        ruleId: each.kind,
        scope: "deployment",
        severity: each.severity,
        category: each.kind === "behavioral_drift" ? "behavioral_drift" : "governance_metric",
        summary: each.title,
        evidenceRefs: [
          each.metricId
            ? `governance_metrics.metrics.${each.metricId}`
            : `governance_metrics.behavioral_drift.${each.signal}`,
          ...each.evidenceRefs
            .filter((ref) => ref.kind !== "drift_signal")
            .map((ref) => `${ref.kind}s.${ref.id}`),
        ],
      }),
    );
  },
};
