import type { DriftSignal } from "./behavioral-drift";
import type { EvidenceRef, GovernanceMetric, MetricId } from "./governance-metrics";

/** What a report of the finding would say: fixed words and numbers, no reported text. */
export type IncidentDraftSuggestion = {
  source: "governance_metrics";
  eventType: string;
  title: string;
  fingerprint: string;
  detail: string;
  riskLevel: "high" | "medium";
  riskCategory: "governance";
  confidence: "high" | "medium";
  routeTags: string[];
  excerpt: string[];
};

export type GovernanceFinding = {
  findingId: string;
  /** `sha256:` over what the finding is about and nothing that changes with the window: it is the same next time. */
  fingerprint: string;
  kind: "metric_threshold_breach" | "behavioral_drift";
  severity: "high" | "medium";
  metricId: MetricId | null;
  signal: string | null;
  title: string;
  evidenceRefs: EvidenceRef[];
  incidentDraftSuggestion: IncidentDraftSuggestion | null;
};

type Hash = (text: string) => string;

/** Every breached metric and every flagged signal, in their order. */
export function governanceFindings(
  metrics: readonly GovernanceMetric[],
  drift: readonly DriftSignal[],
  sha256: Hash,
): GovernanceFinding[] {
  return [
    ...metrics.filter((metric) => metric.breached).map((metric) => breach(metric, sha256)),
    ...drift.filter((signal) => signal.driftFlagged).map((signal) => drifted(signal, sha256)),
  ];
}

function breach(metric: GovernanceMetric, sha256: Hash): GovernanceFinding {
  const kind = "metric_threshold_breach";
  const { metricId, name, numerator, denominator, threshold } = metric;
  const hash = sha256([kind, metricId].join("\n"));
  const fingerprint = `sha256:${hash}`;
  return {
    findingId: `bgm_${hash.slice(0, 16)}`,
    fingerprint,
    kind,
    severity: "high",
    metricId,
    signal: null,
    title: `${name} is below its minimum`,
    evidenceRefs: metric.evidenceRefs,
    incidentDraftSuggestion: {
      source: "governance_metrics",
      eventType: "security.governance_metric.breached",
      title: `${name} is below its minimum`,
      fingerprint,
      detail: `${numerator} of ${denominator} (${percent(metric.rate)}), and at least ${percent(threshold)} is asked for.`,
      riskLevel: "high",
      riskCategory: "governance",
      confidence: "high",
      routeTags: ["governance_metrics", metricId],
      excerpt: [
        `metric_id=${metricId}`,
        `numerator=${numerator} denominator=${denominator}`,
        `threshold=${threshold}`,
      ],
    },
  };
}

function drifted(signal: DriftSignal, sha256: Hash): GovernanceFinding {
  const kind = "behavioral_drift";
  const hash = sha256([kind, signal.signal].join("\n"));
  return {
    findingId: `bgd_${hash.slice(0, 16)}`,
    fingerprint: `sha256:${hash}`,
    kind,
    severity: "medium",
    metricId: null,
    signal: signal.signal,
    title: `${signal.signal} has moved by more than ${percent(signal.deltaMax)}`,
    evidenceRefs: [{ kind: "drift_signal", id: signal.signal }],
    incidentDraftSuggestion: null,
  };
}

/** Rounded down, so that a rate just below its minimum is not written as the minimum. */
const percent = (rate: number | null): string =>
  rate === null ? "none" : `${Math.floor(rate * 1000 + 1e-9) / 10} %`;
