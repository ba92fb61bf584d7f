import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Planted } from "./planted";

export type EchoServer = { url: string; paths: Set<string>; close: () => Promise<void> };

/**
 * The worst that a service outside may answer: everything it was sent, with its own secrets beside, in bodies, headers,
 * redirects and errors. `/fails`, `/moves` and `/takes` are webhooks, `/mcp` a server of tools, `/v1` a model, the rest trackers.
 */
export async function startEchoServer(planted: Planted): Promise<EchoServer> {
  const paths = new Set<string>();
  const tools = toolsWithSecrets(planted);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const sent = Buffer.concat(chunks).toString("utf8");
      const path = new URL(request.url ?? "/", "http://echo").pathname;
      paths.add(path);
      answer({ planted, tools, path, headers: request.headers, sent }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Asked = {
  planted: Planted;
  tools: Record<string, unknown>;
  path: string;
  headers: IncomingMessage["headers"];
  sent: string;
};

function answer({ planted, tools, path, headers: heard, sent }: Asked, response: ServerResponse): void {
  const said = planted.prose(`what ${path} answered`);
  const headers = {
    "content-type": "application/json",
    "set-cookie": `session=${planted.opaque(`a cookie of ${path}`)}`,
    "x-api-key": planted.opaque(`a header of ${path}`),
  };
  const echo = JSON.stringify({
    ...{ id: "1", message: said, error: said, errors: [{ message: said }], you_sent: heard, body: sent },
  });
  if (path === "/mcp") return answerTools(tools, sent, headers, response);
  if (path === "/moves") {
    const [login, query] = ["the redirect's password", "the redirect's query"].map((each) =>
      planted.opaque(each),
    );
    const location = `http://app:${login}@127.0.0.1:9/?token=${query}`;
    return void response.writeHead(302, { ...headers, location }).end(echo);
  }
  const statuses: Record<string, number> = { "/takes": 200, "/fails": 500 };
  response.writeHead(statuses[path] ?? 401, headers).end(echo);
}

function answerTools(
  tools: Record<string, unknown>,
  sent: string,
  headers: Record<string, string>,
  response: ServerResponse,
): void {
  const { id, method = "" } = JSON.parse(sent || "{}") as { id?: number; method?: string };
  if (id === undefined) return void response.writeHead(202, headers).end();
  response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: "2.0", id, result: tools[method] ?? {} }));
}

/** The same each time: tools that change between their inspection and a call are not called. */
function toolsWithSecrets(planted: Planted): Record<string, unknown> {
  const text = (place: string) => planted.prose(`the tools' ${place}`);
  const inputSchema = {
    type: "object",
    properties: { title: { type: "string", description: text("input") } },
  };
  const tool = { title: text("title"), description: text("description"), inputSchema };
  return {
    initialize: {
      protocolVersion: "2025-06-18",
      capabilities: { tools: {} },
      serverInfo: { name: text("server name"), version: "1" },
      instructions: text("instructions"),
    },
    "tools/list": { tools: [{ name: "create_ticket", ...tool }] },
    "tools/call": { isError: true, content: [{ type: "text", text: text("failure") }] },
  };
}
