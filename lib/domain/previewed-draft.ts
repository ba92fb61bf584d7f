import type { CandidateDraft } from "./draft";
import type { Draft } from "./records";

/** Ids of a draft that exists in a preview alone, of the length of real ones so that sizes are true. */
export const previewedIds = {
  draftId: `failure-draft-${"0".repeat(32)}`,
  incidentId: `failure-incident-${"0".repeat(32)}`,
} as const;

/** The draft that intake would open for a candidate, had it been reported now. */
export function previewedDraft(
  { content, fingerprint, gate, workspaceRoot }: CandidateDraft,
  nowMs: number,
): Draft {
  return {
    ...previewedIds,
    revision: 1,
    fingerprint: fingerprint.wireValue,
    ...{ approval: "not_required", triage: "none", issue: "none", held: false, provenance: "report" },
    content,
    qualityGate: gate,
    redactions: {},
    ...{ triageRunId: null, regressionOfId: null, matchedIssueNumber: null, matchedIssueState: null },
    ...{ createdAtMs: nowMs, updatedAtMs: nowMs, firstSeenAtMs: nowMs, lastSeenAtMs: nowMs },
    newestDelivery: null,
    occurrenceCount: 1,
    identity: fingerprint.parts,
    fingerprintVersion: fingerprint.version,
    workspaceRoot,
    approvalGrantedAtMs: null,
  };
}
