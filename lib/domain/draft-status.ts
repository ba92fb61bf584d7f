import type { DestinationKind } from "./config";
import type { DeliveryState } from "./delivery";
import type { ApprovalFacet, IssueFacet, TriageFacet } from "./draft";

export type DraftFacets = {
  approval: ApprovalFacet;
  triage: TriageFacet;
  issue: IssueFacet;
  newestDelivery: { kind: DestinationKind; state: DeliveryState; operation: string } | null;
};

const words: Record<DestinationKind, { going: string; published: string; failed: string; blocked: string }> =
  {
    github_issue: {
      going: "github_posting",
      published: "github_issue_created",
      failed: "github_post_failed",
      blocked: "publish_blocked",
    },
    linear_issue: {
      going: "linear_posting",
      published: "linear_issue_created",
      failed: "linear_post_failed",
      blocked: "publish_blocked",
    },
    webhook: {
      going: "webhook_posting",
      published: "webhook_posted",
      failed: "webhook_post_failed",
      blocked: "publish_blocked",
    },
    telemetry: {
      going: "telemetry_recording",
      published: "telemetry_recorded",
      failed: "telemetry_record_failed",
      blocked: "publish_blocked",
    },
    mcp_tool: {
      going: "mcp_tool_calling",
      published: "mcp_tool_called",
      failed: "mcp_tool_failed",
      blocked: "mcp_tool_auth_required",
    },
    internal_memory: {
      going: "memory_summary_storing",
      published: "memory_summary_stored",
      failed: "memory_summary_failed",
      blocked: "publish_blocked",
    },
  };

/** The newest delivery in the reference's words, or null when there is none to speak of. */
export function deliveryWord(delivery: DraftFacets["newestDelivery"]): string | null {
  if (!delivery || delivery.state === "cancelled") return null;
  const word = words[delivery.kind];
  switch (delivery.state) {
    case "due":
    case "sending":
    case "retrying":
    case "ambiguous":
      return word.going;
    case "published":
      if (delivery.operation === "comment_issue") return "github_comment_posted";
      if (delivery.operation === "match_issue") return "linear_issue_matched";
      return word.published;
    case "failed":
      return word.failed;
    case "blocked":
      return word.blocked;
  }
}

const approvalDue: readonly ApprovalFacet[] = ["required", "voided", "expired"];

/** Does it wait for a decision? */
export const awaitsApproval = (approval: ApprovalFacet): boolean => approvalDue.includes(approval);

/** The wire's `status`; the first that holds (D-04). */
export function draftStatus(facets: DraftFacets): string {
  if (facets.approval === "denied") return "denied";
  if (approvalDue.includes(facets.approval)) return "approval_required";
  const delivery = deliveryWord(facets.newestDelivery);
  if (delivery) return delivery;
  if (facets.triage === "queued" || facets.triage === "running") return "triage_queued";
  return "draft_ready";
}

/** The wire's `github_status`: informational, used for every kind (contract 6.3); absent while nothing happened. */
export function secondaryStatus(facets: DraftFacets): string | null {
  if (facets.approval === "denied") return null;
  if (approvalDue.includes(facets.approval)) return "approval_required";
  const delivery = deliveryWord(facets.newestDelivery);
  if (delivery) return delivery;
  if (facets.issue === "blocked") return "proposal_blocked";
  if (facets.issue === "ready") return "issue_draft_ready";
  if (facets.triage === "timed_out") return "triage_timed_out";
  if (facets.triage === "ready") return "triage_summary_ready";
  return null;
}

/** Operations that have a word of their own, and one that stands for all others. */
const operations = ["comment_issue", "match_issue", "other"] as const;

export type WordedDelivery = { kind: DestinationKind; state: DeliveryState; operation: string };

/** The deliveries that a word of `deliveryWord` is used for: what a filter by that word has to find. */
export function deliveriesCalled(word: string): WordedDelivery[] {
  return everyDelivery.filter((delivery) => deliveryWord(delivery) === word);
}

const deliveryStates: readonly DeliveryState[] = [
  ...(["due", "sending", "retrying", "published", "failed", "ambiguous", "blocked", "cancelled"] as const),
];
const everyDelivery: readonly WordedDelivery[] = (Object.keys(words) as DestinationKind[]).flatMap((kind) =>
  deliveryStates.flatMap((state) => operations.map((operation) => ({ kind, state, operation }))),
);

/** Every word of `draftStatus`. */
export const draftStatusWords: readonly string[] = [
  ...["denied", "approval_required", "triage_queued", "draft_ready"],
  ...new Set(everyDelivery.flatMap((delivery) => deliveryWord(delivery) ?? [])),
];
