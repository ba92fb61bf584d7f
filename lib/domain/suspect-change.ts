import { type ExceptionMeaning, namesOf } from "./exception-meaning";
import { definitionsOf, indentOf, lineKind, syntaxOf } from "./read-code";
import { literalsOf, makesMessage, raises } from "./source-literal";
import type { SuspectCommit } from "./triage";
import { hasWord } from "./triage-words";

export type Change = SuspectCommit["changes"][number];

/** What a commit did to the lines in question, told from its lines alone; its message is never asked. */
export type ChangeKind =
  /** A check, an early return or an error handler went away. */
  | "removed_guard"
  /** A default or a safe access went away: `.get("x", 0)` became `["x"]`, `?.` became `.`. */
  | "removed_default"
  /** Lines differ in one name alone. */
  | "renamed"
  /** A condition, bound or operator differs. */
  | "changed_condition"
  /** A number, text or constant differs. */
  | "changed_literal"
  /** The head of a function differs. */
  | "changed_signature"
  /** A function, class, field or import that the message speaks of went away. */
  | "removed_definition"
  /** The line that raises what was reported is new. */
  | "added_raise"
  /** The line that uses what the message speaks of is new. */
  | "added_use"
  /** Whatever else it did. */
  | "changed";

export type ReadChange = {
  kind: ChangeKind;
  change: Change;
  /** The lines that say so, trimmed; of a rename, the two names. */
  removed: string[];
  added: string[];
};

const lineCap = 60;

/** Which kinds say the most about why something fails. */
const order: readonly ChangeKind[] = [
  ...(["removed_default", "removed_guard", "renamed", "removed_definition", "added_raise"] as const),
  ...(["changed_signature", "changed_condition", "changed_literal", "added_use", "changed"] as const),
];

/** The most telling reading of one hunk. */
export function readChange(change: Change, meaning: ExceptionMeaning): ReadChange {
  const syntax = syntaxOf(change.path);
  const telling = (lines: readonly string[]) =>
    lines.slice(0, lineCap).filter((line) => lineKind(line, syntax) === "code" && line.length <= 500);
  const removed = withoutKept(telling(change.removed), telling(change.added));
  const added = withoutKept(telling(change.added), telling(change.removed));
  const read = (kind: ChangeKind, from: readonly string[], to: readonly string[]): ReadChange => ({
    kind,
    change,
    removed: from.map((line) => line.trim()),
    added: to.map((line) => line.trim()),
  });
  const names = namesOf(meaning);
  const speaks = (line: string) => names.some((name) => hasWord(line, name));
  const defines = (line: string) => names.some((name) => definesName(change.path, line, name));
  const pairs = pairsOf(removed, added);
  const found: ReadChange[] = [];

  for (const [from, to] of pairs) {
    if (losesDefault(from, to)) found.push(read("removed_default", [from], [to]));
    const rename = renameOf(from, to);
    if (rename !== null) found.push(read("renamed", [rename[0]], [rename[1]]));
    else if (isHead(from) && isHead(to)) found.push(read("changed_signature", [from], [to]));
    else if (isCondition(from) && isCondition(to)) found.push(read("changed_condition", [from], [to]));
    else if (withoutLiterals(from) === withoutLiterals(to)) found.push(read("changed_literal", [from], [to]));
    else if (withoutOperators(from) === withoutOperators(to))
      found.push(read("changed_condition", [from], [to]));
  }
  const guards = removed.filter(
    (line) => isGuard(line) && !pairs.some(([from, to]) => from === line && isGuard(to)),
  );
  if (guards.length > 0) found.push(read("removed_guard", [wholeGuard(change, guards)], []));
  const defined = removed.filter((line) => speaks(line) && defines(line));
  if (defined.length > 0 && !added.some((line) => speaks(line) && defines(line)))
    found.push(read("removed_definition", defined, []));
  const message = meaning.message ?? "";
  const raised = added.filter(
    (line) => raises(line) && literalsOf(line).some((literal) => makesMessage(literal, message)),
  );
  if (raised.length > 0) found.push(read("added_raise", [], raised));
  const used = added.filter(speaks);
  if (used.length > 0 && !removed.some(speaks)) found.push(read("added_use", [], used));
  found.sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
  return found[0] ?? read("changed", removed.slice(0, 3), added.slice(0, 3));
}

/** A check with what it did, where the removed lines are few and nothing else: `if (x == null) { return 0; }`. */
function wholeGuard({ removed, added }: Change, guards: readonly string[]): string {
  const isAlone = removed.length <= 4 && added.length === 0;
  return (isAlone ? removed : guards.slice(0, 1)).map((line) => line.trim()).join(" ");
}

/** The most telling hunk of a commit; hunks at the place come first among equals. */
export function readSuspect(
  suspect: SuspectCommit,
  meaning: ExceptionMeaning,
  at: { path: string; line: number } | null,
): ReadChange | null {
  const near = (change: Change) => (at !== null && change.path === at.path ? distance(change, at.line) : 1e9);
  const readings = suspect.changes
    .slice(0, 40)
    .map((change) => readChange(change, meaning))
    .sort(
      (left, right) =>
        Number(near(right.change) <= 10) - Number(near(left.change) <= 10) ||
        order.indexOf(left.kind) - order.indexOf(right.kind) ||
        near(left.change) - near(right.change),
    );
  const telling = readings.find((each) => each.kind !== "changed");
  return telling ?? readings[0] ?? null;
}

/** How many lines lie between a hunk and a line; 0 when the hunk covers it. */
export function distance({ fromLine, toLine }: Change, line: number): number {
  if (line < fromLine) return fromLine - line;
  return line > Math.max(fromLine, toLine) ? line - Math.max(fromLine, toLine) : 0;
}

const withoutKept = (lines: readonly string[], other: readonly string[]) => {
  const kept = new Set(other.map((line) => line.trim()));
  return lines.filter((line) => !kept.has(line.trim()));
};

/** Lines that stand for each other: the same place in equally long lists, else the one that is most alike. */
function pairsOf(removed: readonly string[], added: readonly string[]): Array<[string, string]> {
  if (removed.length === added.length)
    return removed.map((line, index) => [line, added[index] as string] as [string, string]);
  return removed.slice(0, 20).flatMap((from): Array<[string, string]> => {
    const wordsOf = (line: string) => new Set(line.match(/[\p{L}\p{N}_]+/gu) ?? []);
    const words = wordsOf(from);
    const scored = added.slice(0, 20).map((to) => {
      const others = wordsOf(to);
      const shared = [...words].filter((word) => others.has(word)).length;
      return { to, score: shared / Math.max(1, new Set([...words, ...others]).size) };
    });
    const best = scored.sort((left, right) => right.score - left.score)[0];
    return best && best.score >= 0.5 ? [[from, best.to]] : [];
  });
}

const safeAccess: ReadonlyArray<[from: RegExp, to: RegExp]> = [
  [/\.get\(\s*[^,()]{1,80},/, /\[|\.get\(\s*[^,()]{1,80}\)|\.pop\(/],
  [/\.get\(/, /\[/],
  [/\?\.\[?|&\.|\?->/, /\.|->|\[/],
  [/\?\?|\|\|| or |\?:|\bif .{1,80}\belse\b|\?.{1,80}:/, /./],
  [/\.fetch\([^()]{1,80},|\.dig\(/, /\[|\.fetch\([^(),]{1,80}\)/],
  [/unwrap_or|ok_or|\.map_or|\.get\(|if let|\?;/, /\.unwrap\(\)|\.expect\(|\[/],
  [/orElse|getOrDefault|ofNullable|firstOrNull|getOrNull|OrDefault\(|TryGetValue/, /./],
  [/,\s*ok\s*:?=/, /:?=/],
];

function losesDefault(from: string, to: string): boolean {
  if (isGuard(from)) return false;
  return safeAccess.some(([safe, plain]) => safe.test(from) && !safe.test(to) && plain.test(to));
}

/** A check, an early way out, or an error handler. */
const guard =
  /^\s*(?:\}?\s*(?:else\s+)?(?:if|elif|elsif|unless|guard|when|assert|require|try|except|rescue|catch|finally|while|match|switch)\b|(?:return|continue|break|next|raise|throw)\b.*\b(?:if|unless)\b|if\s*\(|Objects\.requireNonNull|Assert\.|.*\b(?:isNull|is_none|is_some|isset|empty|nil\?|blank\?|present\?)\b|defer\b.*recover)/;
const isGuard = (line: string) => guard.test(line);
const isCondition = (line: string) =>
  /\b(?:if|elif|elsif|unless|while|for|when|until|assert|loop)\b|\?.*:/.test(line);
const isHead = (line: string) =>
  /^\s*(?:(?:export|default|public|private|protected|internal|static|async|pub|override|final|suspend|virtual|unsafe)\s+(?:\([^)]{0,40}\)\s*)?)*(?:def|fn|func|fun|function)\b/.test(
    line,
  ) || /^\s*(?:public|private|protected|internal|static)\b[^=;]{1,300}\([^;]{0,300}[{)]\s*$/.test(line);
/** Does the line say what that name is: a function, a class, a field, a key, a variable, an import? */
function definesName(path: string, line: string, name: string): boolean {
  if (definitionsOf({ path, lines: new Map([[1, line]]), lastLine: 1 }, name).length > 0) return true;
  if (/^\s*(?:import|from|use|using|require|include|attr_\w+)\b/.test(line)) return true;
  if (/^\s*(?:public|private|protected|internal|var|val|let|const|static)\b[^=(]{0,120}$/.test(line))
    return true;
  const at = line.indexOf(name);
  return at !== -1 && /^["'\]]?\s*(?::(?!:)|=>|:?=(?![=~]))/.test(line.slice(at + name.length));
}

const tokensOf = (line: string) =>
  line.trim().match(/[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+|\s+|[^\s\p{L}\p{N}]/gu) ?? [];

/** Two lines that differ in one name alone, however often; the two names. */
function renameOf(from: string, to: string): [string, string] | null {
  const left = tokensOf(from);
  const right = tokensOf(to);
  if (left.length !== right.length) return null;
  let names: [string, string] | null = null;
  for (const [index, token] of left.entries()) {
    const other = right[index] as string;
    if (token === other) continue;
    if (
      !/^[\p{L}_$]/u.test(token) ||
      !/^[\p{L}_$]/u.test(other) ||
      keywords.has(token) ||
      keywords.has(other)
    )
      return null;
    if (names !== null && (names[0] !== token || names[1] !== other)) return null;
    names = [token, other];
  }
  return names;
}

const keywords: ReadonlySet<string> = new Set(
  "and or not if unless while true false True False null None nil undefined min max floor ceil return in is".split(
    " ",
  ),
);

const withoutLiterals = (line: string) =>
  line
    .trim()
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|\b\d[\d_.]*\w*\b|\b(?:true|false|True|False|null|None|nil)\b/g, "<v>");
const withoutOperators = (line: string) =>
  line
    .trim()
    .replace(/[<>=!]=?=?|&&|\|\||[+\-*/%!]|\b(?:and|or|not|is|in)\b|\b\d+\b/g, "")
    .replace(/\s+/g, "");

/** Do the removed lines keep the layout of the code around them, so that they can be put back as they were? */
export const isWholeGuard = (removed: readonly string[], syntax: ReturnType<typeof syntaxOf>): boolean => {
  const code = removed.filter((line) => line.trim() !== "");
  const first = code[0];
  if (first === undefined || !isGuard(first)) return false;
  const base = indentOf(first);
  if (code.some((line) => indentOf(line) < base)) return false;
  if (syntax === "python") return !first.trimEnd().endsWith(":") || code.length > 1;
  if (syntax === "ruby") {
    const opens = /^\s*(?:if|unless|while|begin|case)\b/.test(first);
    return !opens || /^\s*end\b/.test(code.at(-1) ?? "");
  }
  const count = (mark: string) => code.join("").split(mark).length;
  return count("{") === count("}") && count("(") === count(")");
};
