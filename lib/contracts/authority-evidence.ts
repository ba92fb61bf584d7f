import { z } from "zod";
import { destinationKindSchema } from "./config-values";
import { msSchema } from "./record-values";

/* Rows of the authority inventory about rules, decisions, effects and people; the whole is authority-inventory.ts. */
const words = z.array(z.string());
const text = z.string().nullable();
const msOrNull = msSchema.nullable();
const countOrNull = z.int().nullable();

export const tenantContextSchema = z.object({
  org_id: z.string(),
  workspace_id: z.string(),
  source: z.enum(["local_implicit", "explicit"]),
});
export const approvalRuleRowSchema = z.object({
  source: z.enum([
    ...(["incident_monitor_config", "incident_monitor_destination", "incident_monitor_route"] as const),
    ...(["incident_monitor_source", "automation_agent", "automation_node_gate"] as const),
  ]),
  rule_id: z.string(),
  requires_approval: z.boolean(),
  policy: z.string(),
  approval_policy: text,
  destination_id: text,
  route_id: text,
  project_id: text,
  source_id: text,
  automation_id: text,
  agent_id: text,
  node_id: text,
  approvals_required: countOrNull,
  /** Whom the rule names; empty: anybody who may approve there. `active`: they can still sign in. */
  approvers: z.array(z.object({ user_id: z.string(), name: z.string(), active: z.boolean() })),
  /** Why too few of them may approve, so that nothing under it opens. */
  unmet: text,
});
export const pendingApprovalRowSchema = z.object({
  request_id: z.string(),
  source: z.string(),
  tenant: tenantContextSchema,
  run_id: text,
  node_id: text,
  workflow_name: text,
  action_kind: z.string(),
  requested_at_ms: msSchema,
  expires_at_ms: msOrNull,
  decisions: words,
  rework_targets: words,
  instructions_present: z.boolean(),
  approval_wait: z.string(),
  project_id: text,
  risk_level: text,
});
export const governanceRequestRowSchema = z.object({
  approval_id: z.string(),
  request_type: z.string(),
  target_resource: z.string(),
  status: z.enum(["pending", "overdue", "reviewed"]),
  expires_at_ms: msOrNull,
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
  reviewed_at_ms: msOrNull,
  project_id: text,
});
export const policyDecisionRowSchema = z.object({
  decision_id: z.string(),
  tenant_context: tenantContextSchema,
  actor_id: z.string(),
  session_id: text,
  run_id: text,
  automation_id: text,
  node_id: text,
  tool: z.string(),
  resource: z.string(),
  data_classes: words,
  risk_tier: text,
  decision: z.enum(["allow", "deny", "approval_required"]),
  reason_code: z.string(),
  policy_id: text,
  grant_id: text,
  approval_id: text,
  created_at_ms: msSchema,
  metadata_keys: words,
  project_id: text,
});
export const publishSurfaceRowSchema = z.object({
  source: z.string(),
  surface_id: z.string(),
  name: z.string(),
  kind: destinationKindSchema,
  enabled: z.boolean(),
  require_approval: z.boolean(),
  target: z.object({
    repo: text,
    linear_team: text,
    linear_project: text,
    mcp_server: text,
    mcp_tool: text,
    telemetry_path: text,
    memory_category: text,
    webhook_url_present: z.boolean(),
  }),
  config_keys: words,
});
export const externalActionRowSchema = z.object({
  action_id: z.string(),
  operation: z.string(),
  status: z.string(),
  source_kind: z.string(),
  source_id: z.string(),
  routine_run_id: text,
  context_run_id: text,
  capability_id: text,
  provider: text,
  target: text,
  approval_state: z.enum(["approved", "not_required", "unapproved"]),
  idempotency_key_present: z.boolean(),
  receipt_present: z.boolean(),
  error: text,
  metadata_keys: words,
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
  project_id: text,
});

export const inventoryUserRowSchema = z.object({
  user_id: z.string(),
  name: z.string(),
  role: text,
  project_roles: z.record(z.string(), z.string()),
  enabled: z.boolean(),
  password_present: z.boolean(),
  second_factor_present: z.boolean(),
  last_seen_at_ms: msOrNull,
  session_count: z.int(),
  created_at_ms: msSchema,
});
/** `user_count` null: this reader may not know who has access. */
export const roleRowSchema = z.object({ role: z.string(), permissions: words, user_count: countOrNull });
export const inventoryTokenRowSchema = z.object({
  token_id: z.string(),
  name: z.string(),
  kind: z.string(),
  enabled: z.boolean(),
  bootstrap: z.boolean(),
  scopes: words,
  permissions: words,
  created_at_ms: msSchema,
  expires_at_ms: msOrNull,
  last_used_at_ms: msOrNull,
  token_hash_present: z.boolean(),
});
