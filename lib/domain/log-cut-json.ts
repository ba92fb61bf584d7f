import type { JsonObject } from "./config";

const depthMax = 6;
const literal = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,}\]])/y;
const blank = /\s*/y;

/**
 * What can be told of a JSON object whose end was cut off: every pair that is whole, the beginning of a text that is not, and the
 * same of an object inside. null for what does not begin as an object with a pair. Linear in the text at each of a few depths.
 */
export function parseCutJson(text: string, depth = 0): JsonObject | null {
  const pairs: Array<[string, unknown]> = [];
  let at = skipBlank(text, 0);
  if (text[at] !== "{" || depth > depthMax) return null;
  for (at = skipBlank(text, at + 1); text[at] === '"'; at = skipBlank(text, at + 1)) {
    const keyEnd = stringEnd(text, at);
    const colon = keyEnd === null ? null : skipBlank(text, keyEnd);
    if (keyEnd === null || colon === null || text[colon] !== ":") break;
    const start = skipBlank(text, colon + 1);
    const value = valueAt(text, start, depth);
    const key = parse(text.slice(at, keyEnd));
    if (!value || typeof key !== "string") break;
    if (value.value !== undefined) pairs.push([key, value.value]);
    at = skipBlank(text, value.end);
    if (text[at] !== ",") break;
  }
  return pairs.length > 0 ? Object.fromEntries(pairs) : null;
}

function valueAt(text: string, at: number, depth: number): { value: unknown; end: number } | null {
  const first = text[at];
  if (first === '"') {
    const end = stringEnd(text, at);
    if (end !== null) return { value: parse(text.slice(at, end)), end };
    return { value: cutString(text.slice(at + 1)), end: text.length };
  }
  if (first === "{" || first === "[") {
    const end = nestedEnd(text, at);
    if (end !== null) return { value: parse(text.slice(at, end)), end };
    const inner = first === "{" ? parseCutJson(text.slice(at), depth + 1) : null;
    return { value: inner ?? undefined, end: text.length };
  }
  literal.lastIndex = at;
  const match = literal.exec(text);
  return match && { value: parse(match[0]), end: literal.lastIndex };
}

/** One past the closing quote of the string that begins here; null when it is cut. */
function stringEnd(text: string, at: number): number | null {
  for (let place = at + 1; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code === 0x5c) place += 1;
    else if (code === 0x22) return place + 1;
  }
  return null;
}

/** One past the bracket that closes the one here; null when it is cut. */
function nestedEnd(text: string, at: number): number | null {
  let open = 0;
  for (let place = at; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code === 0x22) {
      const end = stringEnd(text, place);
      if (end === null) return null;
      place = end - 1;
    } else if (code === 0x7b || code === 0x5b) open += 1;
    else if ((code === 0x7d || code === 0x5d) && --open === 0) return place + 1;
  }
  return null;
}

/** The text of a string without its end; an escape that was cut is left out. */
function cutString(inner: string): string | undefined {
  const whole = inner.replace(/(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$/, "$1");
  const value = parse(`"${whole}"`);
  return typeof value === "string" ? value : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function skipBlank(text: string, at: number): number {
  blank.lastIndex = at;
  return at + (blank.exec(text)?.[0].length ?? 0);
}
