import type { ApiRoute } from "@/lib/api/route";
import { apiRoutes } from "@/lib/api/routes";
import { problemSchema } from "@/lib/contracts/problem";
import { departures } from "./departures";

const matchers = [...apiRoutes]
  .sort((left, right) => left.path.split("{").length - right.path.split("{").length)
  .map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));

/** The route that serves this; undefined for paths and methods that none serves. */
export function routeFor(method: string, path: string): ApiRoute | undefined {
  const bare = path.split("?", 1)[0] ?? "";
  const wanted = method.toLowerCase();
  return matchers.find(({ route, pattern }) => route.method === wanted && pattern.test(bare))?.route;
}

type Answered = { status: number; headers: Headers; body: unknown };

/**
 * Every JSON answer of the real API is what its document says: success by the route's response schema, anything else by
 * the problem's, with the request's id in header and body.
 *
 * @throws Error that names the departures
 */
export function requireDocumented(method: string, path: string, answer: Answered): void {
  const route = routeFor(method, path);
  const found = [...idDepartures(answer), ...bodyDepartures(route, answer)];
  if (found.length === 0) return;
  throw new Error(
    `${method} ${path} answered ${answer.status} otherwise than documented:\n  ${found.join("\n  ")}`,
  );
}

function bodyDepartures(route: ApiRoute | undefined, { status, headers, body }: Answered): string[] {
  if (!headers.get("content-type")?.startsWith("application/json") || body === null) return [];
  if (route && status === 200) return departures(route.response, body);
  return status >= 400 ? departures(problemSchema.required({ request_id: true }), body) : [];
}

function idDepartures({ status, headers, body }: Answered): string[] {
  const id = headers.get("x-request-id");
  if (!id) return ["x-request-id: missing"];
  const quoted = (body as { request_id?: unknown } | null)?.request_id;
  return status >= 400 && body !== null && quoted !== id ? ["request_id: not the header's"] : [];
}
