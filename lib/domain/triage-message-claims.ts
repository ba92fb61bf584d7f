import { type ExceptionClass, lastNameOf, namesOf } from "./exception-meaning";
import { lineKind, lineOf, syntaxOf } from "./read-code";
import { hasTellingLiteral, literalsOf, makesMessage, raises } from "./source-literal";
import type { CheckedClaim, Evidence } from "./triage";
import {
  type ClaimGround,
  codeAt,
  holds,
  isInnermost,
  type ResolvedFrame,
  refuted,
  resolvedFrames,
  unchecked,
} from "./triage-claim";
import { enclosingOf } from "./triage-place-claims";
import { hasWord, place, quoted } from "./triage-words";

/** Does the message speak of what the failing line does, and do its words come from here? */
export function messageClaims(ground: ClaimGround): CheckedClaim[] {
  const [frame] = resolvedFrames(ground.inspection, 1);
  if (frame === undefined) return [];
  const literal = literalClaims(ground, frame);
  // Where the code writes these words itself, they are no runtime's, and what a runtime means by them is not asked.
  const isWritten = literal.some((claim) => claim.verdict === "holds" && claim.confidence === "high");
  return isWritten ? literal : [...subjectClaims(ground, frame), ...literal];
}

/** How far a statement may reach from the line that the trace names. */
const statementLines = 3;
const farLines = 8;

/** What a line has to have for a failure of the class to begin there. Classes without an entry may begin anywhere. */
const forms: Partial<Record<ExceptionClass, { form: RegExp; does: string }>> = {
  missing_key: { form: /\[|\.get|\.pop\b|fetch|format|%|\bdel\b|Item|\{|\(/, does: "looks up a key" },
  null_reference: { form: /\.|->|\[|\*|::|!!|\{|\(|!/, does: "uses something that may be missing" },
  missing_member: { form: /\.|->|::|&\.|\(|\bimport\b|\bsend\b/, does: "uses a member" },
  not_callable: { form: /\(|\bnew\b|`|\bawait\b|\bfor\b/, does: "calls a function" },
  out_of_range: {
    form: /\[|\.get\b|\.at\b|\.pop|\(|\bfetch\b|slice|sub/i,
    does: "takes something by its position",
  },
  division_by_zero: { form: /\/|%|div|mod|rem/i, does: "divides" },
  wrong_arguments: { form: /\(| /, does: "calls a function" },
};

/** What is empty may be used by a bare name as well: in a loop, an unboxing, an addition. */
const neverImpossible: ReadonlySet<ExceptionClass> = new Set(["null_reference", "wrong_arguments"]);

/** Names may be made at run time: what such a line looks up is not written in it. */
const namesAtRunTime =
  /\[\s{0,4}[^\]'"\s\d:][^\]]{0,160}\]|getattr|setattr|\bsend\b|public_send|\.call\b|\binvoke\b|\beval\b|Reflect\.|\.\*|\$\$|->\$|->\{|\.get\(\s*\w|fetch\(\s*\w|\.pop\(\s*\w|\[key\]/;

function subjectClaims(ground: ClaimGround, frame: ResolvedFrame): CheckedClaim[] {
  const { code, meaning, inspection } = ground;
  const text = lineOf(code, frame.path, frame.line);
  if (text === null || meaning.class === "own_message") return [];
  const syntax = syntaxOf(frame.path);
  if (lineKind(text, syntax) === "blank" || lineKind(text, syntax) === "comment") return [];
  const at = place(frame.path, frame.line);
  const evidence: Evidence[] = [codeAt(frame.path, frame.line)];
  const isDirect = isInnermost(inspection, frame);
  if (namesOf(meaning).length === 0) return formClaims(ground, frame, text, isDirect);

  const rule = "line_speaks_of_it";
  const about = quoted(meaning.subject ?? meaning.receiver ?? "", 60);
  const near = nearestMention(code.get(frame.path)?.lines ?? new Map(), frame.line, namesOf(meaning), syntax);
  if (near === frame.line)
    return [holds(rule, `The message speaks of ${about}, and so does ${at}: ${quoted(text)}.`, { evidence })];
  if (near !== null && Math.abs(near - frame.line) <= statementLines) {
    const statement = `The message speaks of ${about}; ${place(frame.path, near)}, beside the failing line, does: ${quoted(lineOf(code, frame.path, near) ?? "")}.`;
    return [
      holds(rule, statement, {
        evidence: [codeAt(frame.path, near)],
        certainty: "inference",
        confidence: "medium",
      }),
    ];
  }
  if (!isDirect)
    return [
      unchecked(rule, `${at} does not name ${about}; it broke in something that this line called.`, {
        evidence,
      }),
    ];
  if (cannotBeNamed.has(meaning.class) || namesAtRunTime.test(text) || near !== null)
    return [unchecked(rule, `${at} does not write out ${about}; it may be made at run time.`, { evidence })];
  const statement = `The message speaks of ${about}; neither ${at} nor the ${farLines} lines around it do: the code here is not the version that failed, or it broke elsewhere.`;
  return [refuted(rule, statement, { evidence, certainty: "inference", confidence: "medium" })];
}

/** What these messages name is a value, and no word of the code. */
const cannotBeNamed: ReadonlySet<ExceptionClass> = new Set([
  ...(["missing_file", "missing_column", "unreachable_service", "timeout", "bad_value"] as const),
  ...(["missing_module", "wrong_type", "wrong_arguments"] as const),
]);

function formClaims(
  { code, meaning }: ClaimGround,
  frame: ResolvedFrame,
  text: string,
  isDirect: boolean,
): CheckedClaim[] {
  const rule = "line_can_fail_so";
  const { form, does } = forms[meaning.class] ?? { form: null, does: "" };
  if (form === null) return [];
  const at = place(frame.path, frame.line);
  const given = {
    evidence: [codeAt(frame.path, frame.line)],
    certainty: "inference",
    confidence: "medium",
  } as const;
  if (form.test(text))
    return [holds(rule, `${at} ${does}, as a failure of this kind needs: ${quoted(text)}.`, given)];
  // A statement may go on below the line that the trace names.
  const goesOn = [1, 2, 3].some((below) => form.test(lineOf(code, frame.path, frame.line + below) ?? ""));
  if (!isDirect || goesOn || neverImpossible.has(meaning.class)) return [];
  const statement = `Nothing in ${at} ${does}, so that it cannot fail in this way: the code here is not the version that failed.`;
  return [refuted(rule, statement, given)];
}

function nearestMention(
  lines: ReadonlyMap<number, string>,
  line: number,
  names: readonly string[],
  syntax: ReturnType<typeof syntaxOf>,
): number | null {
  for (let distance = 0; distance <= farLines; distance += 1) {
    for (const number of distance === 0 ? [line] : [line - distance, line + distance]) {
      const text = lines.get(number);
      if (text === undefined || lineKind(text, syntax) === "comment") continue;
      if (names.some((name) => hasWord(text, name) || (/^\W/.test(name) && text.includes(name))))
        return number;
    }
  }
  return null;
}

/** Do the words of the message stand in the code: on the failing line, in its function, or where inspection found them? */
function literalClaims(ground: ClaimGround, frame: ResolvedFrame): CheckedClaim[] {
  const { meaning, code, inspection } = ground;
  const message = meaning.message ?? "";
  const lines = code.get(frame.path)?.lines;
  const text = lines?.get(frame.line)?.slice(0, 1_000);
  if (!lines || text === undefined || (message === "" && meaning.type === null)) return [];
  const rule = "message_from_line";
  const isSource = (line: string) => literalsOf(line).some((literal) => makesMessage(literal, message));
  const statement = (at: number) =>
    `The message ${quoted(message)} is written at ${place(frame.path, at)}: ${quoted(lines.get(at) ?? "")}.`;
  for (const at of [0, 1, 2, 3].map((below) => frame.line + below)) {
    const line = lines.get(at) ?? "";
    if (isSource(line)) return [holds(rule, statement(at), { evidence: [codeAt(frame.path, at)] })];
  }
  const type = lastNameOf(meaning.type ?? "");
  const names = type !== "" && !isEveryonesType.test(type) && raises(text) && hasWord(text, type);
  if (names) {
    const raised = `${place(frame.path, frame.line)} itself raises ${quoted(type)}: ${quoted(text)}.`;
    return [holds(rule, raised, { evidence: [codeAt(frame.path, frame.line)] })];
  }
  const block = enclosingOf(inspection.windows, frame);
  if (block !== null) {
    for (let at = block.fromLine; at <= Math.min(block.toLine, block.fromLine + 200); at += 1) {
      if (!isSource(lines.get(at) ?? "")) continue;
      return [holds(rule, statement(at), { evidence: [codeAt(frame.path, at)], confidence: "medium" })];
    }
  }
  return [...mentionedClaims(ground, isSource), ...otherMessage(ground, frame, text)].slice(0, 1);
}

const isEveryonesType = /^(?:Error|Exception|panic|RuntimeError|StandardError|Throwable)$/;

function mentionedClaims(
  { inspection, code, meaning }: ClaimGround,
  isSource: (line: string) => boolean,
): CheckedClaim[] {
  const ofTrace = new Set(inspection.frames.map((each) => each.path));
  for (const { because, path, line } of inspection.mentions) {
    if (because !== "message_literal" || line === null || !isSource(lineOf(code, path, line) ?? "")) continue;
    const statement = `The message ${quoted(meaning.message ?? "")} is written at ${place(path, line)}${ofTrace.has(path) ? "" : ", which the trace does not name"}.`;
    const given = { evidence: [codeAt(path, line)], certainty: "inference", confidence: "medium" } as const;
    return [holds("message_from_line", statement, given)];
  }
  return [];
}

function otherMessage(
  { meaning, inspection }: ClaimGround,
  frame: ResolvedFrame,
  text: string,
): CheckedClaim[] {
  if (meaning.class !== "own_message" || !isInnermost(inspection, frame) || (meaning.message ?? "") === "")
    return [];
  const at = place(frame.path, frame.line);
  const evidence = [codeAt(frame.path, frame.line)];
  if (!raises(text) || !hasTellingLiteral(text))
    return [
      unchecked("message_from_line", `Where ${quoted(meaning.message ?? "")} is written was not found.`, {
        evidence,
      }),
    ];
  const statement = `${at} raises another message than ${quoted(meaning.message ?? "")}: ${quoted(text)}.`;
  return [
    refuted("message_from_line", statement, { evidence, certainty: "inference", confidence: "medium" }),
  ];
}
