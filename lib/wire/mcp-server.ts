import type { DebugResponseWire } from "@/lib/contracts/debug";
import type { McpServerListWire, McpServerWire, PutMcpServerWire } from "@/lib/contracts/mcp-server";
import { type McpServer, type McpTool, namespacedName } from "@/lib/domain/mcp";
import type { McpServerSettings } from "@/lib/domain/mcp-settings";
import type { Reason } from "@/lib/domain/reason";
import { present } from "./record-parts";

type ListedServer = Omit<McpServer, "tools"> & {
  tools: Array<McpTool & { allowed: boolean }>;
  connected: boolean;
  missing: Reason[];
};

export function mcpServerToWire(server: ListedServer): McpServerWire {
  const { name, transport, enabled, connected, version } = server;
  return {
    ...{ name, transport, enabled, connected, version },
    declared_by: server.declaredBy,
    allowed_tools: server.allowedTools,
    auth_header: server.authHeader,
    tools: server.tools.map((tool) => ({
      name: tool.name,
      namespaced_name: namespacedName(name, tool.name),
      description: tool.description,
      input_schema: tool.inputSchema,
      schema_hash: tool.schemaHash,
      read_only: tool.readOnly,
      allowed: tool.allowed,
    })),
    missing: server.missing.map(reasonToWire),
    ...present({
      url: server.url,
      auth_ref: server.authRef,
      inspected_at_ms: server.inspectedAtMs,
      connected_at_ms: server.connectedAtMs,
      last_error: server.lastError && reasonToWire(server.lastError),
    }),
  };
}

const reasonToWire = ({ code, message }: Reason) => ({ code, message });

export const mcpServerListToWire = (servers: readonly ListedServer[]): McpServerListWire => ({
  mcp_servers: servers.map(mcpServerToWire),
  count: servers.length,
});

export function mcpSettingsFromWire(name: string, body: PutMcpServerWire): McpServerSettings {
  return {
    name,
    url: body.url.trim(),
    enabled: body.enabled ?? true,
    allowedTools: body.allowed_tools?.map((each) => each.trim()) ?? null,
    authHeader: (body.auth_header?.trim() || "authorization").toLowerCase(),
    authRef: body.auth_ref?.trim() || null,
  };
}

/** The tools of the server that the configuration selects, and of all servers under one form of name (contract 4.3). */
export function debugToolsToWire(
  servers: readonly ListedServer[],
  selected: string | undefined,
): Omit<DebugResponseWire, "status"> {
  const wires = servers.map(mcpServerToWire);
  return {
    selected_server_tools: wires.filter((each) => each.name === selected).flatMap((each) => each.tools),
    canonicalized_discovered_tools: selected
      ? wires.flatMap((server) =>
          server.tools.map((tool) => ({
            server_name: server.name,
            tool_name: tool.name,
            namespaced_name: tool.namespaced_name,
            canonical_name: tool.namespaced_name.toLowerCase().replace(/[^a-z0-9.]+/g, "_"),
          })),
        )
      : [],
  };
}
