import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Step, startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import {
  type ClosableSafeFetch,
  createSafeFetch,
  type SafeFetchOptions,
  type SafeRequest,
} from "./safe-fetch";
import type { UrlPolicy } from "./url-policy";

const strict: UrlPolicy = {
  allowInsecureHttp: false,
  allowPrivateNetworks: false,
  privateNetworks: [],
  allowedHosts: [],
};
const development: UrlPolicy = { ...strict, allowInsecureHttp: true, allowPrivateNetworks: true };

let receiver: WebhookReceiver;
let fetches: ClosableSafeFetch[] = [];

beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await Promise.all(fetches.map((fetch) => fetch.destroy()));
  await receiver.close();
});
beforeEach(() => {
  receiver.script();
  receiver.requests.length = 0;
});

function newFetch(options: SafeFetchOptions = {}): ClosableSafeFetch {
  const fetch = createSafeFetch(options);
  fetches = [...fetches, fetch];
  return fetch;
}

function post(overrides: Partial<SafeRequest> = {}): SafeRequest {
  return {
    url: receiver.url,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"a":1}',
    policy: development,
    timeoutMs: 10_000,
    responseByteLimit: 4_096,
    ...overrides,
  };
}

describe("answers", () => {
  it("are values with status, bounded headers, body, digest and timings", async () => {
    receiver.script({
      kind: "status",
      status: 429,
      headers: { "retry-after": "3", "x-two": "b" },
      body: "slow down",
    });
    const result = await newFetch()(post());
    expect(result).toMatchObject({
      outcome: "response",
      status: 429,
      headers: { "x-two": "b" },
      retryAfterMs: 3_000,
      body: "slow down",
      bodyBytes: 9,
      truncated: false,
      digest: createHash("sha256").update("slow down").digest("hex"),
    });
    if (result.outcome !== "response") return;
    expect(Object.keys(result.timings).sort()).toEqual(["connect", "dns", "firstByte", "tls", "total"]);
    expect(result.timings.tls).toBeUndefined();
    expect(receiver.requests[0]).toMatchObject({ method: "POST", path: "/hook", rawBody: '{"a":1}' });
  });

  it("reads Retry-After as a date against the given clock", async () => {
    const nowMs = Date.UTC(2026, 5, 29, 12);
    const date = new Date(nowMs + 90_000).toUTCString();
    receiver.script({ kind: "status", status: 503, headers: { "retry-after": date } });
    const result = await newFetch({ nowMs: () => nowMs })(post());
    expect(result).toMatchObject({ status: 503, retryAfterMs: 90_000 });
  });

  it("reuses connections, and leaves DNS and connect timings off then", async () => {
    const fetch = newFetch();
    const before = receiver.connectionCount;
    await fetch(post());
    // The client frees a connection one turn of the event loop after the answer.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const second = await fetch(post());
    expect(receiver.connectionCount).toBe(before + 1);
    expect(second).toMatchObject({ outcome: "response", timings: { total: expect.any(Number) } });
    expect("timings" in second && second.timings.connect).toBeUndefined();
  });

  it("never follow a redirect, wherever it leads", async () => {
    const other = await startWebhookReceiver();
    receiver.script({ kind: "redirect", status: 307, location: other.url });
    const result = await newFetch()(post());
    expect(result).toMatchObject({ outcome: "response", status: 307, headers: { location: other.url } });
    expect(other.connectionCount).toBe(0);
    await other.close();
  });

  it("stop being read at the limit, on a character boundary", async () => {
    receiver.script({ kind: "huge", bytes: 10 * 1_048_576 });
    const huge = await newFetch()(post({ responseByteLimit: 512 }));
    expect(huge).toMatchObject({ outcome: "response", status: 200, bodyBytes: 512, truncated: true });
    receiver.script({ kind: "status", status: 200, body: "aaé" });
    const cut = await newFetch()(post({ responseByteLimit: 3 }));
    expect(cut).toMatchObject({ body: "aa", bodyBytes: 3, truncated: true });
  });

  it("keep their status when the body breaks off or drips for ever", async () => {
    receiver.script({ kind: "dropMidBody", status: 200, body: "part" });
    const broken = await newFetch()(post());
    expect(broken).toMatchObject({
      outcome: "response",
      status: 200,
      body: "part",
      truncated: true,
      bodyError: { code: "connection_lost" },
    });
    receiver.script({ kind: "drip", status: 200, intervalMs: 10 });
    const dripped = await newFetch()(post({ timeoutMs: 1_000 }));
    expect(dripped).toMatchObject({ status: 200, truncated: true, bodyError: { code: "timeout" } });
  });
});

describe("missing answers", () => {
  it.each<[string, Step, string]>([
    ["no answer in time", { kind: "hang" }, "timeout"],
    ["a connection dropped after the request was read", { kind: "drop" }, "connection_lost"],
    ["bytes that are not HTTP", { kind: "garbage" }, "malformed_reply"],
    ["oversized headers", { kind: "hugeHeaders", bytes: 40_000 }, "malformed_reply"],
  ])("%s is a lost reply", async (_name, step, code) => {
    receiver.script(step);
    const result = await newFetch()(post(step.kind === "hang" ? { timeoutMs: 1_000 } : {}));
    expect(result).toMatchObject({ outcome: "lost_reply", reason: { code } });
    expect(receiver.requests).toHaveLength(1);
  });

  it("cancelling a written request is a lost reply; cancelling before is not", async () => {
    const controller = new AbortController();
    receiver.script({ kind: "hang" });
    const received = receiver.waitForRequest();
    const pending = newFetch()(post({ signal: controller.signal }));
    await received;
    controller.abort();
    expect(await pending).toMatchObject({ outcome: "lost_reply", reason: { code: "cancelled" } });
    const never = await newFetch()(post({ signal: AbortSignal.abort() }));
    expect(never).toMatchObject({ outcome: "connect_error", reason: { code: "cancelled" } });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe("no connection", () => {
  it("is a connect_error when refused, unresolvable or too slow", async () => {
    const closed = await startWebhookReceiver();
    await closed.close();
    const refused = await newFetch()(post({ url: closed.url }));
    expect(refused).toMatchObject({ outcome: "connect_error", reason: { code: "connection_refused" } });

    const notFound = Object.assign(new Error("x"), { code: "ENOTFOUND" });
    const lost = newFetch({ resolve: () => Promise.reject(notFound) });
    const unresolved = await lost(post({ url: "https://hooks.example.com/" }));
    expect(unresolved).toMatchObject({ outcome: "connect_error", reason: { code: "dns_failed" } });

    const silent = newFetch({ resolve: () => new Promise(() => {}), connectTimeoutMs: 30 });
    const slow = await silent(post({ url: "https://hooks.example.com/" }));
    expect(slow).toMatchObject({ outcome: "connect_error", reason: { code: "connect_timeout" } });

    const empty = await newFetch({ resolve: async () => [] })(post({ url: "https://hooks.example.com/" }));
    expect(empty).toMatchObject({ outcome: "connect_error", reason: { code: "dns_failed" } });
  });

  it("a request given up while it waited is never written", async () => {
    const fetch = newFetch({ connectionCountMax: 1 });
    receiver.script({ kind: "hang" });
    const controller = new AbortController();
    const received = receiver.waitForRequest();
    const first = fetch(post({ body: "first", signal: controller.signal }));
    await received;
    const second = await fetch(post({ timeoutMs: 50, body: "second" }));
    expect(second).toMatchObject({ outcome: "connect_error", reason: { code: "timeout" } });
    controller.abort();
    expect(await first).toMatchObject({ outcome: "lost_reply" });
    expect(await fetch(post({ body: "third" }))).toMatchObject({ outcome: "response", status: 202 });
    expect(receiver.requests.map((request) => request.rawBody)).toEqual(["first", "third"]);
  });

  it("closing lets running requests end and refuses new ones", async () => {
    const fetch = newFetch();
    const running = fetch(post());
    await fetch.close();
    expect(await running).toMatchObject({ outcome: "response", status: 202 });
    expect(await fetch(post())).toMatchObject({
      outcome: "connect_error",
      reason: { code: "connect_failed" },
    });
  });
});
