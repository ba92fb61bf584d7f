import type { JsonObject } from "@/lib/domain/config";

/** The object that a sealed body holds; null when it is none, which no seal of ours makes. */
export function sealedObject(body: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const isObject = parsed !== null && typeof parsed === "object" && !Array.isArray(parsed);
    return isObject ? (parsed as JsonObject) : null;
  } catch {
    return null;
  }
}

/** Those of an object's members that are named and there, in the order of the names. */
export function membersOf(from: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}
