import { decideApprovalNeed } from "./approval-need";
import { effectiveDestinations, type MonitorConfig } from "./config";
import { approvalOf, type RouteContext, type RouteDecision } from "./routing";

/** When a shadow route was asked: as its draft was made, or as somebody published it. */
export type ShadowMoment = "drafted" | "published";

/** What one shadow route would have done with one draft, beside what was decided. Nothing of it is ever sent. */
export type ShadowDecision = {
  shadowDecisionId: string;
  draftId: string;
  incidentId: string;
  projectId: string | null;
  moment: ShadowMoment;
  routeId: string;
  routeName: string;
  destinationIds: string[];
  approvalRequired: boolean;
  /** No earlier route ended the search before it. */
  reached: boolean;
  actualRouteId: string | null;
  actualDestinationIds: string[];
  actualApproval: boolean;
  atMs: number;
};

export type ShadowRouteCounts = {
  routeId: string;
  routeName: string;
  decisions: number;
  /** As the routes in force decided: same destinations, same need of approval. */
  agreeing: number;
  approvalRequired: number;
};

type ShadowedDraft = Pick<ShadowDecision, "draftId" | "incidentId" | "projectId">;

/** One record for each shadow route that matched, each judged as if it alone were live. */
export function shadowDecisions(
  draft: ShadowedDraft,
  decided: { decision: RouteDecision; context: RouteContext; config: MonitorConfig },
  moment: ShadowMoment,
  atMs: number,
): Array<Omit<ShadowDecision, "shadowDecisionId">> {
  const { decision, context, config } = decided;
  return decision.shadow.flatMap((shadow) => {
    const { routeId, routeName, destinationIds, reached } = shadow;
    if (routeId === null) return [];
    const need = decideApprovalNeed({
      routes: [approvalOf(shadow)],
      sourcePolicy: context.sourceApprovalPolicy,
      sourceRequiresApproval: context.sourceRequiresApproval,
      sourceApprovals: context.sourceApprovals,
      riskLevel: decision.riskLevel,
      riskCategory: context.riskCategory,
      destinations: effectiveDestinations(config).filter((row) => destinationIds.includes(row.destinationId)),
      config,
    });
    return {
      ...draft,
      moment,
      routeId,
      routeName: routeName ?? routeId,
      destinationIds,
      approvalRequired: need.required,
      reached,
      actualRouteId: decision.winner.routeId,
      actualDestinationIds: decision.effectiveDestinationIds,
      actualApproval: decision.approval.required,
      atMs,
    };
  });
}

/** Same destinations, in whatever order, and the same need of approval. */
export function shadowAgrees(decision: ShadowDecision): boolean {
  const { destinationIds: own, actualDestinationIds: actual } = decision;
  return (
    decision.approvalRequired === decision.actualApproval &&
    own.length === actual.length &&
    own.every((id) => actual.includes(id))
  );
}

export const hasShadowRoutes = (config: MonitorConfig): boolean =>
  config.routes.some((route) => route.enabled && route.mode === "shadow");
