import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { config, proxy } from "@/proxy";

const secret = "a secret of this test that is long enough";
const origin = "http://localhost:39731";

beforeAll(() => vi.stubEnv("NEXTAUTH_SECRET", secret).stubEnv("NEXTAUTH_URL", origin));
afterAll(() => void vi.unstubAllEnvs());

async function ask(path: string, { signedIn = false, method = "GET", headers = {} } = {}) {
  const cookie = `next-auth.session-token=${await encode({ token: { sid: "session-1" }, secret })}`;
  const all = { ...headers, ...(signedIn && { cookie }) };
  return proxy(new NextRequest(`${origin}${path}`, { method, headers: all }));
}

const locationOf = (response: Response) => response.headers.get("location")?.replace(origin, "");

describe("the signed-out", () => {
  it.each([
    ["/", "/sign-in"],
    ["/drafts", "/sign-in?callbackUrl=%2Fdrafts"],
    ["/drafts/a?tab=raw&_rsc=1x2", "/sign-in?callbackUrl=%2Fdrafts%2Fa%3Ftab%3Draw"],
    ["/nowhere", "/sign-in?callbackUrl=%2Fnowhere"],
  ])("are sent from %s to %s", async (path, expected) => {
    const response = await ask(path);
    expect(response.status).toBe(307);
    expect(locationOf(response)).toBe(expected);
  });

  it("see the sign-in page", async () => {
    expect(locationOf(await ask("/sign-in?callbackUrl=%2Fdrafts"))).toBeUndefined();
  });

  it("get an answer from actions, not another page", async () => {
    expect(locationOf(await ask("/drafts", { method: "POST" }))).toBeUndefined();
  });

  it("are those with a cookie of another secret, too", async () => {
    const cookie = `next-auth.session-token=${await encode({ token: { sid: "session-1" }, secret: "another" })}`;
    expect(locationOf(await ask("/drafts", { headers: { cookie } }))).toMatch(/^\/sign-in/);
  });
});

describe("pages", () => {
  it("are given one nonce in all three places, another each time", async () => {
    const [one, other] = [await ask("/drafts", { signedIn: true }), await ask("/drafts", { signedIn: true })];
    const policy = one.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce).toHaveLength(24);
    expect(one.headers.get("x-middleware-request-x-nonce")).toBe(nonce);
    expect(one.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
    expect(other.headers.get("content-security-policy")).not.toBe(policy);
  });

  it("cannot be given one by the caller", async () => {
    const response = await ask("/drafts", { signedIn: true, headers: { "x-nonce": "mine" } });
    expect(response.headers.get("x-middleware-request-x-nonce")).not.toBe("mine");
  });

  it("run and frame nothing foreign", async () => {
    const policy = (await ask("/sign-in")).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic';/);
    for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe-eval|style-src [^;]*unsafe-inline/);
  });
});

it.each([
  ["/", true],
  ["/drafts", true],
  ["/sign-in", true],
  ["/settings/incident-monitor/routing", true],
  ["/incident-monitor/drafts", false],
  ["/config/incident-monitor", false],
  ["/global/health", false],
  ["/bug-monitor/status", false],
  ["/failure-reporter/status", false],
  ["/docs/api", true],
  ["/openapi.json", false],
  ["/openapi.json/x", true],
  ["/metrics", false],
  ["/metrics-of-mine", true],
  ["/api/auth/csrf", false],
  ["/_next/static/chunk.js", false],
  ["/icon.svg", false],
  ["/drafts/icon.svg", true],
])("%s is looked at: %s", (path, expected) => {
  const [matcher = ""] = config.matcher;
  expect(new RegExp(`^${matcher}$`).test(path)).toBe(expected);
});
