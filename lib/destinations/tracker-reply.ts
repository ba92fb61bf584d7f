import type { McpToolResult } from "@/lib/domain/mcp";

const depthMax = 10;
const nodeCountMax = 50_000;
const itemCountMax = 500;
/** Values of a result's metadata may be JSON written as text (case 93). */
const innerJsonMax = 2 * 1_048_576;

type Fields = Record<string, unknown>;

export type TrackerReply<Item> = {
  items: Item[];
  /** Where the next page begins, as the server says it. */
  cursor: string | null;
  /** The server's own word whether more follows; null where it says nothing. */
  hasMore: boolean | null;
  /** Some part of it could be read as data. Prose alone says nothing about what is there. */
  isData: boolean;
};

/**
 * What a tool answered, as items of a tracker: in its structured content, in JSON among its text, or nested in its metadata
 * (case 93), the first that holds any. `read` says what an item is; nothing is looked for inside of one.
 */
export function readTrackerReply<Item>(
  result: Pick<McpToolResult, "structured" | "text" | "meta">,
  read: (fields: Fields) => Item | null,
): TrackerReply<Item> {
  const texts = jsonIn(result.text);
  const sources = [result.structured === null ? [] : [result.structured], texts, [result.meta]];
  const data = sources.slice(0, 2).flat().filter(isNested);
  for (const source of sources) {
    const walk = { items: [] as Item[], nodes: 0, read };
    for (const value of source) collect(walk, value, 0);
    if (walk.items.length > 0) return { items: walk.items, ...pagingOf(source), isData: true };
  }
  return { items: [], ...pagingOf(data), isData: data.length > 0 };
}

type Walk<Item> = { items: Item[]; nodes: number; read: (fields: Fields) => Item | null };

function collect<Item>(walk: Walk<Item>, value: unknown, depth: number): void {
  walk.nodes += 1;
  if (depth > depthMax || walk.nodes > nodeCountMax || walk.items.length >= itemCountMax) return;
  if (typeof value === "string") {
    const inner = value.length <= innerJsonMax ? parsedJson(value) : null;
    if (inner !== null) collect(walk, inner, depth + 1);
    return;
  }
  if (Array.isArray(value)) {
    for (const each of value) collect(walk, each, depth + 1);
    return;
  }
  if (!isNested(value)) return;
  const item = walk.read(value as Fields);
  if (item !== null) {
    walk.items.push(item);
    return;
  }
  for (const each of Object.values(value)) collect(walk, each, depth + 1);
}

/** All of a text, or each of its lines, where servers put several parts into one answer. */
function jsonIn(text: string): unknown[] {
  const whole = parsedJson(text);
  if (whole !== null) return [whole];
  return text
    .split("\n")
    .slice(0, 1_000)
    .map(parsedJson)
    .filter((value) => value !== null);
}

function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const cursorNames = ["endCursor", "nextCursor", "next_cursor", "cursor", "after"];
const moreNames = ["hasNextPage", "has_next_page", "hasMore", "has_more"];

function pagingOf(values: readonly unknown[]): { cursor: string | null; hasMore: boolean | null } {
  const places = values
    .filter(isFields)
    .flatMap((value) => [value, ...Object.values(value).filter(isFields)]);
  const first = <T>(names: readonly string[], isWanted: (value: unknown) => value is T): T | null => {
    for (const place of places) {
      for (const name of names) {
        const value = Object.hasOwn(place, name) ? place[name] : undefined;
        if (isWanted(value)) return value;
      }
    }
    return null;
  };
  const hasMore = first(moreNames, (value): value is boolean => typeof value === "boolean");
  const cursor = first(
    cursorNames,
    (value): value is string => typeof value === "string" && value !== "" && value.length <= 2_000,
  );
  return { cursor: hasMore === false ? null : cursor, hasMore };
}

const isNested = (value: unknown): value is object => value !== null && typeof value === "object";
const isFields = (value: unknown): value is Fields => isNested(value) && !Array.isArray(value);
