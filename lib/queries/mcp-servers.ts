import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { inspectMcpServer, putMcpServer, removeMcpServer } from "@/lib/actions/mcp-servers";
import type { McpServerListWire, PutMcpServerWire } from "@/lib/contracts/mcp-server";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** The MCP servers of this deployment with their tools, as last inspected. */
export function mcpServersQuery() {
  return queryOptions({
    queryKey: keys.mcpServers,
    queryFn: async ({ signal }) => (await getJson<McpServerListWire>(api.mcpServers(), signal)).mcp_servers,
  });
}

/** `version` null makes a new one; else only over the version that was read. */
export function usePutMcpServer() {
  const settle = useServerChange();
  return useMutation({
    mutationFn: (input: { name: string; version: number | null } & PutMcpServerWire) =>
      actionData(putMcpServer(input)),
    onSettled: settle,
  });
}

/** Asks the server for its tools now. */
export function useInspectMcpServer() {
  const settle = useServerChange();
  return useMutation({
    mutationFn: (name: string) => actionData(inspectMcpServer({ name })),
    onSettled: settle,
  });
}

export function useRemoveMcpServer() {
  const settle = useServerChange();
  return useMutation({
    mutationFn: (name: string) => actionData(removeMcpServer({ name })),
    onSettled: settle,
  });
}

/** Readiness of destinations goes by the inspection. */
function useServerChange() {
  const client = useQueryClient();
  return () =>
    Promise.all([keys.mcpServers, keys.status].map((queryKey) => client.invalidateQueries({ queryKey })));
}
