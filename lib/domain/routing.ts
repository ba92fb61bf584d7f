import {
  type ApprovalNeed,
  decideApprovalNeed,
  type RouteApproval,
  type SourceApprovals,
} from "./approval-need";
import type { ApprovalPolicy, Destination, MonitorConfig } from "./config";
import { effectiveDefaultDestinationIds, effectiveDestinations } from "./config";
import type { DestinationReadiness } from "./payload";
import { type Reason, reason } from "./reason";
import { factsOf } from "./route-facts";
import { type CompiledRoute, compileRoutes, holds, type RouteTable } from "./route-table";
import { raiseToFloor } from "./severity";
import { normaliseList } from "./text";

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
  title?: string | null;
  level?: string | null;
  repo?: string | null;
  occurrenceCount?: number | null;
  provenance?: string | null;
  /** The moment of the decision, UTC epoch: time windows are about now, not about when it happened. */
  nowMs: number;
  routeTags: readonly string[];
  allowedDestinationIds: readonly string[];
  enforcesAllowlist: boolean;
  defaultDestinationIds: readonly string[];
  sourceApprovalPolicy: ApprovalPolicy | null;
  /** The project's own demand for approval of what comes from it. */
  sourceRequiresApproval: boolean;
  /** How many people the project and the source each ask for. */
  sourceApprovals?: readonly SourceApprovals[];
};

export type RouteMatchResult = {
  routeId: string | null;
  routeName: string | null;
  destinationIds: string[];
  reason: string;
  approvalPolicy: ApprovalPolicy;
  /** Absent where the route says nothing of its own. */
  approvalsRequired?: number;
  approvers?: readonly string[];
  authorMayNotApprove?: boolean;
};

/** What a route that matched says about approval. */
export function approvalOf(match: RouteMatchResult): RouteApproval {
  const { routeId, routeName: name, approvalPolicy: policy, approvalsRequired, approvers } = match;
  return {
    routeId,
    name,
    policy,
    approvalsRequired,
    approvers,
    authorMayNotApprove: match.authorMayNotApprove,
  };
}

/** What a shadow route would send, if it alone were live. */
export type ShadowResult = RouteMatchResult & {
  /** No earlier route ended the search before it. */
  reached: boolean;
};

export type RouteDecision = {
  riskLevel: string | null;
  /** Every live route that matches, best first, each with its own destinations. */
  matches: RouteMatchResult[];
  winner: RouteMatchResult;
  /** The winner, then the routes that joined it by its `continue` and theirs: whose destinations and policies count. */
  contributors: RouteMatchResult[];
  shadow: ShadowResult[];
  defaultDestinationIds: string[];
  effectiveDestinationIds: string[];
  destinations: Destination[];
  approval: ApprovalNeed;
  blocked: Reason[];
};

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
  const context = atLeastTheFloor(given, config);
  const defaults = given.defaultDestinationIds.length
    ? normaliseList(given.defaultDestinationIds)
    : effectiveDefaultDestinationIds(config);
  const { matches, contributing, shadow } = walk(context, compileRoutes(config.routes), defaults);
  const routed = matches[0] ?? {
    routeId: null,
    routeName: null,
    destinationIds: defaults,
    reason: "default_destination",
    approvalPolicy: "inherit" as const,
  };
  const contributors = matches.length > 0 ? matches.slice(0, contributing) : [routed];
  const requested = normaliseList(requestedIds);
  // Naming destinations replaces where it goes, never the policies of the routes that would have matched (W-32).
  const isNamed = requested.length > 0;
  const winner: RouteMatchResult = isNamed
    ? { ...routed, destinationIds: requested, reason: "requested_destination_override" }
    : routed;
  const effective = isNamed ? requested : normaliseList(contributors.flatMap((each) => each.destinationIds));
  const known = effectiveDestinations(config);
  const destinations = effective.flatMap((id) => known.find((row) => row.destinationId === id) ?? []);
  const riskLevel = context.riskLevel ?? null;
  return {
    riskLevel,
    matches: isNamed || matches.length === 0 ? [winner] : matches,
    winner,
    contributors: isNamed ? [winner, ...contributors.slice(1)] : contributors,
    shadow,
    defaultDestinationIds: defaults,
    effectiveDestinationIds: effective,
    destinations,
    approval: decideApprovalNeed({
      routes: contributors.map(approvalOf),
      sourcePolicy: given.sourceApprovalPolicy,
      sourceRequiresApproval: given.sourceRequiresApproval,
      sourceApprovals: given.sourceApprovals,
      riskLevel,
      riskCategory: given.riskCategory,
      destinations,
      config,
    }),
    blocked: blockedReasons(effective, destinations, context, readiness),
  };
}

/** The risk floor of the safety defaults, applied before anything is compared (case 72). */
export function atLeastTheFloor(given: RouteContext, config: MonitorConfig): RouteContext {
  const riskLevel = raiseToFloor(given.riskLevel, config.safetyDefaults.minimumRiskLevel) ?? null;
  return { ...given, riskLevel };
}

type Walk = {
  matches: RouteMatchResult[];
  /** How many of the matches count: the first, and each further one while all before it say `continue`. */
  contributing: number;
  shadow: ShadowResult[];
};

function walk(context: RouteContext, table: RouteTable, defaults: string[]): Walk {
  const facts = factsOf(context);
  const found: Walk = { matches: [], contributing: 0, shadow: [] };
  let open = true;
  for (const place of table.candidates(facts)) {
    const compiled = table.ordered[place];
    if (!compiled || !holds(compiled, facts)) continue;
    const result = matchResult(compiled, defaults);
    if (compiled.isShadow) {
      found.shadow.push({ ...result, reached: open });
      continue;
    }
    found.matches.push(result);
    if (!open) continue;
    found.contributing += 1;
    open = compiled.route.continue === true;
  }
  return found;
}

function matchResult({ route, reason: why, destinationIds }: CompiledRoute, defaults: string[]) {
  return {
    routeId: route.routeId,
    routeName: route.name,
    destinationIds: destinationIds.length > 0 ? [...destinationIds] : defaults,
    reason: why,
    approvalPolicy: route.approvalPolicy,
    ...(route.approvalsRequired !== undefined && { approvalsRequired: route.approvalsRequired }),
    ...(route.approvers && { approvers: route.approvers }),
    ...(route.authorMayNotApprove && { authorMayNotApprove: true }),
  };
}

/** Codes are ours; the message fragments are those that other programs look for (contract 7.3). */
function blockedReasons(
  effective: readonly string[],
  destinations: readonly Destination[],
  context: RouteContext,
  readiness: ReadonlyMap<string, DestinationReadiness>,
): Reason[] {
  if (effective.length === 0) {
    return [reason("no_destination", "No destination matched: name default destinations or a route")];
  }
  return effective.flatMap((id) => {
    const say = (code: string, words: string) =>
      reason(code, `Destination \`${id}\` ${words}`, { destinationId: id });
    const found: Reason[] = [];
    if (context.enforcesAllowlist && !context.allowedDestinationIds.includes(id)) {
      found.push(say("destination_not_allowed_by_source", "is not allowed by source binding"));
    }
    const row = readiness.get(id);
    if (!destinations.some((each) => each.destinationId === id)) {
      found.push(say("destination_not_configured", "is not configured"));
    } else if (!row) {
      found.push(say("destination_readiness_missing", "has no readiness result"));
    } else if (!row.ready) {
      const missing = row.missing.map((each) => each.message).join("; ");
      found.push(say("destination_not_ready", `is not ready: ${missing}`));
    }
    return found;
  });
}
