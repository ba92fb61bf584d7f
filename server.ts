import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import { createApi, isApiPath } from "@/lib/api/app";
import { peerAddressHeader } from "@/lib/auth/client-address";
import { clearCredentialCaches } from "@/lib/auth/credential-cache";
import { installProcess } from "@/lib/auth/process";
import { readEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { closeChangeHub, hearChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { buildProcess } from "@/lib/services";
import { runWorkers } from "@/lib/workers/run-workers";

export type StartServerOptions = {
  env: Record<string, string | undefined>;
  /** Undefined: both loopback addresses. */
  host: string | undefined;
  port: number;
  workers: boolean;
};

const loopbacks = ["127.0.0.1", "::1"];

/** One port: API paths straight to Hono, the rest to Next (D-28). Answers `Host` names it was not told of with 421. */
export async function startServer(
  options: StartServerOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const env = readEnv(options.env);
  const stopping = new AbortController();
  const built = buildProcess(env, stopping.signal);
  installProcess(built);
  const unhear = hearChanges(built.db, (change) => {
    if (change === "gap" || change.topic === "key") clearCredentialCaches();
  });

  const api = createApi();
  const apiListener = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  const app = next({ dev: false, hostname: options.host ?? "localhost", port: options.port });
  await app.prepare();
  const panelListener = app.getRequestHandler();
  const known = knownHosts(env.publicUrl, options.host, options.port);

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    if (!known(request.headers.host)) return misdirected(response);
    // Next compares a server action's Origin with it: only a name of ours, as a proxy in front says it, counts.
    const forwarded = request.headers["x-forwarded-host"];
    if (forwarded !== undefined && !known(String(forwarded))) delete request.headers["x-forwarded-host"];
    // Overwritten, whatever the client says of itself: sign-in limits count by it.
    request.headers[peerAddressHeader] = request.socket.remoteAddress ?? "";
    // A caller that keeps its connection would be cut off in the middle of a later request.
    if (stopping.signal.aborted) response.shouldKeepAlive = false;
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (isApiPath(path)) return void apiListener(request, response);
    panelListener(request, response).catch((error: unknown) => {
      logger.error({ err: error }, "page failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const servers = await listenAll(listener, options.host ? [options.host] : loopbacks, options.port);
  const { deliveryLeaseMs } = env;
  const workers = options.workers ? runWorkers(built.db, built.services, { deliveryLeaseMs }) : null;

  return {
    url: env.publicUrl,
    close: async () => {
      stopping.abort();
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const server of servers) server.closeIdleConnections();
      // Streams never end by themselves; give requests in flight a moment, then cut what is left.
      const cut = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), 3_000);
      await Promise.all([...closed, workers?.stop()]);
      clearTimeout(cut);
      unhear();
      await closeChangeHub(built.db);
      await built.services.fetch.close();
      await built.db.close();
    },
  };
}

async function listenAll(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  hosts: readonly string[],
  port: number,
): Promise<Server[]> {
  const servers: Server[] = [];
  for (const host of hosts) {
    const server = createServer(
      { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
      listener,
    );
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, resolve);
      });
      servers.push(server);
    } catch (error) {
      // A machine without IPv6 still has its IPv4 loopback.
      const code = (error as NodeJS.ErrnoException).code;
      const tolerable = hosts.length > 1 && (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL");
      if (!tolerable) {
        for (const each of servers) each.close();
        throw error;
      }
    }
  }
  if (servers.length === 0) throw new Error("no address to listen on");
  return servers;
}

/** The names this server answers to: a page elsewhere that resolves its own name to us gets nothing (rebinding). */
function knownHosts(
  publicUrl: string,
  host: string | undefined,
  port: number,
): (header: string | undefined) => boolean {
  const names = new Set([new URL(publicUrl).host, `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);
  if (host) names.add(host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`);
  if (port === 80) for (const name of ["localhost", "127.0.0.1", "[::1]"]) names.add(name);
  return (header) => header !== undefined && names.has(header.toLowerCase());
}

function misdirected(response: ServerResponse): void {
  const body = JSON.stringify({
    error: "This server does not answer to that Host name; set INCIDENT_MONITOR_URL to the name people use",
    code: "UNKNOWN_HOST",
    retryable: false,
  });
  response.writeHead(421, { "content-type": "application/json", connection: "close" });
  response.end(body);
}
