import type { MonitorConfig } from "./config";
import { effectiveDefaultDestinationIds } from "./config";

/**
 * The destinations that records of these projects may go to, by what the configuration says of them, of routes and of the
 * defaults; null stands for every destination, as `projects` null does for every project.
 */
export function visibleDestinationIds(
  config: MonitorConfig,
  projects: readonly string[] | null,
): ReadonlySet<string> | null {
  if (projects === null) return null;
  const own = config.monitoredProjects.filter((each) => projects.includes(each.projectId));
  const bindings = own.flatMap((project) => [project, ...project.logSources]);
  const routes = config.routes.filter(
    ({ matchProjectIds }) =>
      matchProjectIds.length === 0 || matchProjectIds.some((id) => projects.includes(id)),
  );
  return new Set([
    ...effectiveDefaultDestinationIds(config),
    ...bindings.flatMap((each) => [...each.allowedDestinationIds, ...each.defaultDestinationIds]),
    ...routes.flatMap((each) => each.destinationIds),
  ]);
}
