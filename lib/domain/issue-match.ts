import type { FoundIssue } from "./found-issue";
import { type Reason, reason } from "./reason";

/** What an issue delivery does about an issue of the same failure that is there already (D-10, D-23, reference 4.1). */
export type MatchStep =
  | { step: "create" }
  | { step: "comment"; issue: FoundIssue }
  /** Open, and comments are switched off: linked, and nothing is sent. */
  | { step: "link"; issue: FoundIssue }
  /** Closed: what would be filed has to say so first, and be approved as that. */
  | { step: "wait"; issue: FoundIssue; reason: Reason };

/**
 * An open issue takes a comment. A closed one means that the failure came back: the draft becomes a regression that names
 * it, which is another payload than the one that was approved.
 *
 * @param toldClosedReference the closed issue that the draft names already; that one stands in its way no longer.
 */
export function matchStep(
  match: FoundIssue | null,
  rules: { commentsOnOpen: boolean; toldClosedReference: string | null },
): MatchStep {
  if (!match) return { step: "create" };
  if (match.state === "open") return { step: rules.commentsOnOpen ? "comment" : "link", issue: match };
  if (match.reference === rules.toldClosedReference) return { step: "create" };
  const words =
    `Issue ${match.reference} is about the same failure and was closed. The draft is a regression of it now: ` +
    "review it and publish it again.";
  return { step: "wait", issue: match, reason: reason("matched_closed", words, { issue: match.reference }) };
}

/** What a draft keeps of a match: the number where the tracker counts in numbers. */
export function matchOf({ reference, state, url }: FoundIssue) {
  const number = /^#(\d{1,9})$/.exec(reference)?.[1];
  return { number: number ? Number(number) : null, state, reference, url };
}

/** Of several matches: an open one counts, else the newest closed one (case 101). */
export function bestMatch(matches: readonly FoundIssue[]): FoundIssue | null {
  const newestFirst = [...matches].sort((left, right) => (right.createdAtMs ?? 0) - (left.createdAtMs ?? 0));
  return newestFirst.find((each) => each.state === "open") ?? newestFirst[0] ?? null;
}
