import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { Webhook } from "standardwebhooks";

/** How the receiver treats one request. Steps are used in order; after the last one every request gets `otherwise`. */
export type Step =
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string }
  /** Reads the request and never answers. */
  | { kind: "hang" }
  /** Reads the request, then breaks the connection: the reply is lost. */
  | { kind: "drop" }
  /** Breaks the connection after the status line and some of a longer body. */
  | { kind: "dropMidBody"; status: number; body: string }
  | { kind: "redirect"; status?: number; location: string }
  /** A body of this many bytes, in chunks, for as long as somebody reads. */
  | { kind: "huge"; status?: number; bytes: number }
  /** Bytes that are not HTTP. */
  | { kind: "garbage" }
  /** Headers of this many bytes. */
  | { kind: "hugeHeaders"; bytes: number }
  /** A status line at once, then a byte now and then, for ever. */
  | { kind: "drip"; status: number; intervalMs: number };

export type ReceivedRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Exactly the bytes that arrived. */
  rawBody: string;
  /** `x-tandem-signature`, checked by hand against every secret known here. */
  tandemSignatureValid: boolean;
  /** Standard Webhooks headers, checked by the independent `standardwebhooks` package. */
  standardSignatureValid: boolean;
};

export type WebhookReceiver = {
  url: string;
  port: number;
  requests: ReceivedRequest[];
  /** TCP connections accepted so far; the proof that a refused destination was not even knocked at. */
  readonly connectionCount: number;
  /** Distinct idempotency keys acted on, a lost reply included: the effects of a receiver that does its part (D-10). */
  readonly effectCount: number;
  script: (...steps: Step[]) => void;
  /** Resolves when the next request has been read in full and is in `requests`. */
  waitForRequest: () => Promise<void>;
  close: () => Promise<void>;
};

export type ReceiverOptions = {
  /** The receiver's live secrets; a request is valid when any of them verifies it. */
  secrets?: readonly string[];
  otherwise?: Step;
  /** Answers what is not the matter (a look-up before the effect): neither kept, nor counted, nor scripted. null for the rest. */
  aside?: (rawBody: string) => Step | null;
  host?: string;
  port?: number;
  tls?: { key: string; cert: string };
  /** Off for throughput measurements, where the receiver would otherwise be what is measured. */
  keepRequests?: boolean;
};

const accepted: Step = { kind: "status", status: 202, body: '{"accepted":true}' };

/** A webhook receiver on this machine that keeps everything it got and misbehaves on request. */
export async function startWebhookReceiver(options: ReceiverOptions = {}): Promise<WebhookReceiver> {
  const { secrets = [], otherwise = accepted, host = "127.0.0.1", keepRequests = true } = options;
  const requests: ReceivedRequest[] = [];
  const effects = new Set<string>();
  const sockets = new Set<Socket>();
  let waiting: Array<() => void> = [];
  let steps: Step[] = [];
  let connectionCount = 0;

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("error", () => {});
    response.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const rawBody = Buffer.concat(chunks).toString("utf8");
      const aside = options.aside?.(rawBody);
      if (aside) return perform(aside, request, response);
      if (keepRequests) requests.push(describeRequest(request, rawBody, secrets));
      const step = steps.shift() ?? otherwise;
      if (actsOn(step)) effects.add(String(request.headers["idempotency-key"] ?? ""));
      perform(step, request, response);
      for (const resume of waiting) resume();
      waiting = [];
    });
  };
  const server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest);
  server.on("connection", (socket: Socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listen(server, options.port ?? 0, host);
  const shownHost = host.includes(":") ? `[${host}]` : host;

  return {
    url: `${options.tls ? "https" : "http"}://${shownHost}:${port}/hook`,
    port,
    requests,
    get connectionCount() {
      return connectionCount;
    },
    get effectCount() {
      return effects.size;
    },
    script: (...next) => {
      steps = next;
    },
    waitForRequest: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Whether the receiver did its work before it answered so, or before the answer got lost. */
function actsOn(step: Step): boolean {
  if (step.kind === "drop") return true;
  return "status" in step && step.status !== undefined && step.status >= 200 && step.status < 300;
}

function perform(step: Step, request: IncomingMessage, response: ServerResponse): void {
  switch (step.kind) {
    case "status":
      response
        .writeHead(step.status, { "content-type": "application/json", ...step.headers })
        .end(step.body ?? "");
      return;
    case "hang":
      return;
    case "drop":
      request.socket.destroy();
      return;
    case "dropMidBody":
      response.writeHead(step.status, { "content-length": String(step.body.length + 100) });
      response.write(step.body, () => request.socket.destroy());
      return;
    case "redirect":
      response.writeHead(step.status ?? 302, { location: step.location }).end("moved");
      return;
    case "huge":
      response.writeHead(step.status ?? 200);
      writeHuge(response, step.bytes);
      return;
    case "garbage":
      request.socket.end(Buffer.from([0x16, 0x03, 0x01, 0xff, 0x00, 0x0d, 0x0a, 0x00, 0x7f, 0x0a, 0x0a]));
      return;
    case "hugeHeaders":
      request.socket.end(`HTTP/1.1 200 OK\r\nx-padding: ${"a".repeat(step.bytes)}\r\n\r\n`);
      return;
    case "drip": {
      response.writeHead(step.status);
      const timer = setInterval(() => response.write("."), step.intervalMs);
      request.socket.once("close", () => clearInterval(timer));
    }
  }
}

function writeHuge(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(65_536, "x");
  let left = bytes;
  const writeMore = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once("drain", writeMore);
        return;
      }
    }
    response.end();
  };
  writeMore();
}

function describeRequest(
  request: IncomingMessage,
  rawBody: string,
  secrets: readonly string[],
): ReceivedRequest {
  const { headers } = request;
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers,
    rawBody,
    tandemSignatureValid: secrets.some((secret) => verifyTandem(secret, headers, rawBody)),
    standardSignatureValid: secrets.some((secret) => verifyStandard(secret, headers, rawBody)),
  };
}

/** Written from the header's description alone, apart from the product's code. */
export function verifyTandem(secret: string, headers: IncomingHttpHeaders, rawBody: string): boolean {
  const pairs = String(headers["x-tandem-signature"] ?? "")
    .split(",")
    .map((pair) => pair.split("="));
  const timestamp = pairs.find(([name]) => name === "t")?.[1] ?? "";
  const expected = createHmac("sha256", Buffer.from(secret, "utf8"))
    .update(`${timestamp}.${rawBody}`)
    .digest();
  return pairs
    .filter(([name]) => name === "v1")
    .map(([, hex]) => Buffer.from(hex ?? "", "hex"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

export function verifyStandard(secret: string, headers: IncomingHttpHeaders, rawBody: string): boolean {
  try {
    const webhook = secret.startsWith("whsec_")
      ? new Webhook(secret)
      : new Webhook(Buffer.from(secret, "utf8"), { format: "raw" });
    webhook.verify(rawBody, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
