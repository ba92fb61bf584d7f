/**
 * What a runtime beside this product registers about itself (D-24): who acts there, with which tools, behind which
 * gates. Names, ids and lists only: of a parameter its key, of an instruction that it is there, never a value.
 */

/** Tools by name; `*` and `prefix.*` stand for many. */
export type ToolPolicy = { allowlist: string[]; denylist: string[] };

export type McpPolicy = {
  allowedServers: string[];
  /** What is left of it in force; a runtime that narrows nothing registers the same list. */
  effectiveAllowedServers: string[];
  allowedTools: string[];
  /** Names of connections it may use, never what signs in. */
  allowedConnectionGrants: string[];
};

/** Whose an automation is. `local_implicit`: nobody said. */
export type SubjectTenant = {
  orgId: string | null;
  workspaceId: string | null;
  source: "explicit" | "local_implicit";
};

export type SubjectAgent = {
  agentId: string;
  templateId: string | null;
  displayName: string | null;
  modelPolicyPresent: boolean;
  skills: string[];
  /** null: it has none of its own. */
  toolPolicy: ToolPolicy | null;
  mcpPolicy: McpPolicy | null;
  /** What the runtime calls the rule by which people approve what it does; null: there is none. */
  approvalPolicy: string | null;
  /** Registered tool policies that hold for it too. */
  toolPolicyIds: string[];
};

export type SubjectGate = {
  required: boolean;
  decisions: string[];
  reworkTargets: string[];
  instructionsPresent: boolean;
  expiryPolicy: string | null;
};

export type SubjectNode = {
  nodeId: string;
  agentId: string | null;
  dependsOn: string[];
  inputRefCount: number;
  outputContractKind: string | null;
  /** Its own, even an empty one, replaces its agent's; null: its agent's holds. */
  toolPolicy: ToolPolicy | null;
  mcpPolicy: McpPolicy | null;
  timeoutMs: number | null;
  maxToolCalls: number | null;
  stageKind: string | null;
  gate: SubjectGate | null;
  metadataKeys: string[];
};

export type SubjectAutomation = {
  automationId: string;
  name: string;
  description: string | null;
  status: string;
  creatorId: string | null;
  workspaceRoot: string | null;
  schedule: string | null;
  outputTargets: string[];
  scopePolicyPresent: boolean;
  watchConditionCount: number;
  execution: string | null;
  tenantContext: SubjectTenant | null;
  /** The project of this deployment it belongs to; null: none, so whoever reads may see it. */
  projectId: string | null;
  agents: SubjectAgent[];
  nodes: SubjectNode[];
  createdAtMs: number | null;
  updatedAtMs: number | null;
};

export type SubjectAction = { action: string; hasParameters: boolean; parameterKeys: string[] };
export type SubjectStep = SubjectAction & { stepId: string };
export type SubjectHook = {
  bindingId: string;
  event: string;
  enabled: boolean;
  actions: SubjectAction[];
  /** Where the runtime has it from: its registry, the workflow itself, or both. */
  source: string;
};

export type SubjectWorkflow = {
  workflowId: string;
  name: string;
  description: string | null;
  enabled: boolean;
  source: string;
  projectId: string | null;
  steps: SubjectStep[];
  hooks: SubjectHook[];
};

/** An agent that acts outside every automation. */
export type SubjectStandingAgent = SubjectAgent & { projectId: string | null };

export type SubjectToolPolicy = ToolPolicy & {
  toolPolicyId: string;
  name: string;
  description: string | null;
  projectId: string | null;
};

/** Everything one runtime says, replaced as a whole by its next registration. */
export type RuntimeSubjects = {
  workflows: SubjectWorkflow[];
  automationSpecs: SubjectAutomation[];
  agents: SubjectStandingAgent[];
  toolPolicies: SubjectToolPolicy[];
};

/** What a runtime registered, when, and as which generation: each replacement counts one up. */
export type RuntimeRegistration = {
  runtimeId: string;
  name: string;
  generation: number;
  registeredAtMs: number;
  /** Over it nobody should rely on what is registered: it is shown as stale, never dropped by itself. */
  expiresAtMs: number;
  subjects: RuntimeSubjects;
};

/** Who says so, and how old it is: stands on every registered row of the inventory. */
export type Registered = { runtimeId: string; registeredAtMs: number; stale: boolean };

export const noSubjects: RuntimeSubjects = {
  workflows: [],
  automationSpecs: [],
  agents: [],
  toolPolicies: [],
};
