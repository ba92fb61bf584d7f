import type { ApprovalPolicy, DestinationKind, SafetyDefaults, SourceKind } from "./config";
import type { LogFormat } from "./log-reading";
import type { RouteCondition, RouteMode } from "./route-condition";
import type { SourceReadiness } from "./source-readiness";

/* Rows of the authority inventory about what is configured; the whole is authority-inventory.ts. */

export type McpServerRow = {
  name: string;
  enabled: boolean;
  connected: boolean;
  /** What went wrong, as a code; never the server's words. */
  lastError: string | null;
  /** Tools that wait for somebody to sign in; this product knows of a whole server only, so none are named. */
  pendingAuthTools: string[];
  registeredToolCount: number;
  remoteToolCount: number;
  /** null: no list narrows it. */
  allowedToolCount: number | null;
  discoveredToolCount: number;
  registeredTools: string[];
  remoteTools: string[];
  /** Tools that a destination of this deployment may call. */
  governedTools: string[];
};

export type McpSection = {
  inventoryVersion: number;
  summary: {
    servers: number;
    enabled: number;
    connected: number;
    registeredTools: number;
    remoteTools: number;
  };
  connectedServerNames: string[];
  enabledServerNames: string[];
  registeredToolCount: number;
  remoteToolCount: number;
  /** Namespaced names of tools that destinations may call. */
  registeredTools: string[];
  /** Namespaced names of all that servers offered when they were last asked. */
  remoteTools: string[];
  servers: McpServerRow[];
  omittedFields: string[];
};

export type MonitorSection = {
  enabled: boolean;
  paused: boolean;
  repo: string | null;
  workspaceRoot: string | null;
  defaultDestinationIds: string[];
  modelPolicyPresent: boolean;
  providerPreference: string;
  autoCreateNewIssues: boolean;
  requireApprovalForNewIssues: boolean;
  autoCommentOnMatchedOpenIssues: boolean;
  safetyDefaults: SafetyDefaults;
  updatedAtMs: number;
};

export type DestinationRow = {
  destinationId: string;
  name: string;
  kind: DestinationKind;
  enabled: boolean;
  requireApproval: boolean;
  repo: string | null;
  mcpServer: string | null;
  linearTeam: string | null;
  linearProject: string | null;
  webhookUrlPresent: boolean;
  webhookSecretRefPresent: boolean;
  telemetryPath: string | null;
  mcpTool: string | null;
  memoryCategory: string | null;
  routeTags: string[];
  /** The names of what `config` sets, sorted; never a value. */
  customConfigKeys: string[];
  /** An MCP destination's own switch; null where it says nothing. */
  allowPublish: boolean | null;
};

/** A condition without its operands where those are people's text: `valueCount` says how many there are. */
export type ConditionRow = Pick<RouteCondition, "field" | "op"> & { negate: boolean; valueCount: number };

export type RouteRow = {
  routeId: string;
  name: string;
  enabled: boolean;
  priority: number;
  destinationIds: string[];
  approvalPolicy: ApprovalPolicy;
  match: {
    eventTypes: string[];
    sources: string[];
    components: string[];
    riskLevels: string[];
    riskCategories: string[];
    confidence: string[];
    expectedDestinations: string[];
    projectIds: string[];
    logSourceIds: string[];
    routeTags: string[];
    sourceKinds: string[];
    tenantIds: string[];
    workspaceIds: string[];
    eventSchemaVersions: string[];
  };
  /** Ours beyond the contract. */
  mode: RouteMode;
  joinsNext: boolean;
  conditions: ConditionRow[];
  activeWindowCount: number;
  approvalsRequired: number | null;
  authorMayNotApprove: boolean;
};

export type DataReadinessRow = {
  sourceOwnerPresent: boolean;
  systemOfRecordPresent: boolean;
  dataClassificationPresent: boolean;
  allowedUsePresent: boolean;
  sourceOfTruthPresent: boolean;
  lineageRefPresent: boolean;
  expectedSchemaVersionPresent: boolean;
  qualityNotesPresent: boolean;
  legalBasisPresent: boolean;
  authorizationMarkerPresent: boolean;
  freshnessSlaMs: number | null;
  lastObservedAtMs: number | null;
  schemaDriftStatus: string | null;
};

type SourceRowBase = {
  projectId: string;
  name: string;
  enabled: boolean;
  paused: boolean;
  sourceKind: SourceKind;
  allowedDestinationIds: string[];
  /** The list holds even when it is empty: two disjoint lists allow nothing. */
  allowlistEnforced: boolean;
  defaultDestinationIds: string[];
  defaultRouteTags: string[];
  tenantId: string | null;
  workspaceId: string | null;
  eventSchemaVersion: string | null;
  approvalPolicy: ApprovalPolicy;
  approvalsRequired: number | null;
  /** Whom project and source name, by id. */
  approvers: string[];
  redactionProfile: string | null;
  retentionProfile: string | null;
  dataReadiness: DataReadinessRow;
  readiness: SourceReadiness | null;
};
export type ProjectRow = SourceRowBase & {
  sourceId: null;
  repo: string;
  workspaceRoot: string;
  mcpServer: string | null;
  autoCreateNewIssues: boolean;
  requireApprovalForNewIssues: boolean;
  autoCommentOnMatchedOpenIssues: boolean;
  logSourceCount: number;
};
export type LogSourceRow = SourceRowBase & {
  sourceId: string;
  path: string;
  format: LogFormat;
  minimumLevel: "error" | "warn";
  startPosition: "end" | "beginning";
  watchIntervalSeconds: number;
  maxBytesPerPoll: number;
  maxCandidatesPerPoll: number;
  fingerprintCooldownMs: number;
};
export type MonitoredSourceRow = ProjectRow | LogSourceRow;

export type KeyRow = {
  keyId: string;
  projectId: string;
  name: string;
  enabled: boolean;
  scopes: string[];
  createdAtMs: number;
  lastUsedAtMs: number | null;
  keyHashPresent: boolean;
  /** Beyond the contract. */
  expiresAtMs: number | null;
  sourceIds: string[];
};
