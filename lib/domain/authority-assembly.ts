import type { ApiToken } from "./access";
import { localTenant } from "./authority-evidence";
import {
  type DeliveryEvidence,
  externalActionRow,
  governanceRequestRow,
  type PersonRecord,
  pendingApprovalRow,
  roleRows,
  tokenRow,
  userRow,
  type WaitingDraft,
} from "./authority-evidence-rows";
import type {
  AuthorityInventory,
  Inventory,
  InventoryCounts,
  RuntimeRow,
  WorkflowRow,
} from "./authority-inventory";
import { approvalRules } from "./authority-rules";
import { seesRecord, seesSubject, type VisibleProjects, visibleTopology } from "./authority-scope";
import type { Registered, RuntimeRegistration, SubjectHook, SubjectWorkflow } from "./authority-subjects";
import type { MonitorSection } from "./authority-topology";
import {
  destinationRow,
  keyRow,
  mcpOmittedFields,
  mcpSection,
  monitoredSourceRows,
  publishSurfaceRow,
  routeRow,
} from "./authority-topology-rows";
import type { BreakGlassUse } from "./break-glass";
import type { Destination, MonitorConfig } from "./config";
import type { ApproverPerson } from "./config-validate-approvers";
import type { IntakeKey } from "./intake-key";
import { usesMcpServer } from "./issue-way";
import type { McpServer } from "./mcp";
import { type AuditRecord, policyDecisionOf } from "./policy-decision";
import type { SourceReadiness } from "./source-readiness";

/** Of lists that grow with use, the newest so many (contract 10.1). */
export const inventoryListMax = 100;

/** What a store read at one moment. Lists of records are newest first and may hold more than the reader sees. */
export type InventoryRecords = {
  nowMs: number;
  visible: VisibleProjects;
  config: MonitorConfig;
  /** The effective ones. */
  destinations: readonly Destination[];
  mcpServers: readonly McpServer[];
  sources: readonly SourceReadiness[];
  keys: readonly IntakeKey[];
  registrations: readonly RuntimeRegistration[];
  waitingDrafts: readonly WaitingDraft[];
  /** null: the reader may see none (reference case 133). */
  breakGlass: readonly BreakGlassUse[] | null;
  decisions: readonly AuditRecord[];
  deliveries: readonly DeliveryEvidence[];
  /** null: the reader may not see who has access. */
  access: { users: readonly PersonRecord[]; tokens: readonly ApiToken[] } | null;
  /** Those whom the settings name who may approve, by id. */
  approvers: ReadonlyMap<string, ApproverPerson>;
};

/** What no answer holds, by the name it has where it is stored. */
export const omittedFields = [
  ...["key_hash", "raw_key", "token_hash", "raw_token", "password_hash", "totp_secret", "recovery_codes"],
  ...["email", "session_id", "webhook_url", "webhook_secret_ref", "header_values", "destination.config"],
  ...["receipt", "payload", "idempotency_key", "evidence_text", "metadata_values", "parameter_values"],
  ...["condition_values", "instructions", "model_policy", ...mcpOmittedFields.map((field) => `mcp.${field}`)],
];

/**
 * The inventory as this reader may see it: rows of projects they cannot see are not there, recent external actions
 * included (W-57), and every count is the length of its list.
 */
export function assembleInventory(records: InventoryRecords): AuthorityInventory {
  const { nowMs } = records;
  const inventory = sectionsOf(records);
  return {
    schemaVersion: 1,
    generatedAtMs: nowMs,
    scope: {
      tenantContext: localTenant,
      source: "incident_monitor_authority_inventory",
      readOnly: true,
    },
    inventory,
    counts: countsOf(inventory),
    sensitiveValues: {
      policy: "redacted_or_summarized",
      omittedFields,
      withheldSections: [
        ...(records.access ? [] : ["users", "tokens"]),
        ...(records.breakGlass ? [] : ["governance_approval_requests"]),
      ],
    },
  };
}

function sectionsOf(records: InventoryRecords): Inventory {
  const { config, visible, nowMs } = records;
  const topology = visibleTopology(config, records.destinations, visible);
  const subjects = registeredRows(records.registrations, visible, nowMs);
  const destinations = topology.destinations.map(destinationRow);
  const routes = topology.routes.map(routeRow);
  const newest = <Row extends { projectId: string | null }>(rows: readonly Row[]) =>
    rows.filter((row) => seesRecord(visible, row.projectId)).slice(0, inventoryListMax);
  const users = (records.access?.users ?? []).map(userRow);
  return {
    ...subjects,
    mcp: mcpSection(visibleServers(records, topology, subjects), topology.destinations),
    incidentMonitor: monitorSection(config, topology.defaultDestinationIds),
    destinations,
    routes,
    monitoredSources: monitoredSourceRows(topology.projects, records.sources),
    scopedIntakeKeys: records.keys.filter((key) => seesRecord(visible, key.projectId)).map(keyRow),
    approvalRules: approvalRules({
      ...{ config, destinations, routes, projects: topology.projects },
      automations: subjects.automationSpecs,
      personOf: (userId) => records.approvers.get(userId) ?? null,
    }),
    pendingApprovals: newest(records.waitingDrafts).map(pendingApprovalRow),
    governanceApprovalRequests: newest(records.breakGlass ?? []).map((use) =>
      governanceRequestRow(use, nowMs),
    ),
    policyDecisions: newest(records.decisions.flatMap((entry) => policyDecisionOf(entry) ?? [])),
    externalPublishSurfaces: {
      configuredDestinations: destinations.map(publishSurfaceRow),
      recentActions: newest(records.deliveries).map(externalActionRow),
    },
    users,
    roles: roleRows(records.access ? users : null),
    tokens: (records.access?.tokens ?? []).map((token) => tokenRow(token, nowMs)),
  };
}

type Subjects = Pick<Inventory, "workflows" | "automationSpecs" | "agents" | "toolPolicies" | "runtimes">;

function registeredRows(
  registrations: readonly RuntimeRegistration[],
  visible: VisibleProjects,
  nowMs: number,
): Subjects {
  const found: Subjects = { workflows: [], automationSpecs: [], agents: [], toolPolicies: [], runtimes: [] };
  for (const registration of registrations) {
    const stale = registration.expiresAtMs <= nowMs;
    const by: Registered = {
      ...{ runtimeId: registration.runtimeId, registeredAtMs: registration.registeredAtMs, stale },
    };
    const seen = <Row extends { projectId: string | null }>(rows: readonly Row[]) =>
      rows.filter((row) => seesSubject(visible, row.projectId)).map((row) => ({ ...row, ...by }));
    const workflows = seen(registration.subjects.workflows).map(workflowRow);
    const automations = seen(registration.subjects.automationSpecs);
    const agents = seen(registration.subjects.agents);
    const toolPolicies = seen(registration.subjects.toolPolicies);
    found.workflows.push(...workflows);
    found.automationSpecs.push(...automations);
    found.agents.push(...agents);
    found.toolPolicies.push(...toolPolicies);
    const counts = {
      workflowCount: workflows.length,
      automationCount: automations.length,
      agentCount: agents.length,
      toolPolicyCount: toolPolicies.length,
    };
    const isOthersAlone = visible !== null && Object.values(counts).every((count) => count === 0);
    if (!isOthersAlone) found.runtimes.push(runtimeRow(registration, stale, counts));
  }
  return found;
}

const runtimeRow = (
  { runtimeId, name, generation, registeredAtMs, expiresAtMs }: RuntimeRegistration,
  stale: boolean,
  counts: Pick<RuntimeRow, "workflowCount" | "automationCount" | "agentCount" | "toolPolicyCount">,
): RuntimeRow => ({ runtimeId, name, generation, registeredAtMs, expiresAtMs, stale, ...counts });

function workflowRow(workflow: SubjectWorkflow & Registered): WorkflowRow {
  const hooks = mergedHooks(workflow.hooks).map((hook) => ({ ...hook, actionCount: hook.actions.length }));
  return { ...workflow, hooks };
}

/** A hook that the registry and the workflow both name is one (reference 8.1): enabled where either says so. */
export function mergedHooks(hooks: readonly SubjectHook[]): SubjectHook[] {
  const found = new Map<string, SubjectHook>();
  for (const hook of hooks) {
    const key = JSON.stringify([hook.bindingId, hook.event]);
    const before = found.get(key);
    if (!before) {
      found.set(key, hook);
      continue;
    }
    const known = new Set(before.actions.map((each) => each.action));
    found.set(key, {
      ...before,
      enabled: before.enabled || hook.enabled,
      source: before.source === hook.source ? before.source : "merged",
      actions: [...before.actions, ...hook.actions.filter((each) => !known.has(each.action))],
    });
  }
  return [...found.values()];
}

/** A reader of some projects sees the servers that something they see names. */
function visibleServers(
  { config, mcpServers, visible }: InventoryRecords,
  topology: ReturnType<typeof visibleTopology>,
  { automationSpecs, agents }: Subjects,
): readonly McpServer[] {
  if (visible === null) return mcpServers;
  const policies = [...agents, ...automationSpecs.flatMap((spec) => [...spec.agents, ...spec.nodes])];
  const named = new Set([
    ...topology.destinations.filter(usesMcpServer).flatMap((row) => destinationRow(row).mcpServer ?? []),
    ...topology.projects.flatMap((project) => project.mcpServer ?? []),
    ...policies.flatMap((each) => each.mcpPolicy?.allowedServers ?? []),
    ...(config.mcpServer ? [config.mcpServer] : []),
  ]);
  return mcpServers.filter((server) => named.has(server.name));
}

const monitorSection = (config: MonitorConfig, defaultDestinationIds: string[]): MonitorSection => ({
  enabled: config.enabled,
  paused: config.paused,
  repo: config.repo ?? null,
  workspaceRoot: config.workspaceRoot ?? null,
  defaultDestinationIds,
  modelPolicyPresent: Object.keys(config.modelPolicy ?? {}).length > 0,
  providerPreference: config.providerPreference,
  autoCreateNewIssues: config.autoCreateNewIssues,
  requireApprovalForNewIssues: config.requireApprovalForNewIssues,
  autoCommentOnMatchedOpenIssues: config.autoCommentOnMatchedOpenIssues,
  safetyDefaults: config.safetyDefaults,
  updatedAtMs: config.updatedAtMs,
});

const countsOf = (of: Inventory): InventoryCounts => ({
  workflows: of.workflows.length,
  automationSpecs: of.automationSpecs.length,
  mcpServers: of.mcp.servers.length,
  destinations: of.destinations.length,
  routes: of.routes.length,
  monitoredSources: of.monitoredSources.length,
  scopedIntakeKeys: of.scopedIntakeKeys.length,
  pendingApprovals: of.pendingApprovals.length,
  governanceApprovalRequests: of.governanceApprovalRequests.length,
  policyDecisions: of.policyDecisions.length,
  externalActions: of.externalPublishSurfaces.recentActions.length,
  agents: of.agents.length,
  toolPolicies: of.toolPolicies.length,
  runtimes: of.runtimes.length,
  users: of.users.length,
  roles: of.roles.length,
  tokens: of.tokens.length,
});
