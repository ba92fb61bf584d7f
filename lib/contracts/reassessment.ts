import { z } from "zod";
import { governanceScopeSchema } from "./governance";
import { actorRefSchema, msSchema } from "./record-values";

export const reassessmentTriggerWords = [
  "scheduled",
  "manual",
  "model_policy_change",
  "workflow_authority_change",
  "mcp_inventory_change",
  "destination_or_route_change",
  "monitored_source_change",
  "tenant_boundary_change",
  "approval_policy_change",
  "recurring_incident_threshold",
  "compliance_mapping_change",
] as const;
const triggerSchema = z.enum(reassessmentTriggerWords);

/** One cause of an assessment: what changed, by whom, when. `detail` holds paths, ids and codes. */
export const reassessmentCauseSchema = z.object({
  trigger_id: z.string(),
  trigger: triggerSchema,
  detail: z.array(z.string()),
  actor: actorRefSchema,
  created_at_ms: msSchema,
});

const findingFields = {
  fingerprint: z.string(),
  rule_id: z.string(),
  /** `deployment`, or `source:<id>`, `destination:<id>`, `route:<id>`, `workflow:<id>`. */
  scope: z.string(),
  severity: z.enum(["low", "medium", "high", "critical"]),
  category: z.string(),
  /** Fixed words of the rule. */
  summary: z.string(),
  evidence_refs: z.array(z.string()),
};

/** A finding, since when it is known, and in how many records in a row it stands. */
export const reassessmentFindingSchema = z.object({
  ...findingFields,
  first_seen_at_ms: msSchema,
  last_seen_at_ms: msSchema,
  occurrence_count: z.int(),
  status: z.enum(["new", "recurring"]),
});

/** What one assessment of a scope found, against the one before. `resolved`: what stood there and is gone. */
export const reassessmentRecordSchema = z.object({
  schema_version: z.literal(1),
  record_id: z.string(),
  scope_key: z.string(),
  tenant_id: z.string().optional(),
  workspace_id: z.string().optional(),
  scope: z.literal("deployment"),
  version: z.int(),
  trigger: triggerSchema,
  trigger_detail: z.string().optional(),
  /** Every cause, where `trigger` is the weightiest of them. */
  triggers: z.array(reassessmentCauseSchema),
  generated_at_ms: msSchema,
  mode: z.literal("dry_run"),
  mutates_external_systems: z.literal(false),
  findings: z.array(reassessmentFindingSchema),
  comparison: z.object({
    previous_record_id: z.string().optional(),
    previous_version: z.int().optional(),
    new_fingerprints: z.array(z.string()),
    recurring_fingerprints: z.array(z.string()),
    resolved_fingerprints: z.array(z.string()),
  }),
  resolved: z.array(z.object(findingFields)),
  evidence_refs: z.array(z.string()),
});

/** When a scope is assessed again. One that never was is due since it exists. */
export const reassessmentScheduleSchema = z.object({
  scope_key: z.string(),
  scope: z.literal("deployment"),
  last_completed_at_ms: msSchema.optional(),
  next_due_at_ms: msSchema,
  due: z.boolean(),
  overdue: z.boolean(),
  last_version: z.int().optional(),
});

/** Without a key every scope is assessed. A body is not needed. */
export const runReassessmentSchema = z.looseObject({ scope_key: z.string().max(1_000).nullish() });

export const reassessmentListSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: governanceScopeSchema,
  counts: z.object({
    /** Of all that are kept. */
    records: z.int(),
    overdue_scopes: z.int(),
    waiting_triggers: z.int(),
  }),
  schedule: z.array(reassessmentScheduleSchema),
  /** Causes that no record names yet. */
  waiting: z.array(reassessmentCauseSchema.extend({ scope_key: z.string() })),
  /** The newest 50. */
  records: z.array(reassessmentRecordSchema),
});

/** `reassessment` is the first of the records that were made, of the deployment if it was among them. */
export const reassessmentRunSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: governanceScopeSchema,
  reassessment: reassessmentRecordSchema,
  reassessments: z.array(reassessmentRecordSchema),
  schedule: z.array(reassessmentScheduleSchema),
});

export type ReassessmentTriggerWire = z.infer<typeof triggerSchema>;
export type ReassessmentCauseWire = z.infer<typeof reassessmentCauseSchema>;
export type ReassessmentFindingWire = z.infer<typeof reassessmentFindingSchema>;
export type ReassessmentRecordWire = z.infer<typeof reassessmentRecordSchema>;
export type ReassessmentScheduleWire = z.infer<typeof reassessmentScheduleSchema>;
export type ReassessmentListWire = z.infer<typeof reassessmentListSchema>;
export type ReassessmentRunWire = z.infer<typeof reassessmentRunSchema>;
export type RunReassessmentWire = z.infer<typeof runReassessmentSchema>;
