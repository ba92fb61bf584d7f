import type { Destination, JsonObject } from "@/lib/domain/config";
import { type ChosenTool, chooseTool, type McpServer, type McpServers, type McpTool } from "@/lib/domain/mcp";
import { type Reason, reason } from "@/lib/domain/reason";

export type McpLookUpConfig = {
  tool: string;
  mapping: JsonObject;
  /** Names into what the tool answers, by dots; empty: all of it. */
  path: string[];
};

export type McpToolConfig = {
  serverName: string | undefined;
  toolName: string | undefined;
  mapping: JsonObject;
  /** Declared by the destination to ask whether a delivery had its effect (D-10). */
  lookUp: McpLookUpConfig | null;
  timeoutMs: number;
  payloadByteLimit: number;
  /** What is wrong with the row itself; such a destination is not ready. */
  problems: Reason[];
};

/**
 * `mcp_server`, `mcp_tool` and, of `config`: allow_publish (allow_mcp_publish); payload (arguments); mcp_server (server), mcp_tool
 * (tool, tool_name) where the row names none; lookup_tool, lookup_arguments, lookup_path; timeout_ms; payload_byte_limit.
 */
export function readMcpConfig(destination: Destination): McpToolConfig {
  const config = destination.config ?? {};
  const problems: Reason[] = [];
  // Only a real `true` opens anything; "true" or 1 in a hand-edited config does not.
  if (config.allow_publish !== true && config.allow_mcp_publish !== true) {
    const words = "Calling this tool to publish is switched off: set config.allow_publish to true.";
    problems.push(reason("mcp_publish_not_allowed", words));
  }
  const mapping = readMapping(config, problems);
  return {
    serverName: named(destination.mcpServer) ?? named(config.mcp_server) ?? named(config.server),
    toolName:
      named(destination.mcpTool) ?? named(config.mcp_tool) ?? named(config.tool) ?? named(config.tool_name),
    mapping,
    lookUp: readLookUp(config, problems),
    timeoutMs: readNumber(config.timeout_ms, 10_000, 250, 15_000),
    payloadByteLimit: readNumber(config.payload_byte_limit, 65_536, 1_024, 262_144),
    problems,
  };
}

function readMapping(config: JsonObject, problems: Reason[]): JsonObject {
  const given = config.payload ?? config.arguments;
  if (isObject(given) && Object.keys(given).length > 0) return given;
  const words =
    given === undefined || given === null
      ? "No payload mapping is set: give config.payload, an object of the tool's arguments."
      : "config.payload is not an object with at least one argument.";
  problems.push(reason(given == null ? "payload_mapping_missing" : "payload_mapping_malformed", words));
  return {};
}

function readLookUp(config: JsonObject, problems: Reason[]): McpLookUpConfig | null {
  const tool = config.lookup_tool;
  if (tool === undefined || tool === null || tool === "") return null;
  const mapping = config.lookup_arguments;
  const path = config.lookup_path ?? "";
  if (
    typeof tool !== "string" ||
    tool.length > 300 ||
    !isObject(mapping) ||
    Object.keys(mapping).length === 0
  ) {
    const words =
      "A look-up needs config.lookup_tool, a tool's name, and config.lookup_arguments, a non-empty object.";
    problems.push(reason("lookup_malformed", words));
    return null;
  }
  if (typeof path !== "string" || !/^(?:[\w$-]{1,100}(?:\.[\w$-]{1,100}){0,9})?$/.test(path)) {
    const words = "config.lookup_path is names with dots between them, such as result.items.";
    problems.push(reason("lookup_malformed", words));
    return null;
  }
  return { tool: tool.trim(), mapping, path: path === "" ? [] : path.split(".") };
}

export type ChosenLookUp = { tool: McpTool; config: McpLookUpConfig };
export type Chosen =
  | { ok: true; server: McpServer; tool: McpTool; lookUp: ChosenLookUp | null }
  | { ok: false; reasons: Reason[] };

/** The tool a destination calls and the one it looks up with, of the same server and both allowed there. */
export function chooseTools(config: McpToolConfig, servers: McpServers | undefined): Chosen {
  const chosen = chooseTool(servers, config.serverName, config.toolName);
  if (!config.lookUp) return chosen.ok ? { ...chosen, lookUp: null } : chosen;
  const asked: ChosenTool = chooseTool(servers, config.serverName, config.lookUp.tool);
  if (!chosen.ok || !asked.ok) {
    const reasons = [chosen, asked].flatMap((each) => (each.ok ? [] : each.reasons));
    const codes = reasons.map((each) => `${each.code} ${each.fields?.tool ?? ""}`);
    return { ok: false, reasons: reasons.filter((_, at) => codes.indexOf(codes[at] ?? "") === at) };
  }
  if (asked.tool.name === chosen.tool.name) {
    const words = "config.lookup_tool is the tool that publishes: looking would be publishing again.";
    return { ok: false, reasons: [reason("lookup_is_publish", words)] };
  }
  return { ...chosen, lookUp: { tool: asked.tool, config: config.lookUp } };
}

const named = (value: unknown): string | undefined => {
  if (typeof value !== "string") return undefined;
  const name = value.trim();
  return name === "" || name.length > 300 ? undefined : name;
};

function readNumber(value: unknown, fallback: number, min: number, max: number): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return fallback;
  return Math.min(Math.max(Math.round(value), min), max);
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);
