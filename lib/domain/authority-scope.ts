import type { Destination, MonitorConfig, MonitoredProject, Route } from "./config";
import { effectiveDefaultDestinationIds } from "./config";
import { effectiveDefaults } from "./source-binding";

/** The projects somebody may read; null: all of them, and what belongs to none. */
export type VisibleProjects = readonly string[] | null;

/** The part of the configuration that a reader may see, with nothing in it that names another project. */
export type Topology = {
  projects: readonly MonitoredProject[];
  routes: readonly Route[];
  destinations: readonly Destination[];
  defaultDestinationIds: string[];
};

/**
 * What a reader of some projects sees (reference 8.1, as project scoping after D-32): their projects; routes that no
 * condition binds to others alone, less the others' ids; destinations that any of these, or the defaults, lead to.
 */
export function visibleTopology(
  config: MonitorConfig,
  destinations: readonly Destination[],
  visible: VisibleProjects,
): Topology {
  const defaultDestinationIds = effectiveDefaultDestinationIds(config);
  if (visible === null) {
    return { projects: config.monitoredProjects, routes: config.routes, destinations, defaultDestinationIds };
  }
  const projects = config.monitoredProjects.filter((project) => visible.includes(project.projectId));
  const known = knownOf(projects);
  const routes = config.routes.flatMap((route) => seenRoute(route, known) ?? []);
  const reached = new Set([
    ...defaultDestinationIds,
    ...routes.flatMap((route) => route.destinationIds),
    ...projects.flatMap(destinationsOfProject),
  ]);
  return {
    ...{ projects, routes, defaultDestinationIds },
    destinations: destinations.filter((row) => reached.has(row.destinationId)),
  };
}

/** Rows bound to a project are its readers'; unbound ones anybody's who may read. */
export const seesSubject = (visible: VisibleProjects, projectId: string | null): boolean =>
  visible === null || projectId === null || visible.includes(projectId);

/** Records of no project are open to a role over everything alone, as in every list. */
export const seesRecord = (visible: VisibleProjects, projectId: string | null): boolean =>
  visible === null || (projectId !== null && visible.includes(projectId));

type Known = Record<
  "matchProjectIds" | "matchLogSourceIds" | "matchTenantIds" | "matchWorkspaceIds",
  Set<string>
>;

const folded = (text: string) => text.trim().toLowerCase();

function knownOf(projects: readonly MonitoredProject[]): Known {
  const both = (of: (row: { tenantId?: string; workspaceId?: string }) => string | undefined) =>
    new Set(
      projects
        .flatMap((project) => [project, ...project.logSources])
        .flatMap((row) => {
          const value = of(row);
          return value ? [folded(value)] : [];
        }),
    );
  return {
    matchProjectIds: new Set(projects.map((project) => folded(project.projectId))),
    // Keys of a project without log sources report as `external`.
    matchLogSourceIds: new Set([
      "external",
      ...projects.flatMap((project) => project.logSources.map((source) => folded(source.sourceId))),
    ]),
    matchTenantIds: both((row) => row.tenantId),
    matchWorkspaceIds: both((row) => row.workspaceId),
  };
}

/** The route without what it says of others; null where it is for others alone. */
function seenRoute(route: Route, known: Known): Route | null {
  const seen = { ...route };
  for (const list of Object.keys(known) as (keyof Known)[]) {
    if (route[list].length === 0) continue;
    seen[list] = route[list].filter((value) => known[list].has(folded(value)));
    if (seen[list].length === 0) return null;
  }
  const isOthers = route.conditions?.some(
    ({ field, op, values, negate }) =>
      field === "project_id" &&
      op === "equals" &&
      !negate &&
      !values?.some((value) => known.matchProjectIds.has(folded(value))),
  );
  return isOthers ? null : seen;
}

function destinationsOfProject(project: MonitoredProject): string[] {
  return [project, ...project.logSources].flatMap((row) => [
    ...row.allowedDestinationIds,
    ...effectiveDefaults(row),
  ]);
}
