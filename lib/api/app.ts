import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { shareWithOrigin } from "./cross-origin";
import { holdsTag } from "./etag";
import { describeApi, type OpenApiDocument, type ServedDocument, serveDocument } from "./openapi";
import { EdgeProblem } from "./problem";
import type { ApiRoute } from "./route";
import { apiRoutes } from "./routes";
import { emptyResponse, problemResponse, requestIdOf, serveRoute, textResponse } from "./serve-route";
import { type Answer, TextAnswer } from "./text-answer";

export { batchLimitBytes } from "./route";

/** Paths that are the API's, itself or anything below; everything else is the panel's (D-02). */
const apiPrefixes = [
  ...["/incident-monitor", "/config", "/global", "/openapi.json", "/metrics", "/audit"],
  // Families of the reference that are not served: 404 from here, not a way to the panel's sign-in (D-25).
  ...["/bug-monitor", "/failure-reporter"],
];

export function isApiPath(path: string): boolean {
  return apiPrefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** The one API application: in front of Next in production, under its catch-all route otherwise (D-28). */
export function createApi(routes: readonly ApiRoute[] = apiRoutes): Hono {
  const api = new Hono();
  for (const [path, served] of byPath(routes)) {
    for (const route of served) {
      api.on(route.method.toUpperCase(), path, (c) =>
        answer(c, serveRoute(route, c.req.raw, c.req.param() as Record<string, string>)),
      );
    }
    refuseOtherMethods(
      api,
      path,
      served.map((route) => route.method.toUpperCase()),
    );
  }
  const document = onlyOnce(() => describeApi(routes));
  const served = onlyOnce(() => serveDocument(document()));
  documents.set(api, document);
  api.get("/openapi.json", (c) => answer(c, documentResponse(c.req.raw, served())));
  refuseOtherMethods(api, "/openapi.json", ["GET"]);
  api.notFound((c) =>
    answer(c, refusal(c, new EdgeProblem(404, "NOT_FOUND", "There is nothing at this path", notRetryable))),
  );
  api.onError((error, c) => answer(c, refusal(c, error)));
  return api;
}

const notRetryable = { retryable: false };

const refusal = (c: Context, error: unknown) => problemResponse(error, requestIdOf(c.req.raw));

/** OPTIONS answers anybody, a preflight included; what the path does not serve is 405. Both say what it serves. */
function refuseOtherMethods(api: Hono, path: string, methods: readonly string[]): void {
  const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  api.on("OPTIONS", path, (c) => answer(c, emptyResponse(204, requestIdOf(c.req.raw), { allow })));
  api.all(path, (c) => {
    const words = `This path answers ${allow}`;
    return answer(c, refusal(c, new EdgeProblem(405, "METHOD_NOT_ALLOWED", words, notRetryable, { allow })));
  });
}

/** The last step of every answer. The body of an answer to HEAD is let go of: a stream would stay open for nobody. */
async function answer(c: Context, given: Answer | Promise<Answer>): Promise<Response> {
  const made = await given;
  const isText = made instanceof TextAnswer;
  // Undefined under Next and in tests; what another site's page may read of an answer is decided on a Response.
  const outgoing: HttpBindings["outgoing"] | undefined = c.env?.outgoing;
  if (isText && outgoing && !c.req.raw.headers.has("origin")) return made.sendTo(outgoing);
  const response = isText ? made.toResponse() : made;
  if (c.req.raw.method === "HEAD" && response.headers.get("content-type")?.startsWith("text/event-stream"))
    await response.body?.cancel();
  return shareWithOrigin(c.req.raw, response);
}

/** Public and the same for everybody, so it may be kept; whoever has it is told so. */
function documentResponse(request: Request, { text, etag }: ServedDocument): TextAnswer {
  const requestId = requestIdOf(request);
  const headers = { etag, "cache-control": "public, max-age=300" };
  return holdsTag(request, etag)
    ? emptyResponse(304, requestId, headers)
    : textResponse(200, text, requestId, headers);
}

/** Paths with fewer parameters first: `/incidents/bulk-delete` is a path of its own, not the incident of that name. */
function byPath(routes: readonly ApiRoute[]): Map<string, ApiRoute[]> {
  const parameters = (route: ApiRoute) => route.path.split("{").length;
  const paths = new Map<string, ApiRoute[]>();
  for (const route of [...routes].sort((left, right) => parameters(left) - parameters(right))) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    paths.set(path, [...(paths.get(path) ?? []), route]);
  }
  return paths;
}

const documents = new WeakMap<Hono, () => OpenApiDocument>();

/** The document of an application made by createApi: generated at the first question, the same object ever after. */
export function openApiDocument(api: Hono): OpenApiDocument {
  const document = documents.get(api);
  if (!document) throw new Error("not an application of createApi");
  return document();
}

function onlyOnce<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
