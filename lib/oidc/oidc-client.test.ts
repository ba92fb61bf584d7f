import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeOidc, type OidcFault, oidcClient } from "@/e2e/fakes/oidc";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { createOidcClient } from "./oidc-client";

const loopback = ["127.0.0.0/8"];
const fetch = createSafeFetch();
let provider: FakeOidc;

beforeAll(async () => {
  provider = await new FakeOidc().listen();
});
afterAll(async () => {
  await provider.close();
  await fetch.destroy();
});
beforeEach(() => {
  provider.fault = null;
  provider.addressAtUserinfo = false;
  provider.requests.length = 0;
});

function client(
  options: { secret?: string; issuer?: string; privateNetworks?: string[]; hurried?: boolean } = {},
) {
  const {
    secret = oidcClient.secret,
    issuer = provider.issuer,
    privateNetworks = loopback,
    hurried,
  } = options;
  return createOidcClient({
    settings: {
      ...{ issuer, clientId: oidcClient.id, clientSecretRef: "env:TANDEM_OIDC", name: "Acme" },
      newUserRole: null,
    },
    resolveSecret: () => ({ ok: true, values: [secret] }),
    fetch: hurried ? (request) => fetch({ ...request, timeoutMs: 200 }) : fetch,
    privateNetworks,
  });
}

/** A whole sign-in from where the browser comes back. */
async function signIn(using = client(), wrong: { codeVerifier?: string; nonce?: string } = {}) {
  const [codeVerifier, nonce] = [randomBytes(32).toString("base64url"), randomBytes(16).toString("hex")];
  const challenge = createHash("sha256").update(codeVerifier).digest("base64url");
  const redirectUrl = "http://localhost:39731/api/auth/callback/oidc";
  const code = provider.grant({ nonce, challenge, redirectUri: redirectUrl });
  return using.redeem({ code, codeVerifier, nonce, redirectUrl, nowMs: Date.now(), ...wrong });
}

describe("signing in through a provider", () => {
  it("ends in what the provider has sworn", async () => {
    expect(await signIn()).toEqual({
      ok: true,
      claims: {
        ...{ issuer: provider.issuer, subject: "ada-1", email: "ada@example.test", emailVerified: true },
        ...{ name: "Ada Lovelace", authTimeMs: expect.any(Number) },
      },
    });
  });

  it("asks for document and keys once, and for keys anew when one is unknown", async () => {
    const using = client();
    await signIn(using);
    await signIn(using);
    expect(provider.requests.filter((each) => !each.startsWith("POST"))).toEqual([
      "GET /.well-known/openid-configuration",
      "GET /jwks",
    ]);
    provider.rotateKeys();
    expect((await signIn(using)).ok).toBe(false);
    const laterMs = Date.now() + 60_000;
    const redeemLater: typeof using = {
      ...using,
      redeem: (each) => using.redeem({ ...each, nowMs: laterMs }),
    };
    expect((await signIn(redeemLater)).ok).toBe(true);
  });

  it.each<[OidcFault, string]>([
    ["wrong nonce", "nonce"],
    ["wrong audience", "aud"],
    ["another party", "azp"],
    ["wrong issuer", "iss"],
    ["expired", "exp"],
    ["not yet", "nbf"],
    ["alg none", "alg"],
    ["alg HS256", "alg"],
    ["unknown kid", "kid"],
    ["wrong key", "signature"],
    ["no subject", "sub"],
  ])("refuses an ID token with %s", async (fault, check) => {
    provider.fault = fault;
    expect(await signIn()).toMatchObject({
      ok: false,
      reason: { code: "provider_token_invalid", fields: { check } },
    });
  });

  it.each<[OidcFault, string]>([
    ["no id token", "provider_code_refused"],
    ["not json", "provider_answer_invalid"],
  ])("refuses a token endpoint with %s", async (fault, code) => {
    provider.fault = fault;
    expect(await signIn()).toMatchObject({ ok: false, reason: { code } });
  });

  it("gives up on a provider that hangs, and on one that is not there", async () => {
    provider.fault = "hanging";
    const hanging = await signIn(client({ hurried: true }));
    expect(hanging).toMatchObject({
      ok: false,
      reason: { code: "provider_unreachable", fields: { cause: "timeout" } },
    });
    const gone = client({ issuer: "http://127.0.0.1:9" });
    expect(await gone.endpoints(Date.now())).toMatchObject({
      ok: false,
      reason: { code: "provider_unreachable" },
    });
  });

  it("is held to PKCE and to its secret, and says neither in a reason", async () => {
    const guessed = await signIn(client(), { codeVerifier: "guessed" });
    expect(guessed).toMatchObject({ ok: false, reason: { code: "provider_code_refused" } });
    const stranger = await signIn(client({ secret: "not the secret" }));
    expect(stranger).toMatchObject({ ok: false, reason: { code: "provider_code_refused" } });
    expect(JSON.stringify([guessed, stranger])).not.toMatch(/not the secret|guessed/);
  });

  it("reaches nothing private that the host has not opened", async () => {
    const closed = await client({ privateNetworks: [] }).endpoints(Date.now());
    expect(closed).toMatchObject({ ok: false, reason: { code: "provider_unreachable" } });
    expect(provider.requests).toEqual([]);
  });

  it("takes a document about another issuer for none", async () => {
    const other = client({ issuer: provider.issuer.replace("127.0.0.1", "127.1.1.1") });
    const elsewhere = client({ issuer: `${provider.issuer}/tenant` });
    expect((await other.endpoints(Date.now())).ok).toBe(false);
    expect(await elsewhere.endpoints(Date.now())).toMatchObject({
      reason: { code: "provider_answer_invalid" },
    });
  });

  it("asks userinfo for an address that the token leaves out, of the same subject alone", async () => {
    provider.addressAtUserinfo = true;
    expect(await signIn()).toMatchObject({ claims: { email: "ada@example.test", emailVerified: true } });
  });

  it.each([true, false, "true", 1, undefined])(
    "an address verified %j counts only when it is true",
    async (verified) => {
      const before = provider.person;
      provider.person = { ...before, email_verified: verified };
      const verdict = await signIn();
      provider.person = before;
      expect(verdict).toMatchObject({ ok: true, claims: { emailVerified: verified === true } });
    },
  );
});
