import { z } from "zod";
import { sourceKindSchema, wholeNumberSchema } from "./config-values";

/*
 * Requests of the security layer (contract 10). Words out of a list (modes, severities, probe and rule ids) are free
 * text there: an unknown one falls back to the default or never fires, so only types and lengths are refused.
 */
const word = z.string().max(200).nullish();
const text = z.string().max(4_000).nullish();
const flag = z.boolean().nullish();
const words = z.array(z.string().max(200)).max(500).nullish();
const texts = z.array(z.string().max(2_000)).max(500).nullish();
const ms = wholeNumberSchema.nullish();

export const postureQuerySchema = z.object({
  mode: z.string().max(200).optional(),
  /** Comma-separated rule ids. */
  rules: z.string().max(4_000).optional(),
  disabled_rules: z.string().max(4_000).optional(),
  min_severity: z.string().max(200).optional(),
});

export const assessmentProbesSchema = z.object({
  mode: word,
  probes: words,
  include_draft_suggestions: flag,
});

export const assessmentReportSchema = z.object({
  from_ms: ms,
  to_ms: ms,
  source_kind: word,
  min_severity: word,
  probes: words,
  include_probe_results: flag,
  include_draft_suggestions: flag,
  persist_artifact: flag,
  route_destination_ids: words,
  include_raw_payloads: flag,
});

/** What an operator says of one deployment card; `purpose` is another name of `intended_purpose`. */
export const cardMetadataSchema = z.object({
  intended_purpose: text,
  purpose: text,
  business_owner: text,
  accountable_team: text,
  autonomy_level: text,
  data_classification: text,
  approval_protocol: text,
  escalation_protocol: text,
  allowed_actions: texts,
  prohibited_actions: texts,
  known_limitations: texts,
  residual_risks: texts,
  evidence_refs: texts,
  review_cadence_days: wholeNumberSchema.nullish(),
  next_reassessment_at_ms: ms,
});

export const deploymentCardsSchema = z.object({
  defaults: cardMetadataSchema.nullish(),
  metadata: z.record(z.string().max(400), cardMetadataSchema).nullish(),
  include_markdown: flag,
  include_raw_inventory: flag,
});

const scenarioInputSchema = z.object({
  source: word,
  source_kind: sourceKindSchema.nullish(),
  event_type: word,
  risk_level: word,
  risk_category: word,
  confidence: word,
  tenant_id: word,
  workspace_id: word,
  project_id: word,
  log_source_id: word,
  route_tags: words,
  requested_destination_ids: words,
  expected_destination: word,
  prompt_injection: text,
  title: text,
  detail: text,
});

const scenarioExpectationSchema = z.object({
  blocked: flag,
  approval_required: flag,
  reason_contains: text,
  effective_destination_id: word,
  note: text,
});

export const scenarioPackSchema = z.object({
  pack_id: z.string().max(200),
  version: z.string().max(200),
  description: text,
  scenarios: z
    .array(
      z.object({
        scenario_id: z.string().max(200),
        category: word,
        description: text,
        input: scenarioInputSchema.nullish(),
        expect: scenarioExpectationSchema.nullish(),
      }),
    )
    .max(500),
});

/** Without a pack the built-in one runs; `scenario_ids` picks some of it. */
export const scenarioRunSchema = z.object({ pack: scenarioPackSchema.nullish(), scenario_ids: words });

const share = z.number().nullish();

export const governanceMetricsSchema = z.object({
  to_ms: ms,
  window_ms: ms,
  thresholds: z
    .object({
      governance_confidence_min: share,
      authority_boundary_compliance_min: share,
      escalation_utilization_min: share,
      route_readiness_min: share,
      receipt_completeness_min: share,
      drift_rate_delta_max: share,
    })
    .nullish(),
});
