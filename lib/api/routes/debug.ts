import { debugResponseSchema } from "@/lib/contracts/debug";
import { listMcpServers } from "@/lib/pipeline/mcp/list-mcp-servers";
import { getStatus } from "@/lib/pipeline/settings/get-status";
import { debugToolsToWire } from "@/lib/wire/mcp-server";
import { statusToWire } from "@/lib/wire/status";
import { route } from "../route";

export const debugRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/debug",
    summary: "Status with the tools of the selected MCP server; no server, no tools",
    auth: { kind: "actor", permission: "read" },
    response: debugResponseSchema,
    run: async ({ ctx }) => {
      const [status, servers] = await Promise.all([getStatus(ctx), listMcpServers(ctx)]);
      const tools = debugToolsToWire(servers, status.config.mcpServer);
      return { body: { status: statusToWire(status), ...tools } };
    },
  }),
];
