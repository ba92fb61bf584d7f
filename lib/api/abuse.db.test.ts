import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallOptions, createTestApi, type TestApi } from "@/lib/testing/api";
import { credentialsOf } from "@/lib/testing/credentials";
import { createApi } from "./app";
import { EdgeProblem } from "./problem";
import { type ApiRoute, route } from "./route";
import { apiRoutes } from "./routes";

const trusted = "https://tools.example.com";
const reportPath = "/incident-monitor/report";

let api: TestApi;
let cookie: string;

beforeAll(async () => {
  api = await createTestApi({}, { corsOrigins: [trusted] });
  const make = credentialsOf(() => api.process);
  cookie = (await make.openSession(await make.makeUser({ role: "admin" }))).cookie;
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        monitored_projects: [
          { project_id: "shop", name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" },
        ],
      },
    },
  });
});
afterAll(() => api?.close());

const shielded = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

describe("every answer has its request's id and the shielding headers", () => {
  const answers: Array<[string, number, string, string, CallOptions]> = [
    ["success", 200, "GET", "/incident-monitor/status", {}],
    ["no content", 204, "OPTIONS", reportPath, { token: null }],
    ["a body that is no JSON", 400, "POST", reportPath, { raw: "{" }],
    ["no credential", 401, "GET", "/incident-monitor/status", { token: null }],
    ["no such path", 404, "GET", "/incident-monitor/nothing", {}],
    ["a family that is not served", 404, "GET", "/bug-monitor/status", { token: null }],
    ["the wrong method", 405, "PUT", reportPath, { body: {} }],
    ["too large a body", 413, "POST", reportPath, { raw: `"${"x".repeat(300_000)}"` }],
    ["another type of body", 415, "POST", reportPath, { raw: "{}", headers: { "content-type": "text/xml" } }],
    ["the wrong shape", 422, "POST", reportPath, { body: { report: { title: 7 } } }],
    ["metrics", 200, "GET", "/metrics", {}],
    ["a stream", 200, "GET", "/incident-monitor/events", {}],
    ["HEAD", 200, "HEAD", "/incident-monitor/status", {}],
  ];

  it.each(answers)("%s: %i", async (_, status, method, path, options) => {
    const answer = await api.call(method, path, options);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-request-id")).toMatch(/^req-[0-9a-f]{32}$/);
    for (const [name, value] of Object.entries(shielded))
      expect([name, answer.headers.get(name)]).toEqual([name, value]);
  });

  it("takes the caller's id when it is a decent one, and no other", async () => {
    const idFor = async (given: string) =>
      (await api.call("GET", "/global/health", { headers: { "x-request-id": given } })).headers.get(
        "x-request-id",
      );
    expect(await idFor("build-1842.attempt:1")).toBe("build-1842.attempt:1");
    for (const odd of ["a b", "x".repeat(129), "<script>", 'a"b']) expect(await idFor(odd)).toMatch(/^req-/);
  });

  it("500 says the id and nothing of what broke", async () => {
    const broken: ApiRoute = route({
      ...{ method: "get", path: "/incident-monitor/broken", summary: "Breaks", auth: { kind: "public" } },
      response: apiRoutes[0]?.response as ApiRoute["response"],
      run: async () => {
        throw new Error("password=hunter2 at db.internal:5432");
      },
    });
    const answer = await createApi([broken]).request("http://localhost:39731/incident-monitor/broken");
    const body = await answer.json();
    expect([answer.status, body.code, body.request_id]).toEqual([
      500,
      "INTERNAL",
      answer.headers.get("x-request-id"),
    ]);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|db\.internal/);
  });
});

describe("HEAD and OPTIONS", () => {
  it("HEAD answers as GET does, without a body; OPTIONS says what there is, to anybody", async () => {
    const get = await api.call("GET", "/incident-monitor/drafts");
    const head = await api.call("HEAD", "/incident-monitor/drafts");
    expect([head.status, head.text, head.headers.get("content-type")]).toEqual([
      200,
      "",
      get.headers.get("content-type"),
    ]);
    expect((await api.call("HEAD", "/incident-monitor/drafts", { token: null })).status).toBe(401);
    const options = await api.call("OPTIONS", "/incident-monitor/incidents/x", { token: null });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, DELETE, HEAD, OPTIONS"]);
    expect((await api.call("OPTIONS", "/openapi.json", { token: null })).status).toBe(204);
  });

  it("HEAD where there is no GET is 405", async () => {
    const answer = await api.call("HEAD", reportPath);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});

describe("other sites' pages", () => {
  const cors = (headers: Headers) =>
    [...headers].filter(([name]) => name.startsWith("access-control-")).map(([name]) => name);
  const preflight = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
  };

  it("are told nothing unless the host names their very origin", async () => {
    for (const origin of [
      "https://evil.example",
      "https://tools.example.com.evil.example",
      "null",
      "http://tools.example.com",
    ]) {
      const asked = await api.call("GET", "/incident-monitor/status", { headers: { origin } });
      const first = await api.call("OPTIONS", reportPath, { token: null, headers: { origin, ...preflight } });
      expect([origin, cors(asked.headers), cors(first.headers)]).toEqual([origin, [], []]);
    }
  });

  it("of a named origin may call with a token, never with credentials", async () => {
    const first = await api.call("OPTIONS", reportPath, {
      token: null,
      headers: { origin: trusted, ...preflight },
    });
    expect(first.status).toBe(204);
    expect(first.headers.get("access-control-allow-origin")).toBe(trusted);
    expect(first.headers.get("access-control-allow-methods")).toBe("POST, OPTIONS");
    expect(first.headers.get("access-control-allow-headers")).toMatch(/authorization.*x-tandem-token/);
    const asked = await api.call("GET", "/incident-monitor/status", { headers: { origin: trusted } });
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([200, trusted]);
    expect(asked.headers.get("vary")).toContain("Origin");
    for (const { headers } of [first, asked])
      expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("of a named origin still get nothing by their visitor's cookie, to read or to write", async () => {
    for (const [method, path] of [
      ["GET", "/incident-monitor/drafts"],
      ["POST", "/incident-monitor/pause"],
    ] as const) {
      const answer = await api.call(method, path, { token: null, headers: { origin: trusted, cookie } });
      expect([answer.status, answer.body.code]).toEqual([403, "CROSS_ORIGIN"]);
    }
  });

  it("a refusal can be read by a page that may call, too", async () => {
    const answer = await api.call("GET", "/incident-monitor/status", {
      token: "wrong",
      headers: { origin: trusted },
    });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([401, trusted]);
  });
});

describe("the session's cookie", () => {
  const own = "http://localhost:39731";
  it.each([
    ["our own page's origin", { origin: own }, 200],
    ["a browser that says same-origin", { "sec-fetch-site": "same-origin" }, 200],
    ["another site's origin", { origin: "https://evil.example" }, 403],
    ["our name on another port", { origin: "http://localhost:8080" }, 403],
    ["an opaque origin", { origin: "null" }, 403],
    ["another site, without an origin", { "sec-fetch-site": "cross-site" }, 403],
    ["a neighbour under the same domain", { "sec-fetch-site": "same-site" }, 403],
    ["a bookmark or an address typed in", { "sec-fetch-site": "none" }, 403],
    ["no browser", {}, 403],
  ])("changes something for %s: %s", async (_, headers, status) => {
    const answer = await api.call("POST", "/incident-monitor/status/recompute", {
      token: null,
      headers: { cookie, ...headers },
    });
    expect(answer.status).toBe(status);
  });

  it("is not asked when a token is there, and does not make up for a wrong one", async () => {
    const headers = { cookie, origin: "https://evil.example" };
    expect((await api.call("POST", "/incident-monitor/status/recompute", { headers })).status).toBe(200);
    const wrong = { cookie, origin: own };
    expect(
      (await api.call("GET", "/incident-monitor/status", { token: "wrong", headers: wrong })).status,
    ).toBe(401);
  });
});

describe("too much", () => {
  it("a key over its rate is 429 with Retry-After, on every intake path, and the other keys go on", async () => {
    const key = async (body: Record<string, unknown>) =>
      (await api.call("POST", "/incident-monitor/intake/keys", { body: { project_id: "shop", ...body } }))
        .body.raw_key;
    const slow = await key({ name: "slow", rate_per_second: 1, burst: 1 });
    const other = await key({ name: "other" });
    const report = { title: "Failed", detail: "exit 1", source: "ci", event: "ci.failed" };
    const send = (path: string, raw: string, body: unknown) =>
      api.call("POST", path, { token: null, headers: { "x-tandem-incident-monitor-intake-key": raw }, body });
    const one = "/incident-monitor/intake/report";
    const many = "/incident-monitor/intake/reports?project_id=shop";
    expect((await send(one, slow, { project_id: "shop", report })).status).toBe(200);
    for (const [path, body] of [
      [one, { project_id: "shop", report }],
      [many, [report]],
    ] as const) {
      const answer = await send(path, slow, body);
      expect([answer.status, answer.body.code, answer.body.retryable]).toEqual([429, "RATE_LIMITED", true]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect((await send(path, other, body)).status).toBe(200);
    }
  });

  it("an actor refused again and again is 429 with Retry-After, and the audit does not grow", async () => {
    const count = () =>
      api.db.prisma.auditEntry.count({ where: { action: { startsWith: "incident_monitor.access." } } });
    const before = await count();
    const statuses = new Map<number, number>();
    let last = await api.call("GET", "/global/health");
    for (let index = 0; index < 70; index++) {
      last = await api.call("POST", "/incident-monitor/pause", { token: api.tokens.agent, body: {} });
      statuses.set(last.status, (statuses.get(last.status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 403: 60, 429: 10 });
    expect(last.body).toMatchObject({ code: "RATE_LIMITED", reason: "too_many_refusals", retryable: true });
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await count()) - before).toBe(61);
    expect((await api.call("GET", "/incident-monitor/status", { token: api.tokens.agent })).status).toBe(200);
  });

  it("a batch by somebody who may not report is refused whole, and audited once", async () => {
    const make = credentialsOf(() => api.process);
    const { cookie: viewer } = await make.openSession(await make.makeUser({ role: "viewer" }));
    const count = () =>
      api.db.prisma.auditEntry.count({ where: { action: "incident_monitor.access.denied" } });
    const before = await count();
    const answer = await api.call("POST", "/incident-monitor/intake/reports", {
      token: null,
      headers: { cookie: viewer, origin: "http://localhost:39731" },
      body: Array.from({ length: 100 }, () => ({ title: "Failed", event: "ci.failed" })),
    });
    expect([answer.status, (await count()) - before]).toEqual([403, 1]);
  });
});

it("a problem of the edge is rendered with its own headers", async () => {
  const refusing: ApiRoute = route({
    ...{ method: "get", path: "/incident-monitor/busy", summary: "Busy", auth: { kind: "public" } },
    response: apiRoutes[0]?.response as ApiRoute["response"],
    run: async () => {
      throw new EdgeProblem(429, "RATE_LIMITED", "Busy", { retryable: true }, { "retry-after": "7" });
    },
  });
  const answer = await createApi([refusing]).request("http://localhost:39731/incident-monitor/busy");
  expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("x-frame-options")]).toEqual([
    429,
    "7",
    "DENY",
  ]);
});
