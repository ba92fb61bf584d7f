import type {
  PutAuthoritySubjectsWire,
  RegistrationListWire,
  RegistrationWire,
} from "@/lib/contracts/authority-subjects";
import { registrationCounts } from "@/lib/domain/authority-registration";
import type {
  McpPolicy,
  RuntimeRegistration,
  SubjectAction,
  SubjectAgent,
  SubjectAutomation,
  SubjectGate,
  SubjectNode,
  SubjectStandingAgent,
  SubjectToolPolicy,
  SubjectWorkflow,
  ToolPolicy,
} from "@/lib/domain/authority-subjects";
import { snakeKeys } from "./casing";

type Body = PutAuthoritySubjectsWire;
type AgentWire = NonNullable<Body["agents"]>[number];
type AutomationWire = NonNullable<Body["automation_specs"]>[number];
type NodeWire = NonNullable<AutomationWire["nodes"]>[number];
type WorkflowWire = NonNullable<Body["workflows"]>[number];

/** What is left out gets the value that claims least: no approval, nothing allowed, nobody's project. */
export function registrationFromWire(body: Body) {
  return {
    runtimeId: body.runtime_id,
    name: body.name ?? null,
    expiresInMs: body.expires_in_ms ?? null,
    subjects: {
      workflows: (body.workflows ?? []).map(workflowFromWire),
      automationSpecs: (body.automation_specs ?? []).map(automationFromWire),
      agents: (body.agents ?? []).map(standingAgentFromWire),
      toolPolicies: (body.tool_policies ?? []).map(toolPolicyRowFromWire),
    },
  };
}

const toolPolicyRowFromWire = (row: NonNullable<Body["tool_policies"]>[number]): SubjectToolPolicy => ({
  toolPolicyId: row.tool_policy_id,
  name: row.name,
  description: row.description ?? null,
  projectId: row.project_id ?? null,
  ...toolPolicyFromWire(row),
});

const toolPolicyFromWire = (policy: { allowlist?: string[]; denylist?: string[] }): ToolPolicy => ({
  allowlist: policy.allowlist ?? [],
  denylist: policy.denylist ?? [],
});

function mcpPolicyFromWire(policy: NonNullable<AgentWire["mcp_policy"]>): McpPolicy {
  const allowedServers = policy.allowed_servers ?? [];
  return {
    allowedServers,
    effectiveAllowedServers: policy.effective_allowed_servers ?? allowedServers,
    allowedTools: policy.allowed_tools ?? [],
    allowedConnectionGrants: policy.allowed_connection_grants ?? [],
  };
}

const agentFromWire = (agent: Omit<AgentWire, "project_id">): SubjectAgent => ({
  agentId: agent.agent_id,
  templateId: agent.template_id ?? null,
  displayName: agent.display_name ?? null,
  modelPolicyPresent: agent.model_policy_present ?? false,
  skills: agent.skills ?? [],
  toolPolicy: agent.tool_policy ? toolPolicyFromWire(agent.tool_policy) : null,
  mcpPolicy: agent.mcp_policy ? mcpPolicyFromWire(agent.mcp_policy) : null,
  approvalPolicy: agent.approval_policy ?? null,
  toolPolicyIds: agent.tool_policy_ids ?? [],
});

const standingAgentFromWire = (agent: AgentWire): SubjectStandingAgent => ({
  ...agentFromWire(agent),
  projectId: agent.project_id ?? null,
});

function automationFromWire(spec: AutomationWire): SubjectAutomation {
  const tenant = spec.tenant_context;
  return {
    automationId: spec.automation_id,
    name: spec.name,
    description: spec.description ?? null,
    status: spec.status ?? "unknown",
    creatorId: spec.creator_id ?? null,
    workspaceRoot: spec.workspace_root ?? null,
    schedule: spec.schedule ?? null,
    outputTargets: spec.output_targets ?? [],
    scopePolicyPresent: spec.scope_policy_present ?? false,
    watchConditionCount: spec.watch_condition_count ?? 0,
    execution: spec.execution ?? null,
    tenantContext: tenant
      ? {
          orgId: tenant.org_id ?? null,
          workspaceId: tenant.workspace_id ?? null,
          source: tenant.source ?? "local_implicit",
        }
      : null,
    projectId: spec.project_id ?? null,
    agents: (spec.agents ?? []).map(agentFromWire),
    nodes: (spec.nodes ?? []).map(nodeFromWire),
    createdAtMs: spec.created_at_ms ?? null,
    updatedAtMs: spec.updated_at_ms ?? null,
  };
}

const nodeFromWire = (node: NodeWire): SubjectNode => ({
  nodeId: node.node_id,
  agentId: node.agent_id ?? null,
  dependsOn: node.depends_on ?? [],
  inputRefCount: node.input_ref_count ?? 0,
  outputContractKind: node.output_contract_kind ?? null,
  toolPolicy: node.tool_policy ? toolPolicyFromWire(node.tool_policy) : null,
  mcpPolicy: node.mcp_policy ? mcpPolicyFromWire(node.mcp_policy) : null,
  timeoutMs: node.timeout_ms ?? null,
  maxToolCalls: node.max_tool_calls ?? null,
  stageKind: node.stage_kind ?? null,
  gate: node.gate ? gateFromWire(node.gate) : null,
  metadataKeys: node.metadata_keys ?? [],
});

const gateFromWire = (gate: NonNullable<NodeWire["gate"]>): SubjectGate => ({
  required: gate.required,
  decisions: gate.decisions ?? [],
  reworkTargets: gate.rework_targets ?? [],
  instructionsPresent: gate.instructions_present ?? false,
  expiryPolicy: gate.expiry_policy ?? null,
});

type ActionWire = { action: string; has_parameters?: boolean; parameter_keys?: string[] };
function actionFromWire({ action, has_parameters, parameter_keys = [] }: ActionWire): SubjectAction {
  return {
    action,
    hasParameters: parameter_keys.length > 0 || (has_parameters ?? false),
    parameterKeys: parameter_keys,
  };
}

const workflowFromWire = (workflow: WorkflowWire): SubjectWorkflow => ({
  workflowId: workflow.workflow_id,
  name: workflow.name,
  description: workflow.description ?? null,
  enabled: workflow.enabled ?? true,
  source: workflow.source ?? "registry",
  projectId: workflow.project_id ?? null,
  steps: (workflow.steps ?? []).map((step) => ({ stepId: step.step_id, ...actionFromWire(step) })),
  hooks: (workflow.hooks ?? []).map((hook) => ({
    bindingId: hook.binding_id,
    event: hook.event,
    enabled: hook.enabled ?? true,
    actions: (hook.actions ?? []).map(actionFromWire),
    source: hook.source ?? "registry",
  })),
});

export function registrationToWire(registration: RuntimeRegistration, nowMs: number): RegistrationWire {
  const { subjects, ...said } = registration;
  return {
    ...snakeKeys(said),
    age_ms: Math.max(0, nowMs - said.registeredAtMs),
    stale: said.expiresAtMs <= nowMs,
    counts: registrationCounts(subjects),
    ...snakeKeys(subjects),
  };
}

export const registrationListToWire = (
  registrations: readonly RuntimeRegistration[],
  nowMs: number,
): RegistrationListWire => ({
  registrations: registrations.map((each) => registrationToWire(each, nowMs)),
  count: registrations.length,
});
