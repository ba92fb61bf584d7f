import type { JsonObject } from "@/lib/domain/config";
import { isToolAllowed, type McpServer, type McpTool } from "@/lib/domain/mcp";

/** What an issue tracker behind an MCP server is asked to do. The first four have to be there, each by one tool. */
export const trackerActs = ["list", "get", "create", "comment", "comments", "search"] as const;
export type TrackerAct = (typeof trackerActs)[number];

/** What an argument stands for, whatever a server calls it. */
export type Meaning =
  | ("owner" | "repoName" | "slug" | "team" | "project")
  | ("title" | "body" | "labels" | "assignees" | "priority" | "issue")
  | ("allStates" | "archived" | "pageSize" | "page" | "cursor" | "byCreated" | "descending" | "query")
  | ("method" | "noForm");

export type MeaningValues = Partial<Record<Meaning, string | number | boolean | readonly string[]>>;

/** How one kind of tracker is spoken to over MCP: names that servers in use give their tools and arguments. */
export type TrackerWords = {
  /** Names of tools by act, the best first, without the server's prefix; `method` where one tool does several things. */
  acts: Readonly<Record<TrackerAct, ReadonlyArray<{ tool: string; method?: string }>>>;
  /** Prefixes that servers put before their tools' names. */
  prefixes: readonly string[];
  /** Arguments by name, in lower case without separators. `all`: every name that the tool takes. */
  meaningOf: (name: string, all: ReadonlySet<string>) => Meaning | null;
  /** What a tool must take to be of any use for the act. */
  needs: Readonly<Record<TrackerAct, ReadonlyArray<readonly Meaning[]>>>;
};

export type TrackerTool = { tool: McpTool; method?: string };
export type TrackerTools = Partial<Record<TrackerAct, TrackerTool>>;

/** The tools of a server for each act: allowed there, known by name, and without a demand that nothing here can meet. */
export function trackerTools(
  words: TrackerWords,
  server: Pick<McpServer, "name" | "allowedTools" | "tools">,
): TrackerTools {
  const tools = server.tools.filter((tool) => isToolAllowed(server, tool.name));
  const found: TrackerTools = {};
  for (const act of trackerActs) {
    const named = words.acts[act].flatMap(({ tool: name, method }) =>
      tools
        .filter((tool) => plainName(tool.name, words.prefixes) === name)
        .map((tool) => ({ tool, ...(method !== undefined && { method }) })),
    );
    const [fit] = named.filter((each) => canDo(words, act, each));
    if (fit) found[act] = fit;
  }
  return found;
}

function plainName(name: string, prefixes: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const prefix = prefixes.find((each) => plain.startsWith(`${each}_`));
  return prefix ? plain.slice(prefix.length + 1) : plain;
}

type Property = { name: string; schema: JsonObject; meaning: Meaning | null };

function propertiesOf(words: TrackerWords, { inputSchema }: McpTool): Property[] {
  const properties = isObject(inputSchema.properties) ? inputSchema.properties : {};
  const names = Object.keys(properties).slice(0, 200);
  const all = new Set(names.map(flat));
  return names.map((name) => ({
    name,
    schema: isObject(properties[name]) ? properties[name] : {},
    meaning: words.meaningOf(flat(name), all),
  }));
}

const flat = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

function canDo(words: TrackerWords, act: TrackerAct, { tool, method }: TrackerTool): boolean {
  const properties = propertiesOf(words, tool);
  const taken = new Set(properties.map(({ meaning }) => meaning));
  const isEnough = words.needs[act].every((any) => any.some((meaning) => taken.has(meaning)));
  const asksMethod = properties.find(({ meaning }) => meaning === "method");
  if (method !== undefined && !asksMethod) return false;
  const known = requiredOf(tool).every((name) => properties.find((each) => each.name === name)?.meaning);
  return isEnough && known;
}

const requiredOf = ({ inputSchema }: McpTool): string[] =>
  Array.isArray(inputSchema.required) ? inputSchema.required.filter((name) => typeof name === "string") : [];

/**
 * The arguments by the names and types that the tool's own schema gives them (W-42: the shape comes from the schema and is never
 * tried out). What it does not take is left out; null when it asks for something that there is no value for.
 */
export function trackerArguments(
  words: TrackerWords,
  { tool, method }: TrackerTool,
  values: MeaningValues,
): JsonObject | null {
  const given: MeaningValues = { noForm: false, ...values, ...(method !== undefined && { method }) };
  const args: JsonObject = {};
  for (const { name, schema, meaning } of propertiesOf(words, tool)) {
    const value = meaning ? given[meaning] : undefined;
    const fitted = value === undefined ? undefined : fit(schema, value);
    if (fitted !== undefined) args[name] = fitted;
  }
  return requiredOf(tool).every((name) => name in args) ? args : null;
}

/** Pages may be shorter than what is asked for: how many items this one holds at most. */
export function pageSizeOf(words: TrackerWords, { tool }: TrackerTool, wanted: number): number | null {
  const property = propertiesOf(words, tool).find(({ meaning }) => meaning === "pageSize");
  if (!property) return null;
  const fitted = fit(property.schema, wanted);
  return fitted === undefined ? null : Number(fitted);
}

export const takes = (words: TrackerWords, { tool }: TrackerTool, meaning: Meaning): boolean =>
  propertiesOf(words, tool).some((each) => each.meaning === meaning);

type Given = NonNullable<MeaningValues[Meaning]>;

/** The value as the property's type wants it; undefined where it has no form there. */
function fit(schema: JsonObject, value: Given): unknown {
  const choices = choicesOf(schema);
  if (choices) {
    const wanted = (Array.isArray(value) ? value : [value]).map((each) => flat(String(each)));
    return choices.find((choice) => wanted.includes(flat(choice)));
  }
  const types = typesOf(schema);
  if (Array.isArray(value)) {
    if (types.size === 0 || types.has("array")) return [...value];
    return types.has("string") ? value.join(", ") : undefined;
  }
  if (typeof value === "boolean") return types.size === 0 || types.has("boolean") ? value : undefined;
  if (typeof value === "number") {
    if (types.size === 0 || types.has("number") || types.has("integer")) return bounded(schema, value);
    return types.has("string") ? String(value) : undefined;
  }
  if (types.size === 0 || types.has("string")) return value;
  const isNumber = types.has("number") || types.has("integer");
  return isNumber && /^\d{1,15}$/.test(String(value)) ? Number(value) : undefined;
}

/** The words that a text may be; null where it may be any. */
function choicesOf(schema: JsonObject): string[] | null {
  const lists = [schema, ...alternatives(schema)].map((each) => each.enum);
  const list = lists.find((each): each is unknown[] => Array.isArray(each));
  if (!list) return null;
  return list.filter((each): each is string => typeof each === "string");
}

function typesOf(schema: JsonObject): Set<string> {
  const named = [schema, ...alternatives(schema)].flatMap(({ type }) =>
    Array.isArray(type) ? type : [type],
  );
  return new Set(named.filter((type): type is string => typeof type === "string"));
}

const alternatives = (schema: JsonObject): JsonObject[] =>
  [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));

function bounded(schema: JsonObject, value: number): number {
  const limits = [schema, ...alternatives(schema)].map(({ maximum }) => maximum);
  const most = limits.find((limit): limit is number => typeof limit === "number" && limit >= 1);
  return most === undefined ? value : Math.min(value, Math.floor(most));
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);
