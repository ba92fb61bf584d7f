import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hostileUrls } from "@/e2e/fakes/hostile-urls";
import { createSelfSignedCertificate } from "@/e2e/fakes/self-signed-certificate";
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
    timeoutMs: 2_000,
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
    const dripped = await newFetch()(post({ timeoutMs: 120 }));
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
    const result = await newFetch()(post({ timeoutMs: 250 }));
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
    const first = fetch(post({ timeoutMs: 200, body: "first" }));
    const second = await fetch(post({ timeoutMs: 50, body: "second" }));
    expect(second).toMatchObject({ outcome: "connect_error", reason: { code: "timeout" } });
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

describe("policy", () => {
  it("opens no connection for any hostile URL, even one that resolves to a listening port", async () => {
    const urls = hostileUrls(receiver.port);
    expect(new Set(urls).size).toBeGreaterThanOrEqual(140);
    const before = receiver.connectionCount;
    const fetch = newFetch({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
    const results = await Promise.all(
      urls.flatMap((url) => [
        fetch(post({ url, policy: strict })),
        // The same with http allowed, so that the scheme is not what saves us.
        fetch(post({ url: url.replace(/^https:/, "http:"), policy: { ...strict, allowInsecureHttp: true } })),
      ]),
    );
    const passed = results.filter((result) => result.outcome !== "refused_by_policy");
    expect(passed).toEqual([]);
    expect(receiver.connectionCount).toBe(before);
  });

  it("judges every answer of the name server and connects to none if one is bad", async () => {
    const before = receiver.connectionCount;
    const answers = [
      { address: "127.0.0.1", family: 4 },
      { address: "169.254.169.254", family: 4 },
    ];
    const url = `http://two-answers.test:${receiver.port}/`;
    const result = await newFetch({ resolve: async () => answers })(post({ url }));
    expect(result).toMatchObject({ outcome: "refused_by_policy", reason: { code: "address_link_local" } });
    expect(receiver.connectionCount).toBe(before);
  });

  it("resolves once for each connection and connects to the judged answer, whatever the name says later", async () => {
    const asked: string[] = [];
    const rebinding = async (hostname: string) => {
      asked.push(hostname);
      return [{ address: asked.length === 1 ? "127.0.0.1" : "169.254.169.254", family: 4 }];
    };
    const fetch = newFetch({ resolve: rebinding });
    const url = `http://rebind.test:${receiver.port}/`;
    receiver.script({ kind: "status", status: 200, headers: { connection: "close" } });
    expect(await fetch(post({ url }))).toMatchObject({ outcome: "response", status: 200 });
    expect(asked).toEqual(["rebind.test"]);
    const second = await fetch(post({ url }));
    expect(second).toMatchObject({ outcome: "refused_by_policy", reason: { code: "address_link_local" } });
    expect(receiver.requests).toHaveLength(1);
  });

  it("refuses a public name that resolves to this machine", async () => {
    const fetch = newFetch({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
    const result = await fetch(post({ url: "https://hooks.example.com/", policy: strict }));
    expect(result).toMatchObject({ outcome: "refused_by_policy", reason: { code: "address_loopback" } });
  });

  it("never lends an opted-in destination's connection to one without the opt-in", async () => {
    const fetch = newFetch({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
    const shared = { ...development, privateNetworks: ["127.0.0.0/8"] };
    const url = `http://shared.test:${receiver.port}/`;
    expect(await fetch(post({ url, policy: shared }))).toMatchObject({ outcome: "response" });
    const other = await fetch(post({ url, policy: { ...shared, privateNetworks: ["10.0.0.0/8"] } }));
    expect(other).toMatchObject({ outcome: "refused_by_policy" });
  });

  it("uses no proxy of the environment", async () => {
    const proxy = await startWebhookReceiver();
    const kept = { http: process.env.HTTP_PROXY, https: process.env.HTTPS_PROXY };
    process.env.HTTP_PROXY = proxy.url;
    process.env.HTTPS_PROXY = proxy.url;
    try {
      expect(await newFetch()(post())).toMatchObject({ outcome: "response", status: 202 });
      expect(proxy.connectionCount).toBe(0);
    } finally {
      restore("HTTP_PROXY", kept.http);
      restore("HTTPS_PROXY", kept.https);
      await proxy.close();
    }
  });

  it("sends nothing that is too large or carries headers that would reframe it", async () => {
    const before = receiver.connectionCount;
    const fetch = newFetch();
    const bad: Array<Partial<SafeRequest>> = [
      { body: "x".repeat(101), requestByteLimit: 100 },
      { headers: { "x-a": "b\r\nx-c: d" } },
      { headers: { "bad name": "x" } },
      { headers: { "Transfer-Encoding": "chunked" } },
      { headers: { host: "other" } },
      { headers: { "x-big": "a".repeat(20_000) } },
      { headers: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`x-${index}`, "v"])) },
    ];
    for (const overrides of bad) {
      expect(await fetch(post(overrides))).toMatchObject({ outcome: "refused_by_policy" });
    }
    expect(receiver.connectionCount).toBe(before);
  });
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

describe("TLS", () => {
  const hostname = "tls.receiver.test";
  const certificate = createSelfSignedCertificate(hostname);
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  let secure: WebhookReceiver;
  beforeAll(async () => {
    secure = await startWebhookReceiver({ tls: certificate });
  });
  afterAll(() => secure.close());

  it("is verified: an unknown issuer and a wrong name are refused before anything is sent", async () => {
    const unknown = await newFetch({ resolve })(post({ url: `https://${hostname}:${secure.port}/` }));
    expect(unknown).toMatchObject({ outcome: "connect_error", reason: { code: "tls_failed" } });
    const trusting = newFetch({ resolve, ca: [certificate.cert] });
    const wrongName = await trusting(post({ url: `https://other.test:${secure.port}/` }));
    expect(wrongName).toMatchObject({ outcome: "connect_error", reason: { code: "tls_failed" } });
    expect(secure.requests).toHaveLength(0);
  });

  it("works with a trusted issuer, and is timed", async () => {
    const fetch = newFetch({ resolve, ca: [certificate.cert] });
    const result = await fetch(post({ url: `https://${hostname}:${secure.port}/` }));
    expect(result).toMatchObject({ outcome: "response", status: 202, timings: { tls: expect.any(Number) } });
  });

  it("stays verified when the environment switches verification off", async () => {
    const kept = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      const result = await newFetch({ resolve })(post({ url: `https://${hostname}:${secure.port}/` }));
      expect(result).toMatchObject({ outcome: "connect_error", reason: { code: "tls_failed" } });
    } finally {
      restore("NODE_TLS_REJECT_UNAUTHORIZED", kept);
    }
  });
});
