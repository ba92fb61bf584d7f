import type { ActorRef } from "./actor";
import { type Reason, reason } from "./reason";

/** Somebody is on this draft. It binds nobody: others decide all the same, but they see who is there before they do. */
export type DraftClaim = { by: ActorRef; sinceMs: number; untilMs: number };

/** A claim lapses so long after it was made or renewed last. */
export const draftClaimMs = 15 * 60_000;

/** The claim as far as it holds now. */
export function liveClaim(claim: DraftClaim | null | undefined, nowMs: number): DraftClaim | null {
  return claim && claim.untilMs > nowMs ? claim : null;
}

/** Rows with the claims that hold now. */
export const withLiveClaims = <Row extends { claim?: DraftClaim | null }>(
  rows: readonly Row[],
  nowMs: number,
): Row[] => rows.map((row) => ({ ...row, claim: liveClaim(row.claim, nowMs) }));

export const isSameActor = (one: ActorRef, other: ActorRef): boolean =>
  one.kind === other.kind && one.id === other.id;

export type ClaimDecision =
  | { allowed: true; how: "claimed" | "renewed" | "taken_over"; claim: DraftClaim; from: ActorRef | null }
  | { allowed: false; reason: Reason; claim: DraftClaim };

/**
 * May somebody take a draft? A free or lapsed one at once; their own is renewed and keeps its beginning; somebody else's
 * only when they say that they take it over.
 */
export function decideClaim(
  present: DraftClaim | null,
  asked: { by: ActorRef; nowMs: number; takeOver: boolean },
): ClaimDecision {
  const { by, nowMs, takeOver } = asked;
  const held = liveClaim(present, nowMs);
  const untilMs = nowMs + draftClaimMs;
  if (!held) return { allowed: true, how: "claimed", claim: { by, sinceMs: nowMs, untilMs }, from: null };
  if (isSameActor(held.by, by)) {
    return { allowed: true, how: "renewed", claim: { by, sinceMs: held.sinceMs, untilMs }, from: null };
  }
  if (!takeOver) {
    return {
      allowed: false,
      reason: reason(
        "claimed_by_other",
        `${held.by.name} is on this draft; take it over to be on it instead`,
      ),
      claim: held,
    };
  }
  return { allowed: true, how: "taken_over", claim: { by, sinceMs: nowMs, untilMs }, from: held.by };
}
