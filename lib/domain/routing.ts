import { type ApprovalNeed, decideApprovalNeed } from "./approval-need";
import type { ApprovalPolicy, Destination, MonitorConfig, Route, RouteMatch } from "./config";
import { effectiveDefaultDestinationIds, effectiveDestinations } from "./config";
import type { DestinationReadiness } from "./payload";
import { type Reason, reason } from "./reason";
import { raiseToFloor } from "./severity";
import { normaliseKey, normaliseList } from "./text";

/** What is known of a record when it is routed. Comparisons are on normalised keys. */
export type RouteContext = {
  eventType?: string | null;
  source?: string | null;
  component?: string | null;
  riskLevel?: string | null;
  riskCategory?: string | null;
  confidence?: string | null;
  expectedDestination?: string | null;
  projectId?: string | null;
  logSourceId?: string | null;
  sourceKind?: string | null;
  tenantId?: string | null;
  workspaceId?: string | null;
  eventSchemaVersion?: string | null;
  routeTags: readonly string[];
  allowedDestinationIds: readonly string[];
  enforcesAllowlist: boolean;
  defaultDestinationIds: readonly string[];
  sourceApprovalPolicy: ApprovalPolicy | null;
  /** The project's own demand for approval of what comes from it. */
  sourceRequiresApproval: boolean;
};

export type RouteMatchResult = {
  routeId: string | null;
  routeName: string | null;
  destinationIds: string[];
  reason: string;
  approvalPolicy: ApprovalPolicy;
};

/** One condition of one route, and why it held or not: `wants` is the list, `has` the record's value. */
export type ConditionTrace = { condition: string; wants: string[]; has: string | null; matched: boolean };
export type RouteTrace = {
  routeId: string;
  routeName: string;
  enabled: boolean;
  outcome: "won" | "matched_later" | "not_matched" | "disabled";
  conditions: ConditionTrace[];
};

export type RouteDecision = {
  riskLevel: string | null;
  matches: RouteMatchResult[];
  winner: RouteMatchResult;
  defaultDestinationIds: string[];
  effectiveDestinationIds: string[];
  destinations: Destination[];
  approval: ApprovalNeed;
  blocked: Reason[];
  trace: RouteTrace[];
};

type MatchField = {
  name: string;
  list: keyof RouteMatch;
  value: (context: RouteContext) => string | null | undefined;
};

// The contract's order (5.6): the match reason lists them so.
const scalarFields: readonly MatchField[] = [
  { name: "event_type", list: "matchEventTypes", value: (c) => c.eventType },
  { name: "source", list: "matchSources", value: (c) => c.source },
  { name: "component", list: "matchComponents", value: (c) => c.component },
  { name: "risk_level", list: "matchRiskLevels", value: (c) => c.riskLevel },
  { name: "risk_category", list: "matchRiskCategories", value: (c) => c.riskCategory },
  { name: "confidence", list: "matchConfidence", value: (c) => c.confidence },
  { name: "expected_destination", list: "matchExpectedDestinations", value: (c) => c.expectedDestination },
  { name: "project_id", list: "matchProjectIds", value: (c) => c.projectId },
  { name: "log_source_id", list: "matchLogSourceIds", value: (c) => c.logSourceId },
  { name: "source_kind", list: "matchSourceKinds", value: (c) => c.sourceKind },
  { name: "tenant_id", list: "matchTenantIds", value: (c) => c.tenantId },
  { name: "workspace_id", list: "matchWorkspaceIds", value: (c) => c.workspaceId },
  { name: "event_schema_version", list: "matchEventSchemaVersions", value: (c) => c.eventSchemaVersion },
];

/**
 * Where a record may go and whether a person must approve. Preview and publish call this same function; it is total and
 * deterministic. Readiness is looked up per effective destination, and an absent row blocks (fail closed).
 */
export function decideRoute(
  given: RouteContext,
  config: MonitorConfig,
  readiness: ReadonlyMap<string, DestinationReadiness>,
  requestedIds: readonly string[] = [],
): RouteDecision {
  const riskLevel = raiseToFloor(given.riskLevel, config.safetyDefaults.minimumRiskLevel) ?? null;
  const context: RouteContext = { ...given, riskLevel };
  const defaults = given.defaultDestinationIds.length
    ? normaliseList(given.defaultDestinationIds)
    : effectiveDefaultDestinationIds(config);
  const trace = traceRoutes(context, config.routes);
  const matched = trace.filter((each) => each.outcome === "won" || each.outcome === "matched_later");
  const routes = new Map(config.routes.map((route) => [route.routeId, route]));
  const matches = matched.flatMap((each) => {
    const route = routes.get(each.routeId);
    return route ? [matchResult(route, defaults)] : [];
  });
  const routed = matches[0] ?? {
    routeId: null,
    routeName: null,
    destinationIds: defaults,
    reason: "default_destination",
    approvalPolicy: "inherit" as const,
  };
  const requested = normaliseList(requestedIds);
  // Naming destinations replaces where it goes, never the policy of the route that would have matched (W-32).
  const winner: RouteMatchResult =
    requested.length > 0
      ? { ...routed, destinationIds: requested, reason: "requested_destination_override" }
      : routed;
  const known = new Map(effectiveDestinations(config).map((row) => [row.destinationId, row]));
  const effective = normaliseList(winner.destinationIds);
  const destinations = effective.flatMap((id) => known.get(id) ?? []);
  return {
    riskLevel,
    matches: requested.length > 0 ? [winner] : matches.length > 0 ? matches : [winner],
    winner,
    defaultDestinationIds: defaults,
    effectiveDestinationIds: effective,
    destinations,
    approval: decideApprovalNeed({
      routePolicy: routed.approvalPolicy,
      routeName: routed.routeName,
      sourcePolicy: given.sourceApprovalPolicy,
      sourceRequiresApproval: given.sourceRequiresApproval,
      riskLevel,
      riskCategory: given.riskCategory,
      destinations,
      config,
    }),
    blocked: blockedReasons(effective, known, context, readiness),
    trace,
  };
}

function traceRoutes(context: RouteContext, routes: readonly Route[]): RouteTrace[] {
  const ordered = [...routes].sort(
    (left, right) =>
      right.priority - left.priority ||
      compare(left.name, right.name) ||
      compare(left.routeId, right.routeId),
  );
  let won = false;
  return ordered.map((route) => {
    const conditions = conditionsOf(route, context);
    const matched = conditions.every((condition) => condition.matched);
    const outcome = !route.enabled ? "disabled" : !matched ? "not_matched" : won ? "matched_later" : "won";
    if (outcome === "won") won = true;
    return { routeId: route.routeId, routeName: route.name, enabled: route.enabled, outcome, conditions };
  });
}

function conditionsOf(route: Route, context: RouteContext): ConditionTrace[] {
  const found: ConditionTrace[] = [];
  for (const field of scalarFields) {
    const wants = keys(route[field.list]);
    if (wants.length === 0) continue;
    const has = normaliseKey(field.value(context));
    found.push({ condition: field.name, wants, has, matched: has !== null && wants.includes(has) });
  }
  const tags = keys(route.matchRouteTags);
  if (tags.length > 0) {
    const has = keys(context.routeTags);
    found.push({
      condition: "route_tags",
      wants: tags,
      has: has.length > 0 ? has.join(", ") : null,
      matched: tags.some((tag) => has.includes(tag)),
    });
  }
  return found;
}

function matchResult(route: Route, defaults: string[]): RouteMatchResult {
  const names = [
    ...scalarFields.map((field) => [field.name, field.list] as const),
    ["route_tags", "matchRouteTags"] as const,
  ]
    .filter(([, list]) => keys(route[list]).length > 0)
    .map(([name]) => name);
  const own = normaliseList(route.destinationIds);
  return {
    routeId: route.routeId,
    routeName: route.name,
    destinationIds: own.length > 0 ? own : defaults,
    reason: names.length > 0 ? `matched_${names.join("_")}` : "catch_all_route",
    approvalPolicy: route.approvalPolicy,
  };
}

/** Codes are ours; the message fragments are those that other programs look for (contract 7.3). */
function blockedReasons(
  effective: readonly string[],
  known: ReadonlyMap<string, Destination>,
  context: RouteContext,
  readiness: ReadonlyMap<string, DestinationReadiness>,
): Reason[] {
  if (effective.length === 0) {
    return [reason("no_destination", "No destination matched: name default destinations or a route")];
  }
  const found: Reason[] = [];
  for (const id of effective) {
    if (context.enforcesAllowlist && !context.allowedDestinationIds.includes(id)) {
      found.push(
        reason(
          "destination_not_allowed_by_source",
          `Destination \`${id}\` is not allowed by source binding`,
          { destinationId: id },
        ),
      );
    }
    if (!known.has(id)) {
      found.push(
        reason("destination_not_configured", `Destination \`${id}\` is not configured`, {
          destinationId: id,
        }),
      );
      continue;
    }
    const row = readiness.get(id);
    if (!row) {
      found.push(
        reason("destination_readiness_missing", `Destination \`${id}\` has no readiness result`, {
          destinationId: id,
        }),
      );
    } else if (!row.ready) {
      const missing = row.missing.map((each) => each.message).join("; ");
      found.push(
        reason("destination_not_ready", `Destination \`${id}\` is not ready: ${missing}`, {
          destinationId: id,
        }),
      );
    }
  }
  return found;
}

const keys = (rows: readonly string[]): string[] => rows.flatMap((row) => normaliseKey(row) ?? []);
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
