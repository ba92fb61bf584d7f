import type { ExceptionMeaning } from "./exception-meaning";
import type { ReadCode } from "./read-code";
import type {
  CheckedClaim,
  CommitFacts,
  Evidence,
  Inspection,
  ReportedFrame,
  Research,
  TriageSubject,
} from "./triage";
import { oneLine } from "./triage-words";

/** All that claims are checked against. */
export type ClaimGround = {
  subject: TriageSubject;
  inspection: Inspection;
  research: Research;
  code: ReadCode;
  /** The root cause where the report has a chain of causes, else the exception itself. */
  meaning: ExceptionMeaning;
  /** The report's own lines, bounded. */
  reported: readonly string[];
};

type Verdict = CheckedClaim["verdict"];
type Checked = Partial<Pick<CheckedClaim, "certainty" | "confidence">> & { evidence?: readonly Evidence[] };

const statementLength = 500;
const evidenceCap = 6;

/**
 * One checked claim. None holds by a report's word alone: without a place in the code or a commit to look at, what would
 * hold cannot be checked.
 */
function checked(rule: string, verdict: Verdict, statement: string, given: Checked): CheckedClaim {
  const evidence = (given.evidence ?? []).slice(0, evidenceCap);
  const canBeLookedAt = evidence.some((each) => each.kind === "code" || each.kind === "commit");
  return {
    rule,
    certainty: given.certainty ?? "fact",
    confidence: given.confidence ?? "high",
    statement: oneLine(statement, statementLength),
    evidence,
    verdict: verdict === "holds" && !canBeLookedAt ? "cannot_be_checked" : verdict,
  };
}

export const holds = (rule: string, statement: string, given: Checked) =>
  checked(rule, "holds", statement, given);
export const refuted = (rule: string, statement: string, given: Checked) =>
  checked(rule, "refuted", statement, given);
export const unchecked = (rule: string, statement: string, given: Checked = {}) =>
  checked(rule, "cannot_be_checked", statement, { confidence: "low", ...given });

export const codeAt = (path: string, fromLine: number, toLine: number = fromLine): Evidence => ({
  kind: "code",
  path,
  fromLine,
  toLine,
});
export const commitOf = (hash: string): Evidence => ({ kind: "commit", hash });

/** A frame that was found in the project, with its line. */
export type ResolvedFrame = ReportedFrame & { path: string; line: number };

const resolvedCap = 5;

/** Frames of the system's own code that were found, the one nearest to where it broke first. */
export function resolvedFrames(inspection: Inspection, cap: number = resolvedCap): ResolvedFrame[] {
  return inspection.frames
    .filter(
      (frame): frame is ResolvedFrame =>
        frame.origin === "app" &&
        frame.state === "resolved" &&
        frame.path !== null &&
        frame.line !== null &&
        Number.isSafeInteger(frame.line) &&
        frame.line > 0,
    )
    .sort((left, right) => left.depth - right.depth)
    .slice(0, cap);
}

/** Did it break in this frame itself, or in something that it called? */
export const isInnermost = (inspection: Inspection, frame: ReportedFrame): boolean =>
  inspection.frames.every((other) => other.depth >= frame.depth);

/** The commits whose times are known, by hash. */
export function knownCommits({ history }: Research): ReadonlyMap<string, CommitFacts> {
  const commits = new Map<string, CommitFacts>();
  if (history.head) commits.set(history.head.hash, history.head);
  for (const suspect of history.suspects) commits.set(suspect.hash, suspect);
  return commits;
}

/** How far two machines' clocks may be apart before one time is taken to be after another. */
export const clockToleranceMs = 5 * 60_000;
