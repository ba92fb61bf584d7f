import type { RouteAnswer } from "./route";

/** What a writer says it has seen, as the verbs take it. */
export const preconditionsOf = (request: Request) => ({
  ifMatch: request.headers.get("if-match"),
  ifNoneMatch: request.headers.get("if-none-match"),
});

export const etagHeader = (tag: string) => ({ etag: `"${tag}"` });

/** A read's answer with its strong tag; 304 without a body for who has it already (If-None-Match). */
export function answerTagged(request: Request, tag: string, body: unknown): RouteAnswer {
  const headers = etagHeader(tag);
  return holdsTag(request, headers.etag) ? new Response(null, { status: 304, headers }) : { body, headers };
}

/** Does the caller have the answer of this ETag already (If-None-Match)? */
export function holdsTag(request: Request, etag: string): boolean {
  const known = request.headers.get("if-none-match")?.split(",") ?? [];
  return known.some((each) => ["*", etag].includes(each.trim().replace(/^W\//, "")));
}
