import type { FoundIssue } from "./found-issue";
import { type Reason, reason } from "./reason";
import type { FiledBefore, FiledIssue, Finding } from "./triage";
import { oneLine, quoted } from "./triage-words";

/** Issues that are kept of one destination. */
export const filedIssueMax = 5;

type Looked = {
  /** The issue that our own receipts name, as it is now; null when there is none. */
  own: FoundIssue | null;
  /** By the fingerprint's whole marker, and by an equal title alone. */
  matches: readonly FoundIssue[];
  suggestions: readonly FoundIssue[];
};

/** What a destination told, each issue once and by the strongest way it was known. Its texts are foreign: bounded, on one line. */
export function filedIssues({ own, matches, suggestions }: Looked): FiledIssue[] {
  const known = new Set<string>();
  const rows = [
    ...(own ? [own] : []).map((issue) => ({ issue, match: "own_receipt" as const })),
    ...matches.map((issue) => ({ issue, match: "same_marker" as const })),
    ...suggestions.map((issue) => ({ issue, match: "same_title" as const })),
  ];
  return rows
    .filter(({ issue }) => !known.has(issue.externalId) && known.add(issue.externalId))
    .slice(0, filedIssueMax)
    .map(({ issue, match }) => ({
      match,
      reference: oneLine(issue.reference, 100),
      title: oneLine(issue.title, 200),
      url: issue.url !== null && webAddress.test(issue.url) ? issue.url : null,
      state: issue.state,
    }));
}

const webAddress = /^https?:\/\/[^\s<>"'`\\]{1,1000}$/;

/** Whether a destination may be looked at now; null when it may. Unknown is not ready, and who asked for quiet gets it. */
export function lookObstacle(facts: {
  missing: readonly Reason[];
  circuit: "closed" | "open" | "half_open";
  pausedUntilMs: number | null;
  nowMs: number;
}): Reason | null {
  const [missing] = facts.missing;
  if (missing) return missing;
  if (facts.circuit !== "closed") {
    return reason("circuit_open", "Its circuit is open after faults in a row, so it is left alone");
  }
  if (facts.pausedUntilMs !== null && facts.pausedUntilMs > facts.nowMs) {
    return reason("destination_paused", "It asked to be left alone for a while");
  }
  return null;
}

/**
 * What the answers mean for the proposal (docs/triage-rules.md). They tell a reviewer what publishing would come to, and prove
 * nothing of the failure: a tracker's words are whoever's wrote them.
 */
export const filedBeforeFindings = (asked: readonly FiledBefore[]): Finding[] => asked.flatMap(findingsOf);

function findingsOf(destination: FiledBefore): Finding[] {
  const name = quoted(destination.destinationId, 100);
  if (destination.notAsked) {
    const why = oneLine(destination.notAsked.message, 300).replace(/\.$/, "");
    return [fact("not_asked", `${name} was not asked whether this was filed before: ${why}.`, [])];
  }
  const same = destination.issues.filter(({ match }) => match !== "same_title");
  const titled = destination.issues.filter(({ match }) => match === "same_title");
  const [leading] = [...same].sort((left, right) => openFirst(left) - openFirst(right));
  return [
    leading
      ? fact(leading.state, wordsOf(leading, name, destination.commentsOnOpen), [leading])
      : fact("none", `${name} was asked and has no issue that carries this failure's marker.`, []),
    ...titled.map(
      (issue): Finding => ({
        ...fact("same_title", `${named(issue)} at ${name} has the same title, and no marker of ours.`, [
          issue,
        ]),
        ...{ certainty: "inference", confidence: "low" },
      }),
    ),
  ];
}

const openFirst = ({ state }: FiledIssue) => (state === "open" ? 0 : 1);

function wordsOf(issue: FiledIssue, name: string, commentsOnOpen: boolean): string {
  const how = issue.match === "own_receipt" ? "was filed by us" : "carries this failure's marker";
  const what = `${named(issue)} at ${name} ${how} and is ${issue.state}.`;
  if (issue.state === "closed")
    return `${what} The failure came back: it would be filed as a regression of it.`;
  const does = commentsOnOpen ? "would comment on it" : "would link it";
  return `${what} Publishing there ${does} and file no second issue.`;
}

const named = ({ reference, title }: FiledIssue) => `Issue ${quoted(reference, 100)} (${quoted(title)})`;

function fact(rule: string, statement: string, issues: readonly FiledIssue[]): Finding {
  const evidence = issues.map(({ reference, url }) => ({ kind: "issue", reference, url }) as const);
  return { rule: `${filedBeforeRules}${rule}`, certainty: "fact", confidence: "high", statement, evidence };
}

const filedBeforeRules = "filed_before.";

/** A statement about what a destination told: it backs nothing and passes no gate. */
export const isOfDestination = ({ rule }: Pick<Finding, "rule">): boolean =>
  rule.startsWith(filedBeforeRules);

/** An open issue carries this failure's marker and is not known to be ours: a coding agent would do somebody's work again. */
export const hasOpenIssue = (asked: readonly FiledBefore[] | undefined): boolean =>
  (asked ?? []).some(({ issues }) =>
    issues.some(({ match, state }) => match === "same_marker" && state === "open"),
  );
