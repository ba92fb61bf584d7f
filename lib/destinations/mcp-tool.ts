import type { Destination } from "@/lib/domain/config";
import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import type { FindOutcome } from "@/lib/domain/found-issue";
import type { McpToolResult } from "@/lib/domain/mcp";
import type { Reason } from "@/lib/domain/reason";
import type { AdapterContext, DestinationAdapter, ReadinessContext } from "./destination";
import { argumentsOf, connect, openCall, pinnedTool, unfit } from "./mcp-call";
import { chooseTools, readMcpConfig } from "./mcp-config";
import { lookedUp } from "./mcp-look-up";
import { mappingReasons } from "./mcp-mapping";
import { faultOf, linkOf, type McpStop, outcomeOf } from "./mcp-outcome";
import {
  type McpContent,
  mcpOperation,
  type PinnedCall,
  readSealedMcp,
  renderMcp,
  renderMcpTest,
} from "./mcp-payload";
import { orderedJson } from "./ordered-json";
import { envelopePayload } from "./payload-parts";

/**
 * One call of one tool of an MCP server (reference 4.6). The tool is asked for again before every call: one that takes other
 * arguments than those approved is not called. A lost reply stays ambiguous unless the destination declares how to look.
 */
export const mcpToolAdapter: DestinationAdapter = {
  kind: "mcp_tool",
  retriesLostReplies: false,
  readiness,
  render: renderMcp,
  renderTest: renderMcpTest,
  seal: (payload, envelope) => orderedJson({ ...payload.content, ...envelopePayload(envelope) }),
  publish,
  lookUp,
};

function readiness(destination: Destination, context: ReadinessContext): Reason[] {
  const config = readMcpConfig(destination);
  const chosen = chooseTools(config, context.mcpServers);
  const server = config.serverName ? context.mcpServers?.get(config.serverName) : undefined;
  const obstacles = server?.enabled ? (context.mcp?.obstacles(server) ?? []) : [];
  const missing = [...config.problems, ...obstacles, ...(chosen.ok ? [] : chosen.reasons)];
  if (!chosen.ok || config.problems.length > 0) return missing;
  // An unknown placeholder is no matter of the schema: it fails the publish that meets it (case 116).
  missing.push(...mappingReasons({ where: "config.payload", mapping: config.mapping, tool: chosen.tool }));
  if (chosen.lookUp) {
    const { tool, config: asked } = chosen.lookUp;
    const where = "config.lookup_arguments";
    missing.push(...mappingReasons({ where, mapping: asked.mapping, tool }));
  }
  return missing;
}

async function publish(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
): Promise<PublishOutcome> {
  const opened = openCall(destination, request, context);
  if (!opened.ok) return { outcome: "rejected", reason: opened.reason };
  const { config, content, server } = opened;
  const connected = await connect(server, config, context);
  if (!connected.ok) return connected.stop;
  const { session } = connected;
  try {
    const pin = await pinnedTool(session, content);
    if (!pin.ok) return pin.stop;
    if (request.test) return checked(destination, request, content);
    const args = argumentsOf(content, request);
    const refused = unfit(args, pin.tool);
    if (refused) return refused;
    const called = await session.callTool(content.mcp.tool, args);
    if (!called.ok) return outcomeOf(called.failure);
    return faultOf(called.result) ?? published(destination, request, content, called.result);
  } finally {
    await session.close();
  }
}

/** null where the destination declares nothing to ask with. What is asked was frozen with the call it is about. */
function lookUp(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
): Promise<FindOutcome> | null {
  const content = readSealedMcp(request.body);
  if (!content?.look_up) return null;
  return look(destination, request, context, { ...content.look_up, path: content.look_up.path });
}

async function look(
  destination: Destination,
  request: PublishRequest,
  context: AdapterContext,
  asked: PinnedCall & { path: string[] },
): Promise<FindOutcome> {
  const opened = openCall(destination, request, context);
  if (!opened.ok) return { outcome: "unknown", reason: opened.reason };
  const connected = await connect(opened.server, opened.config, context);
  if (!connected.ok) return unknownFrom(connected.stop);
  const { session } = connected;
  try {
    const pin = await pinnedTool(session, asked);
    if (!pin.ok) return unknownFrom(pin.stop);
    const called = await session.callTool(asked.mcp.tool, argumentsOf(asked, request));
    if (!called.ok) return unknownFrom(outcomeOf(called.failure));
    const fault = faultOf(called.result);
    return fault ? unknownFrom(fault) : lookedUp(called.result, asked.path, request);
  } finally {
    await session.close();
  }
}

const unknownFrom = (stop: McpStop): FindOutcome => ({
  outcome: "unknown",
  reason: stop.reason,
  ...("retryAfterMs" in stop && { retryAfterMs: stop.retryAfterMs }),
  exchange: stop.exchange,
});

function checked(destination: Destination, request: PublishRequest, content: McpContent): PublishOutcome {
  return {
    outcome: "published",
    externalId: request.deliveryId,
    externalTitle: "The MCP tool is there and takes what it took",
    receipt: { ...receiptOf(destination, request, content), operation: "check_mcp_tool", test: true },
  };
}

function published(
  destination: Destination,
  request: PublishRequest,
  content: McpContent,
  result: McpToolResult,
): PublishOutcome {
  return {
    outcome: "published",
    externalId: request.deliveryId,
    externalUrl: linkOf(result),
    externalTitle: "MCP tool call",
    receipt: {
      ...receiptOf(destination, request, content),
      metadata_keys: Object.keys(result.meta).sort().slice(0, 50),
      status_code: result.exchange.statusCode ?? null,
    },
    exchange: result.exchange,
  };
}

/** Names of arguments and never what was in them. */
function receiptOf(destination: Destination, request: PublishRequest, { mcp, arguments: args }: McpContent) {
  return {
    provider: "mcp_tool",
    operation: mcpOperation,
    status: "posted",
    destination_id: destination.destinationId,
    delivery_id: request.deliveryId,
    idempotency_key: request.idempotencyKey,
    target_ref: request.targetRef,
    route_id: request.routeId ?? null,
    route_match_reason: request.routeMatchReason ?? null,
    server: mcp.server,
    tool: mcp.tool,
    namespaced_tool: mcp.namespaced_tool,
    schema_hash: mcp.schema_hash,
    argument_names: Object.keys(args).sort().slice(0, 100),
    arguments_redacted: true,
  };
}
