import type { McpServerWire, McpToolWire } from "@/lib/contracts/mcp-server";

type Option = { value: string; label: string; help?: string };

/** Stands for "none of its own" in a choice, which cannot hold an empty value. No server's name may be a star. */
export const noneOfItsOwn = "*";

/** The servers to choose from, with one that is set and not known here kept in sight. */
export function serverOptions(
  servers: readonly McpServerWire[],
  named: string | undefined,
  fallback: string | undefined,
): Option[] {
  const known = servers.map((server) => ({
    value: server.name,
    label: server.name,
    help: server.enabled ? (server.connected ? undefined : "not connected") : "disabled",
  }));
  const none = fallback
    ? [{ value: noneOfItsOwn, label: `${fallback} (of the GitHub settings)` }]
    : [{ value: noneOfItsOwn, label: "None chosen" }];
  const missing =
    named && !servers.some((server) => server.name === named)
      ? [{ value: named, label: named, help: "not known on this host" }]
      : [];
  return [...none, ...known, ...missing];
}

/** The tool a row names, by its own or its namespaced name, in any case. */
export function toolNamed(
  server: McpServerWire | undefined,
  name: string | undefined,
): McpToolWire | undefined {
  const wanted = name?.trim();
  if (!server || !wanted) return undefined;
  const isNamed = (tool: McpToolWire, as: (text: string) => string) =>
    [tool.name, tool.namespaced_name].some((each) => as(each) === as(wanted));
  return (
    server.tools.find((tool) => isNamed(tool, (text) => text)) ??
    server.tools.find((tool) => isNamed(tool, (text) => text.toLowerCase()))
  );
}

export function toolOptions(server: McpServerWire | undefined, named: string | undefined): Option[] {
  const known = (server?.tools ?? []).map((tool) => ({
    value: tool.name,
    label: tool.name,
    help: tool.allowed
      ? tool.description.split("\n")[0]?.slice(0, 120) || undefined
      : "not allowed on this server",
  }));
  const missing =
    named && !toolNamed(server, named)
      ? [{ value: named, label: named, help: "not there when inspected" }]
      : [];
  return [{ value: noneOfItsOwn, label: "None chosen" }, ...known, ...missing];
}
