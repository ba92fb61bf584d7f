import { storable, truncationMark } from "./text";

/** What an event says of itself: JSON of the runtime's making, read by key and never trusted to have a shape. */
export type Properties = Readonly<Record<string, unknown>>;

/** Bounds of one value of a list, in bytes: words, and a nested object as JSON. */
const rowBytes = 1_000;
const nestedRowBytes = 300;

/** At most `limit` bytes of UTF-8 on a character's boundary, marked when cut. */
export function truncateBytes(text: string, limit: number): string {
  // Each UTF-16 unit is at most three bytes, so most texts need no encoding to be known short.
  if (text.length * 3 <= limit) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= limit) return text;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return new TextDecoder().decode(bytes.subarray(0, end)) + truncationMark;
}

/** The spellings of one key that runtimes use: `run_id`, `runId`, `runID`; `node_ids`, `nodeIds`, `nodeIDs`. */
export function spellings(key: string): string[] {
  const camel = key.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
  const capital = camel.replace(/Id(s?)$/, "ID$1");
  return [...new Set([key, camel, capital])];
}

/** A value by its key, flat (`"task.id": 1`) or nested (`task: {id: 1}`), in any spelling (W-22). */
export function valueAt(properties: Properties, path: string): unknown {
  for (const key of spellings(path)) {
    if (Object.hasOwn(properties, key)) return properties[key];
  }
  const dot = path.indexOf(".");
  if (dot < 0) return undefined;
  const inner = valueAt(properties, path.slice(0, dot));
  return isProperties(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Words, a number or a boolean as trimmed text; anything else, and blank, is absent. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return storable(value).trim() || undefined;
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)))
    return String(value);
  return undefined;
}

/** The first of these keys that holds text, at most `limit` bytes. */
export function firstText(properties: Properties, paths: readonly string[], limit?: number) {
  for (const path of paths) {
    const text = textOf(valueAt(properties, path));
    if (text !== undefined) return limit === undefined ? text : truncateBytes(text, limit);
  }
  return undefined;
}

/** As `firstText`, and an error object is asked for its message. */
export function firstMessage(properties: Properties, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = valueAt(properties, path);
    const text = isProperties(value) ? firstText(value, ["message", "reason", "detail"]) : textOf(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Rows of the first of these keys that holds any: a list, or one value on its own. Each row is bounded. */
export function firstList(properties: Properties, paths: readonly string[], max: number): string[] {
  for (const path of paths) {
    const rows = rowsOf(valueAt(properties, path));
    if (rows.length > 0) return rows.slice(0, max);
  }
  return [];
}

export function rowsOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value];
  return [...new Set(items.flatMap((item) => rowOf(item) ?? []))];
}

function rowOf(item: unknown): string | undefined {
  if (typeof item === "object" && item !== null) {
    return truncateBytes(JSON.stringify(sanitise(item)), nestedRowBytes);
  }
  const text = textOf(item);
  return text === undefined ? undefined : truncateBytes(text, rowBytes);
}

/** Is there any word, number or boolean in it, at whatever depth? The depth was bounded when it was parsed. */
export function saysSomething(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(saysSomething);
  return textOf(value) !== undefined;
}

const secretName = /token|secret|password|credential|authorization|^api_key$|_key$/i;
const arrayMax = 40;
const stringMax = 1_000;
const depthMax = 32;

/**
 * A payload as it may be shown: values whose name says secret are masked, lists and words are bounded (1.3). This comes
 * after redaction and hides more, since a name that only contains "token" is enough here.
 */
export function sanitise(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return truncateBytes(storable(value), stringMax);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= depthMax) return "[too deep]";
  if (Array.isArray(value)) return value.slice(0, arrayMax).map((item) => sanitise(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const masked = secretName.test(name) && member !== null && !isMasked(member);
      return [storable(name), masked ? "[redacted]" : sanitise(member, depth + 1)];
    }),
  );
}

/** What redaction hid says of what kind it was; that is not written over. */
const isMasked = (value: unknown) => typeof value === "string" && /^\[redacted(?::[^\]]*)?\]$/.test(value);
