import { z } from "zod";
import { msSchema, qualityGateSchema } from "./record-values";

const text = z.string().max(20_000).nullish();
const word = z.string().max(200).nullish();
const rows = z.array(z.string().max(10_000)).max(1_000).nullish();
/** Kept as given: what an enricher or an agent found, in its own shape. */
const findings = z.array(z.unknown()).max(1_000).nullish();

/**
 * TriageSummaryInput (contract 5.8). Every key is optional; an unknown confidence, failure type or risk level is taken
 * and normalised later, a wrong type is refused.
 */
export const triageSummaryInputSchema = z.object({
  suggested_title: text,
  what_happened: text,
  why_it_likely_happened: text,
  root_cause_confidence: word,
  failure_type: word,
  affected_components: rows,
  likely_files_to_edit: rows,
  expected_behavior: text,
  steps_to_reproduce: rows,
  environment: rows,
  logs: rows,
  related_existing_issues: findings,
  related_failure_patterns: findings,
  research_sources: findings,
  file_references: findings,
  fix_points: findings,
  recommended_fix: text,
  acceptance_criteria: rows,
  verification_steps: rows,
  /** null takes back what was said before; left out, it stays. The same of `permissions_available`. */
  coder_ready: z.boolean().nullish(),
  risk_level: word,
  required_tool_scopes: rows,
  missing_tool_scopes: rows,
  permissions_available: z.boolean().nullish(),
  notes: text,
});

export type TriageSummaryInputWire = z.infer<typeof triageSummaryInputSchema>;

const texts = z.array(z.string());
const shaped = z.array(z.unknown());

/** A reference to what a run keeps (contract 5.11). */
export const artifactRefSchema = z.object({
  id: z.string(),
  ts_ms: msSchema,
  path: z.string(),
  artifact_type: z.string(),
  step_id: z.string().optional(),
  source_event_id: z.string().optional(),
});

/** The contract's gates (b) and (c): as the intake gate, but the reason is always there and null where it passed. */
export const proposalQualityGateSchema = qualityGateSchema.extend({ blocked_reason: z.string().nullable() });
export const coderReadyGateSchema = proposalQualityGateSchema.extend({
  requested_coder_ready: z.boolean().nullable(),
});

/** Where a field's words come from; a level that was only assumed has none. */
export const summaryOriginSchema = z.enum(["given", "found", "synthesised"]);

/** The normalised fields of a summary (contract 5.8, 5.9) but `coder_ready`; the last three keys are beyond it. */
const summaryFields = {
  suggested_title: z.string().nullable(),
  what_happened: z.string(),
  why_it_likely_happened: z.string().nullable(),
  root_cause_confidence: z.enum(["high", "medium", "low"]),
  failure_type: z.enum([
    ...["code_defect", "missing_config", "missing_capability", "model_error", "tool_error"],
    ...["validation_error", "timeout", "external_dependency", "unknown"],
  ] as const),
  affected_components: texts,
  likely_files_to_edit: texts,
  expected_behavior: z.string(),
  steps_to_reproduce: texts,
  environment: texts,
  logs: texts,
  related_existing_issues: shaped,
  related_failure_patterns: shaped,
  research_sources: shaped,
  file_references: shaped,
  fix_points: shaped,
  recommended_fix: z.string().nullable(),
  acceptance_criteria: texts,
  verification_steps: texts,
  risk_level: z.enum(["low", "medium", "high"]),
  required_tool_scopes: texts,
  missing_tool_scopes: texts,
  permissions_available: z.boolean().nullable(),
  /** By field. What was put together from the report alone is shown, and is never enough for a gate. */
  origins: z.record(z.string(), summaryOriginSchema),
  /** Fields whose words are a model's. */
  model_text: texts,
  /** What was too long: how much was kept of how much. */
  cut: z.array(
    z.object({
      field: z.string(),
      unit: z.enum(["characters", "rows", "bytes"]),
      kept: z.int(),
      given: z.int(),
    }),
  ),
};

export const triageSummarySchema = z.object({
  draft_id: z.string(),
  repo: z.string(),
  triage_run_id: z.string(),
  ...summaryFields,
  notes: z.string().nullable(),
  coder_ready: z.boolean(),
  coder_ready_gate: coderReadyGateSchema,
  created_at_ms: msSchema,
});

/** A known failure like this one (contract 5.13). */
export const duplicateMatchSchema = z.object({
  source: z.string(),
  fingerprint: z.string().nullable(),
  summary: z.string(),
  match_reason: z.string(),
  score: z.number(),
  recurrence_count: z.int(),
  linked_issue_numbers: z.array(z.int()),
  run_id: z.string().nullable(),
  memory_id: z.string().nullable(),
  artifact_refs: texts,
  artifact_path: z.string().nullable(),
  candidate_id: z.string().nullable(),
  linked_context_run_id: z.string().nullable(),
  source_coder_run_id: z.string().nullable(),
});

/** The contract's DuplicateSummary, as triage fills it; what a report is answered (`report.ts`) leaves its matches open. */
export const triageDuplicatesSchema = z.object({
  reason: z.literal("duplicate_failure_pattern"),
  match_count: z.int(),
  max_recurrence_count: z.int().min(1),
  linked_issue_numbers: z.array(z.int()),
  best_match: duplicateMatchSchema.nullable(),
  matches: z.array(duplicateMatchSchema),
});

/** What another program needs to take the work on; only of a draft that is coder-ready. */
export const coderHandoffSchema = z.object({
  handoff_type: z.literal("tandem_autonomous_coder_issue"),
  source: z.literal("incident_monitor"),
  repo: z.string(),
  triage_run_id: z.string(),
  workflow_run_id: z.string().nullable(),
  incident_id: z.string().nullable(),
  draft_id: z.string(),
  failure_type: z.string(),
  likely_files_to_edit: texts,
  acceptance_criteria: texts,
  verification_steps: texts,
  risk_level: z.string(),
  coder_ready: z.literal(true),
  coder_ready_gate: coderReadyGateSchema,
  required_tool_scopes: texts,
  missing_tool_scopes: texts,
  permissions_available: z.boolean().nullable(),
});

/** The issue a draft would become (contract 5.15). `proposed_labels` and `proposed_assignees` are beyond it. */
export const issueDraftSchema = z.object({
  draft_id: z.string(),
  repo: z.string(),
  triage_run_id: z.string(),
  /** The repository's file, `project`, or null for the standard form. */
  template_source: z.string().nullable(),
  /** Digest of that template's text, in hex; null for the standard form, absent from drafts older than it. */
  template_sha256: z.string().nullish(),
  ...summaryFields,
  suggested_title: z.string(),
  coder_ready: z.boolean(),
  coder_ready_gate: coderReadyGateSchema,
  proposal_quality_gate: proposalQualityGateSchema,
  coder_handoff: coderHandoffSchema.nullable(),
  triage_summary: triageSummarySchema,
  /** Markdown. It ends in hidden markers, for readers of the API; a destination writes its own. */
  rendered_body: z.string(),
  proposed_labels: texts,
  proposed_assignees: texts,
  created_at_ms: msSchema,
});

/** One field that two revisions of a summary say differently. */
export const summaryChangeSchema = z.object({
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  before_origin: summaryOriginSchema.nullable(),
  after_origin: summaryOriginSchema.nullable(),
  rows: z.object({ added: shaped, removed: shaped }).optional(),
});

export type ArtifactRefWire = z.infer<typeof artifactRefSchema>;
export type ProposalQualityGateWire = z.infer<typeof proposalQualityGateSchema>;
export type TriageSummaryWire = z.infer<typeof triageSummarySchema>;
export type DuplicateMatchWire = z.infer<typeof duplicateMatchSchema>;
export type TriageDuplicatesWire = z.infer<typeof triageDuplicatesSchema>;
export type IssueDraftWire = z.infer<typeof issueDraftSchema>;
export type SummaryChangeWire = z.infer<typeof summaryChangeSchema>;
