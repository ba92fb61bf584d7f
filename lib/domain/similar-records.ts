import { messageTemplate } from "./message-template";
import type { SimilarRecord } from "./triage";
import { oneLine } from "./triage-words";

/** What makes one failure like another; frames as `parseFailure` names them, innermost first. */
export type FailureFacts = {
  fingerprint: string | null;
  title: string;
  exceptionType: string | null;
  message: string | null;
  frames: readonly string[];
};

/** A row that may be about the same failure: facts and counts, as the stores have them. */
export type SimilarCandidate = FailureFacts & {
  kind: SimilarRecord["kind"];
  id: string;
  occurrenceCount: number | null;
  lastSeenAtMs: number | null;
  outcome: string | null;
  url: string | null;
  /** An issue at a destination that carries this failure's own marker. */
  carriesMarker?: boolean;
};

const recordCap = 10;
const candidateCap = 500;
const wordCap = 60;
const leastAlike = 0.5;

/** The rules, the strongest first: `same_fingerprint` 100, `same_marker` 90, exception and calls 60 to 89, exception 30 to 45, words 10 to 30. */
const scores = {
  fingerprint: 100,
  marker: 90,
  frames: 60,
  eachFrame: 8,
  template: 5,
  exception: 30,
  sameTemplate: 15,
};

/**
 * The records most like a failure, best first, at most ten of the first 500 given; its own rows (`ownIds`) left out. The same
 * candidates in any order give the same list.
 */
export function similarRecords(
  failure: FailureFacts & { ownIds: readonly string[] },
  candidates: readonly SimilarCandidate[],
): SimilarRecord[] {
  const own = new Set(failure.ownIds);
  const facts = factsOf(failure);
  const best = new Map<string, SimilarRecord>();
  for (const candidate of candidates.slice(0, candidateCap)) {
    const alike = own.has(candidate.id) ? null : likeness(failure, facts, candidate);
    if (alike === null) continue;
    const key = `${candidate.kind} ${candidate.id}`;
    const record = recordOf(candidate, alike);
    const known = best.get(key);
    if (!known || byLikeness(record, known) < 0) best.set(key, record);
  }
  return [...best.values()].sort(byLikeness).slice(0, recordCap);
}

type Alike = Pick<SimilarRecord, "match" | "score">;
type Facts = { template: string; words: ReadonlySet<string>; frames: readonly string[] };

function factsOf({ title, message, exceptionType, frames }: FailureFacts): Facts {
  const template = messageTemplate(message ?? title);
  const said = `${exceptionType ?? ""} ${messageTemplate(title)} ${template}`.toLowerCase();
  const words = (said.match(/[\p{L}_]{3,40}/gu) ?? []).slice(0, wordCap);
  return { template, words: new Set(words), frames: frames.slice(0, 3) };
}

/** Types that say nothing by themselves: what they say is in the message. */
const everyones =
  /(?:^|[.:\\])(?:Error|Exception|Throwable|RuntimeError|RuntimeException|StandardError|panic|fatal error|KeyError|ValueError|TypeError|AttributeError|NameError|IndexError|ReferenceError|RangeError|NoMethodError|ArgumentError|NullPointerException|NullReferenceException|IllegalArgumentException|IllegalStateException|InvalidOperationException|ArgumentException|PHP (?:Warning|Notice|Fatal error))$/;

function likeness(failure: FailureFacts, facts: Facts, candidate: SimilarCandidate): Alike | null {
  if (failure.fingerprint !== null && failure.fingerprint === candidate.fingerprint)
    return { match: "same_fingerprint", score: scores.fingerprint };
  if (candidate.carriesMarker === true) return { match: "same_marker", score: scores.marker };
  const other = factsOf(candidate);
  const isSameType = failure.exceptionType !== null && failure.exceptionType === candidate.exceptionType;
  const isSameTemplate = facts.template !== "" && facts.template === other.template;
  const shared = facts.frames.filter((frame) => other.frames.includes(frame)).length;
  if (isSameType && shared > 0) {
    const score = scores.frames + scores.eachFrame * shared + (isSameTemplate ? scores.template : 0);
    return { match: "same_exception_and_frames", score };
  }
  if (isSameType && (isSameTemplate || !everyones.test(failure.exceptionType ?? "")))
    return { match: "same_exception", score: scores.exception + (isSameTemplate ? scores.sameTemplate : 0) };
  const alike = overlap(facts.words, other.words);
  return alike < leastAlike ? null : { match: "similar_words", score: 10 + Math.round(20 * alike) };
}

/** The share of words that both have; 0 where there are too few to compare. */
function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size < 2 || right.size < 2) return 0;
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}

/** The more alike, then the later seen, then by kind and id. */
function byLikeness(left: SimilarRecord, right: SimilarRecord): number {
  if (left.score !== right.score) return right.score - left.score;
  const [seen, otherSeen] = [left.lastSeenAtMs ?? 0, right.lastSeenAtMs ?? 0];
  if (seen !== otherSeen) return otherSeen - seen;
  const [name, otherName] = [`${left.kind} ${left.id}`, `${right.kind} ${right.id}`];
  return name < otherName ? -1 : Number(name > otherName);
}

function recordOf(candidate: SimilarCandidate, { match, score }: Alike): SimilarRecord {
  const { kind, id, title, occurrenceCount, lastSeenAtMs, outcome, url } = candidate;
  return {
    kind,
    id,
    title: oneLine(title, 200),
    match,
    score,
    occurrenceCount,
    lastSeenAtMs,
    outcome: outcome === null ? null : oneLine(outcome, 80),
    url: url !== null && url.length <= 2_000 && /^https?:\/\/[^\s<>"'`]+$/.test(url) ? url : null,
  };
}
