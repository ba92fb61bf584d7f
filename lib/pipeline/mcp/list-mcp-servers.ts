import { isConnected, isToolAllowed, type McpServer, type McpTool } from "@/lib/domain/mcp";
import { decidePermission } from "@/lib/domain/permission";
import type { Reason } from "@/lib/domain/reason";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readMcpServers } from "./read-mcp-servers";
import { mcpServerSubject } from "./require-mcp-server";

/** A server with what can be said of it without asking it. */
export type ListedMcpServer = Omit<McpServer, "tools"> & {
  tools: Array<McpTool & { allowed: boolean }>;
  connected: boolean;
  /** Everything that keeps its tools from being called now. */
  missing: Reason[];
};

/**
 * Every MCP server, by name. Who may not configure sees of an address its origin alone, and no secret reference.
 *
 * @throws AppError forbidden
 */
export async function listMcpServers(ctx: Context): Promise<ListedMcpServer[]> {
  await authorize(ctx, "read", mcpServerSubject("*"));
  const servers = await readMcpServers(ctx);
  return [...servers.values()]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((server) => describeMcpServer(ctx, server));
}

export function describeMcpServer(ctx: Context, server: McpServer): ListedMcpServer {
  const obstacles = ctx.services.mcp?.obstacles(server) ?? [];
  // What an inspection met may be what stands in its way anyway: said once.
  const others = notConnected(server).filter(({ code }) => !obstacles.some((each) => each.code === code));
  const missing = server.enabled
    ? [...obstacles, ...others]
    : [{ code: "mcp_server_disabled", message: "The server is disabled." }];
  return {
    ...shown(ctx, server),
    tools: server.tools.map((tool) => ({ ...tool, allowed: isToolAllowed(server, tool.name) })),
    connected: isConnected(server),
    missing,
  };
}

function notConnected(server: McpServer): Reason[] {
  if (isConnected(server)) return [];
  return [
    server.lastError ?? { code: "mcp_server_not_inspected", message: "It has not been inspected yet." },
  ];
}

function shown(ctx: Context, server: McpServer): McpServer {
  if (decidePermission(ctx.actor, "configure").allowed) return server;
  const origin = server.url && URL.canParse(server.url) ? new URL(server.url).origin : null;
  return { ...server, url: origin, authRef: null };
}
