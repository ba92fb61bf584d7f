import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemSchema } from "@/lib/contracts/problem";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { openFrontDoor } from "@/server";
import { batchLimitBytes, createApi } from "./app";
import { reportLimitBytes } from "./route";

let api: TestApi;
let servers: Server[];
let port: number;
/** A page that answers what it was asked for, or breaks. */
const panel = (request: { url?: string }, response: { end: (text: string) => void }) => {
  if (request.url === "/broken") throw new Error("a page's own secret");
  response.end(`page ${request.url}`);
};

beforeAll(async () => {
  api = await createTestApi();
  servers = await openFrontDoor({
    api: getRequestListener(createApi().fetch, { overrideGlobalObjects: false }),
    panel: async (request, response) => panel(request, response),
    publicUrl: "https://incidents.example.com",
    host: "127.0.0.1",
    port: 0,
    stopping: new AbortController().signal,
    limits: { headersTimeout: 300, requestTimeout: 700, connectionsCheckingInterval: 50 },
  });
  port = (servers[0]?.address() as AddressInfo).port;
});
afterAll(async () => {
  for (const server of servers ?? []) server.closeAllConnections();
  await Promise.all((servers ?? []).map((server) => new Promise((resolve) => server.close(resolve))));
  await api?.close();
});

const host = "host: incidents.example.com\r\n";
const token = () => `authorization: Bearer ${api.tokens.admin}\r\n`;

type Raw = { status: number; headers: Map<string, string>; body: string };

/** Bytes on a bare socket, and what comes back until the server closes or `until` says that it is enough. */
async function speak(
  first: string,
  then: (socket: Socket) => void = () => undefined,
  until?: RegExp,
): Promise<Raw> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  const ended = new Promise<void>((resolve) => {
    socket.on("data", (bytes) => {
      text += bytes.toString("utf8");
      if (until?.test(text)) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
  });
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(first);
  then(socket);
  await ended;
  return parse(text);
}

function parse(text: string): Raw {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [line = "", ...lines] = head.split("\r\n");
  const headers = new Map(
    lines.map((each) => [
      each.slice(0, each.indexOf(":")).toLowerCase(),
      each.slice(each.indexOf(":") + 1).trim(),
    ]),
  );
  return { status: Number(line.split(" ")[1]), headers, body: rest.join("\r\n\r\n") };
}

/** A JSON problem that quotes the id in its header, and cannot be cached, framed or sniffed. */
function expectProblem(raw: Raw, status: number, code: string): void {
  const body = problemSchema.parse(JSON.parse(raw.body));
  expect([raw.status, body.code]).toEqual([status, code]);
  expect(body.request_id).toMatch(/^req-[0-9a-f]{32}$/);
  expect(raw.headers.get("x-request-id")).toBe(body.request_id);
  expect(raw.headers.get("x-content-type-options")).toBe("nosniff");
  expect(raw.headers.get("x-frame-options")).toBe("DENY");
  expect(raw.headers.get("cache-control")).toBe("no-store");
}

const report = (head: string) => `POST /incident-monitor/report HTTP/1.1\r\n${host}${token()}${head}\r\n`;
const json = "content-type: application/json\r\n";

describe("who is let in", () => {
  it.each([
    ["another name", "host: evil.example\r\n"],
    ["our name at another port", "host: incidents.example.com:8443\r\n"],
    ["a name that begins with ours", "host: incidents.example.com.evil.example\r\n"],
  ])("421 for %s, of an API path and of a page", async (_, line) => {
    for (const path of ["/global/health", "/"]) {
      expectProblem(await speak(`GET ${path} HTTP/1.1\r\n${line}\r\n`), 421, "UNKNOWN_HOST");
    }
  });

  it("answers to the public name, however it is written", async () => {
    for (const name of ["incidents.example.com", "INCIDENTS.example.com"]) {
      const raw = await speak(`GET /global/health HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`);
      expect(raw.status).toBe(200);
    }
  });

  it("a whole address is for us by the name in it, not by the header", async () => {
    const ask = (url: string) => speak(`GET ${url} HTTP/1.1\r\n${host}connection: close\r\n\r\n`);
    for (const path of ["/global/health", "/drafts"])
      expectProblem(await ask(`http://evil.example${path}`), 421, "UNKNOWN_HOST");
    expect((await ask("https://incidents.example.com/drafts?state=open")).body).toBe(
      "page /drafts?state=open",
    );
  });

  it("a page takes nothing from what does not say that it is one of ours", async () => {
    const post = (path: string, head = "") =>
      speak(`POST ${path} HTTP/1.1\r\n${host}${head}content-length: 0\r\nconnection: close\r\n\r\n`);
    for (const head of ["", "sec-fetch-site: cross-site\r\n", "sec-fetch-site: same-site\r\n"])
      expectProblem(await post("/settings/access", head), 403, "CROSS_ORIGIN");
    // What another site's page says of itself Next compares; the way in has its own token.
    for (const head of ["origin: https://incidents.example.com\r\n", "sec-fetch-site: same-origin\r\n"])
      expect((await post("/settings/access", head)).body).toBe("page /settings/access");
    expect((await post("/api/auth/callback/credentials")).body).toBe("page /api/auth/callback/credentials");
  });

  it("400 without a Host, and for what is not HTTP", async () => {
    expect((await speak("GET / HTTP/1.1\r\n\r\n")).status).toBe(400);
    expectProblem(await speak("hello there\r\n\r\n"), 400, "BAD_REQUEST");
  });
});

describe("pages and API", () => {
  const get = (path: string) => speak(`GET ${path} HTTP/1.1\r\n${host}connection: close\r\n\r\n`);

  it.each(["/drafts/%", "/drafts/%zz", "/%c3%28"])(
    "400 for the page of %s, which is no text",
    async (path) => {
      const answer = await speak(`GET ${path} HTTP/1.1\r\n${host}\r\n`);
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, "BAD_PATH"]);
      expect((await speak(`GET /drafts/%c3%a4 HTTP/1.1\r\n${host}connection: close\r\n\r\n`)).status).toBe(
        200,
      );
    },
  );

  it("gives pages a request id too", async () => {
    const page = await get("/drafts");
    expect([page.status, page.body.includes("page /drafts")]).toEqual([200, true]);
    expect(page.headers.get("x-request-id")).toMatch(/^req-/);
  });

  it("a page that breaks is 500, with an id to quote and nothing of what broke", async () => {
    const raw = await get("/broken");
    expectProblem(raw, 500, "INTERNAL");
    expect(raw.body).not.toContain("secret");
  });

  it.each([
    "/incident-monitor",
    "/incident-monitor/nothing",
    "/config/bug-monitor",
    "/global/nothing",
    "/bug-monitor/status",
    "/failure-reporter/status",
  ])("%s is the API's to refuse, never a page", async (path) => {
    expectProblem(await get(path), 404, "NOT_FOUND");
  });

  it.each(["/incident-monitored", "/metricsandmore", "/globalise", "/openapi.json5"])(
    "%s is a page's",
    async (path) => {
      expect((await get(path)).body).toContain(`page ${path}`);
    },
  );
});

describe("bodies that are too large", () => {
  it("a declared one is refused while nothing of it has been sent", async () => {
    const raw = await speak(report(`${json}content-length: ${reportLimitBytes + 1}\r\n`));
    expectProblem(raw, 413, "PAYLOAD_TOO_LARGE");
    expect(raw.headers.get("connection")).toBe("close");
  });

  it("a chunked one is cut off at the limit, and the sender with it", async () => {
    const piece = "x".repeat(64 * 1024);
    let sent = 0;
    const raw = await speak(report(`${json}transfer-encoding: chunked\r\n`), (socket) => {
      const more = () => {
        while (!socket.destroyed && sent < 64 * reportLimitBytes) {
          sent += piece.length;
          if (!socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`))
            return socket.once("drain", more);
        }
      };
      more();
    });
    expectProblem(raw, 413, "PAYLOAD_TOO_LARGE");
    expect(sent).toBeLessThan(32 * reportLimitBytes);
  });

  it("is not asked for: without 100 Continue a large one is never sent", async () => {
    const expectation = "expect: 100-continue\r\n";
    const large = await speak(report(`${json}${expectation}content-length: ${batchLimitBytes + 1}\r\n`));
    expectProblem(large, 413, "PAYLOAD_TOO_LARGE");
    const small = await speak(
      report(`${json}${expectation}connection: close\r\ncontent-length: 2\r\n`),
      (socket) => socket.once("data", () => socket.write("{}")),
    );
    expect(small.status).toBe(100);
    expect(small.body).toContain("INCIDENT_MONITOR_REPORT_REQUIRED");
  });
});

describe("clients that hold a connection", () => {
  it("408 for headers that never end", async () => {
    expectProblem(await speak("GET / HTTP/1.1\r\nx-slow: "), 408, "REQUEST_TIMEOUT");
  });

  it("408 for a body that never comes", async () => {
    const raw = await speak(report(`${json}content-length: 100\r\n`));
    expectProblem(raw, 408, "REQUEST_TIMEOUT");
  });

  it("431 for headers beyond 16 KiB", async () => {
    const raw = await speak(`GET / HTTP/1.1\r\n${host}x-long: ${"y".repeat(17 * 1024)}\r\n\r\n`);
    expectProblem(raw, 431, "REQUEST_HEADER_FIELDS_TOO_LARGE");
  });
});

it("a stream's HEAD opens no stream: any number of them leave room for the readers", async () => {
  const head = () =>
    speak(`HEAD /incident-monitor/events HTTP/1.1\r\n${host}${token()}connection: close\r\n\r\n`);
  for (let index = 0; index < 30; index++) expect((await head()).status).toBe(200);
  const open = await speak(
    `GET /incident-monitor/events HTTP/1.1\r\n${host}${token()}\r\n`,
    undefined,
    /: open/,
  );
  expect(open.status).toBe(200);
});
