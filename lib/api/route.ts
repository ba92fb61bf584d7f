import type { z } from "@hono/zod-openapi";
import type { Permission } from "@/lib/domain/permission";
import type { Context } from "@/lib/pipeline/context";
import type { RouteErrors } from "./problem";

/** Who may call, as far as the edge knows: verbs authorize for themselves besides. */
export type RouteAuth =
  | { kind: "public" }
  /** A token or a session; `permission` is what the verb will ask for, for the document and the matrix test. */
  | {
      kind: "actor";
      permission: Permission;
      /** An admin-guarded route (contract 1.3): its code for 401, for 403, and for a scoped key beside whatever else. */
      adminCode?: string;
    }
  /** The body proves by its signature that this product sent it; the verb checks that before anything else. */
  | { kind: "signature" }
  /**
   * A scoped intake key, which the route checks itself since the answer depends on the body. With `unboundPermission` a
   * full credential is taken as well, where no project is named.
   */
  | { kind: "intake"; unboundPermission?: Permission }
  /** What an invitation's or a reset's link carries, in the body: it is the credential, and the route checks it itself. */
  | { kind: "link" };

export type Call<Body, Query> = {
  /** Absent only on public and intake routes. */
  ctx: Context;
  params: Record<string, string>;
  query: Query;
  body: Body;
  request: Request;
  requestId: string;
};

export type RouteAnswer = { status?: 200; body: unknown; headers?: Record<string, string> } | Response;

export type ApiRoute<Body = unknown, Query = unknown> = {
  method: "get" | "post" | "patch" | "put" | "delete";
  /** OpenAPI form: `/incident-monitor/drafts/{draft_id}`. */
  path: string;
  summary: string;
  auth: RouteAuth;
  body?: z.ZodType<Body>;
  /** For the document, where `body` takes any object because the route parses it further itself, with this schema. */
  bodyShape?: z.ZodType;
  bodyLimitBytes?: number;
  /** The verb redacts or refuses secrets by itself: reports, configuration. Everywhere else they are taken out of the body before. */
  redacts?: "verb";
  /** The route reads the body itself (batches). */
  rawBody?: boolean;
  /** The body may also be NDJSON: a member of the array a line. */
  lines?: true;
  query?: z.ZodType<Query>;
  response: z.ZodType;
  /** Other content than JSON (event stream, text). */
  contentType?: string;
  /** The caller may ask for JSON instead of `contentType`. */
  alsoJson?: true;
  /** The caller may ask for Markdown instead of JSON. */
  alsoMarkdown?: true;
  errors?: RouteErrors;
  /** Keys that the contract leaves out of this route's errors. */
  errorsWithout?: readonly string[];
  run: (call: Call<Body, Query>) => Promise<RouteAnswer>;
};

/** Keeps the types of body and query together with their schemas while a list of routes forgets them. */
export function route<Body, Query>(definition: ApiRoute<Body, Query>): ApiRoute {
  return definition as unknown as ApiRoute;
}

export const jsonLimitBytes = 2 * 1024 * 1024;
export const reportLimitBytes = 256 * 1024;
export const batchLimitBytes = 10 * 1024 * 1024;
