import type { Open, OpenRecord } from "./values.js";

/** `schema_hash` stands for the tool's name and arguments: an approval holds for it alone. */
export interface McpTool extends OpenRecord {
  name: string;
  namespaced_name: string;
  description: string;
  input_schema: Record<string, unknown>;
  schema_hash: string;
  /** The server says that calling it changes nothing. */
  read_only: boolean;
  /** By the server's own list of tools. */
  allowed: boolean;
}

/** A server as last inspected. Those of the host's file are changed there alone. */
export interface McpServer extends OpenRecord {
  name: string;
  transport: Open<"http" | "stdio">;
  declared_by: Open<"host" | "panel">;
  enabled: boolean;
  connected: boolean;
  /** null: every tool; empty: none. */
  allowed_tools: string[] | null;
  auth_header: string;
  tools: McpTool[];
  /** Everything that keeps its tools from being called now. */
  missing: { code: string; message: string }[];
  version: number;
  /** Its origin alone for those who may not configure, who get no `auth_ref`. */
  url?: string;
  auth_ref?: string;
  inspected_at_ms?: number;
  connected_at_ms?: number;
  last_error?: { code: string; message: string };
}

export interface McpServerList extends OpenRecord {
  mcp_servers: McpServer[];
  count: number;
}

/** A server over HTTP, whole: what is left out has its default. */
export interface McpServerInput {
  url: string;
  enabled?: boolean | null;
  allowed_tools?: string[] | null;
  auth_header?: string | null;
  /** A secret reference (`env:NAME`, `file:name`), never the secret. */
  auth_ref?: string | null;
}
