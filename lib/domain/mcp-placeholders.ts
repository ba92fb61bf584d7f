import type { JsonObject } from "./config";
import { Unknown } from "./json-schema";

/** What an argument may be taken from (reference 4.6). `late` ones are filled in when the call is made. */
const draftTexts = [
  ...["id", "draft_id", "fingerprint", "repo", "status", "title", "detail", "risk_level", "risk_category"],
  ...["actor", "model", "tool_name", "action", "policy", "approval_state", "blast_radius", "confidence"],
  ...["expected_destination", "project_id", "log_source_id", "source_kind", "tenant_id", "workspace_id"],
  ...["event_schema_version", "triage_run_id", "evidence_digest"],
];
const incidentTexts = [
  ...["id", "incident_id", "title", "event_type", "status", "detail", "source", "component", "level"],
  ...["risk_level", "risk_category", "actor", "model", "tool_name", "action", "policy", "approval_state"],
  ...["blast_radius"],
];

const withRoot = (root: string, names: readonly string[], type: "string" | "array") =>
  names.map((name) => [`$${root}.${name}`, type] as const);

const types: ReadonlyMap<string, "string" | "array" | "integer"> = new Map([
  ...withRoot("draft", draftTexts, "string"),
  ...withRoot("draft", ["external_correlation_ids", "route_tags", "evidence_refs"], "array"),
  ...withRoot("incident", incidentTexts, "string"),
  ...withRoot("incident", ["external_correlation_ids", "evidence_refs"], "array"),
  ...withRoot("destination", ["id", "kind", "route_id", "route_match_reason", "target_ref"], "string"),
  ...withRoot("mcp", ["server", "tool", "namespaced_tool", "schema_hash"], "string"),
  ["$evidence.digest", "string"] as const,
  ["$idempotency_key", "string"] as const,
  ["$incident.occurrence_count", "integer"] as const,
]);

/** Not in what an approval freezes (D-06): the key belongs to the delivery, the count goes on. */
export const latePlaceholders: readonly string[] = ["$idempotency_key", "$incident.occurrence_count"];

export const placeholderNames: readonly string[] = [...types.keys()];

export const isPlaceholder = (value: unknown): value is string =>
  typeof value === "string" && value.startsWith("$");

/** A path into the arguments: names of members and indexes of items. */
export type ArgumentPath = Array<string | number>;
export type LateArgument = { path: ArgumentPath; placeholder: string };

export type FilledMapping = {
  arguments: JsonObject;
  late: LateArgument[];
  /** Placeholders that nothing has; a call with any is refused before it is made (case 116). */
  unknown: string[];
};

/** By placeholder; what has no value is absent. */
export type PlaceholderValues = ReadonlyMap<string, string | readonly string[]>;

const depthMax = 12;

/**
 * The mapping with every placeholder filled in, everything else as it is. A member whose placeholder has no value is left out;
 * what is only known when the call is made is null here and listed in `late`.
 */
export function fillMapping(mapping: JsonObject, values: PlaceholderValues): FilledMapping {
  const late: LateArgument[] = [];
  const unknown = new Set<string>();
  const fill = (value: unknown, path: ArgumentPath): unknown => {
    if (isPlaceholder(value)) {
      if (!types.has(value)) {
        unknown.add(value.slice(0, 100));
        return null;
      }
      if (!latePlaceholders.includes(value)) return values.get(value);
      late.push({ path, placeholder: value });
      return null;
    }
    if (path.length > depthMax) return null;
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]) ?? null);
    if (value === null || typeof value !== "object") return value;
    const members = Object.entries(value)
      .map(([name, member]) => [name, fill(member, [...path, name])] as const)
      .filter(([, member]) => member !== undefined);
    return Object.fromEntries(members);
  };
  const filled = fill(mapping, []) as JsonObject;
  return { arguments: filled, late, unknown: [...unknown].sort() };
}

/** A copy of the arguments with what was open filled in; a value that nobody has leaves its place null. */
export function fillLate(
  args: JsonObject,
  late: readonly LateArgument[],
  values: Readonly<Record<string, string | number | undefined>>,
): JsonObject {
  const copy = structuredClone(args);
  for (const { path, placeholder } of late) {
    const last = path.at(-1);
    const holder = path.slice(0, -1).reduce<unknown>(memberOf, copy);
    if (last === undefined || holder === null || typeof holder !== "object") continue;
    if (!Object.hasOwn(holder, last)) continue;
    Object.defineProperty(holder, last, {
      ...{ value: values[placeholder] ?? null, enumerable: true, writable: true, configurable: true },
    });
  }
  return copy;
}

const memberOf = (at: unknown, name: string | number): unknown =>
  at !== null && typeof at === "object" && Object.hasOwn(at, name)
    ? (at as Record<string | number, unknown>)[name]
    : undefined;

/** The mapping as a schema can judge it before there is a draft: known placeholders stand for their type alone. */
export function mappingOutline(mapping: JsonObject): { outline: unknown; unknown: string[] } {
  const unknown = new Set<string>();
  const outline = (value: unknown, depth: number): unknown => {
    if (isPlaceholder(value)) {
      const type = types.get(value);
      if (!type) unknown.add(value.slice(0, 100));
      return new Unknown(type ?? "string");
    }
    if (depth > depthMax || value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item) => outline(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, outline(member, depth + 1)]),
    );
  };
  return { outline: outline(mapping, 0), unknown: [...unknown].sort() };
}
