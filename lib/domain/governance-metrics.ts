/**
 * How well this deployment keeps its own rules, as shares of what happened in a window (reference 8.5, W-59). Pure: counts
 * come in, rows with their reasons go out.
 */

/** From after `fromMs` up to and with `toMs`. */
export type Span = { fromMs: number; toMs: number };

export type GovernanceThresholds = {
  governanceConfidenceMin: number;
  authorityBoundaryComplianceMin: number;
  escalationUtilizationMin: number;
  routeReadinessMin: number;
  receiptCompletenessMin: number;
  driftRateDeltaMax: number;
  /** Fewer cases than this and a metric says nothing. */
  metricSamplesMin: number;
  /** Fewer cases than this in either window and a drift signal says nothing. */
  driftSamplesMin: number;
};

/** A rate of compliance is a census: one of two high-risk failures without a trail is a fact. A drift compares samples, and takes more of them. */
export const defaultThresholds: GovernanceThresholds = {
  governanceConfidenceMin: 0.9,
  authorityBoundaryComplianceMin: 0.95,
  escalationUtilizationMin: 0.9,
  routeReadinessMin: 0.9,
  receiptCompletenessMin: 0.95,
  driftRateDeltaMax: 0.25,
  metricSamplesMin: 2,
  driftSamplesMin: 5,
};

export const defaultWindowMs = 604_800_000;

/** What was counted in one window. */
export type WindowCounts = {
  /** Seen in the window. `evidenced`: with evidence and with a publish trail. */
  incidents: { total: number; recurring: number; highRisk: number; evidenced: number };
  /** By risk category, as reported; "" for none. */
  categories: Readonly<Record<string, number>>;
  /** Publishes that were let through, attempts that were refused, and what got through that should not have. */
  decisions: { allowed: number; denied: number; violations: number };
  /** Drafts that were made, of them those that a person had to decide, and of these those that were decided. */
  drafts: { made: number; approvalRequired: number; decided: number };
  /** Deliveries that ended: arrived with something to find them by, or did not arrive. */
  deliveries: { ended: number; receipted: number; failed: number };
};

export const emptyCounts: WindowCounts = {
  incidents: { total: 0, recurring: 0, highRisk: 0, evidenced: 0 },
  categories: {},
  decisions: { allowed: 0, denied: 0, violations: 0 },
  drafts: { made: 0, approvalRequired: 0, decided: 0 },
  deliveries: { ended: 0, receipted: 0, failed: 0 },
};

/** Destinations and sources that are switched on, as they are now; nobody keeps how ready they were. */
export type ReadinessCount = { enabled: number; ready: number };

export const metricIds = [
  "governance_confidence",
  "authority_boundary_compliance",
  "escalation_pathway_utilization",
  "route_readiness_compliance",
  "receipt_completeness",
  "recurring_incident_rate",
] as const;
export type MetricId = (typeof metricIds)[number];

/** A record that a rate misses something of. */
export type EvidenceRef = { kind: string; id: string };

/** Why a metric or a drift signal says nothing. */
export type NotEvaluable =
  | "no_high_risk_incidents"
  | "no_policy_decisions"
  | "no_approvals_required"
  | "nothing_enabled"
  | "no_deliveries_ended"
  | "no_incidents"
  | "too_few_samples";

export type GovernanceMetric = {
  metricId: MetricId;
  name: string;
  numerator: number;
  denominator: number;
  /** null where nothing was counted. */
  rate: number | null;
  /** The least that the rate should be; null where none is set. */
  threshold: number | null;
  breached: boolean;
  evaluable: boolean;
  missingEvidenceReasons: NotEvaluable[];
  evidenceRefs: EvidenceRef[];
};

type Measure = {
  name: string;
  none: NotEvaluable;
  threshold: (thresholds: GovernanceThresholds) => number | null;
  of: (counts: WindowCounts, readiness: ReadinessCount) => [numerator: number, denominator: number];
};

/** What each metric divides by what; the order is the contract's. */
export const measures: Readonly<Record<MetricId, Measure>> = {
  governance_confidence: {
    name: "Governance confidence",
    none: "no_high_risk_incidents",
    threshold: (each) => each.governanceConfidenceMin,
    of: ({ incidents }) => [incidents.evidenced, incidents.highRisk],
  },
  authority_boundary_compliance: {
    name: "Authority boundary compliance",
    none: "no_policy_decisions",
    threshold: (each) => each.authorityBoundaryComplianceMin,
    // A refusal is the boundary at work: only what got through it wrongly lowers the rate (W-59).
    of: ({ decisions }) => {
      const all = decisions.allowed + decisions.denied;
      return [Math.max(0, all - decisions.violations), all];
    },
  },
  escalation_pathway_utilization: {
    name: "Escalation pathway utilization",
    none: "no_approvals_required",
    threshold: (each) => each.escalationUtilizationMin,
    of: ({ drafts }) => [drafts.decided, drafts.approvalRequired],
  },
  route_readiness_compliance: {
    name: "Route readiness compliance",
    none: "nothing_enabled",
    threshold: (each) => each.routeReadinessMin,
    of: (_, readiness) => [readiness.ready, readiness.enabled],
  },
  receipt_completeness: {
    name: "Receipt completeness",
    none: "no_deliveries_ended",
    threshold: (each) => each.receiptCompletenessMin,
    of: ({ deliveries }) => [deliveries.receipted, deliveries.ended],
  },
  recurring_incident_rate: {
    name: "Recurring incident rate",
    none: "no_incidents",
    threshold: () => null,
    of: ({ incidents }) => [incidents.recurring, incidents.total],
  },
};

/** One metric of one window. Breached only where it is evaluable: enough cases, and a rate below the least. */
export function measure(
  metricId: MetricId,
  counts: WindowCounts,
  readiness: ReadinessCount,
  thresholds: GovernanceThresholds,
  evidenceRefs: readonly EvidenceRef[] = [],
): GovernanceMetric {
  const { name, none, threshold, of } = measures[metricId];
  const [numerator, denominator] = of(counts, readiness);
  const rate = denominator === 0 ? null : numerator / denominator;
  // What is switched on is all there is: one destination that is not ready is no small sample.
  const least = metricId === "route_readiness_compliance" ? 1 : Math.max(1, thresholds.metricSamplesMin);
  const evaluable = denominator >= least;
  const min = threshold(thresholds);
  return {
    metricId,
    name,
    numerator,
    denominator,
    rate,
    threshold: min,
    breached: evaluable && rate !== null && min !== null && rate < min,
    evaluable,
    missingEvidenceReasons: evaluable ? [] : [denominator === 0 ? none : "too_few_samples"],
    evidenceRefs: [...evidenceRefs],
  };
}

/** The window, and the one of the same length right before it. */
export function windowsOf(toMs: number, windowMs: number): { current: Span; baseline: Span } {
  const from = toMs - windowMs;
  return {
    current: { fromMs: Math.max(0, from), toMs },
    baseline: { fromMs: Math.max(0, from - windowMs), toMs: Math.max(0, from) },
  };
}

/** So many windows one after the other, the last of which ends at `toMs`; the oldest first. None begins before 1970. */
export function windowRow(toMs: number, windowMs: number, count: number): Span[] {
  return Array.from({ length: count }, (_, index) => {
    const end = toMs - (count - 1 - index) * windowMs;
    return { fromMs: end - windowMs, toMs: end };
  }).filter((span) => span.fromMs >= 0);
}
