import { canonicalJson } from "./canonical-json";
import type { IssueDraft } from "./issue-draft";
import { issueDraftToJson } from "./issue-draft-json";
import type { PayloadSubject } from "./payload";
import type { Draft } from "./records";
import type { RouteMatchResult } from "./routing";

/** Run-scoped ids differ from sighting to sighting and so never leave: a repeat must not look like new content (case 85). */
const runScoped = new Set(["runId", "sessionId", "correlationId"]);

/** H(repo, fingerprint, title, detail): what the wire calls evidence digest (reference 3.9). */
export function evidenceDigest(draft: Draft, sha256: (text: string) => string): string {
  const { repo, title, detail } = draft.content;
  return sha256(canonicalJson([repo, draft.fingerprint, title, detail]));
}

/**
 * A draft as adapters render it: content only, no approval, status, counts or times of ours. A run of triage is part of it
 * once it has proposed an issue: that one is under way, or ended without, changes nothing of what would leave.
 */
export function payloadSubject(
  draft: Draft,
  winner: RouteMatchResult,
  sha256: (text: string) => string,
  issueDraft: IssueDraft | null = null,
): PayloadSubject {
  const { content } = draft;
  return {
    draft: {
      draftId: draft.draftId,
      incidentId: draft.incidentId,
      fingerprint: draft.fingerprint,
      repo: content.repo,
      title: content.title,
      detail: content.detail,
      eventType: content.eventType,
      source: content.source,
      component: content.component,
      level: content.level,
      projectId: content.projectId ?? undefined,
      logSourceId: content.logSourceId ?? undefined,
      sourceKind: content.sourceKind ?? undefined,
      riskLevel: content.riskLevel,
      riskCategory: content.riskCategory,
      confidence: content.confidence,
      expectedDestination: content.expectedDestination,
      evidenceRefs: content.evidenceRefs,
      excerpt: content.excerpt,
      routeTags: content.routeTags,
      externalCorrelationIds: content.externalCorrelationIds,
      attributes: Object.fromEntries(
        Object.entries(content.attributes).filter(([name]) => !runScoped.has(name)),
      ),
      qualityGate: draft.qualityGate ? { ...draft.qualityGate } : undefined,
      triageRunId: issueDraft?.triageRunId,
      previousIssue: closedMatch(draft),
      evidenceDigest: evidenceDigest(draft, sha256),
    },
    incident: {
      incidentId: draft.incidentId,
      title: content.title,
      eventType: content.eventType,
      firstSeenAtMs: draft.firstSeenAtMs,
    },
    route: { routeId: winner.routeId ?? undefined, routeMatchReason: winner.reason },
    issueDraft: issueDraft && issueDraftToJson(issueDraft),
  };
}

function closedMatch(draft: Draft): PayloadSubject["draft"]["previousIssue"] {
  if (draft.matchedIssueState !== "closed" || !draft.matchedIssueReference) return undefined;
  return { reference: draft.matchedIssueReference, url: draft.matchedIssueUrl ?? null };
}
