import type { GateState } from "@/components/state/gate-line";
import type { DestinationReviewWire, DraftReviewWire } from "@/lib/contracts/review";
import { limitWords } from "./draft-words";

/**
 * Where a draft stands at its gate. `unfinished`: it was sent and not everything arrived. `outdated`: what was decided
 * no longer fits the draft or the policy, so publishing would stop and ask for approval.
 */
export type Standing =
  | "waiting"
  | "approved"
  | "free"
  | "denied"
  | "underway"
  | "unfinished"
  | "outdated"
  | "published";

const moving = ["due", "sending", "retrying"];

export function isMoving(destination: DestinationReviewWire): boolean {
  return destination.post !== undefined && moving.includes(destination.post.state);
}

/** Those the route chose and the source allows: what an approval would cover. */
export function coverable(review: DraftReviewWire): DestinationReviewWire[] {
  return review.destinations.filter((each) => each.effective && each.allowed && each.payload);
}

/** What approving covers unless the approver chooses otherwise: what is ready, or all when nothing is. */
export function defaultChoice(review: DraftReviewWire): DestinationReviewWire[] {
  const possible = coverable(review);
  const fixed = review.approval.quorum.destination_ids;
  if (fixed) return possible.filter((each) => fixed.includes(each.destination_id));
  const ready = possible.filter(canLeave);
  return ready.length > 0 ? ready : possible;
}

/** Could it leave for this destination now, as far as the destination goes? */
export function canLeave(destination: DestinationReviewWire): boolean {
  return (
    destination.effective && destination.allowed && destination.ready && destination.payload !== undefined
  );
}

export function standingOf(review: DraftReviewWire): Standing {
  const { approval } = review.draft.facets;
  if (approval === "denied") return "denied";
  if (review.destinations.some(isMoving)) return "underway";
  if (approval !== "granted" && approval !== "not_required") return "waiting";
  const posts = review.destinations.flatMap((each) => each.post ?? []);
  const open = review.destinations.filter(
    (each) => each.effective && each.post?.state !== "published" && (approval !== "granted" || each.covered),
  );
  const lost = posts.some((post) => post.state !== "published");
  if (posts.length > 0 && open.length === 0 && !lost) return "published";
  if (approval === "granted" ? review.approval.changes.length > 0 : review.approval.required)
    return "outdated";
  if (posts.length > 0) return "unfinished";
  return approval === "granted" ? "approved" : "free";
}

export type Gate = { state: GateState; label?: string };

/** The gate line and the word on its cap. `nowMs` is null before the reader's clock is known. */
export function gateOf(review: DraftReviewWire, nowMs: number | null): Gate {
  const standing = standingOf(review);
  if (standing === "denied") return { state: "blocked", label: "Denied" };
  if (standing === "waiting") return { state: "closed" };
  if (standing === "outdated") return { state: "closed", label: "Changed" };
  if (review.destinations.some((each) => each.post?.state === "published")) return { state: "passed" };
  if (standing === "underway") return { state: "open" };
  if (review.draft.held) return { state: "closed", label: "Held" };
  if (!review.destinations.some(canLeave)) return { state: "blocked" };
  const { expires_at_ms: expires, created_at_ms: since } = review.approval.active ?? {};
  if (expires === undefined || since === undefined || nowMs === null) return { state: "open" };
  // The page's clock may lag behind the approval by half a minute; the gate never claims more than was given.
  const left = Math.min(expires - since, Math.max(0, expires - nowMs));
  return { state: "open", label: `Open, ${limitWords(left)}` };
}
