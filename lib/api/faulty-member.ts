import { endOfString } from "./array-items";

/** Deeper than anything a person or a program means; the walks over a body are recursive. */
export const depthMax = 200;

export type FaultyMember = { fault: "repeated" | "deep"; path: string };

/**
 * A member given twice, of which JSON.parse silently keeps the last, or one nested too deeply. `text` has been parsed to
 * `value`, so it is known to be JSON. The usual body pays for two counts, and only a bad one for the search.
 */
export function findFaultyMember(text: string, value: unknown): FaultyMember | null {
  const kept = countMembers(value);
  if (kept === "deep") return { fault: "deep", path: deepPath(value) };
  return countWrittenMembers(text) === kept ? null : { fault: "repeated", path: repeatedPath(text) };
}

/** The members of every object in a parsed value. Not recursive: JSON.parse knows no limit of depth. */
function countMembers(value: unknown): number | "deep" {
  let count = 0;
  const stack: Array<{ value: object; depth: number }> = [];
  const open = (inner: unknown, depth: number) => {
    if (inner !== null && typeof inner === "object") stack.push({ value: inner, depth });
  };
  open(value, 1);
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.depth > depthMax) return "deep";
    const isArray = Array.isArray(top.value);
    const inner: unknown[] = isArray ? (top.value as unknown[]) : Object.values(top.value);
    if (!isArray) count += inner.length;
    for (const each of inner) open(each, top.depth + 1);
  }
  return count;
}

/** The members as written: strings that a colon follows. */
function countWrittenMembers(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = afterSpace(text, endOfString(text, at));
    if (text[at] === ":") count += 1;
  }
  return count;
}

function afterSpace(text: string, at: number): number {
  let next = at;
  while (" \t\n\r".includes(text[next] ?? "x")) next += 1;
  return next;
}

const join = (path: string, name: string) => (path ? `${path}.${name}` : name);
/** Names are the caller's words: bounded, as the path goes into the answer. */
const bounded = (path: string) => path.slice(0, 200);

/** Where the first repeated member is; the text is JSON no deeper than allowed. */
function repeatedPath(text: string): string {
  type Level = { path: string; names: Set<string> | null; member: string; index: number };
  const levels: Level[] = [];
  const pathOf = (level: Level | undefined) =>
    level ? (level.names ? join(level.path, level.member) : `${level.path}[${level.index}]`) : "";
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    const level = levels.at(-1);
    if (char === '"') {
      const end = endOfString(text, at);
      const next = afterSpace(text, end);
      if (level?.names && text[next] === ":") {
        level.member = JSON.parse(text.slice(at, end)) as string;
        if (level.names.has(level.member)) return bounded(join(level.path, level.member));
        level.names.add(level.member);
      }
      at = end;
      continue;
    }
    if (char === "{") levels.push({ path: pathOf(level), names: new Set(), member: "", index: 0 });
    else if (char === "[") levels.push({ path: pathOf(level), names: null, member: "", index: 0 });
    else if (char === "}" || char === "]") levels.pop();
    else if (char === "," && level) level.index += 1;
    at += 1;
  }
  return "";
}

/** The first names on the way down: enough to find it. */
function deepPath(value: unknown): string {
  let path = "";
  for (let inner = value, depth = 0; depth < 8 && inner !== null && typeof inner === "object"; depth++) {
    const deepest = Object.entries(inner).find(([, member]) => isTooDeep(member));
    if (!deepest) break;
    path = Array.isArray(inner) ? `${path}[${deepest[0]}]` : join(path, deepest[0]);
    inner = deepest[1];
  }
  return bounded(path);
}

const isTooDeep = (value: unknown) => countMembers(value) === "deep";
