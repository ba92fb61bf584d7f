import { z } from "zod";
import {
  draftConversionSchema,
  draftSuggestionSchema,
  evidencePathSchema,
  postureFindingSchema,
  sensitiveValuesSchema,
} from "./posture";
import { actorRefSchema, msSchema } from "./record-values";

/* Controlled probes (contract 10.3). Unknown words fall back to defaults, as in the posture checks. */

export const assessmentProbesSchema = z.object({
  /** dry_run, or disabled (`disable`, `off`), which tries nothing. */
  mode: z.string().max(200).nullish(),
  /** Ids of no probe are dropped; none left means all. */
  probes: z.array(z.string().max(200)).max(500).nullish(),
  /** Whether what failed carries a suggestion for a draft; true unless said otherwise. */
  include_draft_suggestions: z.boolean().nullish(),
});

export const probeStatusSchema = z.enum(["pass", "fail", "blocked"]);

/** One control tried at one target. blocked: there was nothing to try it on. */
export const probeResultSchema = z.object({
  probe_id: z.string(),
  target: z.object({
    kind: z.string(),
    id: z.string(),
    name: z.string().optional(),
    project_id: z.string().optional(),
  }),
  expected_behavior: z.string(),
  /** Ids and codes; never an address or a secret's name. */
  observed_behavior: z.string(),
  status: probeStatusSchema,
  passed: z.boolean(),
  blocked: z.boolean(),
  fingerprint: z.string(),
  /** Only of what failed. */
  finding_id: z.string().nullable(),
  evidence_refs: z.array(evidencePathSchema),
  source_finding: postureFindingSchema.nullable(),
  incident_draft_suggestion: draftSuggestionSchema.nullable(),
  dry_run: z.literal(true),
});

export const probePolicySchema = z.object({
  mode: z.enum(["dry_run", "disabled"]),
  requested_mode: z.string(),
  dry_run: z.literal(true),
  supported_modes: z.array(z.string()),
  selected_probe_ids: z.array(z.string()),
  supported_probe_ids: z.array(z.string()),
  include_draft_suggestions: z.boolean(),
});

export const probeCountsSchema = z.object({
  results: z.int(),
  pass: z.int(),
  fail: z.int(),
  blocked: z.int(),
  by_status: z.object({ pass: z.int(), fail: z.int(), blocked: z.int() }),
  draft_suggestions: z.int(),
  /** Results over the 200 that are kept of each probe; what failed is never among them before what passed. */
  left_out: z.int(),
});

/** The run as it is kept: `GET {path}` reads it again, with its hash. */
export const probeEvidenceSchema = z.union([
  z.object({
    persisted: z.literal(true),
    kind: z.literal("context_run_artifact"),
    context_run_id: z.string(),
    artifact_id: z.string(),
    artifact_type: z.string(),
    path: z.string(),
    sha256: z.string(),
  }),
  z.object({ persisted: z.literal(false), reason: z.string() }),
]);

const inventoryCounts = z.object({
  schema_version: z.int(),
  generated_at_ms: msSchema,
  counts: z.record(z.string(), z.int()),
});

export const assessmentProbesResponseSchema = z.object({
  schema_version: z.int(),
  generated_at_ms: msSchema,
  scope: z.object({
    source: z.literal("incident_monitor_security_assessment_probes"),
    read_only: z.literal(true),
    dry_run: z.literal(true),
    mutates_external_systems: z.literal(false),
    admin_invoked: z.literal(true),
    full_token_required: z.literal(true),
    tenant_context: z.record(z.string(), z.unknown()),
    authority_inventory_source: z.string(),
  }),
  probe_policy: probePolicySchema,
  counts: probeCountsSchema,
  results: z.array(probeResultSchema),
  authority_inventory: inventoryCounts,
  evidence_pack: probeEvidenceSchema,
  draft_conversion: draftConversionSchema,
  sensitive_values: sensitiveValuesSchema,
});

/** A kept run, without what each target answered. `verified`: hashed again, it is still what `sha256` says. */
export const probeRunSummarySchema = z.object({
  probe_run_id: z.string(),
  created_at_ms: msSchema,
  actor: actorRefSchema,
  selected_probe_ids: z.array(z.string()),
  counts: probeCountsSchema,
  sha256: z.string(),
  verified: z.boolean(),
});

export const probeRunSchema = probeRunSummarySchema.extend({
  probe_policy: probePolicySchema,
  results: z.array(probeResultSchema),
  authority_inventory: inventoryCounts.omit({ schema_version: true }),
});

export const probeRunListQuerySchema = z.object({ limit: z.coerce.number().int().min(0).optional() });
export const probeRunListSchema = z.object({ runs: z.array(probeRunSummarySchema), kept_at_most: z.int() });
export const probeRunResponseSchema = z.object({ run: probeRunSchema });

export type AssessmentProbesWire = z.infer<typeof assessmentProbesSchema>;
export type AssessmentProbesResponseWire = z.infer<typeof assessmentProbesResponseSchema>;
export type ProbeResultWire = z.infer<typeof probeResultSchema>;
export type ProbeCountsWire = z.infer<typeof probeCountsSchema>;
export type ProbeRunSummaryWire = z.infer<typeof probeRunSummarySchema>;
export type ProbeRunWire = z.infer<typeof probeRunSchema>;
export type ProbeRunListWire = z.infer<typeof probeRunListSchema>;
