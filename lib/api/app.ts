import { OpenAPIHono, z } from "@hono/zod-openapi";
import { problemSchema } from "@/lib/contracts/problem";
import { EdgeProblem } from "./problem";
import type { ApiRoute } from "./route";
import { apiRoutes } from "./routes";
import { jsonResponse, problemResponse, requestIdOf, serveRoute } from "./serve-route";

/** First path segments that are the API's; everything else is the panel's (D-02). */
const apiPrefixes = [
  "/incident-monitor/",
  "/config/incident-monitor",
  "/global/health",
  "/openapi.json",
  "/metrics",
];

export function isApiPath(path: string): boolean {
  return (
    apiPrefixes.some((prefix) => path === prefix || path.startsWith(prefix)) || path === "/incident-monitor"
  );
}

/** The one API application: in front of Next in production, under its catch-all route otherwise (D-28). */
export function createApi(routes: readonly ApiRoute[] = apiRoutes): OpenAPIHono {
  const api = new OpenAPIHono();
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    api.on(route.method.toUpperCase(), path, (c) =>
      serveRoute(route, c.req.raw, c.req.param() as Record<string, string>),
    );
    describe(api, route);
  }
  for (const [path, allowed] of methods) {
    const allow = [...allowed, ...(allowed.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    api.on("OPTIONS", path, () => new Response(null, { status: 204, headers: { allow } }));
    api.all(path, (c) =>
      problemResponse(
        new EdgeProblem(
          405,
          "METHOD_NOT_ALLOWED",
          `This path answers ${allow}`,
          { retryable: false },
          { allow },
        ),
        requestIdOf(c.req.raw),
      ),
    );
  }
  api.get("/openapi.json", (c) => jsonResponse(200, openApiDocument(api), requestIdOf(c.req.raw)));
  api.notFound((c) =>
    problemResponse(
      new EdgeProblem(404, "NOT_FOUND", "There is nothing at this path", { retryable: false }),
      requestIdOf(c.req.raw),
    ),
  );
  api.onError((error, c) => problemResponse(error, requestIdOf(c.req.raw)));
  return api;
}

/** The document is made from the very schemas that validate. */
export function openApiDocument(api: OpenAPIHono) {
  return api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Incident Monitor", version: "0.1.0", description: "Governed failure intake." },
    servers: [{ url: "/" }],
  });
}

function describe(api: OpenAPIHono, route: ApiRoute): void {
  const params = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  api.openAPIRegistry.registerPath({
    method: route.method,
    path: route.path,
    summary: route.summary,
    security: route.auth.kind === "public" ? [] : [{ bearer: [] }],
    request: {
      ...(params.length > 0 && {
        params: z.object(Object.fromEntries(params.map((name) => [name, z.string()]))),
      }),
      ...(route.query && { query: route.query as unknown as z.ZodObject }),
      ...(route.body && {
        body: { content: { "application/json": { schema: route.body } }, required: false },
      }),
    },
    responses: {
      200: {
        description: "Done",
        content: { [route.contentType ?? "application/json"]: { schema: route.response } },
      },
      default: { description: "Refused", content: { "application/json": { schema: problemSchema } } },
    },
  });
}
