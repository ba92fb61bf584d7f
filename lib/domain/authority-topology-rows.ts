import type { PublishSurfaceRow } from "./authority-evidence";
import type {
  ConditionRow,
  DataReadinessRow,
  DestinationRow,
  KeyRow,
  McpSection,
  McpServerRow,
  MonitoredSourceRow,
  RouteRow,
} from "./authority-topology";
import type { DataReadiness, Destination, LogSource, MonitoredProject, Route } from "./config";
import { type IntakeKey, reportScope } from "./intake-key";
import { usesMcpServer } from "./issue-way";
import { findTool, isConnected, isToolAllowed, type McpServer, namespacedName } from "./mcp";
import type { RouteCondition } from "./route-condition";
import { bindSource } from "./source-binding";
import { type SourceReadiness, sourceKey } from "./source-readiness";

/* Configured rows as the inventory shows them: of what is sensitive only that it is there. */

const orNull = (value: string | undefined): string | null => value ?? null;
const isGiven = (value: string | undefined): boolean => (value ?? "").trim() !== "";

/** A row names its server and tool itself, or in its config. */
const mcpPlaceOf = (row: Destination) => ({
  mcpServer: wordOf(row.mcpServer) ?? wordOf(row.config?.mcp_server) ?? wordOf(row.config?.server),
  mcpTool: wordOf(row.mcpTool) ?? wordOf(row.config?.mcp_tool),
});
const wordOf = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : null;

export function destinationRow(row: Destination): DestinationRow {
  const { mcpServer, mcpTool } = mcpPlaceOf(row);
  const allow = row.config?.allow_publish ?? row.config?.allow_mcp_publish;
  return {
    destinationId: row.destinationId,
    name: row.name,
    kind: row.kind,
    enabled: row.enabled,
    requireApproval: row.requireApproval,
    repo: orNull(row.repo),
    mcpServer,
    linearTeam: orNull(row.linearTeam),
    linearProject: orNull(row.linearProject),
    webhookUrlPresent: isGiven(row.webhookUrl),
    webhookSecretRefPresent: isGiven(row.webhookSecretRef),
    telemetryPath: orNull(row.telemetryPath),
    mcpTool,
    memoryCategory: orNull(row.memoryCategory),
    routeTags: row.routeTags,
    customConfigKeys: Object.keys(row.config ?? {}).sort(),
    allowPublish: typeof allow === "boolean" ? allow : null,
  };
}

export function publishSurfaceRow(row: DestinationRow): PublishSurfaceRow {
  const { repo, linearTeam, linearProject, mcpServer, mcpTool, telemetryPath, memoryCategory } = row;
  return {
    source: "incident_monitor_destination",
    surfaceId: row.destinationId,
    name: row.name,
    kind: row.kind,
    enabled: row.enabled,
    requireApproval: row.requireApproval,
    target: {
      ...{ repo, linearTeam, linearProject, mcpServer, mcpTool, telemetryPath, memoryCategory },
      webhookUrlPresent: row.webhookUrlPresent,
    },
    configKeys: row.customConfigKeys,
  };
}

export function routeRow(route: Route): RouteRow {
  return {
    routeId: route.routeId,
    name: route.name,
    enabled: route.enabled,
    priority: route.priority,
    destinationIds: route.destinationIds,
    approvalPolicy: route.approvalPolicy,
    match: {
      eventTypes: route.matchEventTypes,
      sources: route.matchSources,
      components: route.matchComponents,
      riskLevels: route.matchRiskLevels,
      riskCategories: route.matchRiskCategories,
      confidence: route.matchConfidence,
      expectedDestinations: route.matchExpectedDestinations,
      projectIds: route.matchProjectIds,
      logSourceIds: route.matchLogSourceIds,
      routeTags: route.matchRouteTags,
      sourceKinds: route.matchSourceKinds,
      tenantIds: route.matchTenantIds,
      workspaceIds: route.matchWorkspaceIds,
      eventSchemaVersions: route.matchEventSchemaVersions,
    },
    mode: route.mode ?? "live",
    joinsNext: route.continue ?? false,
    conditions: (route.conditions ?? []).map(conditionRow),
    activeWindowCount: route.activeWindows?.length ?? 0,
    approvalsRequired: route.approvalsRequired ?? null,
    authorMayNotApprove: route.authorMayNotApprove ?? false,
  };
}

const conditionRow = ({ field, op, values, value, negate }: RouteCondition): ConditionRow => ({
  ...{ field, op, negate: negate ?? false },
  valueCount: (values?.length ?? 0) + (value === undefined ? 0 : 1),
});

/** One row per project and one per log source, the source's with what holds after its project's settings. */
export function monitoredSourceRows(
  projects: readonly MonitoredProject[],
  readiness: readonly SourceReadiness[],
): MonitoredSourceRow[] {
  const known = new Map(readiness.map((row) => [sourceKey(row.projectId, row.sourceId), row]));
  return projects.flatMap((project) => [
    {
      ...bindingRow(project, null, known),
      sourceId: null,
      name: project.name,
      enabled: project.enabled,
      paused: project.paused,
      repo: project.repo,
      workspaceRoot: project.workspaceRoot,
      mcpServer: orNull(project.mcpServer),
      autoCreateNewIssues: project.autoCreateNewIssues,
      requireApprovalForNewIssues: project.requireApprovalForNewIssues,
      autoCommentOnMatchedOpenIssues: project.autoCommentOnMatchedOpenIssues,
      logSourceCount: project.logSources.length,
    },
    ...project.logSources.map((source) => logSourceRow(project, source, known)),
  ]);
}

type KnownReadiness = ReadonlyMap<string, SourceReadiness>;

function logSourceRow(
  project: MonitoredProject,
  source: LogSource,
  known: KnownReadiness,
): MonitoredSourceRow {
  return {
    ...bindingRow(project, source, known),
    sourceId: source.sourceId,
    name: project.name,
    enabled: project.enabled && source.enabled,
    paused: project.paused || source.paused,
    path: source.path,
    format: source.format,
    minimumLevel: source.minimumLevel,
    startPosition: source.startPosition,
    watchIntervalSeconds: source.watchIntervalSeconds,
    maxBytesPerPoll: source.maxBytesPerPoll,
    maxCandidatesPerPoll: source.maxCandidatesPerPoll,
    fingerprintCooldownMs: source.fingerprintCooldownMs,
  };
}

function bindingRow(project: MonitoredProject, source: LogSource | null, known: KnownReadiness) {
  const binding = bindSource(project, source);
  return {
    projectId: project.projectId,
    sourceKind: binding.sourceKind,
    allowedDestinationIds: binding.allowedDestinationIds,
    allowlistEnforced: binding.enforcesAllowlist,
    defaultDestinationIds: binding.defaultDestinationIds,
    defaultRouteTags: binding.routeTags,
    tenantId: orNull(binding.tenantId),
    workspaceId: orNull(binding.workspaceId),
    eventSchemaVersion: orNull(binding.eventSchemaVersion),
    approvalPolicy: binding.approvalPolicy,
    approvalsRequired: binding.approvals.length
      ? Math.max(...binding.approvals.map((each) => each.count))
      : null,
    approvers: [...new Set(binding.approvals.flatMap((each) => each.approvers ?? []))],
    redactionProfile: orNull(binding.redactionProfile),
    retentionProfile: orNull(binding.retentionProfile),
    dataReadiness: dataReadinessRow(binding.dataReadiness),
    readiness: known.get(sourceKey(project.projectId, source?.sourceId ?? null)) ?? null,
  };
}

function dataReadinessRow(given: DataReadiness): DataReadinessRow {
  return {
    sourceOwnerPresent: isGiven(given.sourceOwner),
    systemOfRecordPresent: isGiven(given.systemOfRecord),
    dataClassificationPresent: isGiven(given.dataClassification),
    allowedUsePresent: isGiven(given.allowedUse),
    sourceOfTruthPresent: isGiven(given.sourceOfTruth),
    lineageRefPresent: isGiven(given.lineageRef),
    expectedSchemaVersionPresent: isGiven(given.expectedSchemaVersion),
    qualityNotesPresent: isGiven(given.qualityNotes),
    legalBasisPresent: isGiven(given.legalBasis),
    authorizationMarkerPresent: isGiven(given.authorizationMarker),
    freshnessSlaMs: given.freshnessSlaMs ?? null,
    lastObservedAtMs: given.lastObservedAtMs ?? null,
    schemaDriftStatus: orNull(given.schemaDriftStatus),
  };
}

export const keyRow = (key: IntakeKey): KeyRow => ({
  keyId: key.keyId,
  projectId: key.projectId,
  name: key.name,
  enabled: key.enabled,
  scopes: key.scopes,
  createdAtMs: key.createdAtMs,
  lastUsedAtMs: key.lastUsedAtMs,
  keyHashPresent: true,
  expiresAtMs: key.expiresAtMs,
  sourceIds: key.sourceIds,
});

/** May somebody who holds this key report now? */
export const keyReports = (key: KeyRow, nowMs: number): boolean =>
  key.enabled && key.scopes.includes(reportScope) && (key.expiresAtMs === null || key.expiresAtMs > nowMs);

/** What is left out of a server's row: what signs in, and where. */
export const mcpOmittedFields = ["auth_ref", "auth_header", "url", "identity", "input_schema", "challenge"];

/** Servers with their tools as last inspected. A tool is governed where a destination may call it. */
export function mcpSection(servers: readonly McpServer[], destinations: readonly Destination[]): McpSection {
  const rows = servers.map((server) => mcpServerRow(server, destinations));
  const all = (of: (row: McpServerRow) => string[]) => rows.flatMap(of);
  const registeredTools = all((row) => row.registeredTools);
  const remoteTools = all((row) => row.remoteTools);
  const enabled = rows.filter((row) => row.enabled);
  const connected = rows.filter((row) => row.connected);
  return {
    inventoryVersion: 1,
    summary: {
      servers: rows.length,
      enabled: enabled.length,
      connected: connected.length,
      registeredTools: registeredTools.length,
      remoteTools: remoteTools.length,
    },
    connectedServerNames: connected.map((row) => row.name),
    enabledServerNames: enabled.map((row) => row.name),
    registeredToolCount: registeredTools.length,
    remoteToolCount: remoteTools.length,
    registeredTools,
    remoteTools,
    servers: rows,
    omittedFields: mcpOmittedFields,
  };
}

function mcpServerRow(server: McpServer, destinations: readonly Destination[]): McpServerRow {
  const full = (name: string) => namespacedName(server.name, name);
  const allowed = server.tools.filter((tool) => isToolAllowed(server, tool.name));
  const called = destinations
    .filter((row) => row.enabled && usesMcpServer(row) && mcpPlaceOf(row).mcpServer === server.name)
    .flatMap((row) => findTool(server, mcpPlaceOf(row).mcpTool ?? "")?.name ?? []);
  return {
    name: server.name,
    enabled: server.enabled,
    connected: server.enabled && isConnected(server),
    lastError: server.lastError?.code ?? null,
    pendingAuthTools: [],
    registeredToolCount: allowed.length,
    remoteToolCount: server.tools.length,
    allowedToolCount: server.allowedTools?.length ?? null,
    discoveredToolCount: server.tools.length,
    registeredTools: allowed.map((tool) => full(tool.name)),
    remoteTools: server.tools.map((tool) => full(tool.name)),
    governedTools: [...new Set(called)].filter((name) => isToolAllowed(server, name)).map(full),
  };
}
