import { z } from "zod";
import { draftSchema } from "./draft";
import { incidentSchema } from "./incident";
import { qualityGateSchema, sourceKindSchema } from "./record-values";

const scalar = z.string().max(1_000).nullish();
const rows = (rowMax: number) => z.array(z.string().max(rowMax)).max(1_000).nullish();

/**
 * A submission (contract 5.7). Every key is optional; unknown keys are ignored. Lengths are characters; the whole report
 * is at most 256 KiB. What only configuration may say (project_id, route_tags, ...) is read and then not used.
 */
export const submissionSchema = z.object({
  repo: scalar,
  title: z.string().max(1_000).nullish(),
  detail: z.string().max(200_000).nullish(),
  source: scalar,
  event: scalar,
  level: scalar,
  confidence: scalar,
  risk_level: scalar,
  expected_destination: scalar,
  fingerprint: z.string().max(512).nullish(),
  excerpt: rows(10_000),
  evidence_refs: rows(2_000),
  run_id: scalar,
  session_id: scalar,
  correlation_id: scalar,
  file_name: scalar,
  process: scalar,
  component: scalar,
  workspace_root: scalar,
  actor: scalar,
  model: scalar,
  tool_name: scalar,
  action: scalar,
  policy: scalar,
  approval_state: scalar,
  risk_category: scalar,
  blast_radius: scalar,
  external_correlation_ids: rows(1_000),
  project_id: scalar,
  log_source_id: scalar,
  source_kind: sourceKindSchema.nullish(),
  route_tags: rows(200),
  allowed_destination_ids: rows(200),
  default_destination_ids: rows(200),
  tenant_id: scalar,
  workspace_id: scalar,
  event_schema_version: scalar,
  /** Which release failed, and where it ran (beyond the contract). */
  release: scalar,
  environment: scalar,
  source_approval_policy: z.enum(["inherit", "always", "high_risk", "never"]).nullish(),
  redaction_profile: scalar,
  retention_profile: scalar,
  /** When it happened, epoch ms (beyond the contract). */
  occurred_at_ms: z.int().min(0).max(8_640_000_000_000_000).nullish(),
});

/** Body of the scoped intake path (contract 4.16). */
export const intakeReportSchema = z.object({
  project_id: z.string().max(200).nullish(),
  source_id: z.string().max(200).nullish(),
  report: submissionSchema.nullish(),
});

export const duplicateSummarySchema = z.object({
  reason: z.string(),
  match_count: z.int(),
  max_recurrence_count: z.int(),
  linked_issue_numbers: z.array(z.int()),
  best_match: z.record(z.string(), z.unknown()).nullable(),
  matches: z.array(z.record(z.string(), z.unknown())),
});

/** Answer of `/report` (contract 4.15 with D-12): a repeat after approval is `suppressed` and still has its draft. */
export const reportResponseSchema = z.object({
  draft: draftSchema,
  duplicate_summary: duplicateSummarySchema,
  duplicate_matches: z.array(z.record(z.string(), z.unknown())),
  suppressed: z.literal(true).optional(),
  reason: z.string().optional(),
  held: z.literal(true).optional(),
  incident_id: z.string(),
  outcome: z.enum(["new", "recurrence"]),
});

export const intakeResponseSchema = z.object({
  draft: draftSchema,
  incident: incidentSchema,
  held: z.literal(true).optional(),
  outcome: z.enum(["new", "recurrence"]),
});

/** One line of the batch answer, in the order sent. `status` is what the single call would have answered. */
export const batchItemSchema = z.object({
  index: z.int(),
  status: z.int(),
  draft_id: z.string().optional(),
  incident_id: z.string().optional(),
  outcome: z.enum(["new", "recurrence", "blocked"]).optional(),
  held: z.literal(true).optional(),
  code: z.string().optional(),
  error: z.string().optional(),
  field: z.string().optional(),
  quality_gate: qualityGateSchema.optional(),
});
export const batchResponseSchema = z.object({
  results: z.array(batchItemSchema),
  accepted: z.int(),
  rejected: z.int(),
});

export type SubmissionWire = z.infer<typeof submissionSchema>;
export type IntakeReportWire = z.infer<typeof intakeReportSchema>;
export type ReportResponseWire = z.infer<typeof reportResponseSchema>;
export type BatchItemWire = z.infer<typeof batchItemSchema>;
export type DuplicateSummaryWire = z.infer<typeof duplicateSummarySchema>;
