import NextAuth from "next-auth";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { signInFailure } from "@/components/sign-in/sign-in-outcome";
import { authDatabase, testPassword } from "@/lib/testing/auth-database";
import { authOptions } from "./options";
import { resolveCredential } from "./resolve-credential";

const auth = authDatabase();
const origin = "http://localhost:39731";
const sessionCookie = "next-auth.session-token";

// NextAuth as a whole, through its handler for plain Node requests.
beforeAll(() => void vi.stubEnv("NEXTAUTH_URL", origin));
afterAll(() => void vi.unstubAllEnvs());

type Answer = { status: number; body: { url?: string; csrfToken?: string } & Record<string, unknown> };

/** A browser: keeps cookies, and asks for what next-auth/react asks for. */
function browser() {
  const cookies = new Map<string, string>();

  async function ask(method: string, action: string[], body?: Record<string, string>): Promise<Answer> {
    const answer: Answer = { status: 200, body: {} };
    const headers = new Map<string, unknown>();
    const response = {
      status(code: number) {
        answer.status = code;
        return response;
      },
      getHeader: (name: string) => headers.get(name),
      setHeader: (name: string, value: unknown) => headers.set(name, value),
      json: (value: Answer["body"]) => (answer.body = value),
      send: (value: Answer["body"]) => (answer.body = value),
      end: () => undefined,
    };
    const request = {
      method,
      query: { nextauth: action },
      body,
      cookies: Object.fromEntries(cookies),
      headers: { "x-incident-monitor-peer": "192.0.2.1", "user-agent": "Firefox" },
    };
    await NextAuth(request as never, response as never, authOptions(auth.process()));
    for (const line of [headers.get("Set-Cookie") ?? []].flat() as string[]) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) cookies.set(name, decodeURIComponent(value));
      else cookies.delete(name);
    }
    return answer;
  }

  const post = async (action: string[], body: Record<string, string>) => {
    const { csrfToken = "" } = (await ask("GET", ["csrf"])).body;
    return ask("POST", action, { ...body, csrfToken, json: "true" });
  };

  return {
    cookies,
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    session: () => ask("GET", ["session"]),
    signOut: () => post(["signout"], { callbackUrl: "/sign-in" }),
    signIn: (email: string, password: string, callbackUrl = "/drafts") =>
      post(["callback", "credentials"], { email, password, callbackUrl }),
    ask,
  };
}

const errorOf = (answer: Answer) => new URL(answer.body.url ?? "").searchParams.get("error");
const failureOf = (answer: Answer) =>
  signInFailure({ ok: answer.status === 200, status: answer.status, error: errorOf(answer) });

describe("signing in through next-auth", () => {
  it("gives a cookie that pages and API take, and signing out ends it even for a copy", async () => {
    const userId = await auth.makeUser({ email: "ada@example.test" });
    const it = browser();
    const answer = await it.signIn("Ada@example.test", testPassword);
    expect(failureOf(answer)).toBeNull();
    expect(answer.body.url).toBe(`${origin}/drafts`);
    expect((await it.session()).body).toMatchObject({ user: { name: "Ada", email: "ada@example.test" } });

    const copy = new Headers({ cookie: it.header() });
    expect(await resolveCredential(auth.process(), copy)).toMatchObject({ actor: { kind: "user", userId } });
    await it.signOut();
    expect(it.cookies.has(sessionCookie)).toBe(false);
    expect(await resolveCredential(auth.process(), copy)).toEqual({ kind: "none" });
  });

  it("takes the cookie back when its session was revoked", async () => {
    await auth.makeUser({ email: "bob@example.test" });
    const it = browser();
    await it.signIn("bob@example.test", testPassword);
    await auth.db().prisma.session.updateMany({ data: { revokedAt: new Date() } });
    expect((await it.session()).body).toEqual({});
    expect(it.cookies.has(sessionCookie)).toBe(false);
  });

  it("names each failure as the form tells them apart", async () => {
    await auth.makeUser({ email: "eve@example.test" });
    const it = browser();
    const wrong = await it.signIn("eve@example.test", "wrong");
    expect([wrong.status, errorOf(wrong), failureOf(wrong)]).toEqual([401, "CredentialsSignin", "wrong"]);
    for (let i = 0; i < 9; i++) await it.signIn("eve@example.test", "wrong");
    const throttled = await it.signIn("eve@example.test", testPassword);
    expect([throttled.status, errorOf(throttled), failureOf(throttled)]).toEqual([
      401,
      "throttled",
      "throttled",
    ]);
    expect(it.cookies.has(sessionCookie)).toBe(false);

    vi.spyOn(auth.db().pool, "query").mockRejectedValueOnce(
      new Error("connect ECONNREFUSED 10.0.0.1") as never,
    );
    const broken = await it.signIn("eve@example.test", testPassword);
    expect([errorOf(broken), failureOf(broken)]).toEqual(["Unavailable", "broken"]);
  });

  it("needs the anti-forgery token", async () => {
    await auth.makeUser({ email: "mallory@example.test" });
    const it = browser();
    await it.ask("POST", ["callback", "credentials"], {
      ...{ email: "mallory@example.test", password: testPassword, csrfToken: "guessed", json: "true" },
    });
    expect(it.cookies.has(sessionCookie)).toBe(false);
  });

  it.each([
    ["https://elsewhere.example/", origin],
    ["//elsewhere.example/", origin],
    ["/drafts?tab=raw", `${origin}/drafts?tab=raw`],
  ])("leads from %s to %s", async (wanted, expected) => {
    const redirect = authOptions(auth.process()).callbacks?.redirect;
    expect(await redirect?.({ url: wanted, baseUrl: origin })).toBe(expected);
  });
});
