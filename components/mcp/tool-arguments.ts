import { type McpToolWire, mcpPlaceholders } from "@/lib/contracts/mcp-server";

export type TakenArgument = {
  name: string;
  type: string;
  required: boolean;
  description: string;
  /** The only values it takes; null where any will do. */
  options: readonly string[] | null;
};

type Schema = Record<string, unknown>;

/** What a tool takes, read off its schema: the required ones first. A schema in another form says nothing here. */
export function argumentsTaken(tool: Pick<McpToolWire, "input_schema">): TakenArgument[] {
  const { properties, required } = tool.input_schema;
  if (!isObject(properties)) return [];
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties)
    .map(([name, schema]) => ({ ...describe(schema), name, required: needed.includes(name) }))
    .sort((left, right) => Number(right.required) - Number(left.required));
}

/** Whether it takes names that its schema does not list. */
export const takesOthers = (tool: Pick<McpToolWire, "input_schema">): boolean =>
  tool.input_schema.additionalProperties !== false;

function describe(schema: unknown) {
  const { type, description, enum: options } = isObject(schema) ? schema : ({} as Schema);
  const named = Array.isArray(type) ? type.join(" or ") : typeof type === "string" ? type : "anything";
  const listed = Array.isArray(options) ? options.map(String) : null;
  return {
    type: listed ? "one of a list" : named,
    description: typeof description === "string" ? description.slice(0, 300) : "",
    options: listed,
  };
}

/** What a value as it is written would be: what a placeholder gives, or JSON's own type. */
function typeOf(value: unknown): string {
  if (typeof value === "string" && value.startsWith("$")) {
    const found = Object.entries(mcpPlaceholders).find(([, names]) =>
      (names as readonly string[]).includes(value),
    );
    return found?.[0] ?? "string";
  }
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

/** Why the tool would not take this value for this argument; undefined where nothing speaks against it. */
export function argumentMisfit(
  taken: readonly TakenArgument[],
  name: string,
  value: unknown,
  others: boolean,
): string | undefined {
  if (taken.length === 0) return undefined;
  const found = taken.find((each) => each.name === name);
  if (!found) return others ? undefined : "The tool has no argument of this name";
  const isOpen = typeof value === "string" && value.startsWith("$");
  if (found.options) {
    if (isOpen || found.options.includes(String(value))) return undefined;
    return `It takes ${found.options.slice(0, 6).join(", ")}`;
  }
  const wanted = found.type.split(" or ");
  const given = typeOf(value);
  const fits =
    wanted.includes("anything") ||
    wanted.includes(given) ||
    (given === "integer" && wanted.includes("number"));
  return fits ? undefined : `It takes ${wanted.map(inWords).join(" or ")}, this is ${inWords(given)}`;
}

const words: Record<string, string> = {
  ...{ string: "text", array: "a list", integer: "a whole number", number: "a number" },
  ...{ boolean: "true or false", object: "an object", null: "nothing" },
};

const inWords = (type: string): string => words[type] ?? type;

/** The required ones that nothing is mapped to. */
export const missingArguments = (taken: readonly TakenArgument[], names: readonly string[]): string[] =>
  taken.filter((each) => each.required && !names.includes(each.name)).map((each) => each.name);

const isObject = (value: unknown): value is Schema =>
  value !== null && typeof value === "object" && !Array.isArray(value);
