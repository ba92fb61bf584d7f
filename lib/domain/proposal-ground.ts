import type { ExceptionMeaning } from "./exception-meaning";
import { calledFunction } from "./read-code";
import { type ReadChange, readSuspect } from "./suspect-change";
import { testCommandOf } from "./test-command";
import type { CheckedClaim, Inspection, Research, SuspectCommit, TriageSubject, Validation } from "./triage";
import { resolvedFrames } from "./triage-claim";
import { meaningOf, reportedLines } from "./triage-claims";
import { leadingSuspect } from "./triage-confidence";
import { enclosingOf } from "./triage-place-claims";

export type ProposeInput = {
  subject: TriageSubject;
  inspection: Inspection;
  research: Research;
  validation: Validation;
};

/** Where it broke in the project, as the working tree has it. */
export type FailingPlace = {
  path: string;
  line: number;
  /** The line's text, where a window shows it. */
  text: string | null;
  function: string | null;
  block: { name: string; fromLine: number; toLine: number } | null;
};

/** What a proposal follows from, told once. */
export type ProposalGround = ProposeInput & {
  meaning: ExceptionMeaning;
  reported: readonly string[];
  /** Null where no frame was found, or where the code is another version and the line says nothing. */
  at: FailingPlace | null;
  suspect: SuspectCommit | null;
  change: ReadChange | null;
  /** Did the suspect touch the failing line, or a function of the trace? */
  touched: "line" | "function" | null;
  cause: CauseKind;
  tests: { command: string; path: string } | null;
};

/** What the likely cause was told by; the first that applies, strongest first. */
export type CauseKind = "change" | "raise" | "module" | "service" | "line" | "touch" | "none";

/** What the phases before found, as the rules of the proposal want it. */
export function proposalGround(input: ProposeInput): ProposalGround {
  const { subject, inspection, research, validation } = input;
  const reported = reportedLines(subject);
  const meaning = meaningOf(subject, reported);
  const at = failingPlace(input);
  const suspect = leadingSuspect(research, validation.claims);
  const change = suspect && readSuspect(suspect, meaning, resolvedFrames(inspection, 1)[0] ?? null);
  const touched = suspect ? touchOf(validation.claims, suspect.hash) : null;
  const found = { meaning, at, change, touched, validation };
  return {
    ...input,
    reported,
    meaning,
    at,
    suspect,
    change,
    touched,
    cause: causeOf(found),
    tests: testsOf(input, at),
  };
}

const otherVersion = ["line_in_file", "line_can_fail", "source_line_matches", "function_at_line"];

function failingPlace({ inspection, validation }: ProposeInput): FailingPlace | null {
  const [frame] = resolvedFrames(inspection, 1);
  if (!frame) return null;
  const moved = validation.findings.find((finding) => finding.rule === "line_moved")?.evidence[0];
  const isMoved = moved?.kind === "code" && moved.path === frame.path;
  const about = (claim: CheckedClaim) =>
    claim.evidence.some((each) => each.kind === "code" && each.path === frame.path);
  const isOther = validation.claims.some(
    (claim) => claim.verdict === "refuted" && otherVersion.includes(claim.rule) && about(claim),
  );
  if (isOther && !isMoved) return null;
  const line = isMoved ? moved.fromLine : frame.line;
  const window = inspection.windows.find(
    ({ path, fromLine, lines }) => path === frame.path && line >= fromLine && line < fromLine + lines.length,
  );
  const called = frame.function === null ? null : calledFunction(frame.function);
  return {
    path: frame.path,
    line,
    text: window?.lines[line - window.fromLine]?.trim() ?? null,
    function: called?.kind === "named" ? called.name : null,
    block: enclosingOf(inspection.windows, { path: frame.path, line }),
  };
}

function touchOf(claims: readonly CheckedClaim[], hash: string): ProposalGround["touched"] {
  const claim = claims.find(
    (each) =>
      each.rule === "suspect_touched_place" &&
      each.verdict === "holds" &&
      each.evidence.some((evidence) => evidence.kind === "commit" && evidence.hash === hash),
  );
  if (!claim) return null;
  return claim.confidence === "high" ? "line" : "function";
}

function causeOf({
  meaning,
  at,
  change,
  touched,
  validation,
}: Pick<ProposalGround, "meaning" | "at" | "change" | "touched" | "validation">): CauseKind {
  const held = (rule: string) =>
    validation.claims.some((claim) => claim.rule === rule && claim.verdict === "holds");
  const refutes = (rule: string) =>
    validation.claims.some((claim) => claim.rule === rule && claim.verdict === "refuted");
  if (change !== null && change.kind !== "changed" && (touched !== null || held("line_in_file")))
    return "change";
  if (meaning.class === "missing_module" && meaning.subject !== null) return "module";
  if (
    (meaning.class === "unreachable_service" || meaning.class === "timeout") &&
    (at !== null || meaning.subject !== null)
  )
    return "service";
  if (at !== null && held("message_from_line")) return "raise";
  const speaks = held("line_speaks_of_it") || held("line_can_fail_so");
  if (at !== null && speaks && !refutes("line_speaks_of_it") && !refutes("line_can_fail_so")) return "line";
  return change !== null && touched === "line" ? "touch" : "none";
}

/** The way to run tests that lies nearest to the failing file. */
function testsOf({ validation }: ProposeInput, at: FailingPlace | null): ProposalGround["tests"] {
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  const seen = validation.findings.flatMap((finding) => {
    const command = testCommandOf(finding.rule);
    const [evidence] = finding.evidence;
    return command !== null && evidence?.kind === "code" ? [{ command, path: evidence.path }] : [];
  });
  const own = seen.filter(({ path }) => at === null || at.path.startsWith(folderOf(path)));
  return own.sort((left, right) => folderOf(right.path).length - folderOf(left.path).length)[0] ?? null;
}

/** Callers in the trace: where in the project the failing function was called from, nearest first. */
export const callersOf = ({ inspection }: ProposalGround) => resolvedFrames(inspection, 40).slice(1);
