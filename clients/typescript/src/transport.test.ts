import { afterEach, describe, expect, it } from "vitest";
import {
  type BadServer,
  type Behaviour,
  cut,
  dropped,
  hang,
  json,
  openBadServer,
  text,
} from "../test/bad-server";
import { TandemClient } from "./client";
import { IncidentMonitorError, NetworkError, retryAfterMs, TimeoutError } from "./errors";
import { segment, type TandemClientOptions, Transport } from "./transport";

let server: BadServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Options = Partial<TandemClientOptions>;

/** A transport that does not wait between tries, and what it would have waited. */
async function against(behaviours: Behaviour[], options: Options = {}) {
  server = await openBadServer(...behaviours);
  const transport = new Transport({ baseUrl: server.url, token: "t", ...options });
  const waits: number[] = [];
  transport.pause = async (ms) => void waits.push(ms);
  transport.random = () => 1;
  return { transport, waits, seen: server.seen };
}
const get = { method: "GET", path: "/x" } as const;
const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error as Error,
  );

describe("what is sent", () => {
  it("has the bearer token and says JSON even without a body", async () => {
    const { transport, seen } = await against([json(200, {})]);
    await transport.json({ method: "POST", path: "/x" });
    expect(seen[0]).toMatchObject({ method: "POST", path: "/x", body: "" });
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer t", "content-type": "application/json" });
  });

  it("has a scoped key in its own header, and no token beside it", async () => {
    const { transport, seen } = await against([json(200, {})]);
    await transport.json({ ...get, credential: { intakeKey: "k" } });
    expect(seen[0]?.headers["x-tandem-incident-monitor-intake-key"]).toBe("k");
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it("keeps a path in baseUrl, drops its slashes, and leaves unset parts of a query out", async () => {
    server = await openBadServer(json(200, {}));
    const transport = new Transport({ baseUrl: `${server.url}/monitor//` });
    await transport.json({ ...get, query: { a: 1, b: undefined, c: "", d: ["x", "y"], e: null, f: [] } });
    expect(server.seen[0]?.path).toBe("/monitor/x?a=1&d=x%2Cy");
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ["a/b c", "a%2Fb%20c"],
    [" id ", "id"],
  ])("encodes the id %j", (id, expected) => expect(segment(id, "id")).toBe(expected));

  it.each(["", "  ", ".", ".."])("refuses the id %j, which would be another path", (id) => {
    expect(() => segment(id, "draftId")).toThrow(/draftId must be an id/);
  });

  it.each(["", "localhost:39731", "ftp://x", "https://user:pw@x"])("refuses the baseUrl %j", (baseUrl) => {
    expect(() => new TandemClient({ baseUrl })).toThrow(TypeError);
  });
});

describe("what is read", () => {
  it("is the JSON as it came, unknown keys and nulls included", async () => {
    const { transport } = await against([json(200, { odd_key: [null], more: { a: 1 } })]);
    expect(await transport.json(get)).toEqual({ odd_key: [null], more: { a: 1 } });
  });

  it("is undefined for 204", async () => {
    const { transport } = await against([text(204, "")]);
    expect(await transport.json(get)).toBeUndefined();
  });

  it("names status, code, field, request and the whole body of a refusal", async () => {
    const body = { error: "title: too long", code: "VALIDATION_FAILED", field: "title", issues: [] };
    const { transport } = await against([json(422, body, { "x-request-id": "req-1" })]);
    const error = await failed(transport.json(get));
    expect(error).toBeInstanceOf(IncidentMonitorError);
    expect(error).toMatchObject({
      ...{ name: "IncidentMonitorError", status: 422, code: "VALIDATION_FAILED", field: "title" },
      ...{ requestId: "req-1", retryAfterMs: undefined, body },
    });
    expect(error.message).toBe(`Request failed (422 Unprocessable Entity): ${JSON.stringify(body)}`);
  });

  it("keeps a refusal that is no JSON as text", async () => {
    const { transport } = await against([text(403, "<html>no</html>")]);
    expect(await failed(transport.json(get))).toMatchObject({
      status: 403,
      code: undefined,
      body: "<html>no</html>",
    });
  });

  it.each([
    ["a page", "<!doctype html>"],
    ["nothing", ""],
    ["half of JSON", '{"a":'],
  ])("says so when a good status comes with %s", async (_, body) => {
    const { transport } = await against([text(200, body)]);
    expect(await failed(transport.json(get))).toMatchObject({ status: 200, code: "INVALID_RESPONSE", body });
  });

  it("never follows a redirect with the credential", async () => {
    const { transport, seen } = await against([text(302, "", { location: "/elsewhere" }), json(200, {})]);
    const error = await failed(transport.json(get));
    expect(error).toMatchObject({ status: 302, code: "REDIRECTED" });
    expect(error.message).toContain("/elsewhere");
    expect(seen).toHaveLength(1);
  });
});

describe("when it goes wrong on the way", () => {
  it.each([
    ["the connection is cut inside the answer", cut],
    ["the connection is dropped before one", dropped],
  ])("%s: NetworkError after the retries", async (_, behaviour) => {
    const { transport, seen } = await against([behaviour]);
    const error = await failed(transport.json(get));
    expect(error).toBeInstanceOf(NetworkError);
    expect(seen).toHaveLength(3);
  });

  it("nobody listens: NetworkError with the platform's reason", async () => {
    const closed = await openBadServer(hang);
    await closed.close();
    const client = new TandemClient({ baseUrl: closed.url, retries: 0 });
    const error = await failed(client.health());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("no answer: TimeoutError after timeoutMs, which is for the whole call", async () => {
    const { transport, waits } = await against([hang], { timeoutMs: 50 });
    const error = await failed(transport.json(get));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toBe("Request timed out after 50ms: /x");
    expect(waits).toEqual([]);
  });

  it("an abort ends the call with the signal's reason", async () => {
    const { transport } = await against([hang]);
    const ending = new AbortController();
    const call = failed(transport.json(get, { signal: ending.signal }));
    ending.abort(new Error("no longer wanted"));
    expect((await call).message).toBe("no longer wanted");
    const early = await failed(transport.json(get, { signal: AbortSignal.abort(new Error("before")) }));
    expect(early.message).toBe("before");
  });
});

describe("trying again", () => {
  const busy = json(503, { error: "busy", code: "DATABASE_UNAVAILABLE", retryable: true });

  it("a GET is repeated, waiting longer each time", async () => {
    const { transport, waits, seen } = await against([busy, dropped, json(200, { ok: 1 })]);
    expect(await transport.json(get)).toEqual({ ok: 1 });
    expect([seen.length, waits]).toEqual([3, [250, 500]]);
  });

  it("the wait is spread by chance, down to nothing", async () => {
    const { transport, waits } = await against([busy, json(200, {})]);
    transport.random = () => 0;
    await transport.json(get);
    expect(waits).toEqual([0]);
  });

  it("never sooner than Retry-After says", async () => {
    const limited = json(429, { error: "slow down", code: "RATE_LIMITED" }, { "retry-after": "3" });
    const { transport, waits } = await against([limited, json(200, {})]);
    await transport.json(get);
    expect(waits).toEqual([3_250]);
  });

  it("not when Retry-After lies beyond the deadline: the refusal is the answer, with its time", async () => {
    const limited = json(429, { error: "slow down" }, { "retry-after": "60" });
    const { transport, waits, seen } = await against([limited], { timeoutMs: 5_000 });
    expect(await failed(transport.json(get))).toMatchObject({ status: 429, retryAfterMs: 60_000 });
    expect([seen.length, waits]).toEqual([1, []]);
  });

  it.each([
    ["400", json(400, { error: "no" })],
    ["401", json(401, { error: "no" })],
    ["409", json(409, { error: "no" })],
    ["501", json(501, { error: "no" })],
    ["500 that says it is not retryable", json(500, { error: "no", retryable: false })],
  ])("not after %s", async (_, behaviour) => {
    const { transport, seen } = await against([behaviour]);
    await failed(transport.json(get));
    expect(seen).toHaveLength(1);
  });

  it("gives up after `retries`, and 0 means never; a call may say otherwise", async () => {
    const { transport, seen } = await against([busy], { retries: 0 });
    await failed(transport.json(get));
    expect(seen).toHaveLength(1);
    await failed(transport.json(get, { retries: 1 }));
    expect(seen).toHaveLength(3);
  });

  it("a POST, PATCH, PUT or DELETE is sent once", async () => {
    const { transport, seen } = await against([busy]);
    for (const method of ["POST", "PATCH", "PUT", "DELETE"] as const)
      await failed(transport.json({ method, path: "/x" }));
    expect(seen).toHaveLength(4);
  });

  it.each([
    ["-1", { retries: -1 }],
    ["half a retry", { retries: 0.5 }],
    ["no time at all", { timeoutMs: 0 }],
    ["more time than a timer holds", { timeoutMs: 2 ** 31 }],
  ])("refuses %s", (_, options) => {
    expect(() => new Transport({ baseUrl: "http://localhost", ...options })).toThrow(RangeError);
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    ["120", 120_000],
    ["0", 0],
    ["Thu, 01 Jan 2026 00:00:05 GMT", 5_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%j", (value, expected) => expect(retryAfterMs(value, now)).toBe(expected));
});
