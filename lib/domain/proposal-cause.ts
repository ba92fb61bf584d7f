import type { ExceptionMeaning } from "./exception-meaning";
import { failingExpression } from "./failing-expression";
import type { CauseKind, ProposalGround } from "./proposal-ground";
import type { ChangeKind } from "./suspect-change";
import type { Confidence, Evidence, Finding } from "./triage";
import { codeAt, commitOf } from "./triage-claim";
import { didWhat } from "./triage-history-claims";
import { dateOf, listed, oneLine, place, quoted, shortHash, times } from "./triage-words";

/** The exception as a sentence names it. */
export function exceptionWords({ meaning, subject }: Pick<ProposalGround, "meaning" | "subject">): string {
  const { type, message } = meaning;
  if (type !== null) return quoted(message === null ? type : `${type}: ${message}`, 160);
  return quoted(message ?? subject.title, 160);
}

/** Does the message call the thing itself empty (Java, .NET, Kotlin), or what it was read from (JavaScript, Python, Ruby)? */
const namesTheThing = /because (?:the return value )?|\(Parameter '|lateinit/;

/** What was missing or wrong, in plain words, after "when". */
export function lackWords({ meaning, at }: Pick<ProposalGround, "meaning" | "at">): string {
  const { subject, message, receiver } = meaning;
  const expression = failingExpression(meaning, at?.text ?? null);
  if (expression !== null) return expressionWords(meaning, quoted(expression, 80));
  const named = subject === null ? null : quoted(subject, 80);
  switch (meaning.class) {
    case "missing_key":
      return named ? `the key ${named} is missing` : "a key is missing";
    case "null_reference":
      if (named && namesTheThing.test(message ?? "")) return `${named} is empty`;
      if (subject === "unwrap" || subject === "expect") return "there is no value";
      if (receiver !== null) return `${quoted(receiver, 80)} is empty`;
      return named ? `what ${named} is taken from is empty` : "what this line uses is empty";
    case "missing_member":
      return named
        ? `there is no ${named}${receiver ? ` on ${quoted(receiver, 80)}` : ""}`
        : "a member is missing";
    case "undefined_name":
      return named ? `${named} is not defined` : "a name is not defined";
    case "not_callable":
      return named ? `${named} is no function` : "what is called is no function";
    case "out_of_range":
      return "the position lies outside of what there is";
    case "missing_module":
      return named ? `the module ${named} cannot be loaded` : "a module cannot be loaded";
    case "wrong_arguments":
      return named ? `${named} is called with other arguments than it takes` : "the arguments do not fit";
    case "wrong_type":
      return named ? `${named} is of another type than expected` : "a value is of another type than expected";
    case "bad_value":
      return "a value cannot be read in the form that is expected";
    case "unhandled_error":
      return "an error comes where none is expected";
    case "division_by_zero":
      return "the divisor is zero";
    case "missing_file":
      return named ? `the file ${named} is not there` : "a file is not there";
    case "missing_column":
      return named ? `the database has no ${named}` : "the database lacks a column or table";
    case "unreachable_service":
      return named ? `${named} cannot be reached` : "a service cannot be reached";
    case "timeout":
      return "an answer takes too long";
    case "own_message":
      return "the condition that raises this is met";
  }
}

function expressionWords({ class: of, subject }: ExceptionMeaning, expression: string): string {
  if (of === "out_of_range") return `the position in ${expression} lies outside of what there is`;
  if (of === "unhandled_error") return `${expression} gives an error`;
  if (of === "division_by_zero") return `${expression} is zero`;
  return subject === "unwrap" || subject === "expect"
    ? `${expression} gives no value`
    : `${expression} is empty`;
}

/** What the fact of a change makes likely. */
const follows: Record<ChangeKind, string> = {
  removed_guard: "without that check, the case when {lack} reaches the failing line",
  removed_default: "since then there is nothing to fall back on when {lack}",
  renamed: "the other side still uses the old name, so that {lack}",
  changed_condition: "since then the case when {lack} is let through",
  changed_literal: "with the other value {lack}",
  changed_signature: "callers still use the old form, so that {lack}",
  removed_definition: "what used it is left behind, so that {lack}",
  added_raise: "what was let through before is refused since",
  added_use: "that line does not provide for the case when {lack}",
  changed: "something that the failing line relied on changed with it",
};

/** The likely cause in plain words: what was read is called a fact, what follows from it an inference. */
export function likelyCauseOf(ground: ProposalGround): string {
  if (ground.cause === "none") return noCause(ground);
  const sentences = [placeSentence(ground), ...changeSentences(ground)];
  const inference = inferenceOf(ground);
  const { confidence, contradictions } = ground.validation;
  sentences.push(`Inference (${confidence} confidence): ${inference}.`);
  if (contradictions.length > 0)
    sentences.push(
      `Against it speaks: ${listed(
        contradictions.slice(0, 2).map((each) => oneLine(each, 240)),
        2,
      )}${contradictions.length > 2 ? ` (and ${contradictions.length - 2} more)` : ""}`,
    );
  return sentences.join(" ");
}

function placeSentence({ at, meaning, subject }: ProposalGround): string {
  const what = exceptionWords({ meaning, subject });
  if (at === null) return `Fact: ${what} was reported; no line of the project could be told for it.`;
  const inside = at.function === null ? "" : ` in ${quoted(at.function, 80)}`;
  const text = at.text === null ? "" : `, which reads ${quoted(at.text)}`;
  return `Fact: ${what} came from ${place(at.path, at.line)}${inside}${text}.`;
}

function changeSentences({ suspect, change, cause }: ProposalGround): string[] {
  if (suspect === null || change === null) return [];
  if (cause !== "change" && cause !== "touch") return [];
  return [`Fact: commit ${shortHash(suspect.hash)} of ${dateOf(suspect.committedAtMs)} ${didWhat(change)}.`];
}

function inferenceOf(ground: ProposalGround): string {
  const lack = lackWords(ground);
  switch (ground.cause) {
    case "change":
    case "touch":
      return follows[ground.change?.kind ?? "changed"].replace("{lack}", () => lack);
    case "module":
      return isDeclared(ground)
        ? `${lack}, though the project declares it: what failed was not installed from what is looked at here`
        : `${lack}, and nothing that was read declares it`;
    case "service":
      return `${lack}; the code that is looked at here is not known to be at fault`;
    case "raise":
      return "the code raises this by itself, so that what it checks was not as it expects";
    case "line":
      return `that line fails when ${lack}; which commit brought this was not found`;
    case "none":
      return "";
  }
}

export const isDeclared = ({ validation }: ProposalGround) =>
  validation.claims.some((claim) => claim.rule === "module_is_undeclared" && claim.verdict === "refuted");

/** Says what was looked at, and what stood in the way; never a guess. */
function noCause({ inspection, research, validation, meaning, subject, at }: ProposalGround): string {
  const reasons: string[] = [];
  const own = inspection.frames.filter((frame) => frame.origin === "app");
  if (own.length === 0) reasons.push("the report names no line of code");
  else if (own.every((frame) => frame.state !== "resolved"))
    reasons.push(`none of the ${times(own.length, "call")} of the trace was found in the project`);
  else if (at === null) reasons.push("the code that was looked at is not the version that failed");
  else reasons.push(`nothing at ${place(at.path, at.line)} explains ${exceptionWords({ meaning, subject })}`);
  const { history } = research;
  if (history.state !== "read") reasons.push("the history could not be read whole");
  else if (history.suspects.length === 0) reasons.push("no commit changed what the trace names");
  else reasons.push(`none of ${times(history.suspects.length, "commit")} that touched it explains it`);
  if (validation.contradictions.length > 0)
    reasons.push(`${times(validation.contradictions.length, "contradiction")} stand in the way`);
  return `No cause was found; ${reasons.join("; ")}.`;
}

/** The cause as a finding, with the places where it can be checked. */
export function causeFinding({ cause, at, suspect, validation }: ProposalGround, statement: string): Finding {
  const evidence: Evidence[] = [];
  if (at !== null) evidence.push(codeAt(at.path, at.line));
  if (suspect !== null && (cause === "change" || cause === "touch")) evidence.push(commitOf(suspect.hash));
  if (evidence.length === 0) evidence.push({ kind: "report", field: "title" });
  const confidence: Confidence = cause === "none" ? "low" : validation.confidence;
  return { rule: causeRules[cause], certainty: "inference", confidence, statement, evidence };
}

const causeRules: Record<CauseKind, string> = {
  change: "cause_by_change",
  raise: "cause_by_raise",
  module: "cause_by_module",
  service: "cause_by_service",
  line: "cause_by_line",
  touch: "cause_by_touch",
  none: "no_cause",
};
