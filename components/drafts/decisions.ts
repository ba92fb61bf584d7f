import type { DestinationReviewWire, DraftReviewWire } from "@/lib/contracts/review";
import { canLeave, defaultChoice, isMoving, standingOf } from "./draft-standing";
import { counted, reasonSentences } from "./draft-words";
import { nthWords } from "./quorum-words";

export type DecisionKind = "approve" | "deny" | "publish" | "withdraw" | "break_glass";

/** One action of the draft: what it says, and why it cannot be taken now. */
export type Decision = {
  kind: Extract<DecisionKind, "approve" | "deny" | "publish">;
  label: string;
  locked?: string;
};

export type Decisions = { primary: Decision | null; deny: Decision | null };

/** Those that could be published now and have not arrived: an approval in force must cover them. */
export function publishable(review: DraftReviewWire): DestinationReviewWire[] {
  return review.destinations.filter((each) => publishObstacle(review, each) === null);
}

/** Why a destination cannot be chosen for publishing now; null when it can. */
export function publishObstacle(review: DraftReviewWire, each: DestinationReviewWire): string | null {
  if (each.post?.state === "published") return "Already published.";
  if (isMoving(each)) return "Under way.";
  if (!each.allowed) return "The source does not allow it.";
  if (!canLeave(each)) {
    const why = [...each.missing, ...(each.render_error ? [each.render_error] : [])];
    return why.length > 0 ? reasonSentences(why) : "Not ready.";
  }
  const approved = review.draft.facets.approval === "granted";
  // With a change inside the digest nothing is covered; trying is then the way to ask for approval again.
  if (approved && !each.covered && standingOf(review) !== "outdated") {
    return "Not among the approved destinations.";
  }
  return null;
}

/** What this person may decide now. An action that is not theirs keeps its place and says why. */
export function decisionsOf(review: DraftReviewWire): Decisions {
  const { actions } = review;
  const deny: Decision | null = actions.deny.allowed ? { kind: "deny", label: "Deny…" } : null;
  switch (standingOf(review)) {
    case "waiting": {
      const count = defaultChoice(review).length;
      const locked = !actions.approve.allowed
        ? plain(actions.approve.reason ?? "You may not approve this draft")
        : count === 0
          ? "There is nothing to approve: no payload can be made for a chosen destination"
          : undefined;
      const label =
        count === 0 ? "Approve" : `Approve ${counted(count, "payload")}${nthWords(review.approval.quorum)}…`;
      return { primary: { kind: "approve", label, locked }, deny };
    }
    case "approved":
    case "free":
    case "unfinished": {
      const count = publishable(review).length;
      const locked = actions.publish.allowed
        ? count === 0
          ? "No destination that is covered can take it now"
          : undefined
        : plain(actions.publish.reason ?? "You may not publish this draft");
      if (standingOf(review) === "unfinished" && locked && count === 0) return { primary: null, deny };
      const label = count === 0 ? "Publish" : `Publish to ${count}…`;
      return { primary: { kind: "publish", label, locked }, deny };
    }
    case "outdated":
      return { primary: { kind: "publish", label: askLabel(review) }, deny };
    case "underway":
    case "published":
    case "denied":
      return { primary: null, deny: null };
  }
}

/** Publishing is the verb that stops and asks, so this is what it is called while nothing else can come of it. */
function askLabel(review: DraftReviewWire): string {
  return review.draft.facets.approval === "granted" ? "Ask for approval again…" : "Ask for approval…";
}

/** The server quotes ids in backticks, for programs. */
function plain(reason: string): string {
  return reason.replaceAll("`", "");
}
