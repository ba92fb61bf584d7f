import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type BadServer, type Behaviour, dropped, hang, json, openBadServer } from "../test/bad-server";
import { EventStreamParser, type LiveOptions, liveEvents } from "./live-events";
import { Transport } from "./transport";
import type { LiveEvent } from "./types/event";

let server: BadServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const stream =
  (write: (response: ServerResponse) => void): Behaviour =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 10\n: open\n\n");
    write(response);
  };
const change = (topic: string, id: string) => `event: change\ndata: ${JSON.stringify({ topic, id })}\n\n`;

async function listen(behaviours: Behaviour[], options: LiveOptions = {}) {
  server = await openBadServer(...behaviours);
  const transport = new Transport({ baseUrl: server.url, token: "t" });
  const waits: number[] = [];
  transport.pause = async (ms) => void waits.push(ms);
  transport.random = () => 1;
  return { events: liveEvents(transport, options), waits, seen: server.seen };
}

async function take(events: AsyncGenerator<LiveEvent>, count: number): Promise<LiveEvent[]> {
  const taken: LiveEvent[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

describe("liveEvents", () => {
  it("opens, tells of changes, and asks with the token", async () => {
    const { events, seen } = await listen([
      stream((r) => r.write(change("draft", "d1") + change("key", "k1"))),
    ]);
    expect(await take(events, 3)).toEqual([
      { type: "open" },
      { type: "change", topic: "draft", id: "d1" },
      { type: "change", topic: "key", id: "k1" },
    ]);
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer t", accept: "text/event-stream" });
  });

  it("filters by topic, and lets gaps through", async () => {
    const text = `${change("draft", "d1")}event: gap\ndata: {}\n\n${change("incident", "i1")}`;
    const { events } = await listen([stream((r) => r.write(text))], { topics: ["incident"] });
    expect(await take(events, 3)).toEqual([
      { type: "open" },
      { type: "gap" },
      { type: "change", topic: "incident", id: "i1" },
    ]);
  });

  it("opens again after an end, a cut and a refusal that passes, waiting as the server said", async () => {
    const { events, waits, seen } = await listen([
      stream((r) => r.end(change("draft", "d1"))),
      dropped,
      json(429, { error: "too many" }, { "retry-after": "30" }),
      stream((r) => r.write(change("draft", "d2"))),
    ]);
    expect(await take(events, 4)).toEqual([
      { type: "open" },
      { type: "change", topic: "draft", id: "d1" },
      { type: "open" },
      { type: "change", topic: "draft", id: "d2" },
    ]);
    expect([seen.length, waits]).toEqual([4, [10, 20, 30_040]]);
  });

  it("ends with the stream when it shall not reconnect", async () => {
    const { events } = await listen([stream((r) => r.end(change("draft", "d1")))], { reconnect: false });
    expect(await take(events, 99)).toHaveLength(2);
  });

  it("throws what the server refuses, at the start and later", async () => {
    const refused = json(401, { error: "no", code: "AUTH_REQUIRED" });
    const first = await listen([refused]);
    await expect(take(first.events, 1)).rejects.toMatchObject({ code: "AUTH_REQUIRED" });
    await server?.close();
    const later = await listen([stream((r) => r.end()), refused]);
    await expect(take(later.events, 2)).rejects.toMatchObject({ status: 401 });
  });

  it("throws when the first opening fails: nobody waits for a server that was never there", async () => {
    const { events } = await listen([dropped]);
    await expect(take(events, 1)).rejects.toMatchObject({ name: "NetworkError" });
  });

  it("a stream that says nothing for too long is opened again", async () => {
    const { events, seen } = await listen([stream(() => {})], { idleTimeoutMs: 300 });
    expect(await take(events, 2)).toEqual([{ type: "open" }, { type: "open" }]);
    expect(seen).toHaveLength(2);
  });

  it("ends quietly when aborted, while reading and while connecting", async () => {
    for (const behaviour of [stream(() => {}), hang]) {
      const ending = new AbortController();
      const { events, seen } = await listen([behaviour], { signal: ending.signal });
      const reading = (async () => {
        for await (const _ of events);
      })();
      await vi.waitFor(() => expect(seen).toHaveLength(1));
      ending.abort();
      await reading;
      await server?.close();
    }
  });

  it("leaving the loop closes the connection", async () => {
    const { events } = await listen([stream(() => {})]);
    await take(events, 1);
    await vi.waitFor(() => expect(server?.openCount()).toBe(0));
  });
});

describe("EventStreamParser", () => {
  const read = (...pieces: string[]) => {
    const parser = new EventStreamParser();
    return pieces.flatMap((piece) => [...parser.push(piece)]);
  };
  const one = [{ kind: "event", event: { type: "change", topic: "draft", id: "d" } }];

  it.each([
    ["in one piece", [change("draft", "d")]],
    ["letter by letter", [...change("draft", "d")]],
    ["with CRLF cut in two", ["event: change\r", '\ndata: {"topic":"draft","id":"d"}\r\n\r', "\n"]],
    ["with CR", ['event:change\rdata:{"topic":"draft","id":"d"}\r\r', "\n"]],
    ["over two data lines", ['event: change\ndata: {"topic":"draft",\ndata: "id":"d"}\n\n']],
    ["with comments and fields we do not know between", [`: hello\n\nid: 4\nfoo\n${change("draft", "d")}`]],
  ])("reads a change %s", (_, pieces) => expect(read(...pieces)).toEqual(one));

  it.each([
    ["no JSON", "event: change\ndata: {\n\n"],
    ["JSON that is no change", 'event: change\ndata: {"topic":1}\n\n'],
    ["an event we do not know", "event: other\ndata: {}\n\n"],
    ["an unfinished one", 'event: change\ndata: {"topic":"draft","id":"d"}\n'],
  ])("makes nothing of %s", (_, text) => expect(read(text)).toEqual([]));

  it("reads how long to wait, and only numbers", () => {
    expect(read("retry: 500\nretry: soon\n\n")).toEqual([{ kind: "retry", ms: 500 }]);
  });
});
