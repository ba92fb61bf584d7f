import type { Destination } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome } from "@/lib/domain/found-issue";
import { schemaFaults } from "@/lib/domain/json-schema";
import type { McpServer, McpSession, McpToolResult } from "@/lib/domain/mcp";
import { reason } from "@/lib/domain/reason";
import type { AdapterContext } from "./destination";
import { faultOf, type McpStop, outcomeOf, toolChanged } from "./mcp-outcome";
import type { PinnedTool } from "./mcp-payload";
import type { TrackerDialect, TrackerPayload, TrackerTarget } from "./tracker-dialect";
import { readSealedTracker, type TrackerPins } from "./tracker-payload";
import {
  type MeaningValues,
  type TrackerAct,
  type TrackerTools,
  trackerArguments,
  trackerTools,
} from "./tracker-tools";

/** One conversation with a tracker's server, its tools as it lists them now. */
export type TrackerSession = {
  dialect: TrackerDialect;
  target: TrackerTarget;
  tools: TrackerTools;
  session: McpSession;
  /** null for a test, and where only an issue is looked at. */
  payload: TrackerPayload | null;
  pins: TrackerPins | null;
};

type Opened = { ok: true; tracker: TrackerSession } | { ok: false; stop: McpStop };

const rejected = (code: string, words: string): McpStop => ({
  outcome: "rejected",
  reason: reason(code, words),
});

/** Settings, body, server and address are looked at before anybody is asked; then the server is, for its tools. */
export async function openTracker(
  dialect: TrackerDialect,
  destination: Destination,
  request: Pick<PublishRequest, "body" | "targetRef"> | null,
  context: AdapterContext,
): Promise<Opened> {
  const target = dialect.target(destination);
  const [problem] = target.problems;
  if (problem) return { ok: false, stop: { outcome: "rejected", reason: problem } };
  const sealed = request && readSealedTracker(dialect, destination, target, request);
  if (sealed && !sealed.ok) return { ok: false, stop: { outcome: "rejected", reason: sealed.reason } };
  const server = context.mcpServers?.get(target.serverName);
  if (!server?.enabled) {
    const words = `The MCP server ${target.serverName} is not there or is disabled.`;
    return { ok: false, stop: rejected("mcp_server_unknown", words) };
  }
  if (sealed && isElsewhere(sealed.pins, server)) {
    const words = "The MCP server's address changed after this was approved; review it and approve it again.";
    return { ok: false, stop: rejected("target_changed", words) };
  }
  if (!context.mcp) {
    return { ok: false, stop: rejected("mcp_not_available", "This process cannot call MCP servers.") };
  }
  const limits = { timeoutMs: target.timeoutMs, ...(context.signal && { signal: context.signal }) };
  const opened = await context.mcp.open(server, limits);
  if (!opened.ok) return { ok: false, stop: outcomeOf(opened.failure) };
  const { session } = opened;
  const listed = await session.listTools();
  if (!listed.ok) {
    await session.close();
    return { ok: false, stop: outcomeOf(listed.failure) };
  }
  const tools = trackerTools(dialect.words, { ...server, tools: listed.tools });
  const { payload = null, pins = null } = sealed ?? {};
  return { ok: true, tracker: { dialect, target, tools, session, payload, pins } };
}

const isElsewhere = ({ create, comment }: TrackerPins, server: McpServer) =>
  [create, comment].some((pin) => pin.server !== server.name || pin.server_identity !== server.identity);

/** The tools that write are still what was approved; null when they are. */
export function changedTool({ tools, pins }: TrackerSession): McpStop | null {
  if (!pins) return null;
  const isSame = (pin: PinnedTool, act: TrackerAct) =>
    tools[act]?.tool.name === pin.tool && tools[act]?.tool.schemaHash === pin.schema_hash;
  const changed = !isSame(pins.create, "create") ? pins.create : pins.comment;
  if (isSame(pins.create, "create") && isSame(pins.comment, "comment")) return null;
  return { outcome: "rejected", reason: toolChanged(changed.tool) };
}

export type Called = { ok: true; result: McpToolResult } | { ok: false; stop: McpStop };

/** One call, made once. A failure that a tool tells of in band is read for what it says about the effect. */
export async function callTracker(
  { dialect, target, tools, session }: TrackerSession,
  act: TrackerAct,
  values: MeaningValues,
): Promise<Called> {
  const chosen = tools[act];
  if (!chosen) {
    const words = `The MCP server ${target.serverName} no longer has an allowed tool for this.`;
    return { ok: false, stop: rejected("mcp_capability_missing", words) };
  }
  const args = trackerArguments(dialect.words, chosen, { ...target.place, ...values });
  const [fault] = args ? schemaFaults(chosen.tool.inputSchema, args) : [];
  if (!args || fault) {
    const what = fault ? `${fault.path || "the arguments"} ${fault.message}` : "something is asked for";
    const words = `The tool ${chosen.tool.name} does not take what there is to say: ${what}.`;
    return { ok: false, stop: rejected("arguments_do_not_fit", words) };
  }
  const called = await session.callTool(chosen.tool.name, args);
  if (!called.ok) return { ok: false, stop: outcomeOf(called.failure) };
  const failed = failureOf(called.result);
  return failed ? { ok: false, stop: failed } : { ok: true, result: called.result };
}

const rateLimitWaitMs = 60_000;

/**
 * A tool that failed may have filed the issue all the same, unless it quotes an answer of the tracker that says no. Nothing of
 * its words is passed on (W-44).
 */
function failureOf(result: McpToolResult): McpStop | null {
  const fault = faultOf(result);
  if (fault?.outcome !== "rejected") return fault;
  const { exchange } = result;
  if (/rate limit|too many requests/i.test(result.text)) {
    const why = reason("rate_limited", "The tracker's rate limit is used up; the delivery waits.");
    return { outcome: "retryable", reason: why, retryAfterMs: rateLimitWaitMs, exchange };
  }
  const status = quotedStatus(result.text);
  if (status !== null && status >= 400 && status < 500 && status !== 408) {
    const words = `The tracker answered ${status} to the MCP tool; what it said is in the response's excerpt.`;
    const code = status === 401 || status === 403 ? "unauthorised" : "tracker_refused";
    return { outcome: "rejected", reason: reason(code, words, { status }), exchange };
  }
  return { outcome: "ambiguous", reason: fault.reason, exchange };
}

/** As servers quote it: `failed to create issue: POST https://...: 422 Validation Failed []`, `status: 404`. */
export function quotedStatus(text: string): number | null {
  const [, after, named] =
    /(?::\s|\bHTTP(?:\/[\d.]+)?\s)([1-5]\d\d)(?=[\s,;.)\]]|$)|\bstatus(?:[ _-]?code)?["']?\s*[:=]?\s*["']?([1-5]\d\d)\b/i.exec(
      text.slice(0, 4_000),
    ) ?? [];
  const status = after ?? named;
  return status === undefined ? null : Number(status);
}

/** What a failed look means: it says nothing about what is there. `refused`: before a person helps, asking again is no use. */
export function unknownFrom(stop: McpStop): Extract<FindOutcome, { outcome: "unknown" }> {
  const refused = stop.outcome === "rejected" || stop.outcome === "blocked";
  const wait = "retryAfterMs" in stop ? stop.retryAfterMs : undefined;
  return {
    outcome: "unknown",
    ...{ reason: stop.reason, exchange: stop.exchange },
    ...(refused && { refused }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

/** The tracker's own word that there is no such thing. */
export const isNotThere = (stop: McpStop): boolean =>
  stop.reason.code === "tracker_refused" && [404, 410].includes(Number(stop.reason.fields?.status));
