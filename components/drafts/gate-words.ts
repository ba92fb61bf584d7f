import type { DraftReviewWire } from "@/lib/contracts/review";
import { type Standing, standingOf } from "./draft-standing";
import { counted, limitWords } from "./draft-words";
import { shareWords } from "./quorum-words";

type Clock = (ms: number) => string;

/** Who decided last, as the reader is told it. */
export function deciderName(review: DraftReviewWire, myId: string | undefined): string {
  const last = review.approval.active ?? review.approval.history[0];
  if (!last) return "somebody";
  return last.actor.id === myId ? "you" : last.actor.name;
}

/** The gate panel's headline. */
export function gateTitle(review: DraftReviewWire, clock: Clock, myId: string | undefined): string {
  const last = review.approval.active ?? review.approval.history[0];
  const decided = last ? ` by ${deciderName(review, myId)}, ${clock(last.created_at_ms)}` : "";
  const posts = review.destinations.flatMap((each) => each.post ?? []);
  const sent = posts.filter((post) => post.state === "published").length;
  switch (standingOf(review)) {
    case "waiting":
      if (review.draft.facets.approval === "voided") return "The approval was voided, so it is needed again";
      if (review.draft.facets.approval === "expired") return "The approval expired, so it is needed again";
      if (review.approval.quorum.counted.length > 0 && review.approval.quorum.missing > 0)
        return `${shareWords(review.approval.quorum)} have approved; ${review.approval.quorum.missing} more needed`;
      return review.actions.approve.allowed ? "Waiting for your approval" : "Waiting for an approver";
    case "approved":
      return `Approved${decided}`;
    case "outdated":
      return last && review.draft.facets.approval === "granted"
        ? `Approved${decided}; changed since`
        : "Approval is needed by now";
    case "free":
      return "No approval needed";
    case "denied":
      return `Denied${decided}`;
    case "underway":
      return "Under way";
    case "unfinished":
      if (posts.length === 1)
        return sent === 1 ? "Sent to 1 destination, more to send" : "The delivery did not arrive";
      return `${sent} of ${posts.length} deliveries arrived`;
    case "published":
      return `Published to ${counted(sent, "destination")}`;
  }
}

/** What the present action does and what comes after it. */
export function gateNote(review: DraftReviewWire): string {
  const notes: Record<Standing, string> = {
    waiting: review.publish_on_approval
      ? "Approving sends at once: this deployment publishes on approval."
      : "Publish unlocks once this is approved. Approving sends nothing.",
    approved: "Nothing has been sent. What is sent cannot be unsent.",
    outdated: "Publishing would stop here. Asking sends nothing and puts the draft before an approver.",
    free: "Nothing has been sent. What is sent cannot be unsent.",
    denied: "A denied draft is never sent. Repeats are still counted on its incident.",
    underway: "It goes on in the background; this page follows.",
    unfinished: "Each delivery below says what happened and what is tried next.",
    published: "Each delivery has a receipt that proves what was sent.",
  };
  return notes[standingOf(review)];
}

/** How long an approval given now would hold, and what ends it before. */
export function expiryWords(review: DraftReviewWire): string {
  const limit = limitWords(review.approval.ttl_ms);
  return review.approval.binding === "content"
    ? `${limit} after it is approved; any change inside voids it`
    : `${limit} after it is approved; later content of this draft stays covered`;
}
