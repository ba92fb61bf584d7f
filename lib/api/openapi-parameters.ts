import { z } from "@hono/zod-openapi";
import { operationOf, requestHeaders } from "./openapi-operations";
import { wordsOfParameter } from "./openapi-parameter-words";
import type { JsonSchema } from "./openapi-schemas";
import type { ApiRoute } from "./route";

export type Parameter = {
  in: "path" | "query" | "header";
  name: string;
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: string;
};

/** Path, query and the request headers that mean something to this route. */
export function parametersOf(route: ApiRoute): Parameter[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) =>
    parameter("path", name, { type: "string" }, true),
  );
  const headers = (operationOf(route).headers ?? []).map((name) => ({
    ...parameter("header", name, { type: "string" }, false),
    ...requestHeaders[name],
  }));
  return [...inPath, ...queryOf(route), ...headers];
}

function queryOf(route: ApiRoute): Parameter[] {
  if (!route.query) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(route.query, {
    io: "input",
    unrepresentable: "any",
  }) as { properties?: Record<string, JsonSchema>; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => {
    const { maximum, ...rest } = schema;
    return parameter(
      "query",
      name,
      maximum === Number.MAX_SAFE_INTEGER ? rest : schema,
      required.includes(name),
    );
  });
}

function parameter(place: Parameter["in"], name: string, schema: JsonSchema, required: boolean): Parameter {
  const description = wordsOfParameter(name);
  return { in: place, name, required, ...(description && { description }), schema };
}
