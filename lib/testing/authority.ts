import type { InventoryRecords } from "@/lib/domain/authority-assembly";
import type {
  RuntimeRegistration,
  RuntimeSubjects,
  SubjectAgent,
  SubjectAutomation,
  SubjectNode,
} from "@/lib/domain/authority-subjects";
import { noSubjects } from "@/lib/domain/authority-subjects";
import { effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { aConfig } from "./configs";

/** Whole subjects with the least in them, for tests that care about one field. */
export const anAgent = (fields: Partial<SubjectAgent> = {}): SubjectAgent => ({
  ...{ agentId: "writer", templateId: null, displayName: null, modelPolicyPresent: false, skills: [] },
  ...{ toolPolicy: null, mcpPolicy: null, approvalPolicy: null, toolPolicyIds: [] },
  ...fields,
});

export const aNode = (fields: Partial<SubjectNode> = {}): SubjectNode => ({
  ...{ nodeId: "step", agentId: "writer", dependsOn: [], inputRefCount: 0, outputContractKind: null },
  ...{ toolPolicy: null, mcpPolicy: null, timeoutMs: null, maxToolCalls: null, stageKind: null },
  ...{ gate: null, metadataKeys: [] },
  ...fields,
});

export const anAutomation = (fields: Partial<SubjectAutomation> = {}): SubjectAutomation => ({
  ...{ automationId: "nightly", name: "Nightly", description: null, status: "active", creatorId: null },
  ...{ workspaceRoot: null, schedule: null, outputTargets: [], scopePolicyPresent: false },
  ...{ watchConditionCount: 0, execution: null, tenantContext: null, projectId: null },
  ...{ agents: [], nodes: [], createdAtMs: null, updatedAtMs: null },
  ...fields,
});

export const aRegistration = (
  subjects: Partial<RuntimeSubjects> = {},
  fields: Partial<RuntimeRegistration> = {},
): RuntimeRegistration => ({
  ...{ runtimeId: "engine", name: "Engine", generation: 1, registeredAtMs: 1_000, expiresAtMs: 9_000 },
  subjects: { ...noSubjects, ...subjects },
  ...fields,
});

/** What a store would have read: nothing but a configuration, seen by somebody who sees everything. */
export const inventoryRecords = (
  config: Partial<MonitorConfig> = {},
  fields: Partial<InventoryRecords> = {},
): InventoryRecords => {
  const whole = aConfig(config);
  return {
    ...{ nowMs: 5_000, visible: null, config: whole, destinations: effectiveDestinations(whole) },
    ...{ mcpServers: [], sources: [], keys: [], registrations: [], waitingDrafts: [] },
    ...{
      breakGlass: [],
      decisions: [],
      deliveries: [],
      access: { users: [], tokens: [] },
      approvers: new Map(),
    },
    ...fields,
  };
};
