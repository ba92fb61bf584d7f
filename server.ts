import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import { batchLimitBytes, createApi, isApiPath } from "@/lib/api/app";
import { peerAddressHeader } from "@/lib/auth/client-address";
import { clearCredentialCaches, credentialCaches } from "@/lib/auth/credential-cache";
import { installProcess } from "@/lib/auth/process";
import { readEnv } from "@/lib/env";
import { newId } from "@/lib/ids";
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
    if (change === "gap" || change.topic === "key" || change.topic === "access") clearCredentialCaches();
    else if (change.topic === "session") credentialCaches(built.db).sessions.forget(change.id);
  });

  const api = createApi();
  const app = next({ dev: false, hostname: options.host ?? "localhost", port: options.port });
  await app.prepare();
  const servers = await openFrontDoor({
    api: getRequestListener(api.fetch, { overrideGlobalObjects: false }),
    panel: app.getRequestHandler(),
    publicUrl: env.publicUrl,
    host: options.host,
    port: options.port,
    stopping: stopping.signal,
  });
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

/**
 * What one connection may take: a request has to come in within a minute and its headers within 20 s, or a handful of
 * slow clients would hold the server. Node's own limits, said and tested here.
 */
export const httpLimits = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};
const connectionsMax = 10_000;
/** Nothing sent nor read for so long: the other end is gone. Streams of events speak every 20 s. */
const silenceMaxMs = 120_000;

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export type FrontDoor = {
  api: Listener;
  panel: Listener;
  publicUrl: string;
  /** Undefined: both loopback addresses. */
  host: string | undefined;
  port: number;
  stopping: AbortSignal;
  limits?: Partial<typeof httpLimits>;
};

/** Listens, and decides before anything else looks at a request: known host, API or panel, which request it is. */
export async function openFrontDoor(door: FrontDoor): Promise<Server[]> {
  const { host, port, stopping, limits } = door;
  const known = knownHosts(door.publicUrl, host, port);
  const listener: Listener = (request, response) => {
    if (!known(request.headers.host) || !isForUs(request, known)) return refuse(response, 421, unknownHost);
    // Next compares a server action's Origin with it: only a name of ours, as a proxy in front says it, counts.
    const forwarded = request.headers["x-forwarded-host"];
    if (forwarded !== undefined && !known(String(forwarded))) delete request.headers["x-forwarded-host"];
    // Overwritten, whatever the client says of itself: sign-in limits count by it.
    request.headers[peerAddressHeader] = request.socket.remoteAddress ?? "";
    // A caller that keeps its connection would be cut off in the middle of a later request.
    if (stopping.aborted) response.shouldKeepAlive = false;
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (isApiPath(path)) return door.api(request, response);
    if (submitsUnsaid(request, path)) return refuse(response, 403, crossOrigin);
    if (!isDecodable(path)) return refuse(response, 400, undecodable);
    response.setHeader("x-request-id", newId.request());
    return Promise.resolve(door.panel(request, response)).catch((error: unknown) => {
      logger.error({ err: error }, "page failed");
      if (!response.headersSent) return refuse(response, 500, pageFailed);
      response.end();
    });
  };
  return listenAll(listener, host ? [host] : loopbacks, port, { ...httpLimits, ...limits });
}

async function listenAll(
  listener: Listener,
  hosts: readonly string[],
  port: number,
  limits: typeof httpLimits,
): Promise<Server[]> {
  const servers: Server[] = [];
  for (const host of hosts) {
    const server = createServer(limits, listener);
    server.maxConnections = connectionsMax;
    server.timeout = silenceMaxMs;
    server.on("clientError", refuseBroken);
    // Without this node asks for every body that is announced, those of a gigabyte too.
    server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      if (Number(request.headers["content-length"] ?? 0) <= batchLimitBytes) response.writeContinue();
      listener(request, response);
    });
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

/** A request for a whole address names its host there, whatever the header says: it is put as all others are, or is not for us. */
function isForUs(request: IncomingMessage, known: (host: string) => boolean): boolean {
  const { url = "/" } = request;
  if (url.startsWith("/") || url === "*") return true;
  if (!URL.canParse(url)) return false;
  const { host, pathname, search } = new URL(url);
  request.url = pathname + search;
  return known(host);
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A page is changed by our own pages alone, and browsers say where a request came from. Next compares an `Origin` that is there
 * and lets pass what says nothing, which is no browser. Signing in has a token of its own.
 */
function submitsUnsaid({ method = "GET", headers }: IncomingMessage, path: string): boolean {
  if (safeMethods.has(method) || path.startsWith("/api/auth/")) return false;
  return headers.origin === undefined && headers["sec-fetch-site"] !== "same-origin";
}

/** A path whose percent signs are no UTF-8 is no page; a page's parameters would throw at it. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

type Refusal = { error: string; code: string; retryable: boolean };
const unknownHost: Refusal = {
  error: "This server does not answer to that Host name; set INCIDENT_MONITOR_URL to the name people use",
  code: "UNKNOWN_HOST",
  retryable: false,
};
const crossOrigin: Refusal = {
  error: "A session may only be used from this site's own pages",
  code: "CROSS_ORIGIN",
  retryable: false,
};
const undecodable: Refusal = {
  error: "The path holds a percent sign that stands for no character",
  code: "BAD_PATH",
  retryable: false,
};
const pageFailed: Refusal = {
  error: "Something went wrong on our side; quote the request id",
  code: "INTERNAL",
  retryable: true,
};
const refusalHeaders = (requestId: string, body: string) => ({
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-request-id": requestId,
  "content-length": String(Buffer.byteLength(body)),
  connection: "close",
});

/** A problem, as the API's, for what does not get as far as the API or a page. */
function refuse(response: ServerResponse, status: number, refusal: Refusal): void {
  const requestId = newId.request();
  const body = JSON.stringify({ ...refusal, request_id: requestId });
  response.writeHead(status, refusalHeaders(requestId, body));
  response.end(body);
}

/** What is not HTTP, comes too slowly or has too large a head never becomes a request: answered on the bare socket. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex & { bytesWritten?: number }): void {
  // Into the middle of an answer nothing can be written.
  if (error.code === "ECONNRESET" || !socket.writable || socket.bytesWritten) return void socket.destroy();
  const [status, words] = brokenKinds[error.code ?? ""] ?? ["400 Bad Request", "This is not an HTTP request"];
  const requestId = newId.request();
  const code = status.slice(4).toUpperCase().replaceAll(" ", "_");
  const body = JSON.stringify({ error: words, code, retryable: false, request_id: requestId });
  const lines = Object.entries(refusalHeaders(requestId, body)).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n${body}`);
}

const brokenKinds: Readonly<Record<string, [string, string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "The headers are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request took too long to arrive"],
};
