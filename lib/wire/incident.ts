import type {
  IncidentListQuery,
  IncidentListWire,
  IncidentWire,
  OccurrencesQuery,
  OccurrencesWire,
} from "@/lib/contracts/incident";
import type { ActorRef } from "@/lib/domain/actor";
import { incidentStatus } from "@/lib/domain/incident-status";
import type { Incident, Occurrence } from "@/lib/domain/records";
import { flagOf, given, pageFromQuery, recordFilterFromQuery, spanFromQuery } from "./list-query";
import { quietToWire } from "./quiet";
import { attributesToWire, present, qualityGateToWire, silencedToWire } from "./record-parts";

export function incidentToWire(incident: Incident): IncidentWire {
  const { attributes } = incident;
  return {
    incident_id: incident.incidentId,
    fingerprint: incident.wireFingerprint,
    event_type: incident.eventType,
    status: incidentStatus(incident.disposition, incident.draftFacets),
    repo: incident.repo,
    workspace_root: incident.workspaceRoot,
    title: incident.title,
    occurrence_count: incident.occurrenceCount,
    created_at_ms: incident.createdAtMs,
    updated_at_ms: incident.updatedAtMs,
    excerpt: incident.excerpt,
    external_correlation_ids: incident.externalCorrelationIds,
    route_tags: incident.routeTags,
    allowed_destination_ids: incident.allowedDestinationIds,
    default_destination_ids: incident.defaultDestinationIds,
    evidence_refs: incident.evidenceRefs,
    last_seen_at_ms: incident.lastSeenAtMs,
    ...attributesToWire(attributes),
    ...present({
      project_id: incident.projectId,
      log_source_id: incident.logSourceId,
      source_kind: incident.sourceKind as IncidentWire["source_kind"],
      detail: incident.detail,
      source: incident.source,
      run_id: attributes.runId,
      session_id: attributes.sessionId,
      correlation_id: attributes.correlationId,
      component: incident.component,
      level: incident.level,
      draft_id: incident.draftId,
      last_error: incident.lastError,
      confidence: incident.confidence,
      risk_level: incident.riskLevel,
      risk_category: incident.riskCategory,
      expected_destination: incident.expectedDestination,
      source_approval_policy: incident.sourceApprovalPolicy,
      quality_gate: qualityGateToWire(incident.qualityGate),
      event_payload: incident.eventPayload,
    }),
    first_seen_at_ms: incident.firstSeenAtMs,
    held: incident.held,
    ...silencedToWire(incident.silenced),
    provenance: incident.provenance,
    identity: incident.identity,
    fingerprint_version: incident.fingerprintVersion,
    redactions: { ...incident.redactions },
    ...present({ merged_into: incident.mergedIntoId }),
    ...quietToWire(incident),
  };
}

/** The record itself: with what is merged into it and its releases. */
export function incidentDetailToWire(
  incident: Incident & {
    members: {
      incidentId: string;
      title: string;
      fingerprint: string;
      occurrenceCount: number;
      mergedAtMs: number;
      mergedBy: ActorRef;
      reason: string | null;
    }[];
    releases: { release: string; firstSeenAtMs: number; lastSeenAtMs: number }[];
  },
): IncidentWire {
  return {
    ...incidentToWire(incident),
    members: incident.members.map((each) => ({
      incident_id: each.incidentId,
      title: each.title,
      fingerprint: each.fingerprint,
      occurrence_count: each.occurrenceCount,
      merged_at_ms: each.mergedAtMs,
      merged_by: each.mergedBy,
      ...present({ reason: each.reason }),
    })),
    releases: incident.releases.map((each) => ({
      release: each.release,
      first_seen_at_ms: each.firstSeenAtMs,
      last_seen_at_ms: each.lastSeenAtMs,
    })),
  };
}

export function incidentListToWire(list: {
  incidents: Incident[];
  total: number;
  nextCursor: string | null;
}): IncidentListWire {
  return {
    incidents: list.incidents.map(incidentToWire),
    count: list.incidents.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export function listIncidentsFromQuery(query: IncidentListQuery) {
  return {
    page: pageFromQuery(query),
    filter: {
      ...recordFilterFromQuery(query),
      status: query.status,
      held: flagOf(query.held),
      attention: query.attention,
      destinationId: given(query.destination),
    },
  };
}

export function listOccurrencesFromQuery(incidentId: string, query: OccurrencesQuery) {
  return {
    page: pageFromQuery(query),
    bucket: query.bucket ?? ("hour" as const),
    filter: {
      incidentId,
      source: given(query.source),
      provenance: query.provenance,
      ...spanFromQuery(query),
    },
  };
}

export function occurrencesToWire(history: {
  occurrences: Occurrence[];
  buckets: Array<{ fromMs: number; count: number }>;
  bucketMs: number;
  total: number;
  nextCursor: string | null;
}): OccurrencesWire {
  return {
    occurrences: history.occurrences.map((each) => ({
      occurrence_id: each.occurrenceId,
      received_at_ms: each.receivedAtMs,
      provenance: each.provenance,
      reporter: each.reporter,
      sighting: each.sighting,
      ...present({ occurred_at_ms: each.occurredAtMs }),
    })),
    buckets: history.buckets.map((each) => ({ from_ms: each.fromMs, count: each.count })),
    bucket_ms: history.bucketMs,
    count: history.occurrences.length,
    total: history.total,
    ...present({ next_cursor: history.nextCursor }),
  };
}
