import type {
  ApprovalWire,
  DraftClaimWire,
  DraftListQuery,
  DraftListWire,
  DraftWire,
} from "@/lib/contracts/draft";
import type { DraftClaim } from "@/lib/domain/draft-claim";
import { draftStatus, secondaryStatus } from "@/lib/domain/draft-status";
import type { Approval, Draft } from "@/lib/domain/records";
import { flagOf, given, pageFromQuery, recordFilterFromQuery } from "./list-query";
import { attributesToWire, present, qualityGateToWire, silencedToWire } from "./record-parts";

export function draftToWire(draft: Draft): DraftWire {
  const { content, newestDelivery } = draft;
  const facets = { approval: draft.approval, triage: draft.triage, issue: draft.issue };
  const blocked = draft.issue === "blocked" && !newestDelivery ? draft.issueBlockedReason : null;
  const failed = newestDelivery && ["failed", "blocked", "retrying"].includes(newestDelivery.state);
  return {
    draft_id: draft.draftId,
    fingerprint: draft.fingerprint,
    repo: content.repo,
    status: draftStatus({ ...facets, newestDelivery }),
    created_at_ms: draft.createdAtMs,
    external_correlation_ids: content.externalCorrelationIds,
    route_tags: content.routeTags,
    allowed_destination_ids: content.allowedDestinationIds,
    default_destination_ids: content.defaultDestinationIds,
    evidence_refs: content.evidenceRefs,
    title: content.title,
    detail: content.detail,
    confidence: content.confidence,
    risk_level: content.riskLevel,
    expected_destination: content.expectedDestination,
    ...attributesToWire(content.attributes),
    ...present({
      project_id: content.projectId,
      log_source_id: content.logSourceId,
      source_kind: content.sourceKind as DraftWire["source_kind"],
      triage_run_id: draft.triageRunId,
      approval_granted_at_ms: draft.approval === "granted" ? draft.approvalGrantedAtMs : null,
      matched_issue_number: draft.matchedIssueNumber,
      matched_issue_state: draft.matchedIssueState,
      github_status: secondaryStatus({ ...facets, newestDelivery }),
      github_issue_url: newestDelivery?.kind === "github_issue" ? newestDelivery.externalUrl : null,
      risk_category: content.riskCategory,
      source_approval_policy: content.sourceApprovalPolicy,
      quality_gate: qualityGateToWire(draft.qualityGate),
      last_post_error: failed ? newestDelivery.error : blocked,
      source: content.source,
      component: content.component,
      level: content.level,
    }),
    incident_id: draft.incidentId,
    revision: draft.revision,
    facets,
    held: draft.held,
    ...present({ superseded_by: draft.supersededById }),
    ...silencedToWire(draft.silenced),
    ...(draft.claim && { claim: claimToWire(draft.claim) }),
    ...(draft.approvedByYou && { approved_by_you: true as const }),
    ...(draft.asksOthers && { asks_others: true as const }),
    provenance: draft.provenance,
    event_type: content.eventType,
    excerpt: content.excerpt,
    occurrence_count: draft.occurrenceCount,
    first_seen_at_ms: draft.firstSeenAtMs,
    last_seen_at_ms: draft.lastSeenAtMs,
    updated_at_ms: draft.updatedAtMs,
    identity: draft.identity,
    fingerprint_version: draft.fingerprintVersion,
    redactions: { ...draft.redactions },
    ...(newestDelivery && {
      newest_delivery: {
        destination_id: newestDelivery.destinationId,
        kind: newestDelivery.kind,
        state: newestDelivery.state,
        ...present({ ended_at_ms: newestDelivery.endedAtMs, error: newestDelivery.error }),
      },
    }),
  };
}

const claimToWire = ({ by, sinceMs, untilMs }: DraftClaim): DraftClaimWire => ({
  ...{ by, since_ms: sinceMs, until_ms: untilMs },
});

export function draftListToWire(list: {
  drafts: Draft[];
  total: number;
  nextCursor: string | null;
}): DraftListWire {
  return {
    drafts: list.drafts.map(draftToWire),
    count: list.drafts.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export type ListDraftsInput = ReturnType<typeof listDraftsFromQuery>;

export function listDraftsFromQuery(query: DraftListQuery) {
  return {
    page: pageFromQuery(query),
    filter: {
      ...recordFilterFromQuery(query),
      state: query.state,
      status: query.status,
      approval: query.approval,
      triage: query.triage,
      issue: query.issue,
      delivery: query.delivery,
      held: flagOf(query.held),
      quiet: flagOf(query.quiet),
      destinationId: given(query.destination),
      incidentId: given(query.incident),
      sort: query.sort,
    },
  };
}

export function approvalToWire(approval: Approval): ApprovalWire {
  return {
    approval_id: approval.approvalId,
    state: approval.state,
    binding: approval.binding,
    actor: approval.actor,
    digest: approval.digest,
    policy_version: approval.policyVersion,
    destination_ids: Object.keys(approval.basis.payloads),
    because: approval.because,
    created_at_ms: approval.createdAtMs,
    needed: approval.needed,
    break_glass: approval.breakGlass,
    ...present({
      ended_diff: approval.endedDiff,
      reason: approval.reason,
      expires_at_ms: approval.expiresAtMs,
      ended_at_ms: approval.endedAtMs,
      ended_reason: approval.endedReason,
    }),
  };
}
