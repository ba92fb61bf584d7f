import {
  effectiveDefaultDestinationIds,
  effectiveDestinations,
  type LogSource,
  type MonitorConfig,
  type MonitoredProject,
} from "./config";
import type { ConditionField } from "./route-condition";
import { factsOf, type RouteFacts } from "./route-facts";
import type { PlacedRoute, RouteFinding } from "./route-lint";
import type { CompiledRoute } from "./route-table";
import { bindSource, type SourceBinding } from "./source-binding";

/** What a binding settles about every record of its source, whatever the record says. */
const settled: ReadonlySet<string> = new Set<ConditionField>([
  "project_id",
  "log_source_id",
  "source_kind",
  "tenant_id",
  "workspace_id",
  "event_schema_version",
]);

/** Projects and sources none of whose records can be published anywhere, whichever route they match. */
export function lintSources(config: MonitorConfig, live: readonly PlacedRoute[]): RouteFinding[] {
  const routes = live.map(({ compiled }) => compiled);
  return config.monitoredProjects.flatMap((project, index) => {
    const path = `monitored_projects[${index}]`;
    const own = sourceFinding(config, routes, path, project, null);
    // What holds for all of a project is said once.
    if (own) return [own];
    return project.logSources.flatMap(
      (source, place) =>
        sourceFinding(config, routes, `${path}.log_sources[${place}]`, project, source) ?? [],
    );
  });
}

function sourceFinding(
  config: MonitorConfig,
  routes: readonly CompiledRoute[],
  path: string,
  project: MonitoredProject,
  source: LogSource | null,
): RouteFinding | null {
  const binding = bindSource(project, source);
  const reachable = reachableIds(config, routes, binding);
  const allowed = binding.enforcesAllowlist
    ? reachable.filter((id) => binding.allowedDestinationIds.includes(id))
    : reachable;
  if (allowed.length > 0) return null;
  const name = source ? `${source.sourceId} of ${project.name}` : project.name;
  const message = binding.enforcesAllowlist
    ? `Nothing of ${name} can go anywhere: no enabled destination that it may reach is where a route or a default sends it.`
    : `Nothing of ${name} can go anywhere: no route that could match it and no default leads to an enabled destination.`;
  return {
    ...{ code: "source_reaches_nothing", severity: "warning", path, message, projectId: project.projectId },
    ...(source && { sourceId: source.sourceId }),
  };
}

/** Every enabled destination some record of the source could be sent to; more than that rather than less. */
function reachableIds(
  config: MonitorConfig,
  routes: readonly CompiledRoute[],
  binding: SourceBinding,
): string[] {
  const defaults =
    binding.defaultDestinationIds.length > 0
      ? binding.defaultDestinationIds
      : effectiveDefaultDestinationIds(config);
  const facts = factsOf({
    ...{ projectId: binding.projectId, logSourceId: binding.sourceId, sourceKind: binding.sourceKind },
    ...{ tenantId: binding.tenantId, workspaceId: binding.workspaceId },
    ...{ eventSchemaVersion: binding.eventSchemaVersion, nowMs: 0 },
    ...{ routeTags: [], allowedDestinationIds: [], enforcesAllowlist: false, defaultDestinationIds: [] },
    ...{ sourceApprovalPolicy: null, sourceRequiresApproval: false },
  });
  const named = routes.filter((route) => couldMatch(route, facts)).flatMap((route) => route.destinationIds);
  const usable = effectiveDestinations(config).filter(
    (row) => row.enabled || config.destinations.length === 0,
  );
  const ids = new Set([...defaults, ...named]);
  return usable.map((row) => row.destinationId).filter((id) => ids.has(id));
}

function couldMatch({ matchers }: CompiledRoute, facts: RouteFacts): boolean {
  return matchers.every((matcher) => !settled.has(matcher.name) || matcher.judge(facts) === "holds");
}
