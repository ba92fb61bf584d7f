import { z } from "zod";
import { destinationKindSchema } from "./config-values";

export { sourceKindSchema } from "./config-values";

export const msSchema = z.int().min(0);
export const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export const actorRefSchema = z.object({ kind: z.string(), id: z.string(), name: z.string() });
export const kindSchema = destinationKindSchema;
export const redactionsSchema = z.record(z.string(), z.int());
export const identityPartSchema = z.object({ name: z.string(), value: z.string() });

/** The contract's QualityGateReport (5.12 a). */
export const qualityGateSchema = z.object({
  stage: z.string(),
  status: z.enum(["passed", "blocked"]),
  passed: z.boolean(),
  passed_count: z.int(),
  total_count: z.int(),
  gates: z.array(
    z.object({ key: z.string(), label: z.string(), passed: z.boolean(), detail: z.string().optional() }),
  ),
  missing: z.array(z.string()),
  blocked_reason: z.string().optional(),
});

/** Optional scalars shared by incidents and drafts (contract 5.3, 5.4); absent when unset. */
export const safetyFields = {
  confidence: z.string().optional(),
  risk_level: z.string().optional(),
  actor: z.string().optional(),
  model: z.string().optional(),
  tool_name: z.string().optional(),
  action: z.string().optional(),
  policy: z.string().optional(),
  approval_state: z.string().optional(),
  risk_category: z.string().optional(),
  blast_radius: z.string().optional(),
  expected_destination: z.string().optional(),
  tenant_id: z.string().optional(),
  workspace_id: z.string().optional(),
  event_schema_version: z.string().optional(),
  release: z.string().optional(),
  environment: z.string().optional(),
  redaction_profile: z.string().optional(),
  retention_profile: z.string().optional(),
  source_approval_policy: z.string().optional(),
};

/** What holds a record back, and until when that will be so if nothing changes. */
export const silencedSchema = z.object({ silence_id: z.string(), until_ms: msSchema, reason: z.string() });

export const listFields = {
  external_correlation_ids: z.array(z.string()),
  route_tags: z.array(z.string()),
  allowed_destination_ids: z.array(z.string()),
  default_destination_ids: z.array(z.string()),
  evidence_refs: z.array(z.string()),
};

export type QualityGateWire = z.infer<typeof qualityGateSchema>;
