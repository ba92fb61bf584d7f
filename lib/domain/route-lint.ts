import {
  type ApprovalPolicy,
  effectiveDefaultDestinationIds,
  effectiveDestinations,
  type MonitorConfig,
  type Route,
} from "./config";
import { deadLists } from "./config-validate-routes";
import { conditionFields } from "./route-condition";
import { lintOrder } from "./route-lint-order";
import { lintSources } from "./route-lint-sources";
import { isEquality } from "./route-matcher";
import { takesAllOf } from "./route-overlap";
import { type CompiledRoute, compileRoutes, type RouteTable } from "./route-table";
import { neverOpens } from "./route-window";

/** `error`: something asked for cannot happen; `warning`: it does not do what it says; `info`: worth knowing. */
export type LintSeverity = "error" | "warning" | "info";

export const routeLintCodes = [
  "route_unreachable",
  "route_shadowed",
  "approval_weaker",
  "no_default",
  "route_sends_nowhere",
  "destination_unknown",
  "destination_disabled",
  "destination_unused",
  "source_reaches_nothing",
  "order_ambiguous",
  "name_ambiguous",
  "priority_shared",
  "window_never_opens",
  "project_unknown",
  "source_kind_unknown",
] as const;
export type RouteLintCode = (typeof routeLintCodes)[number];

/** One thing about the routing table that its author hardly meant. `path` is in wire words, as issues have it. */
export type RouteFinding = {
  code: RouteLintCode;
  severity: LintSeverity;
  path: string;
  message: string;
  routeId?: string;
  /** The route that stands in its way, or that it is confused with. */
  otherRouteId?: string;
  destinationId?: string;
  projectId?: string;
  sourceId?: string;
};

/** A route with its place in the configuration, for paths. */
export type PlacedRoute = { compiled: CompiledRoute; path: string };

/**
 * What is wrong with a table of routes, for every record there could be. Sound and conservative: whatever it says is so,
 * and it does not say everything that is so. Linear but for pairs of routes, of which most are told apart at once.
 */
export function lintRoutes(config: MonitorConfig): RouteFinding[] {
  const places = new Map<Route, number>(config.routes.map((route, index) => [route, index]));
  const table = compileRoutes(config.routes);
  const enabled = table.ordered
    .filter(({ route }) => route.enabled)
    .map((compiled): PlacedRoute => ({ compiled, path: `routes[${places.get(compiled.route)}]` }));
  const live = enabled.filter(({ compiled }) => !compiled.isShadow);
  const reach = lintReach(table, live);
  const reached = live.filter(({ compiled }) => !reach.unreached.has(compiled));
  return [
    ...reach.findings,
    ...lintDefault(config, live),
    ...enabled.flatMap((placed) => [
      ...lintTargets(config, placed),
      ...lintWindows(placed),
      ...lintLists(config, placed),
    ]),
    ...lintDefaultIds(config),
    ...lintUnused(config, reached),
    ...lintSources(config, reached),
    ...lintOrder(enabled),
  ];
}

/** Lists that saving speaks of itself. */
const saidBySaving: readonly RouteLintCode[] = [
  "destination_unknown",
  "project_unknown",
  "source_kind_unknown",
];

/** Of the findings, those that come as warnings with a save and that validation has not said already. */
export function warningsOf(findings: readonly RouteFinding[]) {
  return findings
    .filter((each) => each.severity !== "info" && !saidBySaving.includes(each.code))
    .map(({ path, code, message }) => ({ path, code, message }));
}

const strictness: Readonly<Record<ApprovalPolicy, number>> = {
  never: 0,
  inherit: 1,
  high_risk: 2,
  always: 3,
};

/** A route behind one that takes all it would match, and ends the search there. */
function lintReach(table: RouteTable, live: readonly PlacedRoute[]) {
  const findings: RouteFinding[] = [];
  const unreached = new Set<CompiledRoute>();
  const masks = table.ordered.map((compiled) => (ends(compiled) ? fieldMask(compiled) : null));
  live.forEach(({ compiled, path }) => {
    const own = fieldMask(compiled);
    const place = table.ordered.indexOf(compiled);
    const at = placesLike(compiled, table).find((earlier) => {
      const mask = masks[earlier] ?? null;
      if (earlier >= place || mask === null || (mask & own) !== mask) return false;
      const other = table.ordered[earlier];
      return other !== undefined && takesAllOf(other, compiled);
    });
    const shadow = at === undefined ? undefined : table.ordered[at];
    if (!shadow) return;
    unreached.add(compiled);
    const { route: earlier, matchers } = shadow;
    const { route } = compiled;
    const about = { path, routeId: route.routeId, otherRouteId: earlier.routeId };
    findings.push(
      matchers.length === 0
        ? {
            ...{ ...about, code: "route_unreachable", severity: "warning" },
            message: `Route ${earlier.name} asks for nothing and takes every record before ${route.name}.`,
          }
        : {
            ...{ ...about, code: "route_shadowed", severity: "warning" },
            message: `Whatever ${route.name} would match, route ${earlier.name} takes first.`,
          },
    );
    if (strictness[earlier.approvalPolicy] < strictness[route.approvalPolicy]) {
      const message = `${route.name} asks for approval \`${route.approvalPolicy}\`; its records go by ${earlier.name}, which says \`${earlier.approvalPolicy}\`.`;
      findings.push({ ...about, code: "approval_weaker", severity: "error", message });
    }
  });
  return { findings, unreached };
}

/** Is it a route behind which no other is tried, for what it matches? */
const ends = ({ route, isShadow }: CompiledRoute) => route.enabled && !isShadow && route.continue !== true;

/**
 * The places of the routes that could take all this one matches: only one that lists a value can take all of another that
 * lists it, so that the table's index leads to them.
 */
function placesLike(compiled: CompiledRoute, table: RouteTable): readonly number[] {
  const equalities = compiled.matchers.filter(isEquality);
  return table.candidates({
    keys: (field) =>
      equalities.flatMap((matcher) => (matcher.name === field ? matcher.wants.slice(0, 1) : [])),
  });
}

const maskFields: readonly string[] = [...conditionFields, "active_windows"];

/** One bit a field asked about: a route can only take all of another that asks about each of its fields too. */
function fieldMask({ matchers }: CompiledRoute): number {
  return matchers.reduce((mask, { name }) => mask | (1 << maskFields.indexOf(name)), 0);
}

function lintDefault(config: MonitorConfig, live: readonly PlacedRoute[]): RouteFinding[] {
  const hasCatchAll = live.some(({ compiled }) => compiled.matchers.length === 0);
  if (hasCatchAll || effectiveDefaultDestinationIds(config).length > 0) return [];
  const message =
    "A record that no route matches goes nowhere: there is no default and no route for the rest.";
  return [{ code: "no_default", severity: "warning", path: "default_destination_ids", message }];
}

function lintTargets(config: MonitorConfig, { compiled, path }: PlacedRoute): RouteFinding[] {
  const { routeId, name, destinationIds } = compiled.route;
  if (compiled.destinationIds.length === 0) {
    const sourcesHaveSome = config.monitoredProjects.some((project) =>
      [project, ...project.logSources].some((row) => row.defaultDestinationIds.length > 0),
    );
    if (sourcesHaveSome || effectiveDefaultDestinationIds(config).length > 0) return [];
    const message = `${name} names no destination, and there is no default that it could use.`;
    return [
      { code: "route_sends_nowhere", severity: "error", path: `${path}.destination_ids`, message, routeId },
    ];
  }
  return lintIds(config, `${path}.destination_ids`, destinationIds, `Route ${name}`, routeId);
}

const lintDefaultIds = (config: MonitorConfig) =>
  lintIds(config, "default_destination_ids", config.defaultDestinationIds, "The default");

function lintIds(
  config: MonitorConfig,
  path: string,
  ids: readonly string[],
  who: string,
  routeId?: string,
): RouteFinding[] {
  const known = effectiveDestinations(config);
  return ids.flatMap((id, index): RouteFinding[] => {
    const row = known.find((each) => each.destinationId === id.trim());
    const about = { path: `${path}[${index}]`, destinationId: id, ...(routeId && { routeId }) };
    if (!row) {
      const message = `${who} sends to ${id}, which is no destination: publishing is blocked.`;
      return [{ ...about, code: "destination_unknown", severity: "error", message }];
    }
    if (row.enabled || config.destinations.length === 0) return [];
    const message = `${who} sends to ${row.name}, which is disabled: publishing there is blocked.`;
    return [{ ...about, code: "destination_disabled", severity: "warning", message }];
  });
}

function lintWindows({ compiled, path }: PlacedRoute): RouteFinding[] {
  const { routeId, name, activeWindows = [] } = compiled.route;
  return activeWindows.flatMap((window, index): RouteFinding[] => {
    if (!neverOpens(window)) return [];
    const only = activeWindows.every(neverOpens) ? ` ${name} never matches.` : "";
    const message = `A window from ${window.from} to ${window.to} is never open.${only}`;
    return [
      {
        ...{ code: "window_never_opens", severity: "warning", message, routeId },
        path: `${path}.active_windows[${index}]`,
      },
    ];
  });
}

function lintLists(config: MonitorConfig, { compiled, path }: PlacedRoute): RouteFinding[] {
  const { routeId } = compiled.route;
  return deadLists(compiled.route, config).map(({ field, ...dead }) => {
    return { ...dead, severity: "warning", path: `${path}.${field}`, routeId };
  });
}

/** Enabled, and named by no route that is reached, by no default and by no source. */
function lintUnused(config: MonitorConfig, reached: readonly PlacedRoute[]): RouteFinding[] {
  const used = new Set([
    ...config.defaultDestinationIds,
    ...reached.flatMap(({ compiled }) => compiled.destinationIds),
    ...config.monitoredProjects.flatMap((project) =>
      [project, ...project.logSources].flatMap((row) => row.defaultDestinationIds),
    ),
  ]);
  return config.destinations.flatMap(({ destinationId, name, enabled }, index): RouteFinding[] => {
    if (!enabled || used.has(destinationId)) return [];
    const message = `Nothing is routed to ${name}: it gets only what somebody sends there by name.`;
    return [
      {
        ...{ code: "destination_unused", severity: "info", message, destinationId },
        path: `destinations[${index}]`,
      },
    ];
  });
}
