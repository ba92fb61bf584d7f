import { z } from "zod";
import { safetyDefaultsSchema } from "./config-safety";
import { approvalPolicySchema, destinationKindSchema, sourceKindSchema } from "./config-values";
import { msSchema } from "./record-values";
import { sourceReadinessSchema } from "./status";

/* Rows of the authority inventory about what is configured; the whole is authority-inventory.ts. */
const words = z.array(z.string());
const text = z.string().nullable();
const msOrNull = msSchema.nullable();
const countOrNull = z.int().nullable();

/** Tools by namespaced name. `registered`: its list allows them; `governed`: a destination of ours may call them. */
export const mcpServerRowSchema = z.object({
  name: z.string(),
  enabled: z.boolean(),
  connected: z.boolean(),
  last_error: text,
  pending_auth_tools: words,
  registered_tool_count: z.int(),
  remote_tool_count: z.int(),
  allowed_tool_count: countOrNull,
  discovered_tool_count: z.int(),
  registered_tools: words,
  remote_tools: words,
  governed_tools: words,
});
export const mcpSectionSchema = z.object({
  inventory_version: z.int(),
  summary: z.record(z.string(), z.int()),
  connected_server_names: words,
  enabled_server_names: words,
  registered_tool_count: z.int(),
  remote_tool_count: z.int(),
  registered_tools: words,
  remote_tools: words,
  servers: z.array(mcpServerRowSchema),
  omitted_fields: words,
});

export const monitorSectionSchema = z.object({
  enabled: z.boolean(),
  paused: z.boolean(),
  repo: text,
  workspace_root: text,
  default_destination_ids: words,
  model_policy_present: z.boolean(),
  provider_preference: z.string(),
  auto_create_new_issues: z.boolean(),
  require_approval_for_new_issues: z.boolean(),
  auto_comment_on_matched_open_issues: z.boolean(),
  safety_defaults: safetyDefaultsSchema,
  updated_at_ms: msSchema,
});

export const destinationRowSchema = z.object({
  destination_id: z.string(),
  name: z.string(),
  kind: destinationKindSchema,
  enabled: z.boolean(),
  require_approval: z.boolean(),
  repo: text,
  mcp_server: text,
  linear_team: text,
  linear_project: text,
  webhook_url_present: z.boolean(),
  webhook_secret_ref_present: z.boolean(),
  telemetry_path: text,
  mcp_tool: text,
  memory_category: text,
  route_tags: words,
  custom_config_keys: words,
  allow_publish: z.boolean().nullable(),
});

export const routeRowSchema = z.object({
  route_id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  priority: z.int(),
  destination_ids: words,
  approval_policy: approvalPolicySchema,
  match: z.object({
    event_types: words,
    sources: words,
    components: words,
    risk_levels: words,
    risk_categories: words,
    confidence: words,
    expected_destinations: words,
    project_ids: words,
    log_source_ids: words,
    route_tags: words,
    source_kinds: words,
    tenant_ids: words,
    workspace_ids: words,
    event_schema_versions: words,
  }),
  mode: z.enum(["live", "shadow"]),
  joins_next: z.boolean(),
  conditions: z.array(
    z.object({ field: z.string(), op: z.string(), negate: z.boolean(), value_count: z.int() }),
  ),
  active_window_count: z.int(),
  approvals_required: countOrNull,
  author_may_not_approve: z.boolean(),
});

const dataReadiness = z.object({
  source_owner_present: z.boolean(),
  system_of_record_present: z.boolean(),
  data_classification_present: z.boolean(),
  allowed_use_present: z.boolean(),
  source_of_truth_present: z.boolean(),
  lineage_ref_present: z.boolean(),
  expected_schema_version_present: z.boolean(),
  quality_notes_present: z.boolean(),
  legal_basis_present: z.boolean(),
  authorization_marker_present: z.boolean(),
  freshness_sla_ms: msOrNull,
  last_observed_at_ms: msOrNull,
  schema_drift_status: text,
});
const sourceBase = {
  project_id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  paused: z.boolean(),
  source_kind: sourceKindSchema,
  allowed_destination_ids: words,
  allowlist_enforced: z.boolean(),
  default_destination_ids: words,
  default_route_tags: words,
  tenant_id: text,
  workspace_id: text,
  event_schema_version: text,
  approval_policy: approvalPolicySchema,
  approvals_required: countOrNull,
  /** Ids of the people whom project and source name. */
  approvers: words,
  redaction_profile: text,
  retention_profile: text,
  data_readiness: dataReadiness,
  readiness: sourceReadinessSchema.nullable(),
};
/** `source_id` null: the project itself. A log source has its path and reading instead of the repository. */
export const monitoredSourceRowSchema = z.object({
  ...sourceBase,
  source_id: text,
  repo: z.string().optional(),
  workspace_root: z.string().optional(),
  mcp_server: z.string().nullish(),
  auto_create_new_issues: z.boolean().optional(),
  require_approval_for_new_issues: z.boolean().optional(),
  auto_comment_on_matched_open_issues: z.boolean().optional(),
  log_source_count: z.int().optional(),
  path: z.string().optional(),
  format: z.string().optional(),
  minimum_level: z.string().optional(),
  start_position: z.string().optional(),
  watch_interval_seconds: z.number().optional(),
  max_bytes_per_poll: z.int().optional(),
  max_candidates_per_poll: z.int().optional(),
  fingerprint_cooldown_ms: z.int().optional(),
});

export const inventoryKeyRowSchema = z.object({
  key_id: z.string(),
  project_id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  scopes: words,
  created_at_ms: msSchema,
  last_used_at_ms: msOrNull,
  key_hash_present: z.boolean(),
  expires_at_ms: msOrNull,
  source_ids: words,
});
