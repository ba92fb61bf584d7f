import { type ExceptionMeaning, exceptionMeaning } from "./exception-meaning";
import { parseFailure } from "./stack-trace";
import { seenTests } from "./test-command";
import type { CheckedClaim, Finding, TriageSubject, Validation } from "./triage";
import { type ClaimGround, codeAt } from "./triage-claim";
import { confidenceOf } from "./triage-confidence";
import { environmentClaims } from "./triage-environment-claims";
import { historyClaims } from "./triage-history-claims";
import { messageClaims } from "./triage-message-claims";
import { placeClaims } from "./triage-place-claims";
import { place } from "./triage-words";

const claimCap = 60;
const contradictionCap = 20;
const reportedCap = 600;
const reportedLength = 1_000;

/** The report's own lines as they came, bounded: title, excerpt, detail. */
export function reportedLines({ title, excerpt, detail }: TriageSubject): string[] {
  const rows = [title, ...excerpt.slice(0, 400), detail.slice(0, 60_000)].flatMap((row) =>
    row.slice(0, 60_000).split("\n"),
  );
  return rows.slice(0, reportedCap).map((row) => row.slice(0, reportedLength));
}

/** What the report's exception means: the root of its causes where it has them, and the title where it names none. */
export function meaningOf(subject: TriageSubject, reported = reportedLines(subject)): ExceptionMeaning {
  const { exceptionType, message, cause } = parseFailure(reported);
  if (cause && (cause.exceptionType ?? cause.message) !== null)
    return exceptionMeaning(cause.exceptionType, cause.message);
  return exceptionMeaning(exceptionType, message ?? (exceptionType === null ? subject.title : null));
}

/**
 * All claims about a failure, put to the test against what was read. Pure: the same ground gives the same claims, in the
 * same order, at most sixty. What is refuted stands among the contradictions as well.
 */
export function checkClaims(ground: ClaimGround): Omit<Validation, "lookedAt"> {
  const claims = [
    ...placeClaims(ground),
    ...messageClaims(ground),
    ...historyClaims(ground),
    ...environmentClaims(ground),
  ].slice(0, claimCap);
  const { confidence, because } = confidenceOf(claims);
  return {
    claims,
    contradictions: claims
      .filter((claim) => claim.verdict === "refuted")
      .slice(0, contradictionCap)
      .map((claim) => claim.statement),
    confidence,
    confidenceBecause: because,
    findings: findingsOf(ground, claims),
  };
}

function findingsOf(ground: ClaimGround, claims: readonly CheckedClaim[]): Finding[] {
  const findings: Finding[] = [];
  const moved = claims.find(
    (claim) =>
      claim.rule === "source_line_matches" && claim.verdict === "refuted" && claim.evidence.length > 1,
  );
  const [now] = moved?.evidence ?? [];
  if (now?.kind === "code") {
    const statement = `The failing line is at ${place(now.path, now.fromLine)} in the working tree.`;
    findings.push({ rule: "line_moved", certainty: "fact", confidence: "high", statement, evidence: [now] });
  }
  for (const { rule, path, statement } of seenTests(ground.code))
    findings.push({ rule, certainty: "fact", confidence: "high", statement, evidence: [codeAt(path, 1)] });
  return findings;
}
