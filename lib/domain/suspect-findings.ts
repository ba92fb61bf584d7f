import type { Place } from "./suspect-place";
import type { CommitFacts, Finding, History, SuspectCommit } from "./triage";

/** Findings of the history: who changed the failing lines last (facts), and which commit is suspected (an inference). */
export function historyFindings(
  history: History,
  places: readonly Place[],
  commits: ReadonlyMap<string, CommitFacts>,
): Finding[] {
  const findings: Finding[] = [];
  for (const place of places.slice(0, 3)) {
    const hash = history.blamed.find((each) => each.path === place.path && each.line === place.line)?.hash;
    if (hash) findings.push(lastChange(place, hash, commits.get(hash)));
  }
  const [first, second] = history.suspects;
  if (first) findings.push(suspicion(first, second));
  if (history.state === "shallow") findings.push(shortHistory());
  return findings;
}

const short = (hash: string) => hash.slice(0, 10);
const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
const named = ({ hash, subject, author, committedAtMs }: CommitFacts) =>
  `${short(hash)} of ${dayOf(committedAtMs)} by ${author}: “${subject}”`;

function lastChange({ path, line }: Place, hash: string, facts: CommitFacts | undefined): Finding {
  return {
    ...{ rule: "line_last_changed", certainty: "fact", confidence: "high" },
    statement: `${path}:${line} was last changed by ${facts ? named(facts) : `${short(hash)}, older than the commits looked at`}.`,
    evidence: [
      { kind: "code", path, fromLine: line, toLine: line },
      { kind: "commit", hash },
    ],
  };
}

function suspicion(suspect: SuspectCommit, next: SuspectCommit | undefined): Finding {
  const change = suspect.changes[0];
  const place = change ? ` It changed ${change.path}:${change.fromLine}.` : "";
  const margin = next
    ? ` ${suspect.score} points; the next, ${short(next.hash)}, has ${next.score}.`
    : ` ${suspect.score} points; no other is connected.`;
  return {
    ...{ rule: "suspect_commit", certainty: "inference", confidence: suspect.confidence },
    statement: `The failure may come from ${named(suspect)}.${place}${margin}`,
    evidence: [
      { kind: "commit", hash: suspect.hash },
      ...(change
        ? [{ kind: "code" as const, path: change.path, fromLine: change.fromLine, toLine: change.toLine }]
        : []),
    ],
  };
}

const shortHistory = (): Finding => ({
  ...{ rule: "history_is_cut_off", certainty: "fact", confidence: "high" },
  statement:
    "The repository was fetched without its older history: a cause before that cannot be found here.",
  evidence: [],
});
