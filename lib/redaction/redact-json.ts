import { leadsPair } from "./assignments";
import { isHarmlessValue } from "./harmless-values";
import { formatMarker, redactionPattern } from "./marker";
import type { RedactionProfile } from "./profiles";
import { type RedactionOptions, redactLines, redactText } from "./redact-text";
import { classifyKey, type SecretKey } from "./secret-keys";
import { addCounts, type RedactionCount } from "./spans";
import { seenName } from "./unseen";

export type RedactedJson = { value: unknown; redactions: RedactionCount[] };

const depthMax = 32;
const nameMembers = new Set(["name", "key", "header", "field", "param", "variable"]);

type Walk = {
  profile: RedactionProfile;
  options: RedactionOptions;
  counts: RedactionCount[][];
  above: Set<object>;
};

/**
 * Nested values, of which a member with a secret's name loses its whole value. Never throws: what cannot be walked
 * (a cycle, too deep, a getter that fails) is replaced, not passed on.
 */
export function redactJson(
  value: unknown,
  profile: RedactionProfile,
  options: RedactionOptions = {},
): RedactedJson {
  const walk: Walk = { profile, options, counts: [], above: new Set() };
  const redacted = redactValue(walk, value);
  return { value: redacted, redactions: addCounts(walk.counts) };
}

function redactValue(walk: Walk, value: unknown): unknown {
  switch (typeof value) {
    case "string": {
      const { text, redactions } = redactText(value, walk.profile, walk.options);
      walk.counts.push(redactions);
      return text;
    }
    case "number":
    case "bigint":
      return redactNumber(walk, value);
    case "boolean":
    case "undefined":
      return value;
    case "object":
      return value === null ? null : redactObject(walk, value);
    default:
      return undefined;
  }
}

/** A card number may come as a number. Shorter ones cannot hold a secret of their own. */
function redactNumber(walk: Walk, value: number | bigint): unknown {
  if (typeof value === "number" && !(value >= 1e12)) return value;
  const { text, redactions } = redactText(String(value), walk.profile, walk.options);
  if (redactions.length === 0) return typeof value === "bigint" ? text : value;
  walk.counts.push(redactions);
  return text;
}

function redactObject(walk: Walk, value: object): unknown {
  if (walk.above.has(value)) return "[circular]";
  if (walk.above.size >= depthMax) return hide(walk, "depth");
  walk.above.add(value);
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (Array.isArray(value)) return redactArray(walk, value);
    if (value instanceof Map)
      return redactMembers(
        walk,
        [...value].map(([key, item]) => [String(key), item]),
      );
    if (value instanceof Set) return redactArray(walk, [...value]);
    return redactMembers(walk, Object.entries(value));
  } catch {
    return hide(walk, "unreadable");
  } finally {
    walk.above.delete(value);
  }
}

function redactArray(walk: Walk, items: readonly unknown[]): unknown {
  if (!items.every((item) => typeof item === "string")) return items.map((item) => redactValue(walk, item));
  const { lines, redactions } = redactTextList(items, walk.profile, walk.options);
  walk.counts.push(redactions);
  return lines;
}

/**
 * A row out of the middle of a private key, alone or behind a comment's sign: a change of a key shows no other. Its lengths are
 * those that tools write; a hash in hexadecimal is as long, and is none.
 */
function isKeyRow(item: string): boolean {
  if (item.length < 64 || item.length > 100) return false;
  const row =
    /^[\s/#*;+>"'-]{0,12}([A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{70}|[A-Za-z0-9+/]{76})["',\\n]{0,4}$/.exec(
      item,
    )?.[1];
  return row !== undefined && [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(row));
}

/** Rows of one excerpt, or argv, or raw headers: in the last two a name is followed by its secret. */
export function redactTextList(
  items: readonly string[],
  profile: RedactionProfile,
  options: RedactionOptions,
): { lines: string[]; redactions: RedactionCount[] } {
  const walk: Walk = { profile, options, counts: [], above: new Set() };
  const paired = items.map((item, index) => {
    if (isKeyRow(item)) return hide(walk, "private_key");
    const name = items[index - 1];
    const key = name !== undefined && /^[\w-]{1,64}$/.test(name) ? classifyKey(name) : undefined;
    if (!key || !leadsPair(name as string, key) || item.startsWith("-")) return item;
    return redactSecretMember(walk, item, key) as string;
  });
  const { lines, redactions } = redactLines(paired, profile, options);
  return { lines, redactions: addCounts([...walk.counts, redactions]) };
}

function redactMembers(walk: Walk, members: ReadonlyArray<[string, unknown]>): unknown {
  // {"name": "Authorization", "value": "…"}: the name is a value here, and still names a secret.
  const named = members.find(([key, item]) => nameMembers.has(key.toLowerCase()) && typeof item === "string");
  const namedKey = named ? classifyKey(named[1] as string) : undefined;
  const redacted = members.map(([key, item]): [string, unknown] => {
    const secretKey =
      classifyKey(seenName(key).replace(redactionPattern, "")) ??
      (/^values?$/i.test(key) ? namedKey : undefined);
    const safeKey = redactText(key, walk.profile, walk.options);
    walk.counts.push(safeKey.redactions);
    return [safeKey.text, secretKey ? redactSecretMember(walk, item, secretKey) : redactValue(walk, item)];
  });
  // fromEntries defines own properties, so a "__proto__" member stays data and reaches no prototype.
  return Object.fromEntries(redacted);
}

/** The whole value of a member with a secret's name, unless it plainly is none (null, "expired", a count). */
function redactSecretMember(walk: Walk, item: unknown, key: SecretKey): unknown {
  if (item === null || item === undefined || typeof item === "boolean" || typeof item === "function")
    return item ?? null;
  if (typeof item === "string" && isHarmlessValue(item, key, "quoted")) return redactValue(walk, item);
  if (key.strength === "weak" && key.kind !== "code" && holdsOnlyCounts(item)) return item;
  if (typeof item === "string" && isMarker(item)) return item;
  const suffix = walk.options.placeholderKey && typeof item === "string" ? item : undefined;
  if (suffix !== undefined) return hideKeyed(walk, item as string, key.kind);
  return hide(walk, key.kind);
}

function isMarker(text: string): boolean {
  return /^\[redacted:[a-z][a-z0-9_]{0,47}(?:,\d{1,4})?(?:#[0-9a-f]{4})?\]$/.test(text);
}

function holdsOnlyCounts(item: unknown): boolean {
  if (typeof item === "number") return true;
  if (typeof item !== "object" || item === null) return false;
  return Object.values(item).every(
    (inner) => inner === null || typeof inner === "number" || typeof inner === "boolean",
  );
}

function hideKeyed(walk: Walk, value: string, kind: string): string {
  const hash = walk.options.placeholderKey?.(value).toLowerCase();
  walk.counts.push([{ kind, count: 1 }]);
  return formatMarker(kind, undefined, hash && /[0-9a-f]{4}/.exec(hash)?.[0]);
}

function hide(walk: Walk, kind: string): string {
  walk.counts.push([{ kind, count: 1 }]);
  return formatMarker(kind);
}
