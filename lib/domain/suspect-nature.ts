import { definitionOf } from "./suspect-blocks";
import { isBystander, type NamesOfFile, namesOfFile } from "./suspect-bystander";
import type { Edit } from "./suspect-edit";
import { sayTheSame } from "./suspect-meaning";
import type { Hunk } from "./suspect-patch";
import { type Token, tokenKey, tokensOf } from "./suspect-tokens";

/** What an edit does to what the program does. All but `code` are known to leave it as it was, or nearly. */
export type Nature =
  | "layout"
  | "comment"
  | "rename"
  | "move"
  | "rewriting"
  | "logging"
  | "bystander"
  | "imports"
  | "documentation"
  | "test"
  | "code";

const documents =
  /\.(?:md|mdx|rst|adoc|txt)$|(?:^|\/)(?:LICENSE|CHANGELOG|AUTHORS|CODEOWNERS)[^/]*$|(?:^|\/)docs?\//i;
const requirements = /(?:^|\/)requirements[^/]*\.txt$|(?:^|\/)constraints[^/]*\.txt$/i;
const tests =
  /(?:^|\/)(?:tests?|specs?|__tests__|testdata|fixtures)\/|[._-](?:test|spec)\.[a-z]+$|(?:^|\/)test_[^/]+\.py$|_test\.(?:go|py|rb)$|Tests?\.(?:java|kt|cs)$/;

/** The natures of a commit's edits, each found when asked for: a move or a renaming shows only beside the other edits. */
export function natureJudge(edits: readonly Edit[]): (edit: Edit) => Nature {
  const known = new Map<Edit, Nature>();
  const shared: Shared = { wholes: new Map(), names: new Map() };
  return (edit) => {
    const nature = known.get(edit) ?? natureOf(edit, edits, shared);
    known.set(edit, nature);
    return nature;
  };
}

/** What is found once for all edits of a commit. */
type Shared = {
  names: Map<string, NamesOfFile>;
  wholes: Map<Hunk, Nature | null>;
  moved?: ReadonlySet<string>;
  renames?: ReadonlyMap<string, string>;
};

function natureOf(edit: Edit, edits: readonly Edit[], shared: Shared): Nature {
  if (documents.test(edit.path) && !requirements.test(edit.path)) return "documentation";
  if (tests.test(edit.path)) return "test";
  if (edit.ofName) return "move";
  const { removedTokens, addedTokens, removed, added } = edit;
  if (removedTokens.length === 0 && addedTokens.length === 0) {
    return [...removed, ...added].every((line) => line.trim() === "") ? "layout" : "comment";
  }
  if (isIndentedOtherwise(edit)) return "code";
  if (tokenKey(removedTokens) === tokenKey(addedTokens)) {
    return commentText(removed, removedTokens) === commentText(added, addedTokens) ? "layout" : "comment";
  }
  if (quotesAside(removed) === quotesAside(added)) return "layout";
  const isReplacement = removed.length > 0 && added.length > 0;
  if (isReplacement && sayTheSame(removed, added, edit.path)) return "rewriting";
  const whole = edit.fileKind === "created" ? null : natureOfHunk(edit, shared.wholes);
  if (whole !== null) return whole;
  if (differingNames(removedTokens, addedTokens) !== null) {
    shared.renames ??= renamesOf(edits);
    if (isRenaming(removedTokens, addedTokens, shared.renames)) return "rename";
  }
  if (isLogging(edit)) return "logging";
  if ([...removed, ...added].every((line) => line.trim() === "" || imports.test(line))) return "imports";
  const names = shared.names.get(edit.path) ?? namesOfFile(edits, edit.path);
  shared.names.set(edit.path, names);
  if (isBystander(edit, names)) return "bystander";
  shared.moved ??= movedLines(edits);
  return isMove(edit, shared.moved) ? "move" : "code";
}

/** Quotes within quotes, as in the code inside a template, are not told apart by tokens. */
const quotesAside = (lines: readonly string[]): string =>
  lines.map((line) => line.trim().replace(/['`]/g, '"')).join("\n");

const indentCounts = /\.(?:pyi?|ya?ml|haml|slim|pug|coffee|nim)$/i;
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The same lines further in or out beside indented ones that stayed, where indentation says what belongs to what. */
function isIndentedOtherwise(edit: Edit): boolean {
  const { removed, added, path } = edit;
  if (!indentCounts.test(path) || removed.length !== added.length) return false;
  const shifts = removed.map((line, index) => {
    const other = added[index] as string;
    return line.trim() === other.trim() ? indentOf(other) - indentOf(line) : null;
  });
  if (shifts.includes(null) || shifts.every((shift) => shift === 0)) return false;
  return edit.around(3).some((line) => line.trim() !== "" && indentOf(line) > 0);
}

const hunkLinesMax = 200;

/** Where lines were indented anew, brackets pair up with others: only the whole hunk then says the same as before. */
function natureOfHunk({ hunk, path }: Edit, known: Map<Hunk, Nature | null>): Nature | null {
  const found = known.get(hunk);
  if (found !== undefined) return found;
  const before = hunk.lines.filter((line) => line.kind !== "added").map((line) => line.text);
  const after = hunk.lines.filter((line) => line.kind !== "removed").map((line) => line.text);
  let nature: Nature | null = null;
  if (before.length <= hunkLinesMax && after.length <= hunkLinesMax) {
    if (tokenKey(tokensOf(before, path)) === tokenKey(tokensOf(after, path))) nature = "layout";
    else if (sayTheSame(before, after, path)) nature = "rewriting";
  }
  known.set(hunk, nature);
  return nature;
}

/** Whether comments differ: the letters of the lines against the letters of their tokens. */
const commentText = (lines: readonly string[], tokens: readonly Token[]): string =>
  lines.join("").replace(/[^\p{L}]/gu, "").length ===
  tokens
    .map((each) => each.text)
    .join("")
    .replace(/[^\p{L}]/gu, "").length
    ? ""
    : lines.join("").replace(/\s/g, "");

const imports =
  /^\s*(?:import\b|from\s+[\w.]+\s+import\b|(?:const|let|var)\s+[\w${}\s,:]+=\s*require\(|require(?:_relative)?\s|use\s+[\w\\:]+|using\s+[\w.]+;|#include\b|package\s|export\s+\*\s+from\b|["'][\w./-]+["'],?$)/;
const logCall =
  /^\s*(?:await\s+)?(?:(?:this|self|@?\w+)\s*\.\s*)?_*(?:console|log|logger|logging|slog|zap|LOG|LOGGER|Rails\.logger|Log|log4j|System\.(?:out|err)|warnings|metrics|statsd)\s*\.\s*\w+\s*\(|^\s*(?:print|println|printf|puts|p|pp|warn|debug|fmt\.(?:Print|Fprint)\w*|log\.\w+|logger\.\w+|Rails\.logger\.\w+)(?:\(|\s+["'#])/;

/** All of its statements write to a log, perhaps only when asked to, and none does anything else. */
function isLogging({ removed, added, path }: Edit): boolean {
  const lines = [...removed, ...added].filter((line) => tokensOf([line], path).length > 0);
  const statements = [removed, added].flatMap((side) =>
    statementLines(side, path).map((line) => line.replace(onlyWhen, "")),
  );
  return lines.length > 0 && statements.some((each) => logCall.test(each)) && statements.every(isLogOrFrame);
}

const onlyWhen = /^\s*(?:\}\s*)?if\b[^=;]{1,120}?(?:\)|:)\s*(?=\S)(?![{&|])/;
const isLogOrFrame = (statement: string): boolean =>
  logCall.test(statement) || /^\s*(?:[{}]|end|if\s*\(?[\w.!() $]{1,80}\)?\s*[:{]?)\s*$/.test(statement);

/** The first line of each statement. */
function statementLines(lines: readonly string[], path: string): string[] {
  const starts: string[] = [];
  let depth = 0;
  for (const line of lines) {
    const tokens = tokensOf([line], path);
    if (tokens.length > 0 && depth <= 0) {
      starts.push(line);
      depth = 0;
    }
    for (const { kind, text } of tokens) {
      if (kind === "operator") depth += /^[([]$/.test(text) ? 1 : /^[)\]]$/.test(text) ? -1 : 0;
    }
  }
  return starts;
}

const moveKey = (line: string): string => line.trim().replace(/\s+/g, " ");
const keysOf = ({ removed, added }: Edit): string[] =>
  [...removed, ...added].map(moveKey).filter((key) => /\w/.test(key));

/** Lines that a commit took out at one place and put in at another as often. */
function movedLines(edits: readonly Edit[]): ReadonlySet<string> {
  const balance = new Map<string, { out: number; in: number }>();
  const count = (lines: readonly string[], side: "out" | "in") => {
    for (const key of lines.map(moveKey)) {
      const entry = balance.get(key) ?? { out: 0, in: 0 };
      entry[side] += 1;
      balance.set(key, entry);
    }
  };
  for (const edit of edits) {
    count(edit.removed, "out");
    count(edit.added, "in");
  }
  return new Set(
    [...balance].filter(([, entry]) => entry.out > 0 && entry.out === entry.in).map(([key]) => key),
  );
}

/** Whole functions, or what stands outside them. Statements that changed their order within a function are another matter. */
function isMove(edit: Edit, moved: ReadonlySet<string>): boolean {
  const keys = keysOf(edit);
  if (keys.length === 0 || !keys.every((key) => moved.has(key))) return false;
  return (
    edit.functionName === null || [...edit.removed, ...edit.added].some((line) => definitionOf(line) !== null)
  );
}

/** Pairs of different names at the same places; null where anything else differs. */
function differingNames(removed: readonly Token[], added: readonly Token[]): Array<[Token, Token]> | null {
  if (removed.length !== added.length) return null;
  const pairs: Array<[Token, Token]> = [];
  for (const [index, before] of removed.entries()) {
    const after = added[index] as Token;
    if (before.kind !== after.kind) return null;
    if (before.text === after.text) continue;
    if (before.kind !== "name") {
      if (before.kind !== "string" || !isInterpolated(before.text, after.text)) return null;
      continue;
    }
    pairs.push([before, after]);
  }
  return pairs;
}

/** A renamed variable within a template string. */
const isInterpolated = (before: string, after: string): boolean =>
  /[{$]/.test(before) &&
  before.replace(/\$?\{[^}]*\}|#\{[^}]*\}/g, "") === after.replace(/\$?\{[^}]*\}|#\{[^}]*\}/g, "");

/**
 * Names of a commit that were replaced by others throughout: in at least two places, the old one is nowhere left in what is seen
 * and the new one was nowhere before. A name put in the place of one that goes on to exist is no renaming but another value.
 */
function renamesOf(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const found = new Map<string, { to: string; count: number }>();
  const broken = new Set<string>();
  for (const edit of edits) {
    if (edit.removed.length === 0 || edit.added.length === 0) continue;
    for (const [before, after] of differingNames(edit.removedTokens, edit.addedTokens) ?? []) {
      const entry = found.get(before.text) ?? { to: after.text, count: 0 };
      if (entry.to !== after.text) broken.add(before.text);
      entry.count += 1;
      found.set(before.text, entry);
    }
  }
  // Nobody renames so many at once; telling would take long.
  if (found.size === 0 || found.size > 40) return new Map();
  const targets = [...found.values()].map((entry) => entry.to);
  const isWhole = (name: string, to: string) =>
    targets.filter((each) => each === to).length === 1 &&
    !found.has(to) &&
    edits.every((edit) => isGone(edit, name, to));
  return new Map(
    [...found]
      .filter(([name, entry]) => entry.count >= 2 && !broken.has(name) && isWhole(name, entry.to))
      .map(([name, entry]) => [name, entry.to]),
  );
}

function isGone(edit: Edit, name: string, to: string): boolean {
  const has = (tokens: readonly Token[], text: string) =>
    tokens.some((each) => each.kind === "name" && each.text === text && !each.isMember);
  if (has(edit.addedTokens, name) || has(edit.removedTokens, to)) return false;
  if (!edit.removedTokens.some((each) => each.text === name)) return true;
  return !has(edit.aroundTokens, name) || !has(edit.aroundTokens, to);
}

/** Only names of variables: a key, an attribute or a method is known by its name elsewhere. */
function isRenaming(
  removed: readonly Token[],
  added: readonly Token[],
  renames: ReadonlyMap<string, string>,
): boolean {
  const pairs = differingNames(removed, added);
  return (
    pairs !== null &&
    pairs.length > 0 &&
    pairs.every(
      ([before, after]) => !before.isMember && !after.isMember && renames.get(before.text) === after.text,
    )
  );
}
