import { createApi, openApiDocument } from "@/lib/api/app";
import type { OpenApiDocument, OpenApiOperation } from "@/lib/api/openapi";

/** As much of JSON Schema as request bodies use, with every reference put in its place. */
export type BodySchema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, BodySchema>;
  required?: string[];
  items?: BodySchema;
  anyOf?: BodySchema[];
  minimum?: number;
  minItems?: number;
  minLength?: number;
};

export type JsonEndpoint = {
  operationId: string;
  method: string;
  /** With its parameters in braces. */
  path: string;
  /** Names of query parameters. */
  query: string[];
  /** Null for what takes no body. */
  body: BodySchema | null;
  /** A body that the route takes: the document's example, otherwise the smallest that its schema allows. */
  sample: unknown;
};

/** Every operation of the document that ends: a new route is here without a line. Streams of events never end. */
export function jsonEndpoints(): JsonEndpoint[] {
  const document = openApiDocument(createApi());
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => !isStream(operation))
      .map(([method, operation]) => endpoint(document, method, path, operation)),
  );
}

function endpoint(
  document: OpenApiDocument,
  method: string,
  path: string,
  { operationId, parameters = [], requestBody }: OpenApiOperation,
): JsonEndpoint {
  const media = requestBody?.content["application/json"];
  const body = media ? (inPlace(document, media.schema) as BodySchema) : null;
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    query: parameters.filter((each) => each.in === "query").map((each) => each.name),
    body,
    sample: media?.example ?? (body ? smallest(body) : undefined),
  };
}

const isStream = ({ responses }: OpenApiOperation) =>
  Object.values(responses).some(({ content }) => content && "text/event-stream" in content);

/** The schemas are a tree: what refers to itself would be refused when the document is made. */
function inPlace(document: OpenApiDocument, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => inPlace(document, each));
  if (value === null || typeof value !== "object") return value;
  const { $ref, ...rest } = value as { $ref?: string };
  const name = $ref?.split("/").at(-1);
  const target = name === undefined ? {} : (inPlace(document, document.components.schemas[name]) as object);
  const members = Object.entries(rest).map(([key, member]) => [key, inPlace(document, member)]);
  return { ...target, ...Object.fromEntries(members) };
}

/** The least that the schema takes: required members only, the first of a choice. */
export function smallest(schema: BodySchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return smallest(schema.anyOf[0] ?? {});
  switch ([schema.type ?? "object"].flat()[0]) {
    case "string":
      return "x".repeat(Math.max(1, schema.minLength ?? 1));
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 0, 0);
    case "boolean":
      return false;
    case "null":
      return null;
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items ?? {}));
    default:
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, smallest(schema.properties?.[name] ?? {})]),
      );
  }
}
