import { type BodySchema, type JsonEndpoint, jsonEndpoints } from "@/lib/testing/json-endpoints";

export type JsonSchema = BodySchema;
export type Endpoint = Pick<JsonEndpoint, "method" | "path" | "query" | "body">;

/** Every JSON route of the table: a new one is in these tests without a line here. */
export const listEndpoints: () => Endpoint[] = jsonEndpoints;

export type Leaf = { path: string[]; schema: JsonSchema };

/** Members with their place, down to `depth`; arrays are entered at their first item. */
export function leavesOf(schema: JsonSchema, depth = 3, path: string[] = []): Leaf[] {
  if (depth === 0) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const member = given.anyOf?.find((each) => each.type !== "null") ?? given;
    const at = [...path, name];
    const inner = member.properties ? leavesOf(member, depth - 1, at) : [];
    return [{ path: at, schema: member }, ...inner];
  });
}

/** `{a: {b: value}}` for `["a", "b"]`. */
export function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, name) => ({ [name]: inner }), value);
}

const typesOf = (schema: JsonSchema) => [schema.type ?? []].flat();

/** Something the member cannot be, or undefined when it may be anything. */
export function wrongFor(schema: JsonSchema): unknown {
  if (schema.enum) return "spaceship";
  const types = typesOf(schema);
  if (types.includes("string")) return types.includes("object") || types.includes("number") ? undefined : 7;
  if (types.includes("array")) return { not: "a list" };
  if (types.includes("integer") || types.includes("number")) return "a lot";
  if (types.includes("boolean")) return "perhaps";
  if (types.includes("object")) return ["not", "an", "object"];
  return undefined;
}
