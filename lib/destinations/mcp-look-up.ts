import type { PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome } from "@/lib/domain/found-issue";
import type { McpToolResult } from "@/lib/domain/mcp";
import { reason } from "@/lib/domain/reason";
import { linkOf, parsed } from "./mcp-outcome";

/**
 * What a declared look-up says: a list with something in it, an object, a text, a number or `true` at its path is this
 * delivery's effect; an empty list, null, `false`, an empty text or nothing there is none. An answer without any structure says
 * nothing.
 */
export function lookedUp(
  result: McpToolResult,
  path: readonly string[],
  request: PublishRequest,
): FindOutcome {
  const answer = result.structured ?? parsed(result.text);
  if (answer === null || typeof answer !== "object") {
    const words = "The look-up tool did not answer in a form that can be read: a person has to say.";
    return { outcome: "unknown", reason: reason("lookup_unreadable", words), exchange: result.exchange };
  }
  const found = path.reduce<unknown>(memberOf, answer);
  if (!isThere(found)) return { outcome: "absent", suggestions: [] };
  const first = Array.isArray(found) ? found[0] : found;
  const url = linkOf({ ...result, structured: first, text: "" }) ?? null;
  const issue = {
    externalId: request.deliveryId,
    reference: request.deliveryId,
    url,
    title: "MCP tool call",
    state: "open",
    createdAtMs: null,
  } as const;
  return {
    outcome: "found",
    matches: [],
    suggestions: [],
    ownEffect: { issue, commentId: null, commentUrl: null },
  };
}

const memberOf = (at: unknown, name: string): unknown =>
  at !== null && typeof at === "object" && Object.hasOwn(at, name)
    ? (at as Record<string, unknown>)[name]
    : undefined;

function isThere(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value !== null && typeof value === "object") return Object.keys(value).length > 0;
  return Boolean(value);
}
