import type { AuditSubject } from "@/lib/domain/audit";
import type { McpServer } from "@/lib/domain/mcp";
import type { Context } from "../context";
import { AppError } from "../errors";
import { readMcpServers } from "./read-mcp-servers";

export const mcpServerSubject = (name: string): AuditSubject => ({ kind: "mcp_server", id: name });

/** @throws AppError not_found `mcp_server_not_found` */
export async function requireMcpServer(ctx: Context, name: string): Promise<McpServer> {
  const server = (await readMcpServers(ctx)).get(name);
  if (server) return server;
  throw new AppError("not_found", "mcp_server_not_found", "No MCP server has this name", { name });
}

/** @throws AppError conflict: what the host declares is changed in its file, never over the API (D-34). */
export function refuseHostServer(ctx: Context, name: string): void {
  if (!(ctx.services.hostMcpServers ?? []).some((each) => each.name === name)) return;
  const message = "This server is declared in the host's MCP file; change it there";
  throw new AppError("conflict", "mcp_server_of_host", message, { name });
}
