import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import { schemaFaults } from "@/lib/domain/json-schema";
import { isToolAllowed, type McpServer, type McpSession, type McpTool } from "@/lib/domain/mcp";
import { fillLate } from "@/lib/domain/mcp-placeholders";
import { type Reason, reason } from "@/lib/domain/reason";
import type { AdapterContext } from "./destination";
import { type McpToolConfig, readMcpConfig } from "./mcp-config";
import { type McpStop, outcomeOf, toolChanged } from "./mcp-outcome";
import { type McpContent, type PinnedCall, readSealedMcp } from "./mcp-payload";

export type OpenedCall =
  | { ok: true; config: McpToolConfig; content: McpContent; server: McpServer }
  | { ok: false; reason: Reason };

/** Settings, body, server and its allow-list are looked at before anybody is asked. */
export function openCall(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
): OpenedCall {
  const refuse = (code: string, words: string) => ({ ok: false, reason: reason(code, words) }) as const;
  const config = readMcpConfig(destination);
  const [problem] = config.problems;
  if (problem) return { ok: false, reason: problem };
  const content = readSealedMcp(request.body);
  if (!content) return refuse("payload_malformed", "The payload is not a call of an MCP tool.");
  if (Boolean(content.test) !== Boolean(request.test)) {
    return refuse("payload_malformed", "A test's payload is never called with, and only a test's.");
  }
  if (content.unknown_placeholders.length > 0) {
    const names = content.unknown_placeholders.map(String).join(", ");
    return refuse(
      "placeholder_unknown",
      `Nothing here has the name ${names.slice(0, 300)}; correct the mapping.`,
    );
  }
  const server = context.mcpServers?.get(content.mcp.server);
  if (!server?.enabled || server.name !== config.serverName) {
    return refuse(
      "mcp_server_unknown",
      `The MCP server ${content.mcp.server} is not the one in use any more.`,
    );
  }
  if (server.identity !== content.mcp.server_identity) {
    const words = "The MCP server's address changed after this was approved; review it and approve it again.";
    return refuse("target_changed", words);
  }
  const calls = [content, ...(content.look_up ? [content.look_up] : [])];
  const refused = calls.find((call) => !isToolAllowed(server, call.mcp.tool));
  if (refused) {
    const words = `The MCP server ${server.name} does not allow the tool ${refused.mcp.tool}.`;
    return refuse("mcp_tool_not_allowed", words);
  }
  return { ok: true, config, content, server };
}

export async function connect(
  server: McpServer,
  config: McpToolConfig,
  { mcp, signal }: AdapterContext,
): Promise<{ ok: true; session: McpSession } | { ok: false; stop: McpStop }> {
  if (!mcp) {
    const why = reason("mcp_not_available", "This process cannot call MCP servers.");
    return { ok: false, stop: { outcome: "rejected", reason: why } };
  }
  const opened = await mcp.open(server, { timeoutMs: config.timeoutMs, ...(signal && { signal }) });
  return opened.ok ? opened : { ok: false, stop: outcomeOf(opened.failure) };
}

/** The pin: the tool as its server lists it now, if it still takes what it took when it was approved. */
export async function pinnedTool(
  session: McpSession,
  { mcp }: PinnedCall,
): Promise<{ ok: true; tool: McpTool } | { ok: false; stop: McpStop }> {
  const listed = await session.listTools();
  if (!listed.ok) return { ok: false, stop: outcomeOf(listed.failure) };
  const tool = listed.tools.find((each) => each.name === mcp.tool);
  if (tool?.schemaHash === mcp.schema_hash) return { ok: true, tool };
  const gone = `The MCP server ${mcp.server} has no tool called ${mcp.tool} any more.`;
  const why = tool ? toolChanged(mcp.tool) : reason("mcp_tool_unknown", gone);
  return { ok: false, stop: { outcome: "rejected", reason: why } };
}

/** The whole arguments as they are sent. */
export function argumentsOf(call: PinnedCall, request: PublishRequest): JsonObject {
  return fillLate(call.arguments, call.late, {
    $idempotency_key: request.idempotencyKey,
    "$incident.occurrence_count": request.learned?.recurrenceCount,
  });
}

/** Arguments that the schema they were approved for does not take are not sent. */
export function unfit(args: JsonObject, tool: McpTool): McpStop | null {
  const [fault] = schemaFaults(tool.inputSchema, args);
  if (!fault) return null;
  const words = `The tool does not take this: ${fault.path || "the arguments"} ${fault.message}.`;
  return { outcome: "rejected", reason: reason("arguments_do_not_fit", words) };
}
