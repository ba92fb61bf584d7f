import type { Actor, ActorRef } from "./actor";
import { type Reason, reason } from "./reason";
import { isSteppedUp } from "./step-up";

/*
 * Breaking the glass: one admin approves alone what takes more people, or somebody else. Never over a denial, a
 * destination that is not ready, or redaction. Somebody else judges afterwards whether it was right.
 */

export const breakGlassReasonMin = 10;
export const breakGlassWindowMs = 24 * 3_600_000;
/** How long the others have to judge it before it is overdue. */
export const breakGlassReviewMs = 72 * 3_600_000;

export const breakGlassVerdicts = ["justified", "not_justified"] as const;
export type BreakGlassVerdict = (typeof breakGlassVerdicts)[number];

/** One use of it, and what somebody else made of it. */
export type BreakGlassUse = {
  breakGlassId: string;
  approvalId: string;
  draftId: string;
  draftTitle: string;
  projectId: string | null;
  actor: ActorRef;
  reason: string;
  /** The rules that it went around. */
  overridden: Reason[];
  usedAtMs: number;
  dueAtMs: number;
  verdict: BreakGlassVerdict | null;
  note: string | null;
  reviewedBy: ActorRef | null;
  reviewedAtMs: number | null;
};

export type BreakGlassFacts = {
  actor: Actor;
  nowMs: number;
  reasonGiven: string;
  /** Would this person's ordinary approval be refused, or not be enough? Then these are the rules in the way. */
  overridden: readonly Reason[];
  /** Why nothing could be sent anyway. */
  unready: Reason | null;
  used: { byPerson: number; overall: number };
  /** A use of this person that nobody has judged in time. */
  hasOverdueReview: boolean;
  caps: { perPerson: number; overall: number };
};

/** Why it may not be done now; null when it may. */
export function breakGlassRefusal(facts: BreakGlassFacts): Reason | null {
  const { actor, caps, used } = facts;
  if (actor.kind !== "user") {
    return reason("person_required", "Only a person who is signed in may break the glass; a token may not");
  }
  if (caps.perPerson === 0 || caps.overall === 0) {
    return reason("break_glass_off", "Breaking the glass is switched off in the safety defaults");
  }
  if (facts.overridden.length === 0) {
    return reason("break_glass_not_needed", "Your own approval is enough here; approve it the ordinary way");
  }
  if (facts.unready) return facts.unready;
  if (facts.hasOverdueReview) {
    return reason(
      "break_glass_review_overdue",
      "You broke the glass before and nobody has reviewed it in time; that comes first",
    );
  }
  if (used.byPerson >= caps.perPerson) {
    return reason(
      "break_glass_capped",
      `You have broken the glass ${used.byPerson} times in 24 h; the limit is ${caps.perPerson}`,
    );
  }
  if (used.overall >= caps.overall) {
    return reason(
      "break_glass_capped",
      `The glass was broken ${used.overall} times in 24 h by everybody together; the limit is ${caps.overall}`,
    );
  }
  if (facts.reasonGiven.trim().length < breakGlassReasonMin) {
    return reason("reason_required", `Say why, in ${breakGlassReasonMin} characters or more`);
  }
  if (!isSteppedUp(actor.stepUpAtMs, facts.nowMs)) {
    return reason("step_up_required", "Prove that it is you first, by password or one-time code");
  }
  return null;
}

/** Why this actor may not judge that use; null when they may. */
export function breakGlassReviewRefusal(actor: Actor, use: BreakGlassUse): Reason | null {
  if (actor.kind !== "user") {
    return reason("person_required", "Only a person who is signed in may review this; a token may not");
  }
  if (use.actor.kind === "user" && use.actor.id === actor.userId) {
    return reason("own_break_glass", "You broke the glass here; somebody else must review it");
  }
  return use.verdict ? reason("already_reviewed", "This was reviewed already") : null;
}

export function isReviewOverdue(use: Pick<BreakGlassUse, "verdict" | "dueAtMs">, nowMs: number): boolean {
  return use.verdict === null && use.dueAtMs <= nowMs;
}
