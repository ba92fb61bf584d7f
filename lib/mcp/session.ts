import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CallToolResultSchema,
  ErrorCode,
  ListToolsResultSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import type { Exchange } from "@/lib/domain/delivery";
import type { McpFailure, McpLimits, McpSession, McpTool, McpToolResult } from "@/lib/domain/mcp";
import { reason } from "@/lib/domain/reason";
import { type HttpConnection, McpCallError } from "./http-connection";
import { excerptOf, unreadable } from "./http-failure";
import type { TerminableTransport } from "./mcp-client";
import { readTools } from "./read-tools";

type SessionParts = {
  client: Client;
  transport: Transport & TerminableTransport;
  /** Over HTTP: what bounds and describes each exchange. A program is bounded here. */
  connection?: HttpConnection;
  limits: McpLimits;
};

/** For shaking hands and for all pages of tools together, each: a call's own time begins after them. */
const preparationMs = 10_000;
const pageCountMax = 20;
const toolCountMax = 1_000;
/** The protocol's own timer only catches what ours let slip. */
const slackMs = 2_000;

type Answer<T> = { ok: true; value: T; exchange: Exchange } | { ok: false; failure: McpFailure };

export async function openSession(
  parts: SessionParts,
): Promise<{ ok: true; session: McpSession } | { ok: false; failure: McpFailure }> {
  const { client, transport } = parts;
  const opened = await once(parts, preparationMs, (options) => client.connect(transport, options));
  if (opened.ok) return { ok: true, session: sessionOf(parts) };
  await client.close().catch(() => {});
  return { ok: false, failure: beforeTheCall(opened.failure) };
}

function sessionOf(parts: SessionParts): McpSession {
  const { client, transport, limits } = parts;
  return {
    listTools: async () => {
      const listed = await listPages(parts);
      return listed.ok ? listed : { ok: false, failure: beforeTheCall(listed.failure) };
    },
    callTool: async (name, args) => {
      const called = await once(parts, limits.timeoutMs, (options) =>
        client.request(
          { method: "tools/call", params: { name, arguments: args } },
          CallToolResultSchema,
          options,
        ),
      );
      if (!called.ok) return called;
      return { ok: true, result: resultOf(called.value, called.exchange) };
    },
    close: async () => {
      // Politeness with a bound of its own: whether it is heard changes nothing.
      await transport.terminateSession?.().catch(() => {});
      await client.close().catch(() => {});
    },
  };
}

async function listPages(
  parts: SessionParts,
): Promise<{ ok: true; tools: McpTool[] } | { ok: false; failure: McpFailure }> {
  const deadline = performance.now() + preparationMs;
  const tools: Parameters<typeof readTools>[0][number][] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < pageCountMax; page += 1) {
    const leftMs = Math.max(1, deadline - performance.now());
    const params = cursor === undefined ? {} : { cursor };
    const listed = await once(parts, leftMs, (options) =>
      parts.client.request({ method: "tools/list", params }, ListToolsResultSchema, options),
    );
    if (!listed.ok) return listed;
    tools.push(...listed.value.tools);
    cursor = listed.value.nextCursor;
    // A cursor that comes again would go round for ever.
    if (cursor === undefined || seen.has(cursor) || tools.length >= toolCountMax) break;
    seen.add(cursor);
  }
  return { ok: true, tools: readTools(tools.slice(0, toolCountMax)) };
}

type CallOptions = { timeout: number; signal?: AbortSignal };

/** One request of ours, made once; whatever ends it first is how it ended. */
async function once<T>(
  { connection, limits }: SessionParts,
  timeoutMs: number,
  send: (options: CallOptions) => Promise<T>,
): Promise<Answer<T>> {
  if (!connection) return bounded(send, timeoutMs, limits.signal);
  const call = connection.begin(timeoutMs);
  try {
    const value = await Promise.race([send({ timeout: timeoutMs + slackMs }), call.broken]);
    return { ok: true, value, exchange: await call.end() };
  } catch (error) {
    const exchange = await call.end();
    return { ok: false, failure: failureFrom(error, exchange, timeoutMs) };
  }
}

/** A program has no connection that breaks by itself: its time and its cancelling are told to the protocol. */
async function bounded<T>(
  send: (options: CallOptions) => Promise<T>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Answer<T>> {
  const started = performance.now();
  const exchange = () => ({ timings: { total: Math.round((performance.now() - started) * 10) / 10 } });
  try {
    if (signal?.aborted) return { ok: false, failure: cancelled("not_sent") };
    const value = await send({ timeout: timeoutMs, ...(signal && { signal }) });
    return { ok: true, value, exchange: exchange() };
  } catch (error) {
    if (signal?.aborted) return { ok: false, failure: cancelled("unknown") };
    return { ok: false, failure: failureFrom(error, exchange(), timeoutMs) };
  }
}

const cancelled = (effect: McpFailure["effect"]): McpFailure => ({
  effect,
  reason: reason("cancelled", "The call to the MCP server was cancelled."),
});

/** Codes by which a server says that it did not run what was asked. */
const notRun: readonly number[] = [
  ...[ErrorCode.ParseError, ErrorCode.InvalidRequest, ErrorCode.MethodNotFound, ErrorCode.InvalidParams],
];

/** The server's own words stay in the excerpt, which is redacted; a reason has ours alone (W-44). */
function failureFrom(error: unknown, exchange: Exchange, timeoutMs: number): McpFailure {
  if (error instanceof McpCallError) return error.failure;
  if (!(error instanceof McpError)) return startFailure(error) ?? unreadable(exchange);
  const { code } = error;
  const fields = { code };
  const said = { exchange: { ...exchange, ...excerptOf(error.message) } };
  if (code === ErrorCode.UrlElicitationRequired) {
    const words = "The MCP server asks for somebody to sign in before this tool can be called.";
    return { effect: "sign_in", reason: reason("sign_in_required", words, fields), ...said };
  }
  if (notRun.includes(code)) {
    const words = `The MCP server refused the call (${code}): it does not take it in this form.`;
    return { effect: "refused", reason: reason("mcp_refused", words, fields), ...said };
  }
  if (code === ErrorCode.RequestTimeout) {
    const words = `The MCP server did not answer within ${Math.round(timeoutMs)} ms.`;
    return { effect: "unknown", reason: reason("timeout", words, fields), exchange };
  }
  if (code === ErrorCode.ConnectionClosed) {
    const words = "The connection to the MCP server ended before the answer.";
    return { effect: "unknown", reason: reason("connection_lost", words, fields), exchange };
  }
  const words = `The MCP server answered with an error (${code}); whether it did anything is not known.`;
  return { effect: "unknown", reason: reason("mcp_error", words, fields), ...said };
}

function startFailure(error: unknown): McpFailure | null {
  const code = (error as { code?: unknown; syscall?: unknown } | null)?.code;
  if (typeof code !== "string" || !String((error as { syscall?: unknown }).syscall).startsWith("spawn")) {
    return null;
  }
  const words = `The program of the MCP server could not be started (${code}).`;
  return { effect: "not_sent", reason: reason("mcp_start_failed", words, { cause: code }) };
}

/** Nothing has been asked to be done yet: what went wrong there may simply be tried again. */
const beforeTheCall = (failure: McpFailure): McpFailure =>
  failure.effect === "unknown" ? { ...failure, effect: "not_sent" } : failure;

type CallResult = {
  content?: Array<{ type: string; text?: unknown }>;
  structuredContent?: unknown;
  isError?: boolean | undefined;
  _meta?: Record<string, unknown> | undefined;
};

function resultOf(result: CallResult, exchange: Exchange): McpToolResult {
  const parts = result.content ?? [];
  const texts = parts.flatMap((part) => (typeof part.text === "string" ? [part.text] : []));
  const structured = result.structuredContent ?? null;
  const text = texts.join("\n");
  return {
    isError: result.isError === true,
    text,
    structured,
    meta: result._meta ?? {},
    // What it said and not how it was framed.
    exchange: {
      ...exchange,
      ...excerptOf(text !== "" || structured === null ? text : JSON.stringify(structured)),
    },
  };
}
