import { z } from "@hono/zod-openapi";
import {
  mcpServerDeletedSchema,
  mcpServerListSchema,
  mcpServerResponseSchema,
  putMcpServerSchema,
} from "@/lib/contracts/mcp-server";
import { deleteMcpServer } from "@/lib/pipeline/mcp/delete-mcp-server";
import { getMcpServer } from "@/lib/pipeline/mcp/get-mcp-server";
import { inspectMcpServer } from "@/lib/pipeline/mcp/inspect-mcp-server";
import { listMcpServers } from "@/lib/pipeline/mcp/list-mcp-servers";
import { putMcpServer } from "@/lib/pipeline/mcp/put-mcp-server";
import { mcpServerListToWire, mcpServerToWire, mcpSettingsFromWire } from "@/lib/wire/mcp-server";
import { etagHeader, preconditionsOf } from "../etag";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const one = "/incident-monitor/mcp-servers/{server_name}";
const missing: RouteErrors = { mcp_server_not_found: [404, "INCIDENT_MONITOR_MCP_SERVER_NOT_FOUND"] };
const changing: RouteErrors = {
  mcp_server_of_host: [409, "INCIDENT_MONITOR_MCP_SERVER_OF_HOST"],
  mcp_server_stale: [409, "INCIDENT_MONITOR_MCP_SERVER_STALE"],
};

type Described = Awaited<ReturnType<typeof getMcpServer>>;

/** The tag stands for what is set; what an inspection finds changes without it. */
const answer = (server: Described) => ({
  body: { mcp_server: mcpServerToWire(server) },
  headers: etagHeader(String(server.version)),
});

export const mcpServerRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/mcp-servers",
    summary: "MCP servers with their tools as last inspected, and what keeps them from being called",
    auth: { kind: "actor", permission: "read" },
    response: mcpServerListSchema,
    run: async ({ ctx }) => ({ body: mcpServerListToWire(await listMcpServers(ctx)) }),
  }),
  route({
    method: "get",
    path: one,
    summary: "One MCP server, with its ETag",
    auth: { kind: "actor", permission: "read" },
    response: mcpServerResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => answer(await getMcpServer(ctx, params.server_name ?? "")),
  }),
  route({
    method: "put",
    path: one,
    summary:
      "Make or replace an MCP server over HTTP. Programs are declared in the host's MCP file alone; a server of that file is not changed here.",
    auth: { kind: "actor", permission: "configure" },
    body: putMcpServerSchema,
    redacts: "verb",
    response: mcpServerResponseSchema,
    errors: {
      ...changing,
      mcp_server_invalid: [400, "INCIDENT_MONITOR_MCP_SERVER_INVALID"],
      mcp_servers_too_many: [409, "INCIDENT_MONITOR_MCP_SERVERS_TOO_MANY"],
    },
    run: async ({ ctx, params, body, request }) => {
      const settings = mcpSettingsFromWire(params.server_name ?? "", body);
      return answer(await putMcpServer(ctx, { settings, ...preconditionsOf(request) }));
    },
  }),
  route({
    method: "delete",
    path: one,
    summary: "Take out an MCP server over HTTP. Destinations that name it stay, and are not ready.",
    auth: { kind: "actor", permission: "configure" },
    response: mcpServerDeletedSchema,
    errors: { ...missing, ...changing },
    run: async ({ ctx, params }) => {
      const name = params.server_name ?? "";
      await deleteMcpServer(ctx, { name });
      return { body: { ok: true, name } };
    },
  }),
  route({
    method: "post",
    path: `${one}/inspect`,
    summary:
      "Connect to an MCP server and ask for its tools, now. No tool is called; what went wrong is in last_error.",
    auth: { kind: "actor", permission: "configure" },
    body: z.looseObject({}),
    response: mcpServerResponseSchema,
    errors: {
      ...missing,
      ...changing,
      mcp_server_disabled: [409, "INCIDENT_MONITOR_MCP_SERVER_DISABLED"],
    },
    run: async ({ ctx, params }) => answer(await inspectMcpServer(ctx, { name: params.server_name ?? "" })),
  }),
];
