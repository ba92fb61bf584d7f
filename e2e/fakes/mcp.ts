import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { FakeTickets, type FakeToolbox, type ToolStep, toolServer } from "./mcp-tools";

export type { FakeTicket } from "./mcp-tools";

/** How one `tools/call` is treated on the wire; those of `ToolStep` are answered properly, in band. */
export type McpStep =
  | ToolStep
  /** Does what was asked, or not, and breaks the connection. */
  | { kind: "drop"; writes?: boolean }
  /** Does it and answers only then. */
  | { kind: "delay"; ms: number }
  | { kind: "hang"; writes?: boolean }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string; writes?: boolean }
  | { kind: "huge"; bytes: number }
  | { kind: "malformed" }
  /** An event stream that ends before the answer. */
  | { kind: "emptyStream"; writes?: boolean }
  /** An event stream that answers and then stays open. */
  | { kind: "openStream" };

export type McpFake<Box extends FakeToolbox = FakeTickets> = {
  url: string;
  port: number;
  tickets: Box;
  /** `initialize`, `tools/list`, `tools/call`, ..., and `DELETE`, as they came. */
  methods: string[];
  authorizations: string[];
  readonly connectionCount: number;
  readonly sessionCount: number;
  /** The next calls of the making tool get these steps, in order. */
  script: (...steps: McpStep[]) => void;
  /** Every request is answered so, from the first: null is as before. */
  answerAll: (status: number | null) => void;
  waitForCall: () => Promise<void>;
  close: () => Promise<void>;
};

export type McpFakeOptions = {
  port?: number;
  /** Answers in JSON instead of an event stream. */
  json?: boolean;
  /** Only this value of `Authorization` is let in. */
  authorization?: string;
};

const inBand = new Set(["isError", "signIn", "throws"]);

/** A real MCP server over streamable HTTP on this machine, which misbehaves by script. */
export const startMcpFake = (options: McpFakeOptions = {}): Promise<McpFake> =>
  serveToolbox(new FakeTickets(), options);

/** The same over tools of one's own. */
export async function serveToolbox<Box extends FakeToolbox>(
  tickets: Box,
  options: McpFakeOptions = {},
): Promise<McpFake<Box>> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const methods: string[] = [];
  const authorizations: string[] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let steps: McpStep[] = [];
  let waiting: Array<() => void> = [];
  let connectionCount = 0;
  let statusOfAll: number | null = null;

  const openTransport = async () => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: options.json === true,
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    await toolServer(tickets).connect(transport as Parameters<ReturnType<typeof toolServer>["connect"]>[0]);
    return transport;
  };

  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const message = body === "" ? null : (JSON.parse(body) as { method?: string; params?: Call });
    methods.push(message?.method ?? request.method ?? "");
    const authorization = request.headers.authorization ?? "";
    authorizations.push(authorization);
    if (statusOfAll !== null) return void response.writeHead(statusOfAll).end();
    if (options.authorization && authorization !== options.authorization) {
      return void response.writeHead(401, { "www-authenticate": "Bearer" }).end();
    }
    const { name = "", arguments: args = {} } = message?.params ?? {};
    if (message?.method === "tools/call" && tickets.makes(name, args)) {
      for (const resume of waiting) resume();
      waiting = [];
      const step = steps.shift();
      if (step && !inBand.has(step.kind)) {
        const act = () => tickets.create(args, name);
        if (await misbehave(step, act, request, response, timers, body)) return;
      } else if (step) tickets.steps = [step as ToolStep];
    }
    const known = sessions.get(String(request.headers["mcp-session-id"] ?? ""));
    const transport = known ?? (message?.method === "initialize" ? await openTransport() : null);
    if (!transport) return void response.writeHead(404).end();
    await transport.handleRequest(request, response, message ?? undefined);
  });
  server.on("connection", (socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    ...{ port, tickets, methods, authorizations },
    get connectionCount() {
      return connectionCount;
    },
    get sessionCount() {
      return sessions.size;
    },
    script: (...next) => {
      steps = next;
    },
    answerAll: (status) => {
      statusOfAll = status;
    },
    waitForCall: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

type Call = { name?: string; arguments?: Record<string, unknown> };

/** false: it is answered as it should be after all. */
async function misbehave(
  step: McpStep,
  act: () => unknown,
  request: IncomingMessage,
  response: ServerResponse,
  timers: Set<NodeJS.Timeout>,
  body: string,
): Promise<boolean> {
  const stream = { "content-type": "text/event-stream" };
  switch (step.kind) {
    case "drop":
      if (step.writes !== false) act();
      request.socket.destroy();
      return true;
    case "hang":
      if (step.writes) act();
      return true;
    case "delay":
      await new Promise<void>((resolve) => timers.add(setTimeout(resolve, step.ms)));
      return false;
    case "status":
      if (step.writes) act();
      response.writeHead(step.status, step.headers).end(step.body ?? "");
      return true;
    case "huge":
      act();
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(`{"x":"${"x".repeat(step.bytes)}"}`);
      return true;
    case "malformed":
      act();
      response.writeHead(200, { "content-type": "application/json" }).end("<html>not MCP</html>");
      return true;
    case "emptyStream":
      if (step.writes) act();
      response.writeHead(200, stream).end(": nothing\n\n");
      return true;
    case "openStream": {
      act();
      const { id } = JSON.parse(body) as { id: number };
      const result = { content: [{ type: "text", text: "opened" }] };
      response.writeHead(200, stream);
      response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: "2.0", id, result })}\n\n`);
      return true;
    }
    default:
      return false;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
