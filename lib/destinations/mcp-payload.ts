import type { Destination, JsonObject } from "@/lib/domain/config";
import { type McpServer, type McpServers, type McpTool, namespacedName } from "@/lib/domain/mcp";
import { type FilledMapping, fillMapping, type LateArgument } from "@/lib/domain/mcp-placeholders";
import type { PayloadSubject, RenderedPayload, RenderResult } from "@/lib/domain/payload";
import { type Reason, reason } from "@/lib/domain/reason";
import { boundText } from "./bounded-json";
import { type Chosen, chooseTools, type McpToolConfig, readMcpConfig } from "./mcp-config";
import { placeholderValues } from "./mcp-values";
import { orderedJson } from "./ordered-json";

export const mcpOperation = "call_mcp_tool";
const titleMax = 500;

/** Which tool of which server, and what it took when this was rendered: nothing else may be called with it. */
export type PinnedTool = {
  server: string;
  /** Of the server, so that another one of its name is not called. */
  server_identity: string;
  tool: string;
  namespaced_tool: string;
  schema_hash: string;
};

export type PinnedCall = { mcp: PinnedTool; arguments: JsonObject; late: LateArgument[] };

/** What an approval freezes; `late` arguments are filled in when the call is made. */
export type McpContent = PinnedCall & {
  test?: boolean;
  unknown_placeholders: string[];
  look_up: (PinnedCall & { path: string[] }) | null;
};

export function renderMcp(
  destination: Destination,
  subject: PayloadSubject,
  servers: McpServers | undefined,
): RenderResult {
  const config = readMcpConfig(destination);
  const ready = readyTools(config, servers);
  if (!ready.ok) return ready;
  const { server, tool, lookUp } = ready;
  const mcp = pinned(server, tool);
  const targetRef = targetRefOf(mcp);
  const fill = (mapping: JsonObject, pin: PinnedTool) =>
    fillMapping(mapping, placeholderValues(destination, subject, pin, targetRef));
  const filled = fill(config.mapping, mcp);
  const asked = lookUp && lookUpOf(lookUp.config.mapping, pinned(server, lookUp.tool), fill);
  const content: JsonObject = {
    mcp,
    destination: {
      destination_id: destination.destinationId,
      kind: destination.kind,
      route_id: subject.route.routeId ?? null,
      route_match_reason: boundText(subject.route.routeMatchReason, 500),
    },
    arguments: filled.arguments,
    late: filled.late,
    unknown_placeholders: [...new Set([...filled.unknown, ...(asked?.unknown ?? [])])].sort(),
    look_up: asked && lookUp ? { ...asked.call, path: lookUp.config.path } : null,
  };
  return bounded(content, config, targetRef, {
    title: boundText(subject.draft.title, titleMax),
    sections: sectionsOf(mcp, filled),
  });
}

/** Names the tool and calls nothing: publishing a test only looks whether the tool is still what it was. */
export function renderMcpTest(destination: Destination, servers: McpServers | undefined): RenderResult {
  const config = readMcpConfig(destination);
  const ready = readyTools(config, servers);
  if (!ready.ok) return ready;
  const mcp = pinned(ready.server, ready.tool);
  const message = "A test from Incident Monitor: the server is asked for its tools, none is called.";
  const content: JsonObject = {
    ...{ mcp, test: true, message, arguments: {}, late: [], unknown_placeholders: [], look_up: null },
  };
  return bounded(content, config, targetRefOf(mcp), {
    title: "Test of an MCP tool",
    sections: [{ heading: "Message", text: message }],
  });
}

function readyTools(
  config: McpToolConfig,
  servers: McpServers | undefined,
): Extract<Chosen, { ok: true }> | { ok: false; reason: Reason } {
  const [problem] = config.problems;
  if (problem) return { ok: false, reason: problem };
  const chosen = chooseTools(config, servers);
  if (chosen.ok) return chosen;
  const [why] = chosen.reasons;
  return { ok: false, reason: why ?? reason("mcp_tool_unknown", "The MCP tool is not known.") };
}

function lookUpOf(
  mapping: JsonObject,
  mcp: PinnedTool,
  fill: (mapping: JsonObject, mcp: PinnedTool) => FilledMapping,
): { call: PinnedCall; unknown: string[] } {
  const { arguments: args, late, unknown } = fill(mapping, mcp);
  return { call: { mcp, arguments: args, late }, unknown };
}

export function pinned(server: McpServer, tool: McpTool): PinnedTool {
  return {
    server: server.name,
    server_identity: server.identity,
    tool: tool.name,
    namespaced_tool: namespacedName(server.name, tool.name),
    schema_hash: tool.schemaHash,
  };
}

const targetRefOf = (mcp: PinnedTool): string => boundText(`mcp:${mcp.server}/${mcp.namespaced_tool}`, 500);

function sectionsOf(mcp: PinnedTool, filled: FilledMapping): RenderedPayload["rendered"]["sections"] {
  const late = filled.late.map(({ path, placeholder }) => `${path.join(".")}: ${placeholder}`);
  const facts = `server: ${mcp.server}\ntool: ${mcp.namespaced_tool}\nschema: ${mcp.schema_hash}`;
  const sections = [
    { heading: "Tool", text: facts },
    { heading: "Arguments", text: JSON.stringify(filled.arguments, null, 2), code: true },
    { heading: "Filled in when it is called", text: late.join("\n") },
    { heading: "Not known", text: filled.unknown.join("\n") },
  ];
  return sections.filter((section) => section.text !== "");
}

function bounded(
  content: JsonObject,
  config: McpToolConfig,
  targetRef: string,
  rendered: RenderedPayload["rendered"],
): RenderResult {
  const byteLength = Buffer.byteLength(orderedJson(content));
  if (byteLength > config.payloadByteLimit) {
    const words = `The payload is ${byteLength} bytes; this destination's limit is ${config.payloadByteLimit}.`;
    return { ok: false, reason: reason("payload_too_large", words) };
  }
  return {
    ok: true,
    payload: { kind: "mcp_tool", targetRef, operation: mcpOperation, content, rendered, byteLength },
  };
}

/** The sealed body as what it was rendered from, or null for one that is not of this kind. */
export function readSealedMcp(body: string): McpContent | null {
  try {
    const value: unknown = JSON.parse(body);
    return isCall(value) ? (value as McpContent) : null;
  } catch {
    return null;
  }
}

function isCall(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.mcp) || !isObject(value.arguments)) return false;
  const { mcp } = value;
  const names = ["server", "server_identity", "tool", "namespaced_tool", "schema_hash"];
  if (!names.every((name) => typeof mcp[name] === "string")) return false;
  if (!Array.isArray(value.late) || !Array.isArray(value.unknown_placeholders)) return false;
  return value.look_up === null || isLookUp(value.look_up);
}

const isLookUp = (value: unknown): boolean =>
  isObject(value) &&
  Array.isArray(value.path) &&
  isCall({ ...value, unknown_placeholders: [], look_up: null });

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);
