import type {
  DataReadiness,
  Destination,
  LogSource,
  MonitoredProject,
  Reassessment,
  Route,
  RouteMatch,
  SafetyDefaults,
} from "./config";
import { defaultReassessment, defaultSafetyDefaults } from "./config";
import type { LogReading } from "./log-reading";
import type { GivenCondition, GivenWindow } from "./route-condition";

/** A part of the config as somebody gave it: a key may be absent, or null to ask for its default (D-18). */
export type Given<T> = { [K in keyof T]?: T[K] | null };

export type GivenLogSource = Omit<Given<LogSource>, "sourceId" | "path" | "dataReadiness" | "reading"> & {
  sourceId: string;
  path: string;
  dataReadiness?: Given<DataReadiness> | null;
  reading?: Given<LogReading> | null;
};
export type GivenProject = Omit<
  Given<MonitoredProject>,
  "projectId" | "name" | "repo" | "workspaceRoot" | "dataReadiness" | "logSources"
> & {
  projectId: string;
  name: string;
  repo: string;
  workspaceRoot: string;
  dataReadiness?: Given<DataReadiness> | null;
  logSources?: GivenLogSource[] | null;
};
export type GivenDestination = Omit<Given<Destination>, "destinationId" | "name"> & {
  destinationId: string;
  name: string;
};
export type GivenRoute = Omit<Given<Route>, "routeId" | "name" | "conditions" | "activeWindows"> & {
  routeId: string;
  name: string;
  conditions?: GivenCondition[] | null;
  activeWindows?: GivenWindow[] | null;
};

const bindingDefaults = {
  allowedDestinationIds: [],
  defaultDestinationIds: [],
  defaultRouteTags: [],
  approvalPolicy: "inherit",
} as const satisfies Partial<{ [K in keyof LogSource]: unknown }>;

const logSourceDefaults = {
  ...bindingDefaults,
  format: "auto",
  minimumLevel: "error",
  watchIntervalSeconds: 60,
  enabled: true,
  paused: false,
  startPosition: "end",
  maxBytesPerPoll: 262_144,
  maxCandidatesPerPoll: 20,
  fingerprintCooldownMs: 3_600_000,
} as const;

const projectDefaults = {
  ...bindingDefaults,
  enabled: true,
  paused: false,
  sourceKind: "customer_system",
  autoCreateNewIssues: true,
  requireApprovalForNewIssues: false,
  autoCommentOnMatchedOpenIssues: true,
} as const;

const destinationDefaults = {
  kind: "github_issue",
  enabled: true,
  requireApproval: false,
  routeTags: [],
} as const;

export const routeMatchFields = [
  "matchEventTypes",
  "matchSources",
  "matchComponents",
  "matchRiskLevels",
  "matchRiskCategories",
  "matchConfidence",
  "matchExpectedDestinations",
  "matchProjectIds",
  "matchLogSourceIds",
  "matchRouteTags",
  "matchSourceKinds",
  "matchTenantIds",
  "matchWorkspaceIds",
  "matchEventSchemaVersions",
] as const satisfies readonly (keyof RouteMatch)[];

/*
 * The four functions below turn a row as given (by a client, or by a row stored before a field existed, case 4) into a
 * whole one. Each makes new lists, so no default is shared between two configs.
 */
export function completeDestination(given: GivenDestination): Destination {
  return { ...structuredClone(destinationDefaults), ...setFields(given) } as Destination;
}

export function completeRoute(given: GivenRoute): Route {
  const lists = Object.fromEntries(routeMatchFields.map((field) => [field, []]));
  const scalars = { enabled: true, priority: 0, destinationIds: [], approvalPolicy: "inherit" };
  return { ...scalars, ...lists, ...setFields(given) } as unknown as Route;
}

export function completeLogSource(given: GivenLogSource): LogSource {
  const dataReadiness = setFields(given.dataReadiness ?? {});
  const reading = given.reading ? { reading: setFields(given.reading) } : {};
  return {
    ...structuredClone(logSourceDefaults),
    ...setFields(given),
    dataReadiness,
    ...reading,
  } as LogSource;
}

export function completeProject(given: GivenProject): MonitoredProject {
  const dataReadiness = setFields(given.dataReadiness ?? {});
  const logSources = (given.logSources ?? []).map(completeLogSource);
  return {
    ...structuredClone(projectDefaults),
    ...setFields(given),
    dataReadiness,
    logSources,
  } as MonitoredProject;
}

export function completeSafetyDefaults(given: Given<SafetyDefaults>): SafetyDefaults {
  return { ...structuredClone(defaultSafetyDefaults), ...setFields(given) } as SafetyDefaults;
}

export function completeReassessment(given: Given<Reassessment>): Reassessment {
  return { ...defaultReassessment, ...setFields(given) } as Reassessment;
}

/** Without what is absent or null, so that spreading it over the defaults leaves those standing. */
export function setFields<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}

/** Fields beyond the contract, by list: kept from the stored row when a PATCH leaves them out (D-18). */
export const additiveFields = {
  destinations: [] as readonly (keyof Destination)[],
  routes: [
    "conditions",
    "activeWindows",
    "continue",
    "mode",
    "approvalsRequired",
    "approvers",
    "authorMayNotApprove",
  ] as readonly (keyof Route)[],
  monitoredProjects: [
    "issueTemplate",
    "approvalsRequired",
    "approvers",
  ] as readonly (keyof MonitoredProject)[],
  logSources: ["reading", "approvalsRequired", "approvers"] as readonly (keyof LogSource)[],
  safetyDefaults: [
    "retentionProfiles",
    "retentionProfile",
    "highRiskCategories",
    "highRiskDestinationKinds",
    "approvalTtlMs",
    "approvalBinding",
    "publishOnApproval",
    "publishGraceMs",
    "approvalsRequiredHighRisk",
    "approvalsRequiredCriticalRisk",
    "approversHighRisk",
    "approversCriticalRisk",
    "authorMayNotApprove",
    "requireStepUpForHighRisk",
    "breakGlassPerPerson",
    "breakGlassOverall",
    "redactionProfile",
    "redactionProfiles",
  ] as readonly (keyof SafetyDefaults)[],
};
