import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hostileUrls } from "@/e2e/fakes/hostile-urls";
import { createSelfSignedCertificate } from "@/e2e/fakes/self-signed-certificate";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
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

  it.each(["http", "https"])("tries the judged answers in turn over %s and no other", async (scheme) => {
    const certificate = createSelfSignedCertificate("two-homes.test");
    const home = await startWebhookReceiver({ tls: scheme === "https" ? certificate : undefined });
    const resolve = async () => [
      { address: "::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ];
    const url = `${scheme}://two-homes.test:${home.port}/`;
    const result = await newFetch({ resolve, ca: [certificate.cert] })(post({ url }));
    expect(result).toMatchObject({ outcome: "response", status: 202 });
    await home.close();
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
