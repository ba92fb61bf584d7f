import type { Destination, DestinationKind } from "./config";

/** The settings by which a tracker's own API is signed in to; one of them set, and the row goes its own way. */
const credentialKeys: Partial<Record<DestinationKind, readonly string[]>> = {
  github_issue: ["token_ref", "app_id", "installation_id", "private_key_ref"],
  linear_issue: ["api_key_ref"],
};

type Row = Pick<Destination, "kind" | "config" | "mcpServer">;

const isSet = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "");

/** A tracker's row without credentials of its own: it needs an MCP server, its own or the deployment's. */
export function wantsMcpServer({ kind, config }: Row): boolean {
  const keys = credentialKeys[kind];
  return keys !== undefined && !keys.some((key) => isSet(config?.[key]));
}

/** Issues are filed through an MCP server. Credentials of its own win: they were given for this row alone. */
export const filesOverMcp = (row: Row): boolean => Boolean(row.mcpServer?.trim()) && wantsMcpServer(row);

/** Whether anything of this row is asked of an MCP server. */
export const usesMcpServer = (row: Row): boolean => row.kind === "mcp_tool" || filesOverMcp(row);

/** The server that such a row names; undefined where it goes through none, or names none. */
export function mcpServerNameOf(row: Row): string | undefined {
  if (!usesMcpServer(row)) return undefined;
  const { mcp_server: other, server } = row.config ?? {};
  return [row.mcpServer, other, server]
    .find((name): name is string => typeof name === "string" && isSet(name))
    ?.trim();
}
