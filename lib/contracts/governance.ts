import { z } from "zod";
import { wholeNumberSchema } from "./config-values";
import { msSchema } from "./record-values";

/** How a security answer came about: it read, changed nothing outside, and holds no reported text. */
export const governanceScopeSchema = z.object({
  source: z.string(),
  read_only: z.literal(true),
  dry_run: z.literal(true),
  redacted: z.literal(true),
  mutates_external_systems: z.literal(false),
  admin_invoked: z.literal(true),
  tenant_context: z.object({ org_id: z.string(), workspace_id: z.string(), source: z.string() }),
  /** The projects that were counted; absent where everything was. */
  project_ids: z.array(z.string()).optional(),
});

const ms = wholeNumberSchema.max(8_000_000_000_000_000);
const share = z.number().min(0).max(1).nullish();
const samples = z.int().min(1).max(1_000_000).nullish();

/** Ten years: the longest window that can be asked for. */
const windowMsMax = 3_660 * 86_400_000;

/** Everything may be left out; null is as if it was. */
export const governanceMetricsSchema = z.object({
  to_ms: ms.nullish(),
  window_ms: z.int().min(1).max(windowMsMax).nullish(),
  /** So many windows up to this one are answered as `trend` (beyond the contract). */
  trend_windows: z.int().min(0).max(30).nullish(),
  thresholds: z
    .object({
      governance_confidence_min: share,
      authority_boundary_compliance_min: share,
      escalation_utilization_min: share,
      route_readiness_min: share,
      receipt_completeness_min: share,
      drift_rate_delta_max: share,
      /** Fewer cases than these say nothing (beyond the contract). */
      metric_samples_min: samples,
      drift_samples_min: samples,
    })
    .nullish(),
});

const thresholdsSchema = z.object({
  governance_confidence_min: z.number(),
  authority_boundary_compliance_min: z.number(),
  escalation_utilization_min: z.number(),
  route_readiness_min: z.number(),
  receipt_completeness_min: z.number(),
  drift_rate_delta_max: z.number(),
  metric_samples_min: z.int(),
  drift_samples_min: z.int(),
});

const spanSchema = z.object({ from_ms: msSchema, to_ms: msSchema, label: z.enum(["current", "baseline"]) });

export const metricIdSchema = z.enum([
  "governance_confidence",
  "authority_boundary_compliance",
  "escalation_pathway_utilization",
  "route_readiness_compliance",
  "receipt_completeness",
  "recurring_incident_rate",
]);
const reasonSchema = z.enum([
  "no_high_risk_incidents",
  "no_policy_decisions",
  "no_approvals_required",
  "nothing_enabled",
  "no_deliveries_ended",
  "no_incidents",
  "too_few_samples",
]);
const refSchema = z.object({ kind: z.string(), id: z.string() });

/** `rate` is null where nothing was counted; `threshold` where no minimum is set. Breached only where it is evaluable. */
export const governanceMetricSchema = z.object({
  metric_id: metricIdSchema,
  name: z.string(),
  numerator: z.int(),
  denominator: z.int(),
  rate: z.number().nullable(),
  threshold: z.number().nullable(),
  breached: z.boolean(),
  evaluable: z.boolean(),
  missing_evidence_reasons: z.array(reasonSchema),
  /** The newest records that the rate misses something of, at most ten. */
  evidence_refs: z.array(refSchema),
});

export const driftSignalSchema = z.object({
  signal: z.string(),
  current_rate: z.number().nullable(),
  baseline_rate: z.number().nullable(),
  delta: z.number().nullable(),
  delta_max: z.number(),
  drift_flagged: z.boolean(),
  evaluable: z.boolean(),
  /** What the two rates are of. */
  current_samples: z.int(),
  baseline_samples: z.int(),
});

export const governanceFindingSchema = z.object({
  finding_id: z.string(),
  /** `sha256:` and hex; the same whenever the same metric is breached or the same signal has drifted. */
  fingerprint: z.string(),
  kind: z.enum(["metric_threshold_breach", "behavioral_drift"]),
  severity: z.enum(["high", "medium"]),
  metric_id: metricIdSchema.nullable(),
  signal: z.string().nullable(),
  title: z.string(),
  evidence_refs: z.array(refSchema),
  dry_run: z.literal(true),
  /** What a report of it would say. Nothing is reported by asking. */
  incident_draft_suggestion: z
    .object({
      source: z.string(),
      event_type: z.string(),
      title: z.string(),
      fingerprint: z.string(),
      detail: z.string(),
      risk_level: z.string(),
      risk_category: z.string(),
      confidence: z.string(),
      route_tags: z.array(z.string()),
      excerpt: z.array(z.string()),
    })
    .nullable(),
});

/** One window of the line over time. How ready destinations were is kept nowhere, so that metric is missing here. */
export const trendPointSchema = z.object({
  from_ms: msSchema,
  to_ms: msSchema,
  metrics: z.array(
    governanceMetricSchema.pick({
      metric_id: true,
      numerator: true,
      denominator: true,
      rate: true,
      evaluable: true,
      breached: true,
    }),
  ),
});

export const governanceMetricsResponseSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: governanceScopeSchema,
  governance_maturity: z.object({
    schema_version: z.literal(1),
    mode: z.literal("dry_run"),
    mutates_external_systems: z.literal(false),
    redacted: z.literal(true),
    window: z.object({ current: spanSchema, baseline: spanSchema, window_ms: z.int() }),
    thresholds: thresholdsSchema,
    metrics: z.array(governanceMetricSchema),
    behavioral_drift: z.array(driftSignalSchema),
    threshold_findings: z.array(governanceFindingSchema),
    counts: z.object({
      metrics: z.int(),
      breached_metrics: z.int(),
      drift_flags: z.int(),
      findings: z.int(),
    }),
    trend: z.array(trendPointSchema),
  }),
});

export type GovernanceMetricsWire = z.infer<typeof governanceMetricsSchema>;
export type GovernanceMetricWire = z.infer<typeof governanceMetricSchema>;
export type DriftSignalWire = z.infer<typeof driftSignalSchema>;
export type GovernanceFindingWire = z.infer<typeof governanceFindingSchema>;
export type GovernanceMetricsResponseWire = z.infer<typeof governanceMetricsResponseSchema>;
