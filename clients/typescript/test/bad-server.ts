import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export type Seen = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** What the server does with one request. */
export type Behaviour = (response: ServerResponse, seen: Seen) => void;

export type BadServer = {
  url: string;
  seen: Seen[];
  /** Requests whose answer has neither ended nor been left by the caller. */
  openCount: () => number;
  close: () => Promise<void>;
};

/** A server on loopback that speaks badly on purpose: one behaviour a request, the last one from then on. */
export async function openBadServer(...behaviours: Behaviour[]): Promise<BadServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let openCount = 0;
  const server = createServer((request, response) => {
    openCount += 1;
    response.on("close", () => {
      openCount -= 1;
    });
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      const behave = behaviours[Math.min(seen.length, behaviours.length - 1)];
      seen.push(one);
      behave?.(response, one);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    openCount: () => openCount,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };

export const text =
  (status: number, body: string, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** Answers never. */
export const hang: Behaviour = () => {};

/** Promises more than it sends, then is gone. */
export const cut: Behaviour = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"half":', () => response.socket?.destroy());
};

/** Gone before a word. */
export const dropped: Behaviour = (response) => response.socket?.destroy();
