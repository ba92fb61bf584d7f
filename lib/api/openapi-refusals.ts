import { problemExamples } from "./openapi-examples";
import { operationOf } from "./openapi-operations";
import type { JsonSchema } from "./openapi-schemas";
import type { ErrorStatus } from "./problem";
import type { ApiRoute } from "./route";

type Response = { $ref?: string; description?: string; content?: Record<string, { schema: JsonSchema }> };

const wordsOf: Readonly<Partial<Record<ErrorStatus, string>>> = {
  400: "Not understood, or refused for what it says",
  401: "No valid credential",
  403: "A valid credential that may not do this, or a session used from another site",
  404: "No such record, or one of a project that the caller may not read",
  409: "The record is not in the state that this needs",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "JSON of the wrong shape; `field` and `issues` name what is wrong",
  429: "Too many; try again after `Retry-After` seconds",
};

/** Statuses of every route, written once; what a route answers in words of its own stands at the route. */
const shared = { 401: "Unauthenticated", 413: "TooLarge", 415: "NotJson", 422: "WrongShape", 429: "TooMany" };

/** What the route may answer besides success: from its credential, its inputs and its own error table. */
export function refusalsOf(route: ApiRoute): Record<string, Response> {
  const codes = codesOf(route);
  const statuses = [...codes.keys()].sort((a, b) => a - b);
  const own = statuses.map((status) => [String(status), response(status, codes.get(status) ?? [])] as const);
  const unchanged = route.method === "get" && operationOf(route).headers?.includes("If-None-Match");
  return {
    ...(unchanged && { 304: { description: "What you have is what there is" } }),
    ...Object.fromEntries(own),
    default: { $ref: "#/components/responses/Failed" },
  };
}

function codesOf(route: ApiRoute): Map<ErrorStatus, string[]> {
  const codes = new Map<ErrorStatus, string[]>();
  const add = (status: ErrorStatus, ...more: string[]) =>
    codes.set(status, [...new Set([...(codes.get(status) ?? []), ...more])]);
  const { auth } = route;
  if (auth.kind !== "public") {
    add(401, ...(auth.kind === "actor" && auth.adminCode ? [auth.adminCode] : []));
    add(429);
  }
  if (auth.kind === "actor") add(403, ...(auth.adminCode ? [auth.adminCode] : []));
  if (route.body || route.query) add(400);
  if (route.body) for (const status of [413, 415, 422] as const) add(status);
  for (const [status, code] of Object.values(route.errors ?? {}).flatMap((each) => (each ? [each] : []))) {
    add(status, code);
  }
  if (route.path.includes("{") && !route.errors?.not_found) add(404);
  return codes;
}

function response(status: ErrorStatus, codes: readonly string[]): Response {
  const name = shared[status as keyof typeof shared];
  if (name && codes.length === 0) return { $ref: `#/components/responses/${name}` };
  const words = wordsOf[status] ?? "Refused";
  return {
    description: codes.length > 0 ? `${words}: ${codes.map((code) => `\`${code}\``).join(", ")}` : words,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

/** For `components.responses`. */
export function sharedResponses(problem: JsonSchema) {
  const content = (example?: unknown) => ({
    "application/json": { schema: problem, ...(example !== undefined && { example }) },
  });
  const named = Object.entries(shared).map(([status, name]) => {
    const code = Number(status) as keyof typeof shared;
    const retry = code === 429 && { headers: { "retry-after": { $ref: "#/components/headers/RetryAfter" } } };
    return [
      name,
      { description: wordsOf[code] ?? "", ...retry, content: content(problemExamples[code]) },
    ] as const;
  });
  return {
    ...Object.fromEntries(named),
    Failed: {
      description:
        "Anything else: 421 for an unknown Host, 503 with `Retry-After` while the database is away, 500 with the request's id to quote.",
      content: content(problemExamples[503]),
    },
  };
}

/** For `components.headers`. */
export const sharedHeaders = {
  RequestId: {
    description: "The request's id: yours from `x-request-id` when it is well-formed, a fresh one otherwise.",
    schema: { type: "string" },
    example: "req-2f1d6c0b9a8e4f7d8c3b5a6978e1d2c4",
  },
  ETag: {
    description: "A strong tag of what was answered.",
    schema: { type: "string" },
    example: '"1767225600000"',
  },
  RetryAfter: { description: "Whole seconds to wait.", schema: { type: "integer", minimum: 1 } },
} as const;
