import type { DestinationWire } from "@/lib/contracts/config";

type JsonObject = NonNullable<DestinationWire["config"]>;
export type Argument = { name: string; value: string };

/** Where a mapping is kept; `arguments` is the older name for it. */
const keyOf = (config: JsonObject | undefined) =>
  config?.payload === undefined && config?.arguments !== undefined ? "arguments" : "payload";

/** The mapping as fields: a string as it is, anything else as JSON. */
export function argumentsOf(config: JsonObject | undefined): Argument[] {
  const mapping = config?.[keyOf(config)];
  if (typeof mapping !== "object" || mapping === null || Array.isArray(mapping)) return [];
  return Object.entries(mapping).map(([name, value]) => ({
    name,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}

/** Written back: what is JSON and no plain word is stored as what it says, everything else as text. */
export function withArguments(
  config: JsonObject | undefined,
  given: readonly Argument[],
): JsonObject | undefined {
  const key = keyOf(config);
  const { [key]: _, ...rest } = config ?? {};
  const next =
    given.length === 0
      ? rest
      : { ...rest, [key]: Object.fromEntries(given.map(({ name, value }) => [name, valueOf(value)])) };
  return Object.keys(next).length > 0 ? next : undefined;
}

function valueOf(text: string): unknown {
  if (!/^\s*[[{]|^\s*(true|false|null|-?\d+(\.\d+)?)\s*$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a value may be taken from; contract 8.3. */
export const placeholders = [
  "$draft.title",
  "$draft.detail",
  "$draft.risk_level",
  "$draft.draft_id",
  "$incident.incident_id",
  "$incident.fingerprint",
  "$destination.destination_id",
  "$evidence.digest",
  "$idempotency_key",
] as const;

const roots = ["draft", "incident", "destination", "mcp"];

/** A placeholder nobody can fill fails the publish, so it is said while it is typed. */
export function argumentFault({ name, value }: Argument, all: readonly Argument[]): string | undefined {
  if (name.trim() === "") return "Name the argument";
  if (all.filter((other) => other.name === name).length > 1) return "Two arguments have this name";
  if (!value.startsWith("$")) return undefined;
  if (value === "$evidence.digest" || value === "$idempotency_key") return undefined;
  const [root = "", field = ""] = value.slice(1).split(".");
  return roots.includes(root) && field !== "" ? undefined : "Nothing here has this name";
}
