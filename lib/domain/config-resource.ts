import type { Destination, LogSource, MonitorConfig, MonitoredProject, Route } from "./config";
import type { GivenDestination, GivenLogSource, GivenProject, GivenRoute } from "./config-defaults";
import type { ConfigChange } from "./config-diff";
import { mergeConfig } from "./config-merge";

/** The rows of a configuration that are addressed one by one, by kind. */
export type ConfigResources = {
  destination: Destination;
  route: Route;
  project: MonitoredProject;
  log_source: LogSource;
};
export type ConfigResourceKind = keyof ConfigResources;
export type ConfigResource = ConfigResources[ConfigResourceKind];

/** A row of which list; a log source's is its project's. */
export type ConfigListRef =
  | { kind: "destination" | "route" | "project" }
  | { kind: "log_source"; projectId: string };
export type ConfigResourceRef = ConfigListRef & { id: string };

/** A row as a writer gives it, with the list it belongs to. */
export type ConfigResourceWrite =
  | { kind: "destination"; id: string; given: GivenDestination }
  | { kind: "route"; id: string; given: GivenRoute }
  | { kind: "project"; id: string; given: GivenProject }
  | { kind: "log_source"; projectId: string; id: string; given: GivenLogSource };

/** The rows of a list in their order; null when the project they belong to does not exist. */
export function listResources(config: MonitorConfig, list: ConfigListRef): ConfigResource[] | null {
  switch (list.kind) {
    case "destination":
      return config.destinations;
    case "route":
      return config.routes;
    case "project":
      return config.monitoredProjects;
    case "log_source":
      return (
        config.monitoredProjects.find((project) => project.projectId === list.projectId)?.logSources ?? null
      );
  }
}

export function findResource(config: MonitorConfig, ref: ConfigResourceRef): ConfigResource | null {
  return listResources(config, ref)?.find((row) => resourceId(row) === ref.id) ?? null;
}

export function resourceId(row: ConfigResource): string {
  if ("destinationId" in row) return row.destinationId;
  if ("routeId" in row) return row.routeId;
  return "sourceId" in row ? row.sourceId : row.projectId;
}

/** Where a resource's changes stand in a diff: `destinations.hook`, `monitored_projects.shop.log_sources.api`. */
export function resourcePath(ref: ConfigResourceRef): string {
  switch (ref.kind) {
    case "destination":
      return `destinations.${ref.id}`;
    case "route":
      return `routes.${ref.id}`;
    case "project":
      return `monitored_projects.${ref.id}`;
    case "log_source":
      return `monitored_projects.${ref.projectId}.log_sources.${ref.id}`;
  }
}

/** The changes of a diff that are about something else than this resource. */
export function otherChanges(ref: ConfigResourceRef, changes: readonly ConfigChange[]): ConfigChange[] {
  const own = resourcePath(ref);
  return changes.filter(({ path }) => path !== own && !path.startsWith(`${own}.`));
}

/** The row in its place, whole, or at the end of its list; merged as a PATCH of that list would be (D-18). */
export function putResource(config: MonitorConfig, write: ConfigResourceWrite): MonitorConfig {
  switch (write.kind) {
    case "destination": {
      const destinations = placed<GivenDestination>(
        config.destinations,
        write.given,
        (row) => row.destinationId,
      );
      return mergeConfig(config, { destinations });
    }
    case "route":
      return mergeConfig(config, {
        routes: placed<GivenRoute>(config.routes, write.given, (row) => row.routeId),
      });
    case "project": {
      const given = placed<GivenProject>(config.monitoredProjects, write.given, (row) => row.projectId);
      return mergeConfig(config, { monitoredProjects: given });
    }
    case "log_source":
      return withSources(config, write.projectId, (sources) =>
        placed<GivenLogSource>(sources, write.given, (row) => row.sourceId),
      );
  }
}

export type ResourceRemoval =
  | { ok: true; config: MonitorConfig }
  /** Paths that still name the destination. */
  | { ok: false; referencedBy: string[] };

/**
 * Without the row. A destination is taken out of the defaults and of every route too, and a route that has no other goes
 * with it, as the clients' removeDestination does; one that a project or source is bound to stays.
 */
export function removeResource(config: MonitorConfig, ref: ConfigResourceRef): ResourceRemoval {
  switch (ref.kind) {
    case "destination":
      return removeDestination(config, ref.id);
    case "route":
      return done(mergeConfig(config, { routes: config.routes.filter((row) => row.routeId !== ref.id) }));
    case "project": {
      const monitoredProjects = config.monitoredProjects.filter((row) => row.projectId !== ref.id);
      return done(mergeConfig(config, { monitoredProjects }));
    }
    case "log_source":
      return done(
        withSources(config, ref.projectId, (sources) => sources.filter((row) => row.sourceId !== ref.id)),
      );
  }
}

function removeDestination(config: MonitorConfig, id: string): ResourceRemoval {
  const referencedBy = bindingsTo(config, id);
  if (referencedBy.length > 0) return { ok: false, referencedBy };
  const others = (ids: readonly string[]) => ids.filter((each) => each !== id);
  return done(
    mergeConfig(config, {
      destinations: config.destinations.filter((row) => row.destinationId !== id),
      defaultDestinationIds: others(config.defaultDestinationIds),
      // A route whose list was empty before means the defaults, and is kept.
      routes: config.routes
        .map((route) => ({ ...route, destinationIds: others(route.destinationIds) }))
        .filter((route, place) => {
          return route.destinationIds.length > 0 || config.routes[place]?.destinationIds.length === 0;
        }),
    }),
  );
}

/** Where projects and their sources name a destination, in wire words. */
function bindingsTo(config: MonitorConfig, id: string): string[] {
  return config.monitoredProjects.flatMap((project) => {
    const path = `monitored_projects.${project.projectId}`;
    return [
      ...namedIn(path, project, id),
      ...project.logSources.flatMap((source) =>
        namedIn(`${path}.log_sources.${source.sourceId}`, source, id),
      ),
    ];
  });
}

function namedIn(path: string, row: MonitoredProject | LogSource, id: string): string[] {
  return [
    ...(row.allowedDestinationIds.includes(id) ? [`${path}.allowed_destination_ids`] : []),
    ...(row.defaultDestinationIds.includes(id) ? [`${path}.default_destination_ids`] : []),
  ];
}

function withSources(
  config: MonitorConfig,
  projectId: string,
  change: (sources: LogSource[]) => GivenLogSource[],
): MonitorConfig {
  return mergeConfig(config, {
    monitoredProjects: config.monitoredProjects.map(
      (project): GivenProject =>
        project.projectId === projectId ? { ...project, logSources: change(project.logSources) } : project,
    ),
  });
}

function placed<Row>(rows: readonly Row[], row: Row, idOf: (row: Row) => string): Row[] {
  const known = rows.some((each) => idOf(each) === idOf(row));
  return known ? rows.map((each) => (idOf(each) === idOf(row) ? row : each)) : [...rows, row];
}

const done = (config: MonitorConfig): ResourceRemoval => ({ ok: true, config });
