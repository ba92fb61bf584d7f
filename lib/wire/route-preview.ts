import type { RoutePreviewRequestWire, RoutePreviewWire } from "@/lib/contracts/route-preview";
import { peopleOnly } from "@/lib/domain/approval-need";
import type { FailureReport } from "@/lib/domain/report";
import type { ExplicitRouting, RoutePreview } from "@/lib/domain/route-preview";
import { normaliseList } from "@/lib/domain/text";
import { snakeKeys } from "./casing";
import { destinationReadinessToWire, sourceReadinessToWire } from "./readiness";
import { present } from "./record-parts";
import { reportFromWire } from "./report";
import { contributingIds, namedToWire, renderedToWire, shadowToWire, traceToWire } from "./review";

const given = (value: string | null | undefined): string | undefined => value?.trim() || undefined;

/** Blank is as good as absent. */
export function routePreviewFromWire(body: RoutePreviewRequestWire): {
  draftId: string | null;
  incidentId: string | null;
  report: FailureReport | null;
  explicit: ExplicitRouting;
  destinationIds: string[];
} {
  return {
    draftId: given(body.draft_id) ?? null,
    incidentId: given(body.incident_id) ?? null,
    report: body.report ? reportFromWire(body.report) : null,
    explicit: {
      eventType: given(body.event_type),
      source: given(body.source),
      component: given(body.component),
      riskLevel: given(body.risk_level),
      riskCategory: given(body.risk_category),
      confidence: given(body.confidence),
      expectedDestination: given(body.expected_destination),
      projectId: given(body.project_id),
      logSourceId: given(body.log_source_id),
      title: given(body.title),
      level: given(body.level),
      repo: given(body.repo),
      provenance: given(body.provenance),
      occurrenceCount: body.occurrence_count ?? undefined,
      atMs: body.at_ms ?? undefined,
      routeTags: normaliseList(body.route_tags ?? []),
    },
    destinationIds: normaliseList(body.destination_ids ?? []),
  };
}

/** Contract 5.6: every key always there. The destinations are as configured, references included. */
export function routePreviewToWire(preview: RoutePreview): RoutePreviewWire {
  const { decision } = preview;
  return {
    matches: preview.matches.map((match) => ({
      destination_ids: match.destinationIds,
      approval_required: match.approvalRequired,
      reason: match.reason,
      ...present({ route_id: match.routeId, route_name: match.routeName }),
    })),
    destinations: preview.destinations.map((row) => snakeKeys(row)),
    readiness: preview.readiness.map(destinationReadinessToWire),
    source_readiness: preview.sourceReadiness.map(sourceReadinessToWire),
    source_readiness_warnings: preview.sourceReadiness.flatMap((row) => row.warnings),
    default_destination_ids: decision.defaultDestinationIds,
    effective_destination_ids: decision.effectiveDestinationIds,
    approval_required: decision.approval.required,
    blocked: decision.blocked.length > 0,
    blocked_reasons: decision.blocked.map((each) => each.message),
    blocked_codes: decision.blocked.map((each) => each.code),
    approval: {
      required: decision.approval.required,
      high_risk: decision.approval.highRisk,
      because: decision.approval.because,
      count: decision.approval.count,
      people_only: peopleOnly(decision.approval),
      named: preview.named.map(namedToWire),
      unreachable: preview.unreachable,
    },
    contributing_route_ids: contributingIds(decision.contributors),
    shadow: decision.shadow.map(shadowToWire),
    trace: preview.trace.map(traceToWire),
    payloads: preview.payloads.map((row) => ({ destination_id: row.destinationId, ...renderedToWire(row) })),
  };
}
