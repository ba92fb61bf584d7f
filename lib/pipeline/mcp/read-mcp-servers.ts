import { listMcpServerRows, neverInspected } from "@/lib/db/mcp-server-store";
import type { Destination } from "@/lib/domain/config";
import { usesMcpServer } from "@/lib/domain/issue-way";
import type { McpServer, McpServers } from "@/lib/domain/mcp";
import type { Context } from "../context";

export const noMcpServers: McpServers = new Map();

/**
 * The MCP servers of this deployment by name, as last inspected: rows, and what the host's file declares, which comes first
 * where both have a name. Whatever was inspected at another address says nothing about this one. Asks no server.
 */
export async function readMcpServers(ctx: Context): Promise<McpServers> {
  const rows = await listMcpServerRows(ctx.db);
  const found = new Map<string, McpServer>();
  for (const { inspectedIdentity, ...row } of rows) {
    if (row.declaredBy === "host") continue;
    found.set(row.name, inspectedIdentity === row.identity ? row : { ...row, ...neverInspected });
  }
  for (const facts of ctx.services.hostMcpServers ?? []) {
    const row = rows.find((each) => each.name === facts.name && each.inspectedIdentity === facts.identity);
    const { tools, inspectedAtMs, connectedAtMs, lastError } = row ?? neverInspected;
    found.set(facts.name, {
      ...facts,
      ...{ tools, inspectedAtMs, connectedAtMs, lastError },
      ...{ authHeader: "authorization", authRef: null, version: 1 },
    });
  }
  return found;
}

/** The same where one of these destinations goes through a server; nothing is read where none does. */
export async function readMcpServersFor(ctx: Context, rows: readonly Destination[]): Promise<McpServers> {
  return rows.some(usesMcpServer) ? readMcpServers(ctx) : noMcpServers;
}
