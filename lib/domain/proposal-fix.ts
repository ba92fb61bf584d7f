import type { ExceptionClass } from "./exception-meaning";
import { exceptionWords, isDeclared, lackWords } from "./proposal-cause";
import { callersOf, type ProposalGround } from "./proposal-ground";
import type { Proposal } from "./triage";
import { listed, place, quoted, shortHash } from "./triage-words";

type FixPoint = Proposal["fixPoints"][number];

const fixPointCap = 8;

/** What to do, and where. Empty where no cause was found: a fix of nothing would only look like one. */
export function recommendedFixOf(ground: ProposalGround): string {
  switch (ground.cause) {
    case "change":
      return changeFix(ground);
    case "touch":
      return touchFix(ground);
    case "module":
      return moduleFix(ground);
    case "service":
      return serviceFix(ground);
    case "raise":
      return raiseFix(ground);
    case "line":
      return ground.at === null ? "" : lineFix(ground, ground.at);
    case "none":
      return "";
  }
}

function changeFix(ground: ProposalGround): string {
  const { change, suspect, at } = ground;
  if (change === null || suspect === null) return "";
  const commit = `commit ${shortHash(suspect.hash)}`;
  const there = place(change.change.path, Math.max(1, change.change.fromLine));
  const here = at === null ? "the failing line" : place(at.path, at.line);
  const lack = lackWords(ground);
  const was = quoted(change.removed[0] ?? "", 100);
  const is = quoted(change.added[0] ?? "", 100);
  switch (change.kind) {
    case "removed_guard":
      return `Put back what ${commit} removed at ${there}: ${was}. If it was removed on purpose, handle at ${here} that ${lack}.`;
    case "removed_default":
      return `Put back at ${there} what ${commit} took away: ${was} instead of ${is}. If there must be no default, refuse the input before ${here} when ${lack}.`;
    case "renamed":
      return renameFix(ground, there, here, commit);
    case "changed_condition":
      return `Correct the condition at ${there}: ${commit} made ${is} of ${was}, and ${here} fails since when ${lack}.`;
    case "changed_literal":
      return `Check the value at ${there}: ${commit} made ${is} of ${was}. Put the old one back, or make ${here} work with the other.`;
    case "changed_signature": {
      const callers = callersOf(ground)
        .slice(0, 3)
        .map((frame) => place(frame.path, frame.line));
      return `Make the calls fit the head that ${commit} gave at ${there} (${is} instead of ${was})${callers.length > 0 ? `: ${listed(callers)}` : `: ${here}`}.`;
    }
    case "removed_definition":
      return `Bring back what ${commit} removed at ${there} (${was}), or change ${here}, which still uses it.`;
    case "added_raise":
      return `Decide whether what ${commit} added at ${there} is right: ${is}. If it is too strict, narrow it there; if it is right, make the caller keep to it${callerWords(ground)}.`;
    case "added_use":
      return `At ${there}, where ${commit} added ${is}, handle the case that ${lack}.`;
    case "changed":
      return touchFix(ground);
  }
}

function renameFix({ change, meaning }: ProposalGround, there: string, here: string, commit: string): string {
  const [from = ""] = change?.removed ?? [];
  const [to = ""] = change?.added ?? [];
  const isOld = meaning.subject === from;
  const rest = isOld
    ? `${here} still uses the old name: use ${quoted(to, 80)} there as well`
    : `use ${quoted(from, 80)} at ${there} again, or give the new name to what it comes from`;
  return `Use one name on both sides: ${commit} renamed ${quoted(from, 80)} to ${quoted(to, 80)} at ${there}; ${rest}.`;
}

function touchFix(ground: ProposalGround): string {
  const { suspect, change, at } = ground;
  if (suspect === null || change === null || at === null) return "";
  const there = place(change.change.path, Math.max(1, change.change.fromLine));
  return `Compare ${there} with what was there before commit ${shortHash(suspect.hash)}, which last changed the failing line, and make ${place(at.path, at.line)} hold when ${lackWords(ground)}.`;
}

function moduleFix(ground: ProposalGround): string {
  const module = quoted(ground.meaning.subject ?? "", 80);
  const claim = ground.validation.claims.find((each) => each.rule === "module_is_undeclared");
  const [evidence] = claim?.evidence ?? [];
  const manifest = evidence?.kind === "code" ? quoted(evidence.path, 120) : null;
  if (isDeclared(ground))
    return `Install what ${manifest ?? "the manifest"} declares where this runs (${module} is declared and was missing), and build from the lock file.`;
  if (manifest !== null)
    return `Declare ${module} in ${manifest}, or remove its use${ground.at ? ` at ${place(ground.at.path, ground.at.line)}` : ""}.`;
  if (ground.at === null) return "";
  return `Correct the reference to ${module} at ${place(ground.at.path, ground.at.line)}, or add what it names.`;
}

function serviceFix({ meaning, at }: ProposalGround): string {
  const target = meaning.subject === null ? null : quoted(meaning.subject, 120);
  const here = at === null ? null : place(at.path, at.line);
  if (meaning.class === "timeout")
    return here === null
      ? ""
      : `Find out what ${here} waits for and why it takes so long${target ? ` (${target})` : ""}; set a bound there that fits, and handle that it is passed.`;
  const reach =
    target === null
      ? ""
      : `Make ${target} reachable from where this ran, or correct the address that is configured`;
  const handle = here === null ? "" : `handle at ${here} that it cannot be reached`;
  if (reach === "" && handle === "") return "";
  return [reach, handle]
    .filter((part) => part !== "")
    .join("; ")
    .replace(/^h/, "H")
    .concat(".");
}

function raiseFix(ground: ProposalGround): string {
  const { at, validation } = ground;
  const written = validation.claims.find(
    (claim) => claim.rule === "message_from_line" && claim.verdict === "holds",
  );
  const [evidence] = written?.evidence ?? [];
  const there = evidence?.kind === "code" ? evidence : null;
  if (there === null || at === null) return "";
  const condition = conditionAbove(ground, there.path, there.fromLine);
  const which =
    condition === null
      ? ""
      : ` The condition is at ${place(there.path, condition.line)}: ${quoted(condition.text)}.`;
  return `Find out why ${place(there.path, there.fromLine)} raises ${exceptionWords(ground)}.${which} Correct what brings it about${callerWords(ground)}, or the condition if it is too strict.`;
}

const callerWords = (ground: ProposalGround) => {
  const [caller] = callersOf(ground);
  return caller ? ` (called from ${place(caller.path, caller.line)})` : "";
};

/** The nearest condition above a line, within its function and thirty lines. */
export function conditionAbove(
  { inspection }: Pick<ProposalGround, "inspection">,
  path: string,
  line: number,
) {
  const window = inspection.windows.find(
    (each) => each.path === path && line >= each.fromLine && line < each.fromLine + each.lines.length,
  );
  if (!window) return null;
  const first = Math.max(window.fromLine, window.enclosing?.fromLine ?? 1, line - 30);
  for (let number = line; number >= first; number -= 1) {
    const text = window.lines[number - window.fromLine] ?? "";
    if (/\b(?:if|elif|elsif|unless|else|when|case|match|guard|except|catch|rescue|assert)\b/.test(text))
      return { line: number, text: text.trim() };
  }
  return null;
}

const lineFixes: Partial<Record<ExceptionClass, string>> = {
  missing_key:
    "decide what a missing key means: take a default, or refuse the input before with a message that names it",
  null_reference:
    "find out where the empty value comes from; handle it there, or check for it before this line",
  missing_member: "use a member that exists, or add this one where the object is defined",
  undefined_name: "define or import the name before it is used, on every path that leads here",
  not_callable: "make sure that a function stands there, or do not call it",
  out_of_range: "keep the position within the bounds, or handle that there are fewer entries",
  wrong_arguments: "make the call fit the function's head",
  wrong_type: "convert or check the value before it is used here",
  bad_value: "check the value's form before it is read, and say which value it was",
  unhandled_error: "handle the error, or return it to the caller, instead of taking the result for a success",
  division_by_zero: "handle a divisor of zero before dividing",
  missing_file: "make sure that the file is there, or handle that it is not",
  missing_column:
    "bring the query and the schema together: apply the missing migration, or use the name that exists",
};

function lineFix(ground: ProposalGround, at: NonNullable<ProposalGround["at"]>): string {
  const what = lineFixes[ground.meaning.class];
  if (what === undefined) return "";
  return `At ${place(at.path, at.line)}, which fails when ${lackWords(ground)}, ${what}.`;
}

/** The places to look at or change, the likeliest first, each once. */
export function fixPointsOf(ground: ProposalGround): FixPoint[] {
  const { at, change, suspect, cause, validation } = ground;
  const points: FixPoint[] = [];
  if (change !== null && suspect !== null && (cause === "change" || cause === "touch"))
    points.push({
      path: change.change.path,
      line: Math.max(1, change.change.fromLine),
      why: `Commit ${shortHash(suspect.hash)} changed it.`,
    });
  if (at !== null)
    points.push({ path: at.path, line: at.line, why: `It breaks here when ${lackWords(ground)}.` });
  for (const rule of ["message_from_line", "module_is_undeclared"]) {
    for (const claim of validation.claims.filter(
      (each) => each.rule === rule && each.verdict !== "cannot_be_checked",
    )) {
      for (const each of claim.evidence)
        if (each.kind === "code") points.push({ path: each.path, line: each.fromLine, why: claim.statement });
    }
  }
  const [caller] = callersOf(ground);
  if (caller && cause !== "none" && cause !== "module")
    points.push({
      path: caller.path,
      line: caller.line,
      why: "It calls the failing function in this trace.",
    });
  const byPlace = new Map<string, FixPoint>();
  for (const point of points) {
    const key = `${point.path}:${point.line}`;
    const known = byPlace.get(key);
    if (!known) byPlace.set(key, point);
    else if (!known.why.includes(point.why) && known.why.length < 300)
      known.why = `${known.why} ${point.why}`;
  }
  return [...byPlace.values()].slice(0, fixPointCap);
}
