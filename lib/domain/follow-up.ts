import { type Reason, reason } from "./reason";

const hourMs = 3_600_000;
/**
 * How long after each word at an issue the next recurrence is told there; after the sixth it stays a week. Growing, so that a
 * flood is a few lines (D-23).
 */
export const followUpIntervalsMs: readonly number[] = [1, 4, 12, 24, 72, 168].map((hours) => hours * hourMs);

export type FollowUpFacts = {
  commentsOnOpen: boolean;
  /** Would publishing the draft need an approval today? */
  approvalRequired: boolean;
  draftApproval: string;
  /** The approval the issue went out under showed the template that is filled now. */
  approvedTemplate: boolean;
  /** Filled and sent; null where the payload has none. */
  template: string | null;
};

/** May a comment leave that nobody looks at first? Only numbers and times of it are new (D-31). */
export function mayFollowUp(facts: FollowUpFacts): { ok: true } | { ok: false; reason: Reason } {
  const no = (code: string, words: string) => ({ ok: false, reason: reason(code, words) }) as const;
  if (!facts.commentsOnOpen) return no("comments_off", "Comments on matched open issues are switched off.");
  if (facts.draftApproval === "denied") return no("draft_denied", "The draft was denied.");
  if (!facts.template) return no("no_template", "What was published has no text for recurrences.");
  if (facts.approvalRequired && !facts.approvedTemplate) {
    return no(
      "approval_required",
      "A comment needs an approval, and the one that was given did not include it.",
    );
  }
  return { ok: true };
}
