import { argumentMisfit, type TakenArgument } from "@/components/mcp/tool-arguments";
import type { DestinationWire } from "@/lib/contracts/config";
import { mcpPlaceholders } from "@/lib/contracts/mcp-server";

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

export function valueOf(text: string): unknown {
  if (!/^\s*[[{]|^\s*(true|false|null|-?\d+(\.\d+)?)\s*$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a value may be taken from (contract 8.3). */
export const placeholders: readonly string[] = Object.values(mcpPlaceholders).flat();

/** A placeholder nobody can fill fails the publish, so it is said while it is typed. */
export function argumentFault({ name }: Argument, all: readonly Argument[]): string | undefined {
  if (name.trim() === "") return "Name the argument";
  if (all.filter((other) => other.name === name).length > 1) return "Two arguments have this name";
  return undefined;
}

/** What is wrong with a value: a placeholder that there is not, or a type the chosen tool does not take. */
export function valueFault(
  { name, value }: Argument,
  taken: readonly TakenArgument[],
  takesOthers: boolean,
): string | undefined {
  if (value.startsWith("$") && !placeholders.includes(value)) return "Nothing here has this name";
  return argumentMisfit(taken, name, valueOf(value), takesOthers);
}
