import { byteLength, cutUnits, plainText } from "./issue-text";

export type JsonLimits = {
  /** Of the whole value as JSON, UTF-8. */
  bytes: number;
  depth: number;
  /** Of one object or list. */
  members: number;
  /** Of one string, in UTF-16 units. */
  text: number;
};

/**
 * A copy of somebody's JSON that can be stored and shown: no control characters or half characters, nothing deeper or
 * longer than the limits. Within them the shape stays; null where it is too large even so.
 */
export function boundJsonValue(value: unknown, limits: JsonLimits): { value: unknown } | null {
  const copy = copied(value, limits, limits.depth);
  return byteLength(JSON.stringify(copy)) <= limits.bytes ? { value: copy } : null;
}

function copied(value: unknown, limits: JsonLimits, depth: number): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return cutUnits(plainText(value.toWellFormed()).trim(), limits.text);
  if (typeof value !== "object") return null;
  if (depth <= 0) return "(left out: nested too deep)";
  if (Array.isArray(value)) {
    return value.slice(0, limits.members).map((item) => copied(item, limits, depth - 1));
  }
  // fromEntries defines its keys, so one named __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, limits.members)
      .map(([key, item]) => [cutUnits(plainText(key.toWellFormed()), 100), copied(item, limits, depth - 1)]),
  );
}

/** Holds a word, a number or a yes somewhere, within a few levels: `{}`, `[""]` and `{ "path": null }` say nothing. */
export function saysSomething(value: unknown, depth = 6): boolean {
  if (typeof value === "string") return plainText(value).trim() !== "";
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return value === true;
  if (depth <= 0) return false;
  return Object.values(value)
    .slice(0, 200)
    .some((each) => saysSomething(each, depth - 1));
}
