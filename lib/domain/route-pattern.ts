import { RE2JS, RE2JSSyntaxException } from "re2js";
import { conditionLimits } from "./route-condition";

export type PatternFault = { message: string; position: number };
export type CompiledPattern =
  | { ok: true; finds: (text: string) => boolean }
  /** `position`: the character of the pattern, counted from 1. */
  | { ok: false; fault: PatternFault };

/**
 * An expression people write, found anywhere in a text. It runs on RE2, whose time is linear in the text; case does not
 * count unless the pattern says `(?-i)`, as nowhere in routing.
 */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.trim() === "") return { ok: false, fault: { message: "is blank", position: 1 } };
  try {
    const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    if (expression.programSize() > conditionLimits.patternSize) {
      const message = `is too large: repetitions make ${expression.programSize()} steps of it, at most ${conditionLimits.patternSize} are taken`;
      return { ok: false, fault: { message, position: 1 } };
    }
    return { ok: true, finds: (text) => expression.test(text) };
  } catch (error) {
    const known = error instanceof RE2JSSyntaxException;
    const message = known ? error.getDescription() : "cannot be compiled";
    return { ok: false, fault: { message, position: placeOf(pattern, known ? error.getPattern() : null) } };
  }
}

/** Where the engine stopped. It names a fragment, or the whole pattern when a parenthesis has no partner. */
function placeOf(pattern: string, named: string | null): number {
  if (named === null) return pattern.length;
  const fragment = named.startsWith("(?i)") && !pattern.startsWith("(?i)") ? named.slice(4) : named;
  if (fragment === pattern) return unpaired(pattern);
  const at = pattern.endsWith(fragment) ? pattern.length - fragment.length : pattern.indexOf(fragment);
  return Math.max(0, at) + 1;
}

/** The parenthesis without a partner; the first character when all have one. */
function unpaired(pattern: string): number {
  const open: number[] = [];
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") open.push(at);
    else if (character === ")" && open.pop() === undefined) return at + 1;
  }
  return (open.at(-1) ?? 0) + 1;
}

/** A glob with its fixed ends looked at first: they tell most texts apart without walking through them. */
export function compileGlob(glob: string): (text: string) => boolean {
  const first = glob.search(/[*?]/);
  if (first < 0) return (text) => text === glob;
  const head = glob.slice(0, first);
  const tail = glob.slice(Math.max(glob.lastIndexOf("*"), glob.lastIndexOf("?")) + 1);
  return (text) => text.startsWith(head) && text.endsWith(tail) && matchesGlob(glob, text);
}

/** `*` stands for any characters, `?` for one; everything else for itself. Covers the whole text. */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resumeAt = 0;
  while (place < text.length) {
    const wanted = glob[at];
    if (wanted === "*") {
      star = at++;
      resumeAt = place;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[place])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      // Only the last star gives way: what an earlier one took was enough for what stands between the two.
      at = star + 1;
      resumeAt += 1;
      place = resumeAt;
    } else return false;
  }
  while (glob[at] === "*") at += 1;
  return at === glob.length;
}
