import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { McpServer } from "@/lib/domain/mcp";

/** A server as the host's file declares it (D-34). Commands, environments and headers are for whoever connects alone. */
export type HostMcpServer = {
  name: string;
  enabled: boolean;
  allowedTools: readonly string[] | null;
} & (
  | {
      transport: "stdio";
      command: string;
      args: readonly string[];
      env: Readonly<Record<string, string>>;
      cwd: string | null;
    }
  | { transport: "http"; url: string; headers: Readonly<Record<string, string>> }
);

/** What may be known of it everywhere else. */
export type HostMcpFacts = Pick<
  McpServer,
  "name" | "transport" | "declaredBy" | "url" | "enabled" | "allowedTools" | "identity"
>;

export function hostFacts(server: HostMcpServer): HostMcpFacts {
  const { name, transport, enabled, allowedTools } = server;
  const place = server.transport === "http" ? [server.url] : [server.command, server.args, server.cwd];
  return {
    ...{ name, transport, enabled, declaredBy: "host" },
    url: server.transport === "http" ? server.url : null,
    allowedTools: allowedTools && [...allowedTools],
    identity: sha256Hex(canonicalJson([transport, ...place])),
  };
}
