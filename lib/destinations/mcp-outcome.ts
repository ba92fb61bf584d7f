import type { PublishOutcome } from "@/lib/domain/delivery";
import type { McpFailure, McpToolResult } from "@/lib/domain/mcp";
import { type Reason, reason } from "@/lib/domain/reason";

export type McpStop = Exclude<PublishOutcome, { outcome: "published" }>;

/** What a failed exchange comes to: only what surely was not done is tried again (W-42). */
export function outcomeOf(failure: McpFailure): McpStop {
  const { reason: why, exchange, retryAfterMs, gone } = failure;
  switch (failure.effect) {
    case "not_sent":
      return { outcome: "retryable", reason: why, retryAfterMs, exchange };
    case "refused":
      return { outcome: "rejected", reason: why, ...(gone && { disableDestination: true }), exchange };
    case "sign_in":
      return { outcome: "blocked", reason: why, exchange };
    case "unknown":
      return { outcome: "ambiguous", reason: why, exchange };
  }
}

/** Why a result is no success, or null: a server says in band that its tool failed, or that somebody has to sign in. */
export function faultOf(result: McpToolResult): McpStop | null {
  const { exchange } = result;
  if (asksToSignIn(result.meta) || (result.isError && asksToSignIn(result.structured))) {
    const words = "The MCP server asks for somebody to sign in before this tool can be called.";
    return { outcome: "blocked", reason: reason("sign_in_required", words), exchange };
  }
  if (!result.isError) return null;
  // The tool's own words may quote its arguments: they stay in the excerpt, which is redacted (W-44).
  const words = "The MCP tool says that it failed; what it said is in the response's excerpt.";
  return { outcome: "rejected", reason: reason("mcp_tool_failed", words), exchange };
}

/** The forms in which servers say it in a result's metadata. */
const signInFlags = ["auth_required", "authRequired", "requires_auth", "requiresAuth", "sign_in_required"];
const signInValues = [
  ...["mcp/www_authenticate", "www_authenticate", "authorization_url", "authorizationUrl", "auth_url"],
];

function asksToSignIn(metadata: unknown, depth = 0): boolean {
  if (metadata === null || typeof metadata !== "object" || depth > 3) return false;
  return Object.entries(metadata).some(([name, value]) => {
    if (signInFlags.includes(name)) return value === true;
    if (signInValues.includes(name)) return Array.isArray(value) ? value.length > 0 : Boolean(value);
    return asksToSignIn(value, depth + 1);
  });
}

/** A web address the tool gives for what it made, to link to; nothing else of its answer is shown as ours. */
export function linkOf(result: McpToolResult): string | undefined {
  const found = [result.structured, parsed(result.text)].flatMap((value) => {
    if (value === null || typeof value !== "object") return [];
    const members = value as Record<string, unknown>;
    return [members.html_url, members.url, members.web_url, members.permalink];
  });
  return found.find(
    (url): url is string => typeof url === "string" && /^https:\/\/[^\s"'<>@]{1,1000}$/.test(url),
  );
}

export function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const toolChanged = (tool: string): Reason =>
  reason(
    "tool_changed",
    `The MCP tool ${tool} takes other arguments than when this was approved; review it and approve it again.`,
    { tool },
  );
