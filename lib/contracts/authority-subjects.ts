import { z } from "zod";
import { msSchema } from "./record-values";

/*
 * What a runtime registers about itself (D-24). Unlike other requests these are strict: a member nobody knows is refused by
 * name, since what is not understood would be missing from the inventory without anybody noticing. Of parameters, metadata
 * and instructions only names and presence: there is no member for a value.
 */
const idSchema = z.string().trim().min(1).max(200);
const textSchema = z.string().max(1_000);
const idsSchema = z.array(idSchema).max(200);
const namesSchema = z.array(z.string().trim().min(1).max(300)).max(200);

export const subjectToolPolicySchema = z.strictObject({
  allowlist: namesSchema.optional(),
  denylist: namesSchema.optional(),
});
export const subjectMcpPolicySchema = z.strictObject({
  allowed_servers: namesSchema.optional(),
  /** What is left of it in force; the same list where it is left out. */
  effective_allowed_servers: namesSchema.optional(),
  allowed_tools: namesSchema.optional(),
  allowed_connection_grants: namesSchema.optional(),
});

const agentShape = {
  agent_id: idSchema,
  template_id: idSchema.nullish(),
  display_name: textSchema.nullish(),
  model_policy_present: z.boolean().optional(),
  skills: namesSchema.optional(),
  tool_policy: subjectToolPolicySchema.nullish(),
  mcp_policy: subjectMcpPolicySchema.nullish(),
  /** What the runtime calls the rule by which people approve what it does; absent: there is none. */
  approval_policy: idSchema.nullish(),
  /** Tool policies of this registration that hold for it too. */
  tool_policy_ids: idsSchema.optional(),
};
export const subjectAgentSchema = z.strictObject(agentShape);
/** An agent outside every automation. `project_id`: the monitored project it belongs to. */
export const standingAgentSchema = z.strictObject({ ...agentShape, project_id: idSchema.nullish() });

export const subjectGateSchema = z.strictObject({
  required: z.boolean(),
  decisions: namesSchema.optional(),
  rework_targets: namesSchema.optional(),
  instructions_present: z.boolean().optional(),
  expiry_policy: textSchema.nullish(),
});
export const subjectNodeSchema = z.strictObject({
  node_id: idSchema,
  agent_id: idSchema.nullish(),
  depends_on: idsSchema.optional(),
  input_ref_count: z.int().min(0).max(10_000).optional(),
  output_contract_kind: idSchema.nullish(),
  tool_policy: subjectToolPolicySchema.nullish(),
  mcp_policy: subjectMcpPolicySchema.nullish(),
  timeout_ms: msSchema.nullish(),
  max_tool_calls: z.int().min(0).max(1_000_000).nullish(),
  stage_kind: idSchema.nullish(),
  gate: subjectGateSchema.nullish(),
  metadata_keys: namesSchema.optional(),
});
export const subjectAutomationSchema = z.strictObject({
  automation_id: idSchema,
  name: z.string().trim().min(1).max(300),
  description: textSchema.nullish(),
  status: idSchema.optional(),
  creator_id: textSchema.nullish(),
  workspace_root: textSchema.nullish(),
  schedule: textSchema.nullish(),
  output_targets: z.array(textSchema).max(200).optional(),
  scope_policy_present: z.boolean().optional(),
  watch_condition_count: z.int().min(0).max(10_000).optional(),
  execution: textSchema.nullish(),
  tenant_context: z
    .strictObject({
      org_id: idSchema.nullish(),
      workspace_id: idSchema.nullish(),
      source: z.enum(["explicit", "local_implicit"]).optional(),
    })
    .nullish(),
  project_id: idSchema.nullish(),
  agents: z.array(subjectAgentSchema).max(100).optional(),
  nodes: z.array(subjectNodeSchema).max(200).optional(),
  created_at_ms: msSchema.nullish(),
  updated_at_ms: msSchema.nullish(),
});

const actionShape = {
  action: z.string().trim().min(1).max(300),
  has_parameters: z.boolean().optional(),
  /** Their names; never a value. */
  parameter_keys: namesSchema.optional(),
};
export const subjectActionSchema = z.strictObject(actionShape);
export const subjectWorkflowSchema = z.strictObject({
  workflow_id: idSchema,
  name: z.string().trim().min(1).max(300),
  description: textSchema.nullish(),
  enabled: z.boolean().optional(),
  source: idSchema.optional(),
  project_id: idSchema.nullish(),
  steps: z
    .array(z.strictObject({ step_id: idSchema, ...actionShape }))
    .max(200)
    .optional(),
  hooks: z
    .array(
      z.strictObject({
        binding_id: idSchema,
        event: idSchema,
        enabled: z.boolean().optional(),
        actions: z.array(subjectActionSchema).max(50).optional(),
        /** `registry` or `embedded`: both of one hook are shown as one. */
        source: idSchema.optional(),
      }),
    )
    .max(200)
    .optional(),
});

export const subjectToolPolicyRowSchema = z.strictObject({
  tool_policy_id: idSchema,
  name: z.string().trim().min(1).max(300),
  description: textSchema.nullish(),
  allowlist: namesSchema.optional(),
  denylist: namesSchema.optional(),
  project_id: idSchema.nullish(),
});

/** Replaces everything the runtime said before. `expires_in_ms`: 1 minute to 90 days, a week where it is left out. */
export const putAuthoritySubjectsSchema = z.strictObject({
  runtime_id: z.string().min(1).max(200),
  name: z.string().max(200).nullish(),
  expires_in_ms: z
    .int()
    .min(60_000)
    .max(90 * 86_400_000)
    .nullish(),
  workflows: z.array(subjectWorkflowSchema).max(500).optional(),
  automation_specs: z.array(subjectAutomationSchema).max(500).optional(),
  agents: z.array(standingAgentSchema).max(500).optional(),
  tool_policies: z.array(subjectToolPolicyRowSchema).max(500).optional(),
});

/** A registration with its age. `stale`: it was not renewed in its time. Its subjects are as they were registered. */
export const registrationSchema = z.object({
  runtime_id: z.string(),
  name: z.string(),
  /** Moves with every change; the ETag of the answer to its PUT, for If-Match. */
  generation: z.int(),
  registered_at_ms: msSchema,
  expires_at_ms: msSchema,
  age_ms: z.int().min(0),
  stale: z.boolean(),
  counts: z.record(z.string(), z.int()),
  workflows: z.array(z.record(z.string(), z.unknown())),
  automation_specs: z.array(z.record(z.string(), z.unknown())),
  agents: z.array(z.record(z.string(), z.unknown())),
  tool_policies: z.array(z.record(z.string(), z.unknown())),
});
/** `changed` false: the same was said again, and only its age began anew. */
export const registeredSchema = z.object({ registration: registrationSchema, changed: z.boolean() });
export const registrationListSchema = z.object({
  registrations: z.array(registrationSchema),
  count: z.int(),
});
export const registrationRemovedSchema = z.object({ runtime_id: z.string(), removed: z.literal(true) });

export type PutAuthoritySubjectsWire = z.infer<typeof putAuthoritySubjectsSchema>;
export type RegistrationWire = z.infer<typeof registrationSchema>;
export type RegistrationListWire = z.infer<typeof registrationListSchema>;
