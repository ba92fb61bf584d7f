import { problemSchema } from "@/lib/contracts/problem";
import { sha256Hex } from "@/lib/digest";
import { responseExamples } from "./openapi-answers";
import { requestExamples } from "./openapi-examples";
import { operationOf, tagOf, tags } from "./openapi-operations";
import { parametersOf } from "./openapi-parameters";
import { refusalsOf, sharedHeaders, sharedResponses } from "./openapi-refusals";
import { createSchemaSet, type JsonSchema } from "./openapi-schemas";
import { securityOf, securitySchemes } from "./openapi-security";
import { type ApiRoute, batchLimitBytes, jsonLimitBytes } from "./route";

type Media = { schema: JsonSchema; example?: unknown };
export type OpenApiOperation = {
  operationId: string;
  tags: string[];
  parameters?: Array<{
    in: string;
    name: string;
    required?: boolean;
    description?: string;
    schema: JsonSchema;
  }>;
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { $ref?: string; description?: string; content?: Record<string, Media> }>;
  security: Array<Record<string, string[]>>;
  [key: string]: unknown;
};
export type OpenApiDocument = {
  openapi: "3.1.0";
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema>; [key: string]: unknown };
  [key: string]: unknown;
};

const description = `Governed failure intake: reports become incidents, incidents become drafts, a person approves, and what was
approved is delivered once, with a receipt.

Every answer carries \`x-request-id\`. Every error is JSON with \`error\` (words), \`code\` (stable) and the field at fault
where there is one. Times are epoch milliseconds, named \`..._ms\`. An absent key means unset. Unknown members of a
request are ignored; answers may gain members.`;

/**
 * The OpenAPI 3.1 document of \`routes\`, made from the very schemas that validate their requests and describe their
 * answers. The source of the form: https://spec.openapis.org/oas/v3.1.0.
 */
export function describeApi(routes: readonly ApiRoute[]): OpenApiDocument {
  const schemas = createSchemaSet();
  const paths: OpenApiDocument["paths"] = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) };
  }
  const problem = schemas.use(problemSchema, "output");
  const resolved = schemas.resolve(paths);
  return {
    openapi: "3.1.0",
    info: {
      title: "Incident Monitor",
      version: "0.1.0",
      summary: "Failures come in; nothing goes out until somebody entitled to it says so.",
      description,
    },
    servers: [{ url: "/", description: "This server" }],
    tags: tags.map(({ name, description }) => ({ name, description })),
    paths: resolved.document as OpenApiDocument["paths"],
    components: {
      securitySchemes,
      responses: sharedResponses(problem),
      headers: sharedHeaders,
      schemas: resolved.components,
    },
  };
}

type SchemaSet = ReturnType<typeof createSchemaSet>;

function operation(route: ApiRoute, schemas: SchemaSet): OpenApiOperation {
  const { id } = operationOf(route);
  const parameters = parametersOf(route);
  const body = route.bodyShape ?? route.body;
  const { summary, more } = sentencesOf(route.summary);
  const permission = route.auth.kind === "actor" ? route.auth.permission : null;
  const words = [more, ...(permission ? [`Needs the permission \`${permission}\`.`] : [])].join(" ").trim();
  return {
    operationId: id,
    tags: [tagOf(route)],
    summary,
    ...(words && { description: words }),
    ...(permission && { "x-permission": permission }),
    security: securityOf(route.auth),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBody(route, body, schemas) }),
    responses: { 200: success(route, schemas), ...refusalsOf(route) },
  };
}

/** The first sentence names the operation in lists; the others stand with it. */
function sentencesOf(declared: string): { summary: string; more: string } {
  // The decision's number is for who works on the code.
  const text = declared.replaceAll(/ \(D-\d+\)/g, "");
  const end = text.indexOf(". ");
  if (end < 0) return { summary: text.replace(/\.$/, ""), more: "" };
  return { summary: text.slice(0, end), more: text.slice(end + 2) };
}

function requestBody(route: ApiRoute, body: NonNullable<ApiRoute["body"]>, schemas: SchemaSet) {
  const limit = route.bodyLimitBytes ?? (route.rawBody ? batchLimitBytes : jsonLimitBytes);
  const example = requestExamples[operationOf(route).id];
  const media: Media = { schema: schemas.use(body, "input"), ...(example !== undefined && { example }) };
  return {
    description: `At most ${limit} bytes. An empty body is \`{}\`.`,
    required: false,
    content: {
      "application/json": media,
      ...(route.lines && {
        "application/x-ndjson": { schema: { type: "string" }, example: linesOf(example) },
      }),
    },
  };
}

const linesOf = (example: unknown) =>
  Array.isArray(example) ? `${example.map((each) => JSON.stringify(each)).join("\n")}\n` : undefined;

function success(route: ApiRoute, schemas: SchemaSet) {
  const example = responseExamples[operationOf(route).id];
  const tagged = operationOf(route).headers?.some((name) => name.startsWith("If-"));
  return {
    description: "Done",
    headers: {
      "x-request-id": { $ref: "#/components/headers/RequestId" },
      ...(tagged && { etag: { $ref: "#/components/headers/ETag" } }),
    },
    content: {
      ...(route.alsoMarkdown && { "text/markdown": { schema: { type: "string" as const } } }),
      ...Object.fromEntries(
        [route.contentType ?? "application/json", ...(route.alsoJson ? ["application/json"] : [])].map(
          (type) => [
            type,
            { schema: schemas.use(route.response, "output"), ...(example !== undefined && { example }) },
          ],
        ),
      ),
    },
  };
}

export type ServedDocument = { text: string; etag: string };

/** As it is served: one text for everybody, with its strong ETag. */
export function serveDocument(document: OpenApiDocument): ServedDocument {
  const text = JSON.stringify(document);
  return { text, etag: `"${sha256Hex(text).slice(0, 32)}"` };
}
