import { type CallOptions, segment, type Transport } from "../transport.js";
import type { McpServer, McpServerInput, McpServerList } from "../types/mcp-server.js";

const path = "/incident-monitor/mcp-servers";
const pathOf = (name: string) => `${path}/${segment(name, "name")}`;

/** `ifMatch`: only over the version with this ETag; `ifNoneMatch: "*"`: only where there is none yet. */
export type PutMcpServerOptions = CallOptions & { ifMatch?: string; ifNoneMatch?: "*" };

export function mcpServerMethods(transport: Transport) {
  return {
    /** Every MCP server with its tools as last inspected. */
    listMcpServers: (options?: CallOptions): Promise<McpServerList> =>
      transport.json({ method: "GET", path }, options),

    getMcpServer: async (name: string, options?: CallOptions): Promise<{ mcp_server: McpServer }> =>
      transport.json({ method: "GET", path: pathOf(name) }, options),

    /** Makes or replaces a server over HTTP. Programs are declared in the host's MCP file alone. */
    putMcpServer: async (
      name: string,
      server: McpServerInput,
      options: PutMcpServerOptions = {},
    ): Promise<{ mcp_server: McpServer }> =>
      transport.json(
        {
          method: "PUT",
          path: pathOf(name),
          body: server,
          headers: { "if-match": options.ifMatch, "if-none-match": options.ifNoneMatch },
        },
        options,
      ),

    /** Destinations that name it stay, and are not ready. */
    deleteMcpServer: async (name: string, options?: CallOptions): Promise<{ ok: true; name: string }> =>
      transport.json({ method: "DELETE", path: pathOf(name) }, options),

    /** Asks the server for its tools now; calls none. What went wrong is in `last_error`. */
    inspectMcpServer: async (name: string, options?: CallOptions): Promise<{ mcp_server: McpServer }> =>
      transport.json({ method: "POST", path: `${pathOf(name)}/inspect` }, options),
  };
}
