import { createHash } from "node:crypto";
import type { JsonObject } from "@/lib/domain/config";

/**
 * JSON with every object's keys sorted below the top, and the top in the order given (then the rest, sorted): the same
 * value gives the same bytes even after a round trip through a jsonb column, which reorders keys.
 */
export function canonicalJson(value: JsonObject, firstKeys: readonly string[] = []): string {
  const rest = Object.keys(value)
    .filter((key) => !firstKeys.includes(key))
    .sort();
  const ordered: JsonObject = {};
  for (const key of [...firstKeys, ...rest]) {
    if (value[key] !== undefined) ordered[key] = sortKeys(value[key]);
  }
  return JSON.stringify(ordered);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}

/** H(p1..pn) of the reference: SHA-256 over each part followed by a zero byte, hex. */
export function hashParts(...parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part, "utf8").update("\0");
  return hash.digest("hex");
}
