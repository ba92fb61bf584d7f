import type { McpServer } from "@/lib/domain/mcp";
import { type Reason, reason } from "@/lib/domain/reason";
import { checkUrl, type UrlPolicy, urlPolicyFor } from "@/lib/net/url-policy";
import type { HostMcpServer } from "./host-servers";

export type ResolveSecret = (
  reference: string,
) => { ok: true; values: string[] } | { ok: false; reason: Reason };

export type HttpAccess =
  | { ok: true; url: string; policy: UrlPolicy; headers: Record<string, string> }
  | { ok: false; reasons: Reason[] };

/** Where and with which headers a server is called, or everything that forbids it. Nobody is asked. */
export function httpAccess(
  server: McpServer,
  declared: HostMcpServer | undefined,
  options: { privateNetworks: readonly string[]; resolveSecret: ResolveSecret },
): HttpAccess {
  const url = server.url ?? "";
  const policy = urlPolicyFor(url, options.privateNetworks);
  const verdict = checkUrl(url, policy);
  const reasons: Reason[] = verdict.ok ? [] : [...verdict.reasons];
  const headers: Record<string, string> = declared?.transport === "http" ? { ...declared.headers } : {};
  if (server.authRef) {
    const resolved = options.resolveSecret(server.authRef);
    const value = resolved.ok ? resolved.values[0] : undefined;
    if (!resolved.ok) reasons.push(resolved.reason);
    else if (!value || !/^[\x20-\x7e]{1,4096}$/.test(value)) {
      const words = "The secret that signs in to the MCP server cannot be sent as a header.";
      reasons.push(reason("secret_malformed", words));
    } else headers[server.authHeader.toLowerCase()] = headerValue(server.authHeader, value);
  }
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, url, policy, headers };
}

/** A bare token under `Authorization` is a bearer token; what names its scheme is left as it is. */
const headerValue = (header: string, value: string): string =>
  header.toLowerCase() === "authorization" && !value.includes(" ") ? `Bearer ${value}` : value;
