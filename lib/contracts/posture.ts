import { z } from "zod";
import { msSchema } from "./record-values";

/*
 * Posture checks and what they share with the probes (contract 10.2). Words of a request (mode, rules, severity) are free
 * text there: an unknown one falls back to the default or fires nothing, so only lengths are refused.
 */

export const postureQuerySchema = z.object({
  /** dry_run, enabled or disabled, in any of their spellings; anything else is dry_run. Nothing is changed in any of them. */
  mode: z.string().max(200).optional(),
  /** Comma-separated rule ids; without any, all rules. */
  rules: z.string().max(4_000).optional(),
  disabled_rules: z.string().max(4_000).optional(),
  /** low, medium, high or critical; another word filters nothing. */
  min_severity: z.string().max(200).optional(),
});

export const postureSeveritySchema = z.enum(["low", "medium", "high", "critical"]);
const countsByWord = z.record(z.string(), z.int());

/** Where in the inventory something is seen, e.g. `inventory.destinations.hook.require_approval`. */
export const evidencePathSchema = z.object({ kind: z.string(), path: z.string() });

export const sensitiveValuesSchema = z.object({ policy: z.string(), omitted_fields: z.array(z.string()) });

/** What a draft of a finding or a failed probe would say: post it to /incident-monitor/report as it is. */
export const draftSuggestionSchema = z.object({
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
});

/** `id` is unique within its kind: `shop/api` for a log source, `nightly/writer` for an agent of an automation. */
export const affectedObjectSchema = z.object({
  kind: z.enum([
    ...(["automation", "agent", "node", "project", "log_source", "destination", "route"] as const),
    ...(["safety_defaults", "external_action", "denied_action"] as const),
  ]),
  id: z.string(),
  name: z.string().optional(),
  project_id: z.string().optional(),
  source_id: z.string().optional(),
  destination_id: z.string().optional(),
  automation_id: z.string().optional(),
  runtime_id: z.string().optional(),
  tools: z.array(z.string()).optional(),
  count: z.int().optional(),
});

/**
 * The setting that would end a finding. `setting`: one field of the configuration. `registration`: a runtime has to say
 * something else about itself. `record`: there is only something to look into.
 */
export const postureFixSchema = z.object({
  kind: z.enum(["setting", "registration", "record"]),
  code: z.enum([
    ...(["destination_require_approval", "require_approval_for_high_risk"] as const),
    ...(["block_unready_destinations", "retention_days", "source_allowed_destinations"] as const),
    ...(["source_tenant", "source_readiness", "authority_subjects", "receipt", "denied_action"] as const),
    "named_approvers",
  ]),
  field: z.string().optional(),
  destination_id: z.string().optional(),
  project_id: z.string().optional(),
  source_id: z.string().optional(),
  route_id: z.string().optional(),
  runtime_id: z.string().optional(),
  record_id: z.string().optional(),
  /** Read `path`, make the change and send it back with `method`. Without `value` it is for a person to choose. */
  api_call: z
    .object({
      method: z.enum(["PUT", "PATCH"]),
      path: z.string(),
      change: z.object({ field: z.string(), value: z.boolean().optional() }),
    })
    .optional(),
});

export const postureFindingSchema = z.object({
  finding_id: z.string(),
  /** Stable over rule, category, severity and what is affected. */
  fingerprint: z.string(),
  rule_id: z.string(),
  category: z.string(),
  severity: postureSeveritySchema,
  title: z.string(),
  detail: z.string(),
  recommendation: z.string(),
  affected_objects: z.array(affectedObjectSchema),
  evidence_refs: z.array(evidencePathSchema),
  fix: postureFixSchema,
  route_suggestion: z.object({
    route_tags: z.array(z.string()),
    risk_level: z.string(),
    risk_category: z.string(),
    expected_destination: z.string(),
  }),
  destination_suggestion: z.object({
    kind: z.string(),
    require_approval: z.boolean(),
    idempotency_key: z.string(),
    receipt_required: z.boolean(),
  }),
  incident_draft_suggestion: draftSuggestionSchema,
  dry_run: z.boolean(),
});

export const draftConversionSchema = z.object({
  available: z.boolean(),
  method: z.string(),
  mutates_state: z.literal(false),
});

export const postureChecksSchema = z.object({
  schema_version: z.int(),
  generated_at_ms: msSchema,
  scope: z.object({
    source: z.literal("incident_monitor_security_posture_checks"),
    read_only: z.literal(true),
    dry_run: z.boolean(),
    authority_inventory_source: z.string(),
  }),
  baseline_policy: z.object({
    mode: z.enum(["dry_run", "enabled", "disabled"]),
    dry_run: z.boolean(),
    read_only: z.literal(true),
    supported_modes: z.array(z.string()),
    enabled_rule_ids: z.array(z.string()),
    disabled_rule_ids: z.array(z.string()),
    min_severity: z.string(),
  }),
  rules: z.array(
    z.object({
      rule_id: z.string(),
      category: z.string(),
      default_severity: postureSeveritySchema,
      enabled: z.boolean(),
      dry_run: z.boolean(),
    }),
  ),
  counts: z.object({
    findings: z.int(),
    by_severity: countsByWord,
    by_category: countsByWord,
    active_rules: z.int(),
  }),
  findings: z.array(postureFindingSchema),
  authority_inventory: z.object({
    schema_version: z.int(),
    generated_at_ms: msSchema,
    counts: countsByWord,
    /** Sections of the inventory that are history, not settings. */
    incident_history_inputs: z.array(z.string()),
  }),
  draft_conversion: draftConversionSchema,
  sensitive_values: sensitiveValuesSchema,
});

/** Which finding to make a draft of, by its fingerprint. */
export const postureDraftSchema = z.object({ fingerprint: z.string().min(1).max(200) });

/** What became of it: the same incident every time. `draft_id` is absent while intake opened none. */
export const postureDraftResponseSchema = z.object({
  fingerprint: z.string(),
  incident_id: z.string(),
  draft_id: z.string().optional(),
  outcome: z.string(),
});

export type PostureQuery = z.infer<typeof postureQuerySchema>;
export type PostureChecksWire = z.infer<typeof postureChecksSchema>;
export type PostureFindingWire = z.infer<typeof postureFindingSchema>;
export type PostureFixWire = z.infer<typeof postureFixSchema>;
export type AffectedObjectWire = z.infer<typeof affectedObjectSchema>;
export type PostureDraftWire = z.infer<typeof postureDraftSchema>;
export type PostureDraftResponseWire = z.infer<typeof postureDraftResponseSchema>;
