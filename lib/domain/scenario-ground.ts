import { isRepoSlug, type MonitorConfig, type MonitoredProject } from "./config";
import { completeDestination, completeLogSource, completeProject } from "./config-defaults";
import type { FailureReport } from "./report";
import type { Scenario, ScenarioInput } from "./scenario";

/** Where a scenario is played: the configuration as it is, with its own project and destinations added. */
export type ScenarioGround = {
  config: MonitorConfig;
  projectId: string;
  sourceId: string | null;
  /** The project that a forged report names; null where nothing is forged. */
  claimedProjectId: string | null;
};

/** Everything the source-readiness rules ask for: a scenario is about its controls, not about missing paperwork. */
const documented = (nowMs: number) => ({
  ...{ sourceOwner: "scenario", systemOfRecord: "scenario", dataClassification: "internal" },
  ...{ allowedUse: "assessment", sourceOfTruth: "scenario", lineageRef: "scenario" },
  ...{ expectedSchemaVersion: "1", schemaDriftStatus: "stable", qualityNotes: "synthetic" },
  ...{ legalBasis: "assessment", authorizationMarker: "scenario" },
  ...{ freshnessSlaMs: 86_400_000, lastObservedAtMs: nowMs },
});

/**
 * The configuration that a scenario runs under. A project that it names and that exists is used with what the scenario
 * says laid over it; otherwise `fresh` names one that exists nowhere else. Live rows are never changed, only copied.
 */
export function scenarioGround(
  live: MonitorConfig,
  { input }: Pick<Scenario, "input">,
  fresh: { projectId: string; nowMs: number },
): ScenarioGround {
  const forged = input.arrivesBy === "foreign_key";
  const claimedProjectId = forged ? (input.projectId ?? `${fresh.projectId}-claimed`) : null;
  const projectId = forged ? fresh.projectId : (input.projectId ?? fresh.projectId);
  const own = withSource(projectFor(live, projectId, forged ? null : input, fresh.nowMs), input, forged);
  const closed = forged || input.foreignDestinationIds.length > 0;
  const project = closed ? keepOut(own, live, input) : own;
  const claimed = claimedProjectId === null ? [] : [projectFor(live, claimedProjectId, input, fresh.nowMs)];
  const added = [...claimed, project];
  const addedIds = added.map((each) => each.projectId);
  const destinations = scenarioDestinations(live, input);
  return {
    config: {
      ...live,
      monitoredProjects: [
        ...live.monitoredProjects.filter((each) => !addedIds.includes(each.projectId)),
        ...added,
      ],
      ...(destinations.length > 0 && { destinations: [...live.destinations, ...destinations] }),
    },
    projectId,
    sourceId: sourceIdOf(project, input, forged),
    claimedProjectId,
  };
}

function projectFor(
  live: MonitorConfig,
  projectId: string,
  input: ScenarioInput | null,
  nowMs: number,
): MonitoredProject {
  const stored = live.monitoredProjects.find((each) => each.projectId === projectId);
  const base =
    stored ??
    completeProject({
      projectId,
      name: "Scenario",
      repo: isRepoSlug(live.repo) ? live.repo : "scenario/sandbox",
      workspaceRoot: live.workspaceRoot ?? "/scenario",
      ...{ tenantId: "scenario-tenant", workspaceId: "scenario-workspace" },
      ...{ redactionProfile: live.safetyDefaults.redactionProfile, retentionProfile: "standard" },
      ...{ eventSchemaVersion: "1", dataReadiness: documented(nowMs) },
    });
  if (!input) return base;
  return {
    ...base,
    sourceKind: input.sourceKind ?? base.sourceKind,
    tenantId: input.tenantId ?? base.tenantId,
    workspaceId: input.workspaceId ?? base.workspaceId,
    defaultRouteTags: [...base.defaultRouteTags, ...input.routeTags],
  };
}

/** The log source that a scenario names, with what it says laid over it: a source's own value would win otherwise. */
function withSource(project: MonitoredProject, input: ScenarioInput, forged: boolean): MonitoredProject {
  const sourceId = sourceIdOf(project, input, forged);
  if (sourceId === null) return project;
  const stored = project.logSources.find((each) => each.sourceId === sourceId);
  const base = stored ?? completeLogSource({ sourceId, path: "scenario.log" });
  const source = {
    ...base,
    ...(input.sourceKind && { sourceKind: input.sourceKind }),
    ...(input.tenantId && { tenantId: input.tenantId }),
    ...(input.workspaceId && { workspaceId: input.workspaceId }),
  };
  return {
    ...project,
    logSources: [...project.logSources.filter((each) => each.sourceId !== sourceId), source],
  };
}

function sourceIdOf(project: MonitoredProject, input: ScenarioInput, forged: boolean): string | null {
  if (forged) return null;
  return input.logSourceId ?? project.logSources[0]?.sourceId ?? null;
}

/** A source may reach what is set up for everybody, and none of what the scenario keeps for another project. */
function keepOut(project: MonitoredProject, live: MonitorConfig, input: ScenarioInput): MonitoredProject {
  const open = project.allowedDestinationIds.length
    ? project.allowedDestinationIds
    : live.destinations.map((each) => each.destinationId);
  const allowed = open.filter((id) => !input.foreignDestinationIds.includes(id));
  return { ...project, allowedDestinationIds: allowed.length > 0 ? allowed : ["scenario-own-destination"] };
}

/** Set up in the sandbox alone: a webhook that lacks its address, and a local record of somebody else's. */
function scenarioDestinations(live: MonitorConfig, input: ScenarioInput) {
  const isFree = (id: string) => live.destinations.every((each) => each.destinationId !== id);
  const unready = input.unreadyDestinationIds
    .filter(isFree)
    .map((destinationId) =>
      completeDestination({ destinationId, name: "Scenario: not finished", kind: "webhook" }),
    );
  const foreign = input.foreignDestinationIds
    .filter((id) => isFree(id) && !input.unreadyDestinationIds.includes(id))
    .map((destinationId) =>
      completeDestination({ destinationId, name: "Scenario: of another project", kind: "internal_memory" }),
    );
  return [...unready, ...foreign];
}

/**
 * The report that a scenario sends. `identity` keeps it apart from everything else that was ever reported: it meets no
 * other incident, so nothing live waits for it.
 */
export function scenarioReport(input: ScenarioInput, identity: string, injected: boolean): FailureReport {
  const title = input.title ?? "Scenario";
  const detail = input.detail ?? "A synthetic failure of a scenario pack.";
  const hostile = injected && input.promptInjection ? input.promptInjection : null;
  return {
    title: hostile ? `${title}: ${hostile}` : title,
    detail: hostile ? `${detail}\n${hostile}` : detail,
    source: input.source ?? "scenario",
    event: input.eventType,
    // Says what it is to the quality gate where no event does.
    level: "error",
    confidence: input.confidence,
    riskLevel: input.riskLevel,
    riskCategory: input.riskCategory,
    expectedDestination: input.expectedDestination,
    fingerprint: identity,
    excerpt: [],
    evidenceRefs: [],
    externalCorrelationIds: [],
    // What a reporter claims of its place: the binding decides, whatever stands here.
    attributes: {
      ...(input.tenantId && { tenantId: input.tenantId }),
      ...(input.workspaceId && { workspaceId: input.workspaceId }),
    },
  };
}

/** The same report with nothing to show for it. */
export function bareReport(input: ScenarioInput, identity: string): FailureReport {
  return { ...scenarioReport(input, identity, false), detail: undefined };
}
