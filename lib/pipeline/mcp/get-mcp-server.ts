import { authorize } from "../authorize";
import type { Context } from "../context";
import { describeMcpServer, type ListedMcpServer } from "./list-mcp-servers";
import { mcpServerSubject, requireMcpServer } from "./require-mcp-server";

/** @throws AppError forbidden, not_found `mcp_server_not_found` */
export async function getMcpServer(ctx: Context, name: string): Promise<ListedMcpServer> {
  await authorize(ctx, "read", mcpServerSubject(name));
  return describeMcpServer(ctx, await requireMcpServer(ctx, name));
}
