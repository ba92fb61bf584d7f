import type { FindOutcome, FoundIssue } from "@/lib/domain/found-issue";
import type { IssueMarkers } from "./issue-markers";

/** An issue with the markers that are its own. `order` grows with its age at the tracker: a number, or a time. */
export type MarkedIssue = { issue: FoundIssue; markers: IssueMarkers; order: number };

const suggestionMax = 5;

/** What was read of a tracker, sorted into matches, suggestions and this delivery's own effect. */
export function sortIssues(
  seen: readonly MarkedIssue[],
  wanted: { fingerprint: string; title: string; delivery: string },
): FindOutcome {
  const isMatch = ({ markers }: MarkedIssue) => markers.fingerprint === wanted.fingerprint;
  const title = wanted.title.trim().toLowerCase();
  const suggestions = seen
    .filter((each) => !isMatch(each) && each.issue.title.trim().toLowerCase() === title)
    .slice(0, suggestionMax)
    .map(({ issue }) => issue);
  const matches = seen
    .filter(isMatch)
    .sort((left, right) => openFirst(left) - openFirst(right) || right.order - left.order)
    .map(({ issue }) => issue);
  // Who copies an issue with its markers does so later: the oldest is ours.
  const [own] = seen
    .filter(({ markers }) => markers.delivery === wanted.delivery)
    .sort((left, right) => left.order - right.order);
  if (!own && matches.length === 0) return { outcome: "absent", suggestions };
  const ownEffect = own ? { issue: own.issue, commentId: null, commentUrl: null } : null;
  return { outcome: "found", matches, suggestions, ownEffect };
}

const openFirst = ({ issue }: MarkedIssue) => (issue.state === "open" ? 0 : 1);
