import { debugResponseSchema } from "@/lib/contracts/debug";
import { getStatus } from "@/lib/pipeline/settings/get-status";
import { statusToWire } from "@/lib/wire/status";
import { route } from "../route";

export const debugRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/debug",
    summary: "Status with the tools of the selected MCP server; no server, no tools",
    auth: { kind: "actor", permission: "read" },
    response: debugResponseSchema,
    run: async ({ ctx }) => ({
      body: {
        status: statusToWire(await getStatus(ctx)),
        // No MCP server can be connected in this version, so none has tools to show.
        selected_server_tools: [],
        canonicalized_discovered_tools: [],
      },
    }),
  }),
];
