import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { signInFailure } from "@/components/sign-in/sign-in-outcome";
import { type AuthAnswer as Answer, authBrowser } from "@/lib/testing/auth-browser";
import { authDatabase, testPassword } from "@/lib/testing/auth-database";
import { authOptions } from "./options";
import { resolveCredential } from "./resolve-credential";

const auth = authDatabase();
const origin = "http://localhost:39731";
const sessionCookie = "next-auth.session-token";

// NextAuth as a whole, through its handler for plain Node requests.
beforeAll(() => void vi.stubEnv("NEXTAUTH_URL", origin));
afterAll(() => void vi.unstubAllEnvs());

const browser = () => authBrowser(() => authOptions(auth.process()));

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
