import { EdgeProblem } from "./problem";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A session cookie may only change things from our own pages. Browsers say where a request came from; one that says
 * nothing is not a browser with our cookie and is refused as well. A read by another site's script is refused too: it
 * brings a token of its own or gets nothing.
 */
export function requireSameOrigin(request: Request, publicUrl: string): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (safeMethods.has(request.method) && !origin) return;
  const own = new Set([new URL(publicUrl).origin, new URL(request.url).origin]);
  if (origin ? own.has(origin) : site === "same-origin") return;
  throw new EdgeProblem(403, "CROSS_ORIGIN", "A session may only be used from this site's own pages", {
    retryable: false,
  });
}
