import { hasOpenIssue } from "./filed-before";
import { cutUnits, plainText } from "./issue-text";
import type { Research, SimilarRecord } from "./triage";

/** One known failure like this one (contract 5.13). What we do not keep of it is null. */
export type DuplicateMatch = {
  source: SimilarRecord["kind"];
  fingerprint: string | null;
  summary: string;
  matchReason: string;
  score: number;
  recurrenceCount: number;
  linkedIssueNumbers: number[];
  runId: string | null;
  memoryId: string | null;
  artifactRefs: string[];
  candidateId: string | null;
};

export type DuplicateSummary = {
  reason: "duplicate_failure_pattern";
  matchCount: number;
  /** At least 1: this sighting. */
  maxRecurrenceCount: number;
  linkedIssueNumbers: number[];
  bestMatch: DuplicateMatch | null;
  matches: DuplicateMatch[];
};

/** Matches that are listed; all are counted. */
export const duplicateMatchMax = 20;

/** Equal identities before likeness, then by score; the order of equals does not depend on who listed them. */
export function summariseDuplicates(
  similar: readonly SimilarRecord[],
  fingerprint: string | null = null,
): DuplicateSummary {
  const ordered = [...similar].sort(
    (a, b) =>
      matchRank[b.match] - matchRank[a.match] ||
      finite(b.score) - finite(a.score) ||
      compare(`${a.kind}:${a.id}`, `${b.kind}:${b.id}`),
  );
  const matches = ordered.slice(0, duplicateMatchMax).map((each) => matchOf(each, fingerprint));
  return {
    reason: "duplicate_failure_pattern",
    matchCount: similar.length,
    maxRecurrenceCount: Math.max(1, ...similar.map(recurrences)),
    linkedIssueNumbers: [...new Set(ordered.flatMap(issueNumbers))].slice(0, duplicateMatchMax),
    bestMatch: matches[0] ?? null,
    matches,
  };
}

/** An open issue is about exactly this failure. Another incident of the same fingerprint is a recurrence, not a duplicate. */
export const isDuplicate = ({ similar, filedBefore }: Pick<Research, "similar" | "filedBefore">): boolean =>
  hasOpenIssue(filedBefore) ||
  similar.some(
    ({ kind, match, outcome }) =>
      kind === "issue" &&
      (match === "same_marker" || match === "same_fingerprint") &&
      !/^(?:closed|done|cancell?ed|completed|resolved)\b/i.test(outcome?.trim() ?? ""),
  );

const matchRank: Record<SimilarRecord["match"], number> = {
  same_fingerprint: 5,
  same_marker: 4,
  same_exception_and_frames: 3,
  same_exception: 2,
  similar_words: 1,
};

/** The contract's own word where it has one. */
const reasonWords: Record<SimilarRecord["match"], string> = {
  same_fingerprint: "exact_fingerprint",
  same_marker: "same_marker",
  same_exception_and_frames: "same_exception_and_frames",
  same_exception: "same_exception",
  similar_words: "similar_words",
};

function matchOf(record: SimilarRecord, fingerprint: string | null): DuplicateMatch {
  return {
    source: record.kind,
    fingerprint: record.match === "same_fingerprint" ? fingerprint : null,
    summary: cutUnits(plainText(record.title).replace(/\s+/g, " ").trim(), 500),
    matchReason: reasonWords[record.match],
    score: finite(record.score),
    recurrenceCount: recurrences(record),
    linkedIssueNumbers: issueNumbers(record),
    runId: null,
    memoryId: record.kind === "memory" ? record.id : null,
    artifactRefs: [],
    candidateId: record.kind === "memory" ? null : record.id,
  };
}

const finite = (score: number): number => (Number.isFinite(score) ? score : 0);
const recurrences = ({ occurrenceCount }: SimilarRecord): number => Math.max(1, occurrenceCount ?? 1);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of a tracker that numbers its issues: from the issue's address, or from a reference such as `#12`. */
function issueNumbers({ kind, id, url }: SimilarRecord): number[] {
  const [, fromUrl] = /\/issues\/(\d{1,9})(?:[?#]|$)/.exec(url ?? "") ?? [];
  const [, fromId] =
    kind === "issue" ? (/^(?:[\w.-]{1,100}\/[\w.-]{1,100})?#?(\d{1,9})$/.exec(id) ?? []) : [];
  const found = fromUrl ?? fromId;
  return found === undefined ? [] : [Number(found)];
}
