import type {
  DataReadiness,
  Destination,
  JsonObject,
  LogSource,
  MonitorConfig,
  MonitoredProject,
  Route,
  SafetyDefaults,
  SourceIdentity,
} from "./config";
import { approvalsRequiredMax, defaultSafetyDefaults } from "./config";
import { routeMatchFields } from "./config-defaults";
import { normaliseReading } from "./config-normalise-reading";
import { normaliseCondition, normaliseWindow } from "./config-normalise-route";
import { graceOf } from "./publish-grace";
import type { RedactionProfileRow } from "./redaction-profile";
import { type RetentionProfile, retentionDaysMax, retentionKinds } from "./retention-profile";
import { normaliseList, storable } from "./text";

const approvalTtlMsMin = 1_000;
const approvalTtlMsMax = 365 * 86_400_000;
const breakGlassMax = 100;

/** The form that is stored: trimmed, blanks unset, lists without repeats, numbers inside their ranges. Idempotent. */
export function normaliseConfig(config: MonitorConfig): MonitorConfig {
  return compact({
    ...config,
    workspaceRoot: optional(config.workspaceRoot),
    repo: optional(config.repo),
    mcpServer: optional(config.mcpServer),
    modelPolicy: storableJson(config.modelPolicy),
    defaultDestinationIds: list(config.defaultDestinationIds),
    monitoredProjects: config.monitoredProjects.map(normaliseProject),
    destinations: config.destinations.map(normaliseDestination),
    routes: config.routes.map(normaliseRoute),
    safetyDefaults: normaliseSafetyDefaults(config.safetyDefaults),
  });
}

function normaliseDestination(row: Destination): Destination {
  const destinationId = text(row.destinationId);
  return compact({
    ...row,
    destinationId,
    name: text(row.name) || destinationId,
    repo: optional(row.repo),
    mcpServer: optional(row.mcpServer),
    linearTeam: optional(row.linearTeam),
    linearProject: optional(row.linearProject),
    webhookUrl: optional(row.webhookUrl),
    webhookSecretRef: optional(row.webhookSecretRef),
    // Blank is kept: it makes the row unready, where unset means the default path (contract 8.1).
    telemetryPath: row.telemetryPath === undefined ? undefined : text(row.telemetryPath),
    mcpTool: optional(row.mcpTool),
    memoryCategory: optional(row.memoryCategory),
    routeTags: list(row.routeTags),
    config: storableJson(row.config),
  });
}

function normaliseRoute(row: Route): Route {
  const routeId = text(row.routeId);
  const matches = Object.fromEntries(routeMatchFields.map((field) => [field, list(row[field])]));
  return compact({
    ...row,
    ...matches,
    routeId,
    name: text(row.name) || routeId,
    destinationIds: list(row.destinationIds),
    conditions: rowsOrUnset(row.conditions?.map(normaliseCondition)),
    activeWindows: rowsOrUnset(row.activeWindows?.map(normaliseWindow)),
    continue: row.continue || undefined,
    mode: row.mode === "shadow" ? row.mode : undefined,
    approvalsRequired: people(row.approvalsRequired),
    approvers: named(row.approvers),
    authorMayNotApprove: row.authorMayNotApprove || undefined,
  });
}

function normaliseProject(row: MonitoredProject): MonitoredProject {
  return compact({
    ...row,
    ...normaliseIdentity(row),
    projectId: text(row.projectId),
    name: text(row.name),
    repo: text(row.repo),
    workspaceRoot: text(row.workspaceRoot),
    mcpServer: optional(row.mcpServer),
    modelPolicy: storableJson(row.modelPolicy),
    issueTemplate: optional(row.issueTemplate?.replace(/\r\n?/g, "\n")),
    logSources: row.logSources.map(normaliseLogSource),
  });
}

function normaliseLogSource(row: LogSource): LogSource {
  return compact({
    ...row,
    ...normaliseIdentity(row),
    sourceId: text(row.sourceId),
    path: text(row.path),
    watchIntervalSeconds: clamp(row.watchIntervalSeconds, 1, 86_400),
    maxBytesPerPoll: clamp(row.maxBytesPerPoll, 1_024, 10_485_760),
    maxCandidatesPerPoll: clamp(row.maxCandidatesPerPoll, 1, 200),
    reading: normaliseReading(row.reading),
  });
}

function normaliseIdentity(row: SourceIdentity): SourceIdentity {
  return {
    allowedDestinationIds: list(row.allowedDestinationIds),
    defaultDestinationIds: list(row.defaultDestinationIds),
    defaultRouteTags: list(row.defaultRouteTags),
    tenantId: optional(row.tenantId),
    workspaceId: optional(row.workspaceId),
    eventSchemaVersion: optional(row.eventSchemaVersion),
    redactionProfile: optional(row.redactionProfile),
    retentionProfile: optional(row.retentionProfile),
    approvalPolicy: row.approvalPolicy,
    approvalsRequired: people(row.approvalsRequired),
    approvers: named(row.approvers),
    dataReadiness: normaliseReadiness(row.dataReadiness),
  };
}

function normaliseReadiness(readiness: DataReadiness): DataReadiness {
  const entries = Object.entries(readiness).map(([field, value]) => [
    field,
    typeof value === "string" ? optional(value) : value,
  ]);
  return compact(Object.fromEntries(entries) as DataReadiness);
}

function normaliseSafetyDefaults(safety: SafetyDefaults): SafetyDefaults {
  return compact({
    ...safety,
    retentionProfiles: rowsOrUnset(safety.retentionProfiles?.map(normaliseRetention)),
    retentionProfile: optional(safety.retentionProfile),
    minimumRiskLevel: optional(safety.minimumRiskLevel),
    highRiskCategories: list(safety.highRiskCategories),
    highRiskDestinationKinds: [...new Set(safety.highRiskDestinationKinds)],
    approvalTtlMs: clamp(safety.approvalTtlMs, approvalTtlMsMin, approvalTtlMsMax),
    publishGraceMs: graceOf(safety.publishGraceMs, 0),
    approvalsRequiredHighRisk: clamp(safety.approvalsRequiredHighRisk, 1, approvalsRequiredMax),
    approvalsRequiredCriticalRisk: clamp(safety.approvalsRequiredCriticalRisk, 1, approvalsRequiredMax),
    approversHighRisk: named(safety.approversHighRisk),
    approversCriticalRisk: named(safety.approversCriticalRisk),
    breakGlassPerPerson: clamp(safety.breakGlassPerPerson, 0, breakGlassMax),
    breakGlassOverall: clamp(safety.breakGlassOverall, 0, breakGlassMax),
    redactionProfile: text(safety.redactionProfile) || defaultSafetyDefaults.redactionProfile,
    redactionProfiles: rowsOrUnset(safety.redactionProfiles?.map(normaliseRedaction)),
  });
}

/** Patterns are kept as they were written: a space may be a part of one. */
function normaliseRedaction(row: RedactionProfileRow): RedactionProfileRow {
  const patterns = row.patterns?.map(({ name, pattern, ignoreCase }) =>
    compact({ name: text(name), pattern: storable(pattern), ignoreCase: ignoreCase || undefined }),
  );
  return compact({
    profileId: text(row.profileId),
    personalData: [...new Set(row.personalData)],
    patterns: rowsOrUnset(patterns),
    allowedValues: rowsOrUnset(list(row.allowedValues ?? [])),
  });
}

/** No span, and a span of no days, are the same: for ever. */
function normaliseRetention(row: RetentionProfile): RetentionProfile {
  const days = retentionKinds.map((kind) => {
    const given = row[`${kind}Days`];
    return [`${kind}Days`, given ? clamp(given, 1, retentionDaysMax) : undefined];
  });
  return compact({ profileId: text(row.profileId), mode: row.mode, ...Object.fromEntries(days) });
}

const text = (value: string) => storable(value).trim();
const optional = (value: string | undefined) => (value === undefined ? undefined : text(value) || undefined);
const list = (rows: readonly string[]) => normaliseList(rows.map(storable));
const rowsOrUnset = <Row>(rows: Row[] | undefined) => (rows?.length ? rows : undefined);
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** One is what holds where nothing is said. */
const people = (count: number | undefined) =>
  count === undefined || count <= 1 ? undefined : clamp(count, 1, approvalsRequiredMax);

const named = (ids: readonly string[] | undefined) => rowsOrUnset(list(ids ?? []));

/** An unset optional is an absent key, so that equal configs are equal as JSON too. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

function storableJson(value: JsonObject | undefined): JsonObject | undefined {
  return value === undefined ? undefined : (storableValue(value) as JsonObject);
}

function storableValue(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [storable(key), storableValue(member)]),
    );
  }
  return value;
}
