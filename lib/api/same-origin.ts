import { EdgeProblem } from "./problem";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A session cookie may only change things from our own pages. Browsers say where a request came from; one that says
 * nothing is not a browser with our cookie and is refused as well.
 */
export function requireSameOrigin(request: Request, publicUrl: string): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own = new Set([new URL(publicUrl).origin, new URL(request.url).origin]);
  if (origin ? own.has(origin) : site === "same-origin") return;
  throw new EdgeProblem(403, "CROSS_ORIGIN", "A session may only be used from this site's own pages", {
    retryable: false,
  });
}
