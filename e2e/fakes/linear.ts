import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buildSchema, GraphQLError, graphql } from "graphql";
import { type FakeLinearIssue, LinearRecords } from "./linear-records";
import { linearSchema } from "./linear-schema";

/** Reads are Place, Find and Look; writes Create and Comment: the names of the operations that are sent. */
export type LinearOperation = "Place" | "Find" | "Look" | "Create" | "Comment";

/** How one request is treated; `writes` says whether it does what was asked before it misbehaves. */
export type LinearStep =
  | { kind: "drop"; writes?: boolean }
  | { kind: "delay"; ms: number }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string; writes?: boolean }
  | { kind: "rateLimited"; resetInMs: number }
  | { kind: "error"; code: string; writes?: boolean }
  | { kind: "malformed" }
  | { kind: "huge"; bytes: number };

export type LinearFake = {
  url: string;
  port: number;
  requests: Array<{ operation: LinearOperation; authorization: string; variables: Record<string, unknown> }>;
  readonly connectionCount: number;
  readonly issues: FakeLinearIssue[];
  addIssue: (issue: Partial<FakeLinearIssue>) => FakeLinearIssue;
  /** The next requests of this operation get these steps, in order. */
  script: (operation: LinearOperation, ...steps: LinearStep[]) => void;
  /** Reads show an issue only this many reads after it was made. */
  lagReads: (reads: number) => void;
  /** Issues and comments that carry each delivery's key: more than one is a duplicate. */
  effects: () => Map<string, number>;
  waitFor: (operation: LinearOperation) => Promise<void>;
  close: () => Promise<void>;
};

const schema = buildSchema(linearSchema);

/** Linear's GraphQL API on this machine: it runs real queries against the part of the schema there is, and misbehaves by script. */
export async function startLinearFake(
  options: { keys?: readonly string[]; port?: number } = {},
): Promise<LinearFake> {
  const keys = options.keys ?? ["lin_api_test"];
  const records = new LinearRecords();
  const steps = new Map<LinearOperation, LinearStep[]>();
  const requests: LinearFake["requests"] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let waiting: Array<{ operation: LinearOperation; resolve: () => void }> = [];
  let connectionCount = 0;

  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await readBody(request)) as {
      query: string;
      variables: Record<string, unknown>;
    };
    const operation = /^\s*(?:query|mutation) (\w+)/.exec(query)?.[1] as LinearOperation;
    const authorization = request.headers.authorization ?? "";
    requests.push({ operation, authorization, variables });
    waiting = waiting.filter((each) => {
      if (each.operation === operation) each.resolve();
      return each.operation !== operation;
    });
    if (!keys.includes(authorization.replace(/^Bearer /, ""))) {
      const error = new GraphQLError("Authentication required", {
        extensions: { code: "AUTHENTICATION_ERROR" },
      });
      return send(response, 401, JSON.stringify({ errors: [error] }));
    }
    const act = async () => {
      if (operation === "Find" || operation === "Look") records.countRead();
      return graphql({ schema, source: query, rootValue: records.resolvers, variableValues: variables });
    };
    const step = steps.get(operation)?.shift();
    await answer(request, response, step, act, timers);
  });
  server.on("connection", (socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  records.webOrigin = `http://127.0.0.1:${port}`;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    port,
    requests,
    get connectionCount() {
      return connectionCount;
    },
    issues: records.issues,
    addIssue: (issue) => records.add(issue),
    script: (operation, ...next) => steps.set(operation, next),
    lagReads: (reads) => {
      records.lag = reads;
    },
    effects: () => records.effects(),
    waitFor: (operation) => new Promise((resolve) => waiting.push({ operation, resolve })),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  step: LinearStep | undefined,
  act: () => Promise<unknown>,
  timers: Set<NodeJS.Timeout>,
): Promise<void> {
  switch (step?.kind) {
    case "drop":
      if (step.writes !== false) await act();
      request.socket.destroy();
      return;
    case "status":
      if (step.writes) await act();
      return send(response, step.status, step.body ?? "{}", step.headers);
    case "rateLimited": {
      const headers = { "x-ratelimit-requests-reset": String(Date.now() + step.resetInMs) };
      return send(response, 400, errorBody("RATELIMITED"), headers);
    }
    case "error":
      if (step.writes) await act();
      return send(response, 200, errorBody(step.code));
    case "malformed":
      await act();
      return send(response, 200, "<html>not GraphQL</html>");
    case "huge":
      await act();
      return send(response, 200, `{"data":"${"x".repeat(step.bytes)}"}`);
    case "delay": {
      const body = JSON.stringify(await act());
      const timer = setTimeout(() => send(response, 200, body), step.ms);
      timers.add(timer);
      return;
    }
    default:
      return send(response, 200, JSON.stringify(await act()));
  }
}

const errorBody = (code: string) =>
  JSON.stringify({ errors: [{ message: "refused", extensions: { code } }], data: null });

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
