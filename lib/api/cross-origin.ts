import { currentProcess, isProcessInstalled } from "@/lib/auth/process";

/** What another site's page may read besides the body, and what it may send. */
const exposed = "allow, etag, retry-after, x-request-id";
const accepted =
  "authorization, content-type, idempotency-key, if-match, if-none-match, x-agent-token, x-request-id, x-tandem-incident-monitor-intake-key, x-tandem-token";

/**
 * Closed unless the host names the very origin. Never with credentials: a page elsewhere brings a token of its own or
 * gets nothing, whatever cookie its visitor has.
 */
export function shareWithOrigin(request: Request, response: Response): Response {
  const origin = request.headers.get("origin");
  if (!origin || !isProcessInstalled()) return response;
  const { corsOrigins = [] } = currentProcess();
  if (corsOrigins.length === 0) return response;
  response.headers.append("vary", "Origin");
  if (!corsOrigins.includes(origin)) return response;
  response.headers.set("access-control-allow-origin", origin);
  response.headers.set("access-control-expose-headers", exposed);
  if (request.method !== "OPTIONS") return response;
  response.headers.set("access-control-allow-headers", accepted);
  response.headers.set("access-control-allow-methods", response.headers.get("allow") ?? "");
  response.headers.set("access-control-max-age", "600");
  return response;
}
