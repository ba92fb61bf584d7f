import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { McpClient, McpServer } from "@/lib/domain/mcp";
import { type Reason, reason } from "@/lib/domain/reason";
import type { SafeFetch } from "@/lib/net/safe-fetch";
import type { HostMcpServer } from "./host-servers";
import { httpAccess, type ResolveSecret } from "./http-access";
import { createHttpConnection, type HttpConnection } from "./http-connection";
import { openSession } from "./session";

export type McpClientOptions = {
  /** The only way out for servers over HTTP (D-35). */
  fetch: SafeFetch;
  resolveSecret: ResolveSecret;
  privateNetworks: readonly string[];
  /** What the host's file declares. Only these are ever started as a program (D-34). */
  hostServers: readonly HostMcpServer[];
};

const responseByteLimit = 2 * 1_048_576;
const stdioBufferBytes = 2 * 1_048_576;

/** Speaks MCP with the official client: over lib/net, or with programs that the host declares. */
export function createMcpClient(options: McpClientOptions): McpClient {
  const declared = new Map(options.hostServers.map((server) => [server.name, server]));
  /** A row of the panel never takes a command, whatever its name is. */
  const hostServer = (server: McpServer) =>
    server.declaredBy === "host" ? declared.get(server.name) : undefined;
  const accessTo = (server: McpServer) => httpAccess(server, hostServer(server), options);

  return {
    obstacles: (server) => {
      if (server.transport === "stdio") return hostServer(server) ? [] : [notDeclared(server)];
      const access = accessTo(server);
      return access.ok ? [] : access.reasons;
    },
    open: async (server, limits) => {
      if (server.transport === "stdio") {
        const program = hostServer(server);
        if (program?.transport !== "stdio") {
          return { ok: false, failure: { effect: "refused", reason: notDeclared(server) } };
        }
        return openSession({ client: newClient(), transport: stdioTransport(program), limits });
      }
      const access = accessTo(server);
      if (!access.ok) {
        const [why] = access.reasons;
        return { ok: false, failure: { effect: "refused", reason: why ?? notDeclared(server) } };
      }
      const connection = createHttpConnection({
        send: options.fetch,
        policy: access.policy,
        headers: access.headers,
        responseByteLimit,
        signal: limits.signal,
      });
      const transport = httpTransport(access.url, connection);
      return openSession({ client: newClient(), transport, connection, limits });
    },
  };
}

/** Without capabilities: a server that needs to ask somebody something cannot, and says so instead. */
const newClient = () => new Client({ name: "incident-monitor", version: "0.1.0" }, { capabilities: {} });

function httpTransport(url: string, connection: HttpConnection): Transport & TerminableTransport {
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: connection.fetch,
    // What is not answered once is not asked for again: resuming would be a second request nobody counts.
    reconnectionOptions: {
      ...{ maxRetries: 0, initialReconnectionDelay: 1, maxReconnectionDelay: 1 },
      reconnectionDelayGrowFactor: 1,
    },
  });
  return transport;
}

export type TerminableTransport = { terminateSession?: () => Promise<void> };

/** Its own environment and what a program needs to run at all; nothing of this process. */
const stdioTransport = (program: Extract<HostMcpServer, { transport: "stdio" }>): Transport =>
  new StdioClientTransport({
    command: program.command,
    args: [...program.args],
    env: { ...program.env },
    ...(program.cwd !== null && { cwd: program.cwd }),
    stderr: "ignore",
    maxBufferSize: stdioBufferBytes,
  });

const notDeclared = ({ name }: McpServer): Reason =>
  reason("mcp_server_not_declared", `The host's MCP file declares no program called ${name}.`, {
    server: name,
  });
