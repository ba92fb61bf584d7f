/**
 * Bounding what leaves: text is cut between characters, objects by depth and breadth, and values under names that
 * usually hold secrets are masked. Redaction has run before; this is the last net under it.
 */
const truncatedMark = "...<truncated>";
const maskedValue = "<redacted>";

export const defaultJsonBounds = { depth: 8, entries: 80, text: 2_000 };
export type JsonBounds = typeof defaultJsonBounds;

/** At most `max` UTF-16 units including the mark, never half a character, and nothing a text column refuses. */
export function boundText(text: string, max: number): string {
  const clean = storableText(text);
  if (clean.length <= max) return clean;
  return cutText(clean, Math.max(0, max - truncatedMark.length)) + truncatedMark.slice(0, max);
}

/** The first `max` units without splitting a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  const splitsPair = max > 0 && last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? max - 1 : max);
}

/** PostgreSQL keeps neither NUL nor lone surrogates, and JSON readers disagree about both. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** A copy fit to leave: plain JSON values only, bounded, with sensitive names masked. */
export function boundJson(value: unknown, bounds: JsonBounds = defaultJsonBounds, depth = 0): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return boundText(value, bounds.text);
  if (typeof value !== "object") return null;
  if (depth >= bounds.depth) return truncatedMark;
  if (Array.isArray(value)) {
    return value.slice(0, bounds.entries).map((item) => boundJson(item, bounds, depth + 1));
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .slice(0, bounds.entries)
    .map(([key, item]) => [
      boundText(key, 200),
      isSensitiveName(key) && item !== null ? maskedValue : boundJson(item, bounds, depth + 1),
    ]);
  // fromEntries defines keys, so a key named __proto__ stays data.
  return Object.fromEntries(entries);
}

const sensitiveWords = new Set([
  "apikey",
  "auth",
  "authorization",
  "bearer",
  "cookie",
  "cookies",
  "credential",
  "credentials",
  "jwt",
  "passphrase",
  "passwd",
  "password",
  "passwords",
  "pwd",
  "secret",
  "secrets",
  "token",
  "tokens",
]);
const sensitivePairs = /(^| )(api|access|private|signing|encryption|session|client) (key|keys)( |$)/;

/** `clientSecret`, `X-Api-Key`, `DB_PASSWORD`: judged by words, so that `author` or `tokenizer` are left alone. */
export function isSensitiveName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return (
    words.some((word) => sensitiveWords.has(word)) ||
    sensitivePairs.test(words.join(" ")) ||
    /(password|secret|apikey)$/.test(words.join(""))
  );
}
