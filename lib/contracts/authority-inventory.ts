import { z } from "zod";
import {
  approvalRuleRowSchema,
  externalActionRowSchema,
  governanceRequestRowSchema,
  inventoryTokenRowSchema,
  inventoryUserRowSchema,
  pendingApprovalRowSchema,
  policyDecisionRowSchema,
  publishSurfaceRowSchema,
  roleRowSchema,
  tenantContextSchema,
} from "./authority-evidence";
import {
  destinationRowSchema,
  inventoryKeyRowSchema,
  mcpSectionSchema,
  monitoredSourceRowSchema,
  monitorSectionSchema,
  routeRowSchema,
} from "./authority-topology";
import { msSchema } from "./record-values";

/*
 * The answer of the authority inventory (contract 10.1). Of anything sensitive only whether it is there; what is unset is
 * null; counts are the lengths of the lists that this reader was given.
 */
const words = z.array(z.string());
const text = z.string().nullable();
const msOrNull = msSchema.nullable();
const countOrNull = z.int().nullable();

const toolPolicy = z.object({ allowlist: words, denylist: words });
const mcpPolicy = z.object({
  allowed_servers: words,
  effective_allowed_servers: words,
  allowed_tools: words,
  allowed_connection_grants: words,
});
/** Which runtime says so, when it last did, and whether that is too long ago to rely on. */
const registered = { runtime_id: z.string(), registered_at_ms: msSchema, stale: z.boolean() };

const action = { action: z.string(), has_parameters: z.boolean(), parameter_keys: words };
export const workflowRowSchema = z.object({
  workflow_id: z.string(),
  name: z.string(),
  description: text,
  enabled: z.boolean(),
  source: z.string(),
  project_id: text,
  steps: z.array(z.object({ step_id: z.string(), ...action })),
  hooks: z.array(
    z.object({
      binding_id: z.string(),
      event: z.string(),
      enabled: z.boolean(),
      action_count: z.int(),
      actions: z.array(z.object(action)),
      source: z.string(),
    }),
  ),
  ...registered,
});

const agent = {
  agent_id: z.string(),
  template_id: text,
  display_name: text,
  model_policy_present: z.boolean(),
  skills: words,
  tool_policy: toolPolicy.nullable(),
  mcp_policy: mcpPolicy.nullable(),
  approval_policy: text,
  tool_policy_ids: words,
};
export const agentRowSchema = z.object({ ...agent, project_id: text, ...registered });
export const automationRowSchema = z.object({
  automation_id: z.string(),
  name: z.string(),
  description: text,
  status: z.string(),
  creator_id: text,
  workspace_root: text,
  schedule: text,
  output_targets: words,
  scope_policy_present: z.boolean(),
  watch_condition_count: z.int(),
  execution: text,
  tenant_context: z.object({ org_id: text, workspace_id: text, source: z.string() }).nullable(),
  project_id: text,
  agents: z.array(z.object(agent)),
  nodes: z.array(
    z.object({
      node_id: z.string(),
      agent_id: text,
      depends_on: words,
      input_ref_count: z.int(),
      output_contract_kind: text,
      tool_policy: toolPolicy.nullable(),
      mcp_policy: mcpPolicy.nullable(),
      timeout_ms: msOrNull,
      max_tool_calls: countOrNull,
      stage_kind: text,
      gate: z
        .object({
          required: z.boolean(),
          decisions: words,
          rework_targets: words,
          instructions_present: z.boolean(),
          expiry_policy: text,
        })
        .nullable(),
      metadata_keys: words,
    }),
  ),
  created_at_ms: msOrNull,
  updated_at_ms: msOrNull,
  ...registered,
});
export const toolPolicyRowSchema = z.object({
  tool_policy_id: z.string(),
  name: z.string(),
  description: text,
  allowlist: words,
  denylist: words,
  project_id: text,
  ...registered,
});
export const runtimeRowSchema = z.object({
  runtime_id: z.string(),
  name: z.string(),
  generation: z.int(),
  registered_at_ms: msSchema,
  expires_at_ms: msSchema,
  stale: z.boolean(),
  workflow_count: z.int(),
  automation_count: z.int(),
  agent_count: z.int(),
  tool_policy_count: z.int(),
});

export const authorityInventorySchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: z.object({
    tenant_context: tenantContextSchema,
    source: z.literal("incident_monitor_authority_inventory"),
    read_only: z.literal(true),
  }),
  inventory: z.object({
    workflows: z.array(workflowRowSchema),
    automation_specs: z.array(automationRowSchema),
    mcp: mcpSectionSchema,
    incident_monitor: monitorSectionSchema,
    destinations: z.array(destinationRowSchema),
    routes: z.array(routeRowSchema),
    monitored_sources: z.array(monitoredSourceRowSchema),
    scoped_intake_keys: z.array(inventoryKeyRowSchema),
    approval_rules: z.array(approvalRuleRowSchema),
    pending_approvals: z.array(pendingApprovalRowSchema),
    governance_approval_requests: z.array(governanceRequestRowSchema),
    policy_decisions: z.array(policyDecisionRowSchema),
    external_publish_surfaces: z.object({
      configured_destinations: z.array(publishSurfaceRowSchema),
      recent_actions: z.array(externalActionRowSchema),
    }),
    agents: z.array(agentRowSchema),
    tool_policies: z.array(toolPolicyRowSchema),
    runtimes: z.array(runtimeRowSchema),
    users: z.array(inventoryUserRowSchema),
    roles: z.array(roleRowSchema),
    tokens: z.array(inventoryTokenRowSchema),
  }),
  counts: z.record(z.string(), z.int()),
  sensitive_values: z.object({
    policy: z.literal("redacted_or_summarized"),
    omitted_fields: words,
    withheld_sections: words,
  }),
});
export type AuthorityInventoryWire = z.infer<typeof authorityInventorySchema>;
