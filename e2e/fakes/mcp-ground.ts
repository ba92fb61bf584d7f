import type { Destination } from "@/lib/domain/config";
import type { McpServer, McpTool } from "@/lib/domain/mcp";
import type { HostMcpServer } from "@/lib/mcp/host-servers";
import { createMcpClient } from "@/lib/mcp/mcp-client";
import { readTools } from "@/lib/mcp/read-tools";
import type { SafeFetch } from "@/lib/net/safe-fetch";
import { FakeTickets } from "./mcp-tools";
import { sampleDestination } from "./sample-payload";

/** A server as an inspection of the fake would have left it. */
export function mcpServerOf(url: string, fields: Partial<McpServer> = {}): McpServer {
  return {
    name: "tickets",
    transport: "http",
    declaredBy: "panel",
    url,
    enabled: true,
    allowedTools: null,
    authHeader: "authorization",
    authRef: null,
    identity: `identity of ${url}`,
    tools: ticketTools(),
    inspectedAtMs: 1_767_225_600_000,
    connectedAtMs: 1_767_225_600_000,
    lastError: null,
    version: 1,
    ...fields,
  };
}

export const ticketTools = (): McpTool[] => readTools(new FakeTickets().tools());

export const ticketMapping = {
  title: "$draft.title",
  body: "$draft.detail",
  labels: "$draft.route_tags",
  priority: "high",
  key: "$idempotency_key",
};

/** Calls the making tool of the fake; `config` beside its mapping. */
export const ticketDestination = (
  config: Record<string, unknown> = {},
  fields: Partial<Destination> = {},
): Destination =>
  sampleDestination({
    kind: "mcp_tool",
    ...{ mcpServer: "tickets", mcpTool: "create_ticket" },
    ...fields,
    config: { allow_publish: true, payload: ticketMapping, ...config },
  });

/** A client that may reach this machine, as a host with a CIDR for it would have one. */
export const loopbackMcpClient = (
  fetch: SafeFetch,
  options: {
    secret?: string;
    privateNetworks?: readonly string[];
    hostServers?: readonly HostMcpServer[];
  } = {},
) =>
  createMcpClient({
    fetch,
    resolveSecret: () => ({ ok: true, values: [options.secret ?? "a-secret-nobody-may-see"] }),
    privateNetworks: options.privateNetworks ?? ["127.0.0.0/8"],
    hostServers: options.hostServers ?? [],
  });
