import { canonicalJson } from "@/lib/domain/canonical-json";
import type { JsonObject } from "@/lib/domain/config";

/**
 * Canonical JSON but for the top, whose members come in the order given (then the rest, sorted): what people read first
 * stands first, and the same value still gives the same bytes after a round trip through a jsonb column.
 */
export function orderedJson(value: JsonObject, firstKeys: readonly string[] = []): string {
  const rest = Object.keys(value)
    .filter((key) => !firstKeys.includes(key))
    .sort();
  const members = [...firstKeys, ...rest]
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}
