import { findOwnIssue } from "@/lib/db/issue-store";
import type { AdapterContext, DestinationAdapter, IssueTracker } from "@/lib/destinations/destination";
import type { Destination } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome, FoundIssue } from "@/lib/domain/found-issue";
import { bestMatch, matchStep } from "@/lib/domain/issue-match";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Context } from "../context";

export type IssueDelivery = {
  deliveryId: string;
  incidentId: string;
  /** The issue that it comments on, or may have commented on in an attempt before this one. */
  issueExternalId: string | null;
  /** It comments on that issue and on no other, and makes none. */
  isFollowUp: boolean;
  commentsOnOpen: boolean;
  toldClosedReference: string | null;
};

/**
 * One attempt at an issue tracker, with at most one effect: looks first for what is there already, by our own receipts, then by
 * the markers, so that nothing is filed twice whatever was answered before (D-10). What cannot be looked up is not
 * written: the attempt is tried later.
 */
export async function publishIssue(
  ctx: Context,
  adapter: DestinationAdapter & { issues: IssueTracker },
  destination: Destination,
  request: PublishRequest,
  delivery: IssueDelivery,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const { issues } = adapter;
  const within = delivery.issueExternalId ? { externalId: delivery.issueExternalId } : undefined;
  const found = await issues.find(destination, request, context, within);
  if (found.outcome === "unknown") return notLookedUp(found);
  if (found.outcome === "found" && found.ownEffect) return alreadyThere(request, found.ownEffect);
  if (within && delivery.isFollowUp)
    return commentOn(issues, destination, request, within.externalId, context);

  const own = await findOwnIssue(ctx.db, {
    incidentId: delivery.incidentId,
    destinationId: destination.destinationId,
    targetRef: request.targetRef,
    exceptDeliveryId: delivery.deliveryId,
  });
  const looked = own ? await issues.look(destination, own.issueExternalId, context) : null;
  if (looked?.outcome === "unknown") return notLookedUp(looked);
  const match =
    looked?.outcome === "there" ? looked.issue : bestMatch(found.outcome === "found" ? found.matches : []);
  const next = matchStep(match, delivery);
  switch (next.step) {
    case "create":
      return adapter.publish(destination, request, context);
    case "comment":
      return asComment(await issues.comment(destination, next.issue, request, context), next.issue);
    case "link":
      return linked(request, next.issue);
    case "wait":
      return { outcome: "blocked", reason: next.reason, match: next.issue };
  }
}

async function commentOn(
  issues: IssueTracker,
  destination: Destination,
  request: PublishRequest,
  externalId: string,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const looked = await issues.look(destination, externalId, context);
  if (looked.outcome === "unknown") return notLookedUp(looked);
  if (looked.outcome === "gone") {
    const why = reason("issue_gone", "The issue that this comment belongs to is no longer there.");
    return { outcome: "rejected", reason: why };
  }
  if (looked.issue.state === "closed") {
    const why = reason("issue_closed", "The issue was closed before this comment was posted.");
    return { outcome: "blocked", reason: why, match: looked.issue };
  }
  return asComment(await issues.comment(destination, looked.issue, request, context), looked.issue);
}

/** Nothing was sent, so trying later is safe whatever went wrong with the look, unless only a person can help. */
function notLookedUp(look: {
  reason: Reason;
  refused?: boolean;
  retryAfterMs?: number;
  exchange?: Extract<FindOutcome, { outcome: "unknown" }>["exchange"];
}): PublishOutcome {
  const { reason: why, retryAfterMs, exchange } = look;
  if (look.refused) return { outcome: "rejected", reason: why, exchange };
  const words = `Nothing was sent, since it could not be seen whether it is there already: ${why.message}`;
  return { outcome: "retryable", reason: { ...why, message: words }, retryAfterMs, exchange };
}

function asComment(outcome: PublishOutcome, issue: FoundIssue): PublishOutcome {
  if (outcome.outcome === "ambiguous") return { ...outcome, issueExternalId: issue.externalId };
  if (outcome.outcome !== "published") return outcome;
  return { ...outcome, operation: "comment_issue", issueExternalId: issue.externalId, match: issue };
}

/** An earlier attempt had its effect and its reply was lost: that effect is this delivery's. */
export function alreadyThere(
  request: Pick<PublishRequest, "targetRef" | "deliveryId" | "operation">,
  effect: NonNullable<Extract<FindOutcome, { outcome: "found" }>["ownEffect"]>,
): Extract<PublishOutcome, { outcome: "published" }> {
  const { issue, commentId, commentUrl } = effect;
  return {
    outcome: "published",
    externalId: commentId ?? issue.externalId,
    externalUrl: commentUrl ?? issue.url ?? undefined,
    externalTitle: issue.title,
    issueExternalId: issue.externalId,
    operation: commentId ? "comment_issue" : request.operation,
    receipt: { ...issueFacts(request, issue), ...(commentId && { comment_id: commentId }), reconciled: true },
  };
}

function linked(request: PublishRequest, issue: FoundIssue): PublishOutcome {
  return {
    outcome: "published",
    externalId: issue.externalId,
    externalUrl: issue.url ?? undefined,
    externalTitle: issue.title,
    issueExternalId: issue.externalId,
    operation: "match_issue",
    match: issue,
    receipt: { ...issueFacts(request, issue), operation: "match_issue" },
  };
}

function issueFacts(
  request: Pick<PublishRequest, "targetRef" | "deliveryId" | "operation">,
  issue: FoundIssue,
) {
  return {
    operation: request.operation,
    status: "posted",
    delivery_id: request.deliveryId,
    target_ref: request.targetRef,
    issue_reference: issue.reference,
    issue_url: issue.url,
    issue_state: issue.state,
  };
}
