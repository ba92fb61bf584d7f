import type { McpServerWire } from "@/lib/contracts/mcp-server";

type Advice = { what: string; todo: string };

const advice: Record<string, string> = {
  sign_in_required: "Renew the secret it signs in with, then inspect it again.",
  secret_unset: "Set the secret on the host, under the name that is given here.",
  secret_not_allowed: "Give the secret a name that begins INCIDENT_MONITOR_SECRET_ or TANDEM_.",
  secret_malformed: "Look at the secret's value on the host: it cannot be sent as a header.",
  url_insecure: "Use https. Plain http is only for machines in a private network that the host opens.",
  url_host_local:
    "A local name is reached only in a network the host opens (INCIDENT_MONITOR_PRIVATE_NETWORKS).",
  address_loopback: "The host has to open this address (INCIDENT_MONITOR_PRIVATE_NETWORKS).",
  address_private: "The host has to open this network (INCIDENT_MONITOR_PRIVATE_NETWORKS).",
  address_outside_private_networks: "The host opens other networks (INCIDENT_MONITOR_PRIVATE_NETWORKS).",
  dns_failed: "Look at the spelling of the host.",
  connection_refused: "Start the server, or look at its port.",
  timeout: "Look whether the server is busy, then inspect it again.",
  tls_failed: "Its certificate is not trusted here.",
  http_status: "Look at the path: MCP servers often end in /mcp.",
  redirect_refused: "Give the address it leads to.",
  reply_unreadable: "This address does not speak MCP; look at the path.",
  rate_limited: "Wait a little, then inspect it again.",
  mcp_start_failed: "Look at its command in the host's MCP file.",
  mcp_server_not_declared: "Declare it in the host's MCP file, or add it here with its address.",
  mcp_server_not_inspected: "Inspect it, or wait: it is done within a minute.",
  mcp_server_disabled: "Enable it to have its tools called.",
};

/** What keeps a server's tools from being called, and what to do about it; null when nothing does. */
export function serverAdvice(server: Pick<McpServerWire, "missing">): Advice | null {
  const [first] = server.missing;
  if (!first) return null;
  return { what: first.message, todo: advice[first.code] ?? "Inspect it again once that is put right." };
}

/** How its tools stand, in a few words. */
export function toolWords({ tools, allowed_tools }: Pick<McpServerWire, "tools" | "allowed_tools">): string {
  const count = tools.length === 1 ? "1 tool" : `${tools.length} tools`;
  if (allowed_tools === null) return tools.length === 0 ? "no tools seen" : `${count}, all allowed`;
  const allowed = tools.filter((tool) => tool.allowed).length;
  return tools.length === 0 ? "no tools seen" : `${count}, ${allowed === 0 ? "none" : allowed} allowed`;
}
