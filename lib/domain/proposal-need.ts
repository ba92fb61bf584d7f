import type { DestinationKind } from "./config";
import type { IssueFacet, TriageFacet } from "./draft";
import { type Reason, reason } from "./reason";

/** Kinds that file an issue: they want a run of triage that passed the proposal gate (D-29). */
export const needsProposal = (kind: DestinationKind): boolean =>
  kind === "github_issue" || kind === "linear_issue";

type Triaged = {
  triage: TriageFacet;
  issue: IssueFacet;
  issueBlockedReason?: string | null;
  triageRunId: string | null;
  newestDelivery: { destinationId: string; state: string } | null;
};

/**
 * Why nothing of a draft may be filed at a destination yet; null when it may. What was filed there before there was any triage
 * stays: publishing it again is answered as the duplicate it is.
 */
export function proposalMissing(
  draft: Triaged,
  hasIssueDraft: boolean,
  destination: { destinationId: string; kind: DestinationKind },
): Reason | null {
  if (!needsProposal(destination.kind) || hasIssueDraft) return null;
  const { newestDelivery, triage, issue, triageRunId } = draft;
  const { destinationId } = destination;
  const isThere = newestDelivery?.destinationId === destinationId && newestDelivery.state === "published";
  if (isThere && triageRunId === null) return null;
  const fields = { destinationId };
  if (triage === "queued" || triage === "running") {
    return reason("triage_under_way", `${destinationId} waits for the triage of this draft to end`, fields);
  }
  if (issue === "blocked") {
    const why = draft.issueBlockedReason ?? "the proposal gate stopped it";
    return reason("proposal_blocked", `Nothing is filed at ${destinationId}: ${why}`, fields);
  }
  const words = `${destinationId} wants a triage run that passes the proposal gate: create one first`;
  return reason("triage_required", words, fields);
}
