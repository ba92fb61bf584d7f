import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeOidc, oidcClient } from "@/e2e/fakes/oidc";
import type { Role } from "@/lib/domain/actor";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { createOidcClient } from "@/lib/oidc/oidc-client";
import { authBrowser } from "@/lib/testing/auth-browser";
import { authDatabase } from "@/lib/testing/auth-database";
import { clearCredentialCaches } from "./credential-cache";
import { oidcCall } from "./oidc-call";
import { authOptions } from "./options";
import type { Process } from "./process";
import { resolveCredential } from "./resolve-credential";

const auth = authDatabase();
const fetch = createSafeFetch();
const origin = "http://localhost:39731";
let provider: FakeOidc;
let process: Process;
let count = 0;

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_URL", origin);
  provider = await new FakeOidc().listen();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await provider.close();
  await fetch.destroy();
});
beforeEach(() => {
  provider.fault = null;
  provider.denies = false;
  count += 1;
  provider.person = {
    sub: `person-${count}`,
    email: `p${count}@example.test`,
    email_verified: true,
    name: "Pat",
  };
  configure(null);
});
afterEach(() => clearCredentialCaches());

function configure(newUserRole: Role | null, issuer = provider.issuer) {
  const settings = {
    issuer,
    clientId: oidcClient.id,
    clientSecretRef: "env:TANDEM_OIDC",
    name: "Acme",
    newUserRole,
  };
  const resolveSecret = () => ({ ok: true as const, values: [oidcClient.secret] });
  const client = createOidcClient({ settings, resolveSecret, fetch, privateNetworks: ["127.0.0.0/8"] });
  process = { ...auth.process(), oidc: client };
}

const callFor = (action: string[], method = "GET") =>
  oidcCall(process, action, new Request(`${origin}/api/auth/${action.join("/")}`, { method }));

async function withEndpoints() {
  const call = await callFor(["callback", "oidc"]);
  if (!call || call instanceof Response) throw new Error("the provider could not be asked");
  return call;
}

/** Begins on our page, follows the browser to the provider and back. `tamper` is what happens on the way. */
async function throughProvider(
  options: { tamper?: (back: URL) => void; prompt?: string; using?: ReturnType<typeof authBrowser> } = {},
) {
  const call = await withEndpoints();
  const it = options.using ?? authBrowser(() => authOptions(process, call));
  const query = options.prompt ? { prompt: options.prompt } : undefined;
  const begun = await it.post(["signin", "oidc"], { callbackUrl: "/drafts" }, query);
  const there = await globalThis.fetch(begun.body.url ?? "", { redirect: "manual" });
  const back = new URL(there.headers.get("location") ?? "");
  options.tamper?.(back);
  const answer = await it.ask("GET", ["callback", "oidc"], undefined, Object.fromEntries(back.searchParams));
  const target = new URL(answer.location ?? "", origin);
  const signedIn = await resolveCredential(process, new Headers({ cookie: it.header() }));
  return {
    it,
    path: target.pathname,
    error: target.searchParams.get("error"),
    actor: signedIn.kind === "actor" && signedIn.actor.kind === "user" ? signedIn.actor : null,
  };
}

const identities = (userId: string) => auth.db().prisma.userIdentity.findMany({ where: { userId } });
const rejected = async () =>
  (await auth.auditEntries({ action: "incident_monitor.session.rejected" })).map(({ detail }) => detail);

describe("signing in through a provider", () => {
  it("lets in who is known here by a verified address, binds the subject, and follows it from then on", async () => {
    const userId = await auth.makeUser({ email: provider.person.email, role: "triager" });
    const first = await throughProvider();
    expect([first.path, first.error]).toEqual(["/drafts", null]);
    expect(first.actor).toMatchObject({ userId, role: "triager", stepUpAtMs: null });
    expect(await identities(userId)).toMatchObject([
      { issuer: provider.issuer, subject: provider.person.sub },
    ]);

    // The address changed over there, and is not verified yet: it is the same person.
    provider.person = { ...provider.person, email: "married@example.test", email_verified: false };
    expect((await throughProvider()).actor?.userId).toBe(userId);
    const actions = (await auth.auditEntries({ subjectId: userId })).map(({ action }) => action);
    expect(actions).toEqual(["incident_monitor.account.identity_linked"]);
  });

  it("a sign-in that the provider says was a proof of its own begins stepped up", async () => {
    await auth.makeUser({ email: provider.person.email });
    const { actor } = await throughProvider({ prompt: "login" });
    expect(actor?.stepUpAtMs).toBeGreaterThan(Date.now() - 60_000);
  });

  it("an address that was given to somebody new over there does not open the account of whoever had it", async () => {
    const userId = await auth.makeUser({ email: provider.person.email });
    await throughProvider();
    provider.person = { ...provider.person, sub: "somebody-new" };
    const second = await throughProvider();
    expect([second.path, second.error, second.actor]).toEqual(["/sign-in", "provider_other_person", null]);
    expect(await identities(userId)).toHaveLength(1);
  });

  it("makes nobody, unless the host says as what", async () => {
    expect((await throughProvider()).error).toBe("provider_user_unknown");
    configure("viewer");
    const { actor } = await throughProvider();
    expect(actor).toMatchObject({ email: provider.person.email, name: "Pat", role: "viewer" });
    const row = await auth.db().prisma.user.findUniqueOrThrow({ where: { id: actor?.userId } });
    expect(row.passwordHash).toBeNull();
    expect((await throughProvider()).actor?.userId).toBe(row.id);
  });

  it("refuses an unverified address and somebody disabled, and says so to the audit", async () => {
    const userId = await auth.makeUser({ email: provider.person.email });
    provider.person = { ...provider.person, email_verified: "true" };
    expect((await throughProvider()).error).toBe("provider_email_unverified");
    provider.person = { ...provider.person, email_verified: true };
    await throughProvider();
    await auth.db().prisma.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    const refused = await throughProvider();
    expect([refused.error, refused.actor]).toEqual(["provider_user_disabled", null]);
    const entries = await auth.auditEntries({
      action: "incident_monitor.session.rejected",
      subjectId: userId,
    });
    expect(entries.map(({ detail }) => detail)).toMatchObject([
      { by: "provider", reason: "provider_email_unverified" },
      { by: "provider", reason: "provider_user_disabled" },
    ]);
  });

  it.each<[string, (back: URL) => void, string]>([
    ["another state", (back) => back.searchParams.set("state", "guessed"), "state"],
    ["no state", (back) => back.searchParams.delete("state"), "state"],
    ["no code", (back) => back.searchParams.delete("code"), "code"],
    ["the issuer of another provider", (back) => back.searchParams.set("iss", "https://evil.example"), "iss"],
  ])("refuses a return with %s without asking the provider", async (_, tamper, check) => {
    await auth.makeUser({ email: provider.person.email });
    const asked = provider.requests.filter((each) => each === "POST /token").length;
    const refused = await throughProvider({ tamper });
    expect([refused.error, refused.actor]).toEqual(["provider_token_invalid", null]);
    expect(await rejected()).toContainEqual(
      expect.objectContaining({ reason: "provider_token_invalid", check }),
    );
    expect(provider.requests.filter((each) => each === "POST /token")).toHaveLength(asked);
  });

  it("a code in somebody else's browser opens nothing there: the cookies of this sign-in are missing", async () => {
    await auth.makeUser({ email: provider.person.email });
    const call = await withEndpoints();
    const victim = authBrowser(() => authOptions(process, call));
    const begun = await authBrowser(() => authOptions(process, call)).post(["signin", "oidc"], {});
    const there = await globalThis.fetch(begun.body.url ?? "", { redirect: "manual" });
    const back = new URL(there.headers.get("location") ?? "");
    const answer = await victim.ask(
      "GET",
      ["callback", "oidc"],
      undefined,
      Object.fromEntries(back.searchParams),
    );
    expect(new URL(answer.location ?? "", origin).searchParams.get("error")).toBe("OAuthCallback");
    expect(victim.cookies.has("next-auth.session-token")).toBe(false);
  });

  it("refuses what the provider cannot stand for", async () => {
    await auth.makeUser({ email: provider.person.email });
    provider.fault = "wrong nonce";
    expect((await throughProvider()).error).toBe("provider_token_invalid");
  });

  it("says that somebody was turned away over there, and tells the audit", async () => {
    const url = `${origin}/api/auth/callback/oidc?error=access_denied&state=x`;
    const answer = (await oidcCall(process, ["callback", "oidc"], new Request(url))) as Response;
    expect(answer.headers.get("location")).toBe(`${origin}/sign-in?error=provider_denied`);
    expect(await rejected()).toContainEqual(expect.objectContaining({ reason: "provider_denied" }));
  });

  it("closes after thirty tries from one place", async () => {
    provider.fault = "wrong nonce";
    await throughProvider();
    const where = { key: { startsWith: "provider:" } };
    await auth.db().prisma.signInThrottle.updateMany({ where, data: { count: 30 } });
    for (let i = 0; i < 3; i++) expect((await throughProvider()).error).toBe("provider_throttled");
    const told = (await rejected()).filter(
      (detail) => (detail as { reason: string }).reason === "provider_throttled",
    );
    expect(told).toHaveLength(1);
    await auth.db().prisma.signInThrottle.deleteMany({ where });
  });

  it("says so when the provider cannot be asked, and other calls do not wait for it", async () => {
    configure(null, "http://127.0.0.1:9");
    const begun = (await callFor(["signin", "oidc"], "POST")) as Response;
    expect(await begun.json()).toEqual({ url: `${origin}/sign-in?error=provider_unreachable` });
    const ended = (await callFor(["callback", "oidc"])) as Response;
    expect([ended.status, ended.headers.get("location")]).toEqual([
      302,
      `${origin}/sign-in?error=provider_unreachable`,
    ]);
    for (const action of [["session"], ["csrf"], ["callback", "credentials"], ["signin", "credentials"]])
      expect(await callFor(action)).toBeUndefined();
  });
});
