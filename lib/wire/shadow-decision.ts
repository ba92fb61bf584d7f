import type {
  ShadowDecisionListQuery,
  ShadowDecisionListWire,
  ShadowDecisionWire,
} from "@/lib/contracts/shadow-decision";
import { type ShadowDecision, type ShadowRouteCounts, shadowAgrees } from "@/lib/domain/shadow";
import { given, pageFromQuery, spanFromQuery } from "./list-query";
import { present } from "./record-parts";

export function shadowDecisionListToWire(list: {
  decisions: Array<ShadowDecision & { title: string | null }>;
  routes: ShadowRouteCounts[];
  total: number;
  nextCursor: string | null;
}): ShadowDecisionListWire {
  return {
    decisions: list.decisions.map(decisionToWire),
    routes: list.routes.map((each) => ({
      route_id: each.routeId,
      route_name: each.routeName,
      decisions: each.decisions,
      agreeing: each.agreeing,
      approval_required: each.approvalRequired,
    })),
    count: list.decisions.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

function decisionToWire(decision: ShadowDecision & { title: string | null }): ShadowDecisionWire {
  return {
    shadow_decision_id: decision.shadowDecisionId,
    draft_id: decision.draftId,
    incident_id: decision.incidentId,
    moment: decision.moment,
    route_id: decision.routeId,
    route_name: decision.routeName,
    destination_ids: decision.destinationIds,
    approval_required: decision.approvalRequired,
    reached: decision.reached,
    actual: {
      destination_ids: decision.actualDestinationIds,
      approval_required: decision.actualApproval,
      ...present({ route_id: decision.actualRouteId }),
    },
    agrees: shadowAgrees(decision),
    at_ms: decision.atMs,
    ...present({ project_id: decision.projectId, title: decision.title }),
  };
}

export function listShadowDecisionsFromQuery(query: ShadowDecisionListQuery) {
  return {
    page: pageFromQuery(query),
    filter: {
      routeId: given(query.route_id),
      projectId: given(query.project),
      moment: query.moment,
      ...spanFromQuery(query),
    },
  };
}
