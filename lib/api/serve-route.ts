import type { z } from "@hono/zod-openapi";
import { contextFor } from "@/lib/auth/context";
import { currentProcess } from "@/lib/auth/process";
import { resolveCredential } from "@/lib/auth/resolve-credential";
import { newId } from "@/lib/ids";
import { logger } from "@/lib/logger";
import { countRequest } from "@/lib/metrics";
import type { Context } from "@/lib/pipeline/context";
import { withoutSecrets, withoutTypedSecrets } from "@/lib/pipeline/without-secrets";
import { EdgeProblem, renderProblem } from "./problem";
import { readJsonBody } from "./read-body";
import { type ApiRoute, type Call, jsonLimitBytes, type RouteAnswer } from "./route";
import { requireSameOrigin } from "./same-origin";
import { type Answer, TextAnswer } from "./text-answer";

/** Headers on every answer of the API: nothing is cached, framed or sniffed. */
const fixedHeaders: Record<string, string> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** One request through one route: identity, body, shape, verb, answer. Every failure leaves as a problem. */
export async function serveRoute(
  route: ApiRoute,
  request: Request,
  params: Record<string, string>,
): Promise<Answer> {
  const requestId = requestIdOf(request);
  let response: Answer;
  try {
    response = await answer(route, request, params, requestId);
  } catch (error) {
    response = problemResponse(error, requestId, route);
  }
  countRequest(route.method, route.path, response.status);
  return response;
}

async function answer(route: ApiRoute, request: Request, params: Record<string, string>, requestId: string) {
  const ctx = route.auth.kind === "actor" ? await requireActor(request, requestId, route.auth) : undefined;
  const body = route.body && !route.rawBody ? await readBody(route, request) : undefined;
  const query = route.query ? parse(route.query, withoutNul(queryOf(request)), 400) : undefined;
  const call = { ctx, params: withoutNul(params), query, body, request, requestId } as Call<unknown, unknown>;
  return toResponse(await route.run(call), requestId);
}

/**
 * @throws EdgeProblem 401 without a valid credential, 403 for a cookie from another site; on an admin-guarded route also
 * 403 when a scoped key's header is there, even with a valid token, both with the route's own code.
 */
export async function requireActor(
  request: Request,
  requestId: string,
  { adminCode }: { adminCode?: string } = {},
): Promise<Context> {
  const process = currentProcess();
  if (adminCode && request.headers.get(intakeKeyHeader)?.trim()) {
    throw new EdgeProblem(403, adminCode, "A scoped intake key may not be presented here");
  }
  const credential = await resolveCredential(process, request.headers);
  if (credential.kind !== "actor") {
    throw adminCode
      ? new EdgeProblem(401, adminCode, "An administrator's token is required")
      : authRequired();
  }
  if (credential.via === "cookie") requireSameOrigin(request, process.publicUrl);
  return contextFor(process, credential.actor, requestId);
}

const intakeKeyHeader = "x-tandem-incident-monitor-intake-key";

export function authRequired(): EdgeProblem {
  return new EdgeProblem(401, "AUTH_REQUIRED", "A valid token or session is required", { retryable: false });
}

async function readBody(route: ApiRoute, request: Request): Promise<unknown> {
  const value = await readJsonBody(request, route.bodyLimitBytes ?? jsonLimitBytes);
  const body = route.body ? parse(route.body, value, 422) : value;
  return route.redacts === "verb" ? body : withoutTypedSecrets(body);
}

/** Shape errors name the field they are about; the first is the headline, all are listed. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, status: 400 | 422): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 20).map((issue) => ({
    // A member nobody knows is named itself, not the object it is in.
    // What was sent may be a secret, as a name too.
    path: withoutSecrets(
      [...issue.path, ...(issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])]
        .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
        .join("")
        .replace(/^\./, ""),
    ),
    code: issue.code ?? "invalid",
    message: withoutSecrets(issue.message),
  }));
  const first = issues[0];
  throw new EdgeProblem(
    status,
    "VALIDATION_FAILED",
    first ? `${first.path || "The body"}: ${first.message}` : "Not valid",
    {
      field: first?.path ?? "",
      issues,
      retryable: false,
    },
  );
}

function queryOf(request: Request): Record<string, string> {
  const search = request.url.indexOf("?");
  if (search < 0) return {};
  return Object.fromEntries(new URLSearchParams(request.url.slice(search)).entries());
}

/** No database holds one; in bodies it is found while they are parsed. */
function withoutNul(values: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(values)) {
    if (!value.includes("\u0000")) continue;
    throw new EdgeProblem(400, "VALIDATION_FAILED", `${name} holds a NUL character`, {
      field: name,
      retryable: false,
    });
  }
  return values;
}

export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given && /^[\w.:-]{1,128}$/.test(given) && withoutSecrets(given) === given ? given : newId.request();
}

function toResponse(result: RouteAnswer, requestId: string): Answer {
  if (result instanceof Response) {
    for (const [name, value] of Object.entries(fixedHeaders))
      if (!result.headers.has(name)) result.headers.set(name, value);
    result.headers.set("x-request-id", requestId);
    return result;
  }
  return jsonResponse(result.status ?? 200, result.body, requestId, result.headers);
}

export function jsonResponse(
  status: number,
  body: unknown,
  requestId: string,
  headers: Record<string, string> = {},
): TextAnswer {
  return textResponse(status, JSON.stringify(body), requestId, headers);
}

/** `text` is JSON already. */
export function textResponse(
  status: number,
  text: string | null,
  requestId: string,
  headers: Record<string, string> = {},
): TextAnswer {
  return new TextAnswer(status, text, {
    ...(text !== null && { "content-type": "application/json; charset=utf-8" }),
    "x-request-id": requestId,
    ...fixedHeaders,
    ...headers,
  });
}

export const emptyResponse = (status: 204 | 304, requestId: string, headers: Record<string, string>) =>
  textResponse(status, null, requestId, headers);

export function problemResponse(error: unknown, requestId: string, route?: ApiRoute): TextAnswer {
  const problem = renderProblem(error, requestId, route?.errors);
  if (problem.unknown) logger.error({ requestId, path: route?.path, err: problem.unknown }, "request failed");
  for (const key of route?.errorsWithout ?? []) delete problem.body[key];
  return jsonResponse(problem.status, problem.body, requestId, problem.headers);
}
