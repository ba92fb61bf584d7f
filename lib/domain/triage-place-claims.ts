import {
  calledFunction,
  definitionsOf,
  indentOf,
  isNowhere,
  lineKind,
  lineOf,
  type Syntax,
  syntaxOf,
} from "./read-code";
import type { CheckedClaim, CodeWindow } from "./triage";
import {
  type ClaimGround,
  codeAt,
  holds,
  type ResolvedFrame,
  refuted,
  resolvedFrames,
  unchecked,
} from "./triage-claim";
import { listed, place, quoted, times } from "./triage-words";

/** Is the code in the working tree the code that failed? By the files, lines, functions and source lines of the trace. */
export function placeClaims(ground: ClaimGround): CheckedClaim[] {
  return [
    ...fileClaims(ground),
    ...resolvedFrames(ground.inspection).flatMap((frame, index) => [
      ...lineClaims(ground, frame, index === 0),
      ...sourceTextClaims(ground, frame),
      ...functionClaims(ground, frame),
    ]),
  ];
}

function fileClaims({ inspection }: ClaimGround): CheckedClaim[] {
  const rule = "file_in_project";
  const own = inspection.frames.filter((frame) => frame.origin === "app");
  if (own.length === 0) return [];
  const found = own.filter((frame) => frame.state === "resolved" && frame.path !== null);
  if (found.length > 0) {
    const evidence = found.slice(0, 5).map((frame) => codeAt(frame.path as string, frame.line ?? 1));
    const statement = `${found.length} of the ${times(own.length, "call")} of the trace that are no library's lie in this project.`;
    return [holds(rule, statement, { evidence })];
  }
  if (own.every((frame) => frame.state === "not_found")) {
    const named = listed(own.map((frame) => quoted(frame.reportedPath ?? frame.text, 80)));
    const statement = `None of the files that the trace names is in this project: ${named}.`;
    return [
      refuted(rule, statement, { evidence: [{ kind: "report", field: "excerpt" }], confidence: "medium" }),
    ];
  }
  const why = own.some((frame) => frame.state === "no_root")
    ? "there is no project folder to look into"
    : "no file of the trace could be told for certain";
  return [unchecked(rule, `Whether the trace is of this project cannot be checked: ${why}.`)];
}

function lineClaims({ code }: ClaimGround, frame: ResolvedFrame, isTop: boolean): CheckedClaim[] {
  const file = code.get(frame.path);
  const at = place(frame.path, frame.line);
  if (!file) return [unchecked("line_in_file", `${at} could not be read, so the line cannot be checked.`)];
  if (file.lastLine !== null && frame.line > file.lastLine) {
    const evidence = [codeAt(frame.path, Math.max(1, file.lastLine))];
    const statement = `The trace names ${at}, and that file ends at line ${file.lastLine}: the code here is not the version that failed.`;
    return [refuted("line_in_file", statement, { evidence })];
  }
  const text = file.lines.get(frame.line);
  if (text === undefined) return [unchecked("line_in_file", `${at} lies beyond what was read of the file.`)];
  const evidence = [codeAt(frame.path, frame.line)];
  const claims = [holds("line_in_file", `${at} exists.`, { evidence })];
  const kind = lineKind(text, syntaxOf(frame.path));
  if (isTop && (kind === "blank" || kind === "comment")) {
    const what = kind === "blank" ? "an empty line" : "a comment";
    const statement = `${at} is ${what}, which cannot fail: the code here is not the version that failed.`;
    claims.push(refuted("line_can_fail", statement, { evidence }));
  }
  return claims;
}

/** The trace prints the source line beside the place (Python, Node, Ruby): it is the working tree's, or it is not. */
function sourceTextClaims({ code, reported }: ClaimGround, frame: ResolvedFrame): CheckedClaim[] {
  const rule = "source_line_matches";
  const printed = frame.mappedFrom ? null : printedSource(reported, frame);
  const text = lineOf(code, frame.path, frame.line);
  if (printed === null || text === null) return [];
  const at = place(frame.path, frame.line);
  if (printed.includes("[redacted") || printed.includes("<truncated>"))
    return [unchecked(rule, `The trace's own copy of ${at} was redacted or cut and cannot be compared.`)];
  const evidence = [codeAt(frame.path, frame.line)];
  if (collapsed(text) === collapsed(printed))
    return [holds(rule, `${at} is word for word what the trace shows: ${quoted(printed)}.`, { evidence })];
  const moved = movedTo(linesOf(code, frame), printed);
  const where =
    moved === null
      ? "that line is nowhere in what was read of the file"
      : `that line is at ${place(frame.path, moved)} now`;
  const statement = `The trace shows ${quoted(printed)} at ${at}; the file has ${quoted(text)} there, and ${where}: the code here is not the version that failed.`;
  if (moved === null) return [refuted(rule, statement, { evidence })];
  // The line is still there: what is known of it holds, at another place.
  const both = [codeAt(frame.path, moved), ...evidence];
  return [refuted(rule, statement, { evidence: both, confidence: "medium" })];
}

const linesOf = (code: ClaimGround["code"], frame: ResolvedFrame): ReadonlyMap<number, string> =>
  code.get(frame.path)?.lines ?? new Map();

const collapsed = (text: string) => text.trim().replace(/\s+/g, " ");

/** The only line of the file that reads so; null where there is none, several, or nothing telling to look for. */
export function movedTo(lines: ReadonlyMap<number, string>, printed: string): number | null {
  const wanted = collapsed(printed);
  if (wanted.length < 6) return null;
  let found: number | null = null;
  for (const [number, text] of lines) {
    if (collapsed(text) !== wanted) continue;
    if (found !== null) return null;
    found = number;
  }
  return found;
}

/** The source line that the report prints for a frame. */
export function printedSource(reported: readonly string[], frame: ResolvedFrame): string | null {
  const path = frame.reportedPath;
  if (path === null || path === "") return null;
  const python = `File "${path}", line ${frame.line}`;
  const node = `${path}:${frame.line}`;
  for (let index = 0; index + 1 < reported.length; index += 1) {
    const line = (reported[index] as string).trim();
    const next = reported[index + 1] as string;
    if (line.startsWith(python) && !/^\d/.test(line.slice(python.length))) return sourceOrNull(next);
    if (line === node || line === `file://${node}`) return sourceOrNull(next);
    if (line.startsWith(`${node}:in `)) {
      const carets = [index + 2, index + 3].find((at) => /^\s*\^+\s*$/.test(reported[at] ?? ""));
      if (carets !== undefined) return sourceOrNull(reported[carets - 1] as string);
    }
  }
  return null;
}

const sourceOrNull = (line: string): string | null => {
  const text = line.trim();
  const isNone =
    text === "" || /^(?:File "|Traceback |[\^~ ]+$|\[Previous line|During handling|The above)/.test(text);
  return isNone || /^[A-Za-z_][\w.]*(?:Error|Exception|Warning)(?::|$)/.test(text) ? null : text;
};

function functionClaims(given: ClaimGround, frame: ResolvedFrame): CheckedClaim[] {
  const rule = "function_at_line";
  const called = frame.function === null || frame.mappedFrom ? null : calledFunction(frame.function);
  if (called?.kind !== "named") return [];
  const file = given.code.get(frame.path);
  const text = lineOf(given.code, frame.path, frame.line);
  if (!file || text === null) return [];
  const { name } = called;
  const at = place(frame.path, frame.line);
  const enclosing = enclosingOf(given.inspection.windows, frame);
  const evidence = [codeAt(frame.path, frame.line)];
  if (enclosing?.kind === "function" && isSameName(enclosing.name, name)) {
    const range = codeAt(frame.path, enclosing.fromLine, enclosing.toLine);
    return [holds(rule, `${at} lies in ${quoted(name)}, as the trace says.`, { evidence: [range] })];
  }
  const definitions = definitionsOf(file, name);
  const above = definitions.filter((line) => line <= frame.line).at(-1);
  const elsewhere = `The trace puts ${quoted(name)} at ${at}`;
  const other = "the code here is not the version that failed";
  if (above !== undefined) {
    const ended = endsBetween(file.lines, above, frame.line, syntaxOf(frame.path));
    const both = { evidence: [codeAt(frame.path, above), ...evidence], certainty: "inference" } as const;
    if (ended === "no") {
      const statement = `${quoted(name)} begins at ${place(frame.path, above)} and is still open at line ${frame.line}, as the trace says.`;
      return [holds(rule, statement, { ...both, confidence: "medium" })];
    }
    if (ended === "unknown")
      return [
        unchecked(
          rule,
          `Where ${quoted(name)}, which begins at line ${above}, ends in ${place(frame.path, null)} could not be told.`,
          both,
        ),
      ];
    const statement = `${elsewhere}; it begins at line ${above} and ends before that: ${other}.`;
    return [refuted(rule, statement, { ...both, confidence: "medium" })];
  }
  const below = definitions[0];
  if (below !== undefined) {
    const statement = `${elsewhere}, and it begins only at line ${below}: ${other}.`;
    return [refuted(rule, statement, { evidence: [codeAt(frame.path, below), ...evidence] })];
  }
  if (enclosing?.kind === "function" && isNowhere(file, name)) {
    const statement = `${elsewhere}; the file names it nowhere, and that line lies in ${quoted(enclosing.name)}: ${other}.`;
    return [refuted(rule, statement, { evidence, confidence: "medium" })];
  }
  return [unchecked(rule, `Where ${quoted(name)} begins in ${place(frame.path, null)} could not be told.`)];
}

/** What ends a block for certain where it stands no further in than the block's first line. */
const blockEnds: Record<Syntax, RegExp> = {
  python: /^\s*(?:(?:async\s+)?def\s|class\s|@\w)/,
  ruby: /^\s*(?:end\b|def\s|class\s|module\s)/,
  javascript: /^\s*\}/,
  java: /^\s*\}/,
  go: /^\}/,
  rust: /^\s*\}/,
  php: /^\s*\}/,
  dotnet: /^\s*\}/,
};

/**
 * Has the block that begins at `from` ended before `to`? By the indent of the lines between, as all eight languages are laid
 * out. A line further out that ends nothing may be text of a long literal: then it is not known.
 */
function endsBetween(
  lines: ReadonlyMap<number, string>,
  from: number,
  to: number,
  syntax: Syntax | null,
): "yes" | "no" | "unknown" {
  const base = indentOf(lines.get(from) ?? "");
  let ended: "no" | "unknown" = "no";
  let isInLiteral = false;
  for (let number = from + 1; number < to; number += 1) {
    const line = lines.get(number);
    const began = isInLiteral;
    if ((syntax === "go" || syntax === "javascript") && (line ?? "").split("`").length % 2 === 0)
      isInLiteral = !isInLiteral;
    if (line === undefined || began || line.trim() === "" || indentOf(line) > base) continue;
    // What closes a list of parameters, or opens the body on a line of its own, ends nothing.
    if (/^\s*(?:[)\]}]+.*[{:]|\{|where\b.*|throws\b.*|->.*)\s*$/.test(line)) continue;
    if (syntax !== null && blockEnds[syntax].test(line)) return "yes";
    if (!/^\s*(?:#|\/\/|\*|(?:rescue|ensure|else|elsif|catch|finally|case|default)\b)/.test(line))
      ended = "unknown";
  }
  return ended;
}

const isSameName = (left: string, right: string) => {
  const plain = (name: string) => name.replace(/^[#@]/, "").replace(/^self\./, "");
  const called = calledFunction(left);
  return plain(left) === plain(right) || (called.kind === "named" && plain(called.name) === plain(right));
};

/** The innermost block around a frame's line, as inspection found it. */
export function enclosingOf(windows: readonly CodeWindow[], frame: { path: string; line: number }) {
  const around = windows.flatMap(({ path, enclosing }) =>
    path === frame.path && enclosing && enclosing.fromLine <= frame.line && frame.line <= enclosing.toLine
      ? [enclosing]
      : [],
  );
  around.sort((left, right) => left.toLine - left.fromLine - (right.toLine - right.fromLine));
  return around[0] ?? null;
}
