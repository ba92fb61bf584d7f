import type { Edit } from "./suspect-edit";
import type { Place } from "./suspect-place";
import { tokensOf } from "./suspect-tokens";

/** Leaves the function: what follows was reached only where this was not taken. */
const leaving = /^(?:return\b|raise\b|throw\b|panic\s*\(|panic!|abort\b|fail\b|die\b|exit\b)/;
const raising = /^(?:raise\b|throw\b|panic\s*\(|panic!|abort\b|fail\b|die\b)/;
const onlyFrame = /^(?:[{}]|end|\}\s*;?)$/;
/** A condition without brackets around it, with nothing behind it or with what is done then. */
const condition = /^(?:if|unless)\s+([^:{]{1,200}?)\s*(?::|\{|then\b|$)\s*(.*)$/s;
const behind = /^(?<what>.{1,200}?)\s+(?:if|unless)\s+(?<c>.{1,200})$/s;
/** What gives a name another value. */
const giving = /(?:^|[^=!<>:])(?:=|:=|\+=|-=|\*=|\/=|\|\|=|&&=|\?\?=)(?![=>~])|\+\+|--|<<|<-/;

/** A way out that an edit added and did nothing beside: whether it raises, and what its conditions ask. */
export type AddedExit = { raises: boolean; conditions: string[] };

const linesMax = 8;

/**
 * Reads an edit as a way out and nothing else: it takes nothing away, every statement is a condition or leaves the function,
 * and no name gets a value. Null for any other edit.
 */
export function addedExitOf({ removed, added }: Edit): AddedExit | null {
  if (removed.some((line) => line.trim() !== "")) return null;
  const lines = added.map((line) => line.trim().replace(/;$/, "")).filter((line) => line !== "");
  if (lines.length === 0 || lines.length > linesMax || lines.some((line) => line.length > 300)) return null;
  const conditions: string[] = [];
  const exits: string[] = [];
  for (const line of lines) {
    if (/^(?:#|\/\/)/.test(line) || onlyFrame.test(line)) continue;
    const asked = conditionOf(line);
    const rest = asked ? asked.rest.replace(/^\{\s*|\s*;?\s*\}$/g, "").trim() : line;
    if (asked) conditions.push(asked.text);
    if (rest === "") continue;
    if (!leaving.test(rest)) return null;
    const late = asked ? undefined : behind.exec(rest)?.groups;
    if (late) conditions.push(late.c ?? "");
    exits.push(late?.what ?? rest);
  }
  if (exits.length === 0 || conditions.length === 0) return null;
  if (conditions.some((each) => giving.test(each))) return null;
  return { raises: exits.every((each) => raising.test(each)), conditions };
}

/** What a line asks, and what stands behind that; null where it begins with no condition. */
function conditionOf(line: string): { text: string; rest: string } | null {
  const open = /^if\s*\(/.exec(line)?.[0].length;
  if (open !== undefined) {
    const close = closingOf(line, open);
    const rest = line.slice(close + 1).trim();
    if (close !== -1 && (rest === "" || rest.startsWith("{") || leaving.test(rest)))
      return { text: line.slice(open, close), rest };
  }
  const [, text, rest] = condition.exec(line) ?? [];
  return text === undefined ? null : { text, rest: rest ?? "" };
}

/** Where the bracket closes that opens in front of `from`; brackets within quotes are text. */
function closingOf(line: string, from: number): number {
  let depth = 1;
  let quote = "";
  for (let at = from; at < line.length; at += 1) {
    const char = line[at] as string;
    if (quote !== "") quote = char === quote && line[at - 1] !== "\\" ? "" : quote;
    else if (/["'`]/.test(char)) quote = char;
    else if (char === "(") depth += 1;
    else if (char === ")" && --depth === 0) return at;
  }
  return -1;
}

const catching = /\b(?:try|except|rescue|catch|recover|ensure|finally)\b/;
const passedOn = /=>|->|\blambda\b|\bdo\b\s*(?:\||$)|\bfunc(?:tion)?\s*\(|\{\s*\|/;

/**
 * The call that failed got past this way out: it lies in a function that the trace is in, so that it was not taken, and
 * what it asks changes nothing that the function deals with.
 */
export function wasNotTaken({ conditions }: AddedExit, edit: Edit, places: readonly Place[]): boolean {
  const first = edit.added.find((line) => line.trim() !== "")?.trim();
  return places.some((place) => {
    const at = place.lines.findIndex((line) => line.trim() === first);
    // No longer there as it was: then it is not known what became of it.
    if (at === -1 || place.lines.some((line) => catching.test(line))) return false;
    if (isPassedOn(place.lines, at)) return false;
    const own = ownNames(place, edit);
    return conditions.every((each) => !mayChange(each, edit.path, own));
  });
}

/** Does it stand in a function within the function, which gives its result to somebody else? */
function isPassedOn(lines: readonly string[], at: number): boolean {
  const indentOf = (line: string) => line.length - line.trimStart().length;
  let indent = indentOf(lines[at] ?? "");
  for (let above = at - 1; above >= 1 && indent > 0; above -= 1) {
    const line = lines[above] ?? "";
    if (line.trim() === "" || indentOf(line) >= indent) continue;
    if (passedOn.test(line)) return true;
    indent = indentOf(line);
  }
  return false;
}

/** Parameters of the function and names that it gives a value, other than in the added lines. */
function ownNames(place: Place, edit: Edit): ReadonlySet<string> {
  const added = new Set(edit.added.map((line) => line.trim()));
  const own = new Set(["this", "self"]);
  const lines = place.lines.filter((line) => !added.has(line.trim()));
  const tokens = tokensOf(lines, place.path);
  const head = tokensOf(lines.slice(0, 1), place.path).length;
  tokens.forEach((each, index) => {
    if (each.kind !== "name") return;
    const next = tokens[index + 1]?.text ?? "";
    const isParameter = index < head && !each.isMember;
    if (isParameter || /^(?::?=|,|in|of)$/.test(next)) own.add(each.text);
  });
  return own;
}

/** A call on, or with, what the function deals with may change it; reading it, or asking the surroundings, does not. */
function mayChange(text: string, path: string, own: ReadonlySet<string>): boolean {
  const tokens = tokensOf([text], path);
  const deals = tokens.some(
    (each) => each.kind === "name" && (own.has(each.text) || each.text.startsWith("@")),
  );
  if (!deals) return false;
  return tokens.some(
    (each, index) =>
      each.kind === "name" &&
      (tokens[index + 1]?.text === "(" ||
        (/\.rb$/i.test(path) && each.isMember && !/[?]$/.test(each.text) && !each.text.startsWith("@"))),
  );
}
