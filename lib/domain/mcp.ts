import type { JsonObject } from "./config";
import type { Exchange } from "./delivery";
import { type Reason, reason } from "./reason";

/** One tool as its server described it when it was last asked. `schemaHash` stands for its name and its arguments. */
export type McpTool = {
  name: string;
  description: string;
  inputSchema: JsonObject;
  schemaHash: string;
  /** The server says that calling it changes nothing. */
  readOnly: boolean;
};

/** What inspecting a server left: the tools of the last time that worked, and what went wrong since. */
export type McpInspection = {
  tools: McpTool[];
  inspectedAtMs: number | null;
  /** When it last answered. */
  connectedAtMs: number | null;
  lastError: Reason | null;
};

export type McpTransport = "http" | "stdio";

/** An MCP server of this deployment. Those of the host's file are chosen here by name and changed there (D-34). */
export type McpServer = McpInspection & {
  name: string;
  transport: McpTransport;
  declaredBy: "host" | "panel";
  /** null for stdio: what the host runs is nobody's business here. */
  url: string | null;
  enabled: boolean;
  /** null: every tool. Empty: none. */
  allowedTools: string[] | null;
  /** The header that signs in, its value by secret reference; null where none is sent or the host's file holds it. */
  authHeader: string;
  authRef: string | null;
  /** Stands for what is called (transport and address): an approval is for this server and no other of its name. */
  identity: string;
  version: number;
};

export type McpServers = ReadonlyMap<string, McpServer>;

/** Why an exchange with a server came to nothing, by what is known of the effect. */
export type McpFailure = {
  /**
   * not_sent: nobody was reached, or nobody read it. refused: it was answered and not done. unknown: it may have been
   * done. sign_in: a person has to sign in or renew a credential first.
   */
  effect: "not_sent" | "refused" | "unknown" | "sign_in";
  reason: Reason;
  retryAfterMs?: number;
  /** It will never answer again (410). */
  gone?: boolean;
  exchange?: Exchange;
};

/** What a tool answered. `isError` is the server's own word that the tool failed (W-47). */
export type McpToolResult = {
  isError: boolean;
  /** The text parts, joined. */
  text: string;
  structured: unknown;
  meta: Record<string, unknown>;
  exchange: Exchange;
};

/** One conversation with one server. Every call is bounded in time and size and is made once. */
export type McpSession = {
  listTools: () => Promise<{ ok: true; tools: McpTool[] } | { ok: false; failure: McpFailure }>;
  callTool: (
    name: string,
    args: JsonObject,
  ) => Promise<{ ok: true; result: McpToolResult } | { ok: false; failure: McpFailure }>;
  close: () => Promise<void>;
};

export type McpLimits = { timeoutMs: number; signal?: AbortSignal };

export type McpClient = {
  /** Connects. Never throws for what the other side did. */
  open: (
    server: McpServer,
    limits: McpLimits,
  ) => Promise<{ ok: true; session: McpSession } | { ok: false; failure: McpFailure }>;
  /** What stands in the way of calling this server, without asking it: address, policy, credential. */
  obstacles: (server: McpServer) => Reason[];
};

export const namespacedName = (serverName: string, toolName: string): string =>
  `mcp.${serverName}.${toolName}`;

/** The last inspection got through. */
export const isConnected = (server: McpInspection): boolean =>
  server.connectedAtMs !== null && server.lastError === null;

/** Entries are `*`, a tool's own name, `mcp.<server>.<tool>` or `mcp.<server>.*` (reference 4.6); the case is ignored. */
export function isToolAllowed(server: Pick<McpServer, "name" | "allowedTools">, toolName: string): boolean {
  if (server.allowedTools === null) return true;
  const names = ["*", toolName, namespacedName(server.name, toolName), namespacedName(server.name, "*")];
  const open = new Set(names.map((name) => name.toLowerCase()));
  return server.allowedTools.some((entry) => open.has(entry.trim().toLowerCase()));
}

/** A tool by its own or its namespaced name. The exact spelling wins over one that differs in case. */
export function findTool(server: Pick<McpServer, "name" | "tools">, named: string): McpTool | null {
  const wanted = named.trim();
  const isNamed = (tool: McpTool, name: string) =>
    tool.name === name || namespacedName(server.name, tool.name) === name;
  const exact = server.tools.find((tool) => isNamed(tool, wanted));
  if (exact) return exact;
  const folded = server.tools.filter((tool) =>
    [tool.name, namespacedName(server.name, tool.name)].some(
      (name) => name.toLowerCase() === wanted.toLowerCase(),
    ),
  );
  return folded.length === 1 ? (folded[0] ?? null) : null;
}

export type ChosenTool = { ok: true; server: McpServer; tool: McpTool } | { ok: false; reasons: Reason[] };

/** The server and tool a destination names, as last inspected; or everything that stands in the way. Asks nobody. */
export function chooseTool(
  servers: McpServers | undefined,
  serverName: string | undefined,
  toolName: string | undefined,
): ChosenTool {
  const reasons: Reason[] = [];
  if (!toolName) reasons.push(reason("mcp_tool_missing", "No MCP tool is named: set mcp_tool."));
  if (!serverName) {
    reasons.unshift(reason("mcp_server_missing", "No MCP server is named: set mcp_server."));
    return { ok: false, reasons };
  }
  const server = servers?.get(serverName);
  if (!server) {
    const words = `This deployment has no MCP server called ${serverName}.`;
    return { ok: false, reasons: [reason("mcp_server_unknown", words, { server: serverName }), ...reasons] };
  }
  reasons.unshift(...serverFaults(server));
  if (!toolName) return { ok: false, reasons };
  const tool = findTool(server, toolName);
  const fault = toolFault(server, tool, toolName);
  if (fault) reasons.push(fault);
  return reasons.length > 0 || !tool ? { ok: false, reasons } : { ok: true, server, tool };
}

/** Why a server cannot be used now, going by its settings and its last inspection. */
export function serverFaults(server: McpServer): Reason[] {
  const { name } = server;
  if (!server.enabled) {
    return [reason("mcp_server_disabled", `The MCP server ${name} is disabled.`, { server: name })];
  }
  if (isConnected(server)) return [];
  const why = server.lastError
    ? `The MCP server ${name} is not connected: ${server.lastError.message}`
    : `The MCP server ${name} has not been inspected yet.`;
  return [reason("mcp_server_not_connected", why, { server: name, cause: server.lastError?.code ?? null })];
}

function toolFault(server: McpServer, tool: McpTool | null, named: string): Reason | null {
  // Of a server that never answered nothing is known, and its own reason says so already.
  if (!tool && server.connectedAtMs === null) return null;
  if (!tool) {
    const words = `The MCP server ${server.name} has no tool called ${named}.`;
    return reason("mcp_tool_unknown", words, { server: server.name, tool: named });
  }
  if (isToolAllowed(server, tool.name)) return null;
  const words = `The MCP server ${server.name} does not allow the tool ${tool.name}.`;
  return reason("mcp_tool_not_allowed", words, { server: server.name, tool: tool.name });
}
