import type { DestinationKind } from "@/lib/domain/config";
import type { DeliveryState } from "@/lib/domain/delivery";
import type { ApprovalFacet, IssueFacet, TriageFacet } from "@/lib/domain/draft";
import type { DraftFacets } from "@/lib/domain/draft-status";
import type { Draft, Incident } from "@/lib/domain/records";
import { count, json, list, ms, msOrNull, type Row, text, textOrAbsent, textOrNull } from "./rows";

/** The newest delivery of a draft, beside each draft row `d`; also of a deleted post: what left has left (D-21). */
export const newestDeliveryJoin = `LEFT JOIN LATERAL (
    SELECT v.kind AS nd_kind, v.state AS nd_state, v.operation AS nd_operation, v.destination_id AS nd_destination_id,
           v.ended_at AS nd_ended_at, v.last_reason AS nd_last_reason, r.external_url AS nd_external_url
    FROM deliveries v LEFT JOIN receipts r ON r.delivery_id = v.id
    WHERE v.draft_id = d.id
    ORDER BY v.created_at DESC, v.id DESC LIMIT 1) nd ON true`;

/** The grant in force, beside each draft row. */
export const grantJoin = `LEFT JOIN LATERAL (
    SELECT a.created_at AS grant_at FROM approvals a
    WHERE a.draft_id = d.id AND a.state = 'granted' ORDER BY a.created_at DESC LIMIT 1) ga ON true`;

export function newestDelivery(row: Row): Draft["newestDelivery"] {
  if (!row.nd_kind) return null;
  return {
    kind: row.nd_kind as DestinationKind,
    state: row.nd_state as DeliveryState,
    operation: text(row.nd_operation),
    destinationId: text(row.nd_destination_id),
    endedAtMs: msOrNull(row.nd_ended_at),
    externalUrl: textOrNull(row.nd_external_url),
    error: (row.nd_last_reason as { message?: string } | null)?.message ?? null,
  };
}

function claimOf(row: Row): Draft["claim"] {
  if (!row.claimed_by || !row.claimed_at || !row.claimed_until) return null;
  return { by: json(row.claimed_by), sinceMs: ms(row.claimed_at), untilMs: ms(row.claimed_until) };
}

export function draftFromRow(row: Row): Draft {
  return {
    draftId: text(row.id),
    incidentId: text(row.incident_id),
    revision: count(row.revision),
    fingerprint: text(row.fingerprint),
    approval: row.approval as ApprovalFacet,
    triage: row.triage as TriageFacet,
    issue: row.issue as IssueFacet,
    issueBlockedReason: textOrNull(row.issue_blocked_reason ?? null),
    held: Boolean(row.held),
    provenance: row.provenance as Draft["provenance"],
    content: {
      title: text(row.title),
      detail: text(row.detail),
      excerpt: list(row.excerpt),
      evidenceRefs: list(row.evidence_refs),
      eventType: text(row.event_type),
      source: textOrAbsent(row.source),
      component: textOrAbsent(row.component),
      level: textOrAbsent(row.level),
      repo: text(row.repo),
      projectId: textOrNull(row.project_id),
      logSourceId: textOrNull(row.log_source_id),
      sourceKind: textOrNull(row.source_kind),
      riskLevel: text(row.risk_level),
      riskCategory: textOrAbsent(row.risk_category),
      confidence: text(row.confidence),
      expectedDestination: text(row.expected_destination),
      routeTags: list(row.route_tags),
      allowedDestinationIds: list(row.allowed_destination_ids),
      defaultDestinationIds: list(row.default_destination_ids),
      externalCorrelationIds: list(row.external_correlation_ids),
      sourceApprovalPolicy: textOrNull(row.source_approval_policy),
      attributes: json(row.attributes),
    },
    qualityGate: json(row.quality_gate ?? null),
    redactions: json(row.redactions),
    triageRunId: textOrNull(row.triage_run_id),
    regressionOfId: textOrNull(row.regression_of_id),
    matchedIssueNumber: row.matched_issue_number === null ? null : count(row.matched_issue_number),
    matchedIssueState: textOrNull(row.matched_issue_state),
    matchedIssueReference: textOrNull(row.matched_issue_reference ?? null),
    matchedIssueUrl: textOrNull(row.matched_issue_url ?? null),
    createdAtMs: ms(row.created_at),
    updatedAtMs: ms(row.updated_at),
    newestDelivery: newestDelivery(row),
    occurrenceCount: count(row.occurrence_count),
    firstSeenAtMs: ms(row.first_seen_at),
    lastSeenAtMs: ms(row.last_seen_at),
    identity: json(row.identity),
    fingerprintVersion: count(row.fingerprint_version),
    workspaceRoot: text(row.workspace_root),
    approvalGrantedAtMs: msOrNull(row.grant_at),
    claim: claimOf(row),
    supersededById: textOrNull(row.superseded_by_id ?? null),
  };
}

export function incidentFromRow(row: Row, draftFacets: DraftFacets | null): Incident {
  return {
    incidentId: text(row.id),
    scopeKey: text(row.scope_key),
    fingerprintVersion: count(row.fingerprint_version),
    fingerprint: text(row.fingerprint),
    wireFingerprint: text(row.wire_fingerprint),
    identity: json(row.identity),
    disposition: row.disposition as Incident["disposition"],
    provenance: row.provenance as Incident["provenance"],
    held: Boolean(row.held),
    projectId: textOrNull(row.project_id),
    logSourceId: textOrNull(row.log_source_id),
    sourceKind: textOrNull(row.source_kind),
    title: text(row.title),
    detail: textOrNull(row.detail),
    eventType: text(row.event_type),
    source: textOrNull(row.source),
    component: textOrNull(row.component),
    level: textOrNull(row.level),
    repo: text(row.repo),
    workspaceRoot: text(row.workspace_root),
    riskLevel: textOrNull(row.risk_level),
    riskCategory: textOrNull(row.risk_category),
    confidence: textOrNull(row.confidence),
    excerpt: list(row.excerpt),
    evidenceRefs: list(row.evidence_refs),
    routeTags: list(row.route_tags),
    allowedDestinationIds: list(row.allowed_destination_ids),
    defaultDestinationIds: list(row.default_destination_ids),
    externalCorrelationIds: list(row.external_correlation_ids),
    attributes: json(row.attributes),
    expectedDestination: textOrNull(row.expected_destination),
    sourceApprovalPolicy: textOrNull(row.source_approval_policy),
    qualityGate: json(row.quality_gate ?? null),
    eventPayload: json(row.event_payload ?? null),
    redactions: json(row.redactions),
    draftId: textOrNull(row.draft_id),
    occurrenceCount: count(row.occurrence_count),
    firstSeenAtMs: ms(row.first_seen_at),
    lastSeenAtMs: ms(row.last_seen_at),
    createdAtMs: ms(row.created_at),
    updatedAtMs: ms(row.updated_at),
    lastError: textOrNull(row.last_error),
    draftFacets,
    mergedIntoId: textOrNull(row.merged_into_id),
    snooze: json(row.snooze ?? null),
    mute: json(row.mute ?? null),
    woke: json(row.woke ?? null),
    resolution: json(row.resolution ?? null),
  };
}

/** Facets of a draft as its incident's status needs them. */
export function facetsOf(draft: Draft): DraftFacets {
  return {
    approval: draft.approval,
    triage: draft.triage,
    issue: draft.issue,
    newestDelivery: draft.newestDelivery,
  };
}
