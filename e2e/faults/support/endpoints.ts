import { z } from "zod";
import { createApi, openApiDocument } from "@/lib/api/app";
import { configPatchSchema } from "@/lib/contracts/config";
import { intakeReportSchema, submissionSchema } from "@/lib/contracts/report";

export type JsonSchema = {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

export type Endpoint = {
  method: string;
  /** With its parameters in braces. */
  path: string;
  query: string[];
  /** Null for what takes no body. */
  body: JsonSchema | null;
};

/** Answers for ever, so nothing waits for its end. */
const endless = new Set(["/incident-monitor/events"]);

const asJson = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
/** Where the document says only "an object", because the route sorts the body out itself. */
const innerShapes: Record<string, JsonSchema> = {
  "/incident-monitor/report": asJson(z.object({ report: submissionSchema })),
  "/incident-monitor/intake/report": asJson(intakeReportSchema),
  "/config/incident-monitor": asJson(z.object({ incident_monitor: configPatchSchema })),
};

/** Every operation of the OpenAPI document: a new route is in these tests without a line here. */
export function listEndpoints(): Endpoint[] {
  const { paths } = openApiDocument(createApi()) as unknown as {
    paths: Record<
      string,
      Record<
        string,
        {
          parameters?: Array<{ in: string; name: string }>;
          requestBody?: { content: { "application/json": { schema: JsonSchema } } };
        }
      >
    >;
  };
  return Object.entries(paths)
    .filter(([path]) => !endless.has(path))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        query: parameters.filter((each) => each.in === "query").map((each) => each.name),
        body: requestBody ? (innerShapes[path] ?? requestBody.content["application/json"].schema) : null,
      })),
    );
}

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
