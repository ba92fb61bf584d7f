import { type ExternalActionRow, localTenant, type PolicyDecisionRow } from "@/lib/domain/authority-evidence";
import type { AuthorityInventory, Inventory } from "@/lib/domain/authority-inventory";
import type { SubjectAgent, SubjectNode, SubjectTenant } from "@/lib/domain/authority-subjects";
import type { DestinationRow, LogSourceRow, McpSection, ProjectRow } from "@/lib/domain/authority-topology";
import { defaultConfig } from "@/lib/domain/config";

/** Rows of an inventory as a governed deployment has them, so that each test says only what is wrong. */

const noMcp: McpSection = {
  inventoryVersion: 1,
  summary: { servers: 0, enabled: 0, connected: 0, registeredTools: 0, remoteTools: 0 },
  ...{ connectedServerNames: [], enabledServerNames: [], registeredToolCount: 0, remoteToolCount: 0 },
  ...{ registeredTools: [], remoteTools: [], servers: [], omittedFields: [] },
};

export function anInventory(
  fields: Partial<Inventory> & { safety?: Partial<Inventory["incidentMonitor"]["safetyDefaults"]> } = {},
): Pick<AuthorityInventory, "inventory"> {
  const { safety, ...rows } = fields;
  return {
    inventory: {
      ...{ workflows: [], automationSpecs: [], agents: [], toolPolicies: [], runtimes: [], mcp: noMcp },
      incidentMonitor: {
        ...{ enabled: true, paused: false, repo: null, workspaceRoot: null, defaultDestinationIds: [] },
        ...{ modelPolicyPresent: false, providerPreference: "auto", autoCreateNewIssues: true },
        ...{ requireApprovalForNewIssues: false, autoCommentOnMatchedOpenIssues: true, updatedAtMs: 0 },
        safetyDefaults: { ...defaultConfig.safetyDefaults, retentionDays: 90, ...safety },
      },
      ...{ destinations: [], routes: [], monitoredSources: [], scopedIntakeKeys: [], approvalRules: [] },
      ...{ pendingApprovals: [], governanceApprovalRequests: [], policyDecisions: [] },
      externalPublishSurfaces: { configuredDestinations: [], recentActions: [] },
      ...{ users: [], roles: [], tokens: [] },
      ...rows,
    },
  };
}

export const aDestinationRow = (fields: Partial<DestinationRow> = {}): DestinationRow => ({
  ...{ destinationId: "hook", name: "Hook", kind: "webhook", enabled: true, requireApproval: true },
  ...{ repo: null, mcpServer: null, linearTeam: null, linearProject: null, webhookUrlPresent: true },
  ...{ webhookSecretRefPresent: true, telemetryPath: null, mcpTool: null, memoryCategory: null },
  ...{ routeTags: [], customConfigKeys: [], allowPublish: null },
  ...fields,
});

const boundSource = {
  ...{ name: "Shop", enabled: true, paused: false, sourceKind: "customer_system" },
  ...{ allowedDestinationIds: ["local"], allowlistEnforced: true, defaultDestinationIds: [] },
  ...{ defaultRouteTags: [], tenantId: "acme", workspaceId: "prod", eventSchemaVersion: "1" },
  ...{
    approvalPolicy: "inherit",
    approvalsRequired: null,
    approvers: [],
    redactionProfile: null,
    retentionProfile: null,
  },
  dataReadiness: {} as ProjectRow["dataReadiness"],
  readiness: null,
} satisfies Partial<ProjectRow>;

export const aProjectRow = (fields: Partial<ProjectRow> = {}): ProjectRow => ({
  ...boundSource,
  ...{ projectId: "shop", sourceId: null, repo: "acme/shop", workspaceRoot: "/srv/shop", mcpServer: null },
  ...{ autoCreateNewIssues: true, requireApprovalForNewIssues: false },
  ...{ autoCommentOnMatchedOpenIssues: true, logSourceCount: 0 },
  ...fields,
});

export const aLogSourceRow = (fields: Partial<LogSourceRow> = {}): LogSourceRow => ({
  ...boundSource,
  ...{ projectId: "shop", sourceId: "api", path: "api.log", format: "auto", minimumLevel: "error" },
  ...{ startPosition: "end", watchIntervalSeconds: 5, maxBytesPerPoll: 1, maxCandidatesPerPoll: 1 },
  fingerprintCooldownMs: 0,
  ...fields,
});

export const anAgent = (fields: Partial<SubjectAgent> = {}): SubjectAgent => ({
  ...{ agentId: "writer", templateId: null, displayName: null, modelPolicyPresent: false, skills: [] },
  ...{ toolPolicy: null, mcpPolicy: null, approvalPolicy: null, toolPolicyIds: [] },
  ...fields,
});

export const aNode = (fields: Partial<SubjectNode> = {}): SubjectNode => ({
  ...{ nodeId: "act", agentId: "writer", dependsOn: [], inputRefCount: 0, outputContractKind: null },
  ...{ toolPolicy: null, mcpPolicy: null, timeoutMs: null, maxToolCalls: null, stageKind: null },
  ...{ gate: null, metadataKeys: [] },
  ...fields,
});

export const aGate = (required: boolean) => ({
  ...{ required, decisions: [], reworkTargets: [], instructionsPresent: false, expiryPolicy: null },
});

const acme: SubjectTenant = { orgId: "acme", workspaceId: "prod", source: "explicit" };

export const anAutomation = (
  fields: Partial<Inventory["automationSpecs"][number]> = {},
): Inventory["automationSpecs"][number] => ({
  ...{ automationId: "nightly", name: "Nightly", description: null, status: "active", creatorId: null },
  ...{ workspaceRoot: null, schedule: null, outputTargets: [], scopePolicyPresent: false },
  ...{ watchConditionCount: 0, execution: null, tenantContext: acme, projectId: null, agents: [], nodes: [] },
  ...{ createdAtMs: null, updatedAtMs: null, runtimeId: "runtime", registeredAtMs: 0, stale: false },
  ...fields,
});

export const aDecision = (fields: Partial<PolicyDecisionRow> = {}): PolicyDecisionRow => ({
  ...{ decisionId: "d1", tenantContext: localTenant, actorId: "agent:a", sessionId: null, runId: null },
  ...{ automationId: null, nodeId: null, tool: "publish", resource: "draft:1", dataClasses: [] },
  ...{ riskTier: null, decision: "deny", reasonCode: "agent_may_not", policyId: null, grantId: null },
  ...{ approvalId: null, createdAtMs: 0, metadataKeys: [], projectId: null },
  ...fields,
});

export const anAction = (fields: Partial<ExternalActionRow> = {}): ExternalActionRow => ({
  ...{ actionId: "post-1", operation: "create", status: "posted", sourceKind: "incident_monitor" },
  ...{ sourceId: "draft-1", routineRunId: null, contextRunId: null, capabilityId: null, provider: null },
  ...{ target: "hook", approvalState: "approved", idempotencyKeyPresent: true, receiptPresent: true },
  ...{ error: null, metadataKeys: [], createdAtMs: 0, updatedAtMs: 0, projectId: null },
  ...fields,
});
