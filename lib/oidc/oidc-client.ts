import type { JSONWebKeySet } from "jose";
import type { OidcClaims, OidcClient, OidcRedemption, OidcSettings, OidcVerdict } from "@/lib/domain/oidc";
import { type Reason, reason } from "@/lib/domain/reason";
import { type Discovered, discover } from "./discovery";
import { checkIdToken, claimsOf } from "./id-token";
import { askProvider, invalid, type Reach } from "./provider-http";

export type OidcOptions = Reach & {
  settings: OidcSettings;
  resolveSecret: (reference: string) => { ok: true; values: string[] } | { ok: false; reason: Reason };
};

type Result<Value> = { ok: true; value: Value } | { ok: false; reason: Reason };
type Kept<Value> = { value: Value; atMs: number };

/** Providers change keys with notice; what is new is fetched when a key is unknown. */
const keptForMs = 3_600_000;
/** A stranger's token with a made-up key must not make us ask the provider every time. */
const keysAgainMs = 30_000;

/** The provider of this host. All that is asked of it goes through lib/net (D-35), and every refusal is a value. */
export function createOidcClient({ settings, resolveSecret, ...reach }: OidcOptions): OidcClient {
  let document: Kept<Discovered> | null = null;
  let keySet: Kept<JSONWebKeySet> | null = null;

  async function discovered(nowMs: number): Promise<Result<Discovered>> {
    if (document && nowMs - document.atMs < keptForMs) return { ok: true, value: document.value };
    const found = await discover(settings, reach);
    if (!found.ok) return found;
    document = { value: found.discovered, atMs: nowMs };
    return { ok: true, value: document.value };
  }

  async function keys(url: string, nowMs: number, freshMs: number): Promise<Result<JSONWebKeySet>> {
    if (keySet && nowMs - keySet.atMs < freshMs) return { ok: true, value: keySet.value };
    const answer = await askProvider(reach, { url, method: "GET" });
    if (!answer.ok) return answer;
    if (answer.status !== 200 || !Array.isArray(answer.body.keys))
      return { ok: false, reason: invalid("The provider's keys cannot be read.", answer.status) };
    keySet = { value: answer.body as unknown as JSONWebKeySet, atMs: nowMs };
    return { ok: true, value: keySet.value };
  }

  async function redeem(redemption: OidcRedemption): Promise<OidcVerdict> {
    const { nonce, nowMs } = redemption;
    const at = await discovered(nowMs);
    if (!at.ok) return at;
    const tokens = await redeemCode(at.value, redemption);
    if (!tokens.ok) return tokens;
    const { idToken, accessToken } = tokens.value;
    const check = { idToken, issuer: at.value.issuer, clientId: settings.clientId, nonce, nowMs };
    for (const freshMs of [keptForMs, keysAgainMs]) {
      const known = await keys(at.value.jwksUrl, nowMs, freshMs);
      if (!known.ok) return known;
      const verdict = await checkIdToken({ ...check, keys: known.value });
      if (verdict.ok)
        return {
          ok: true,
          claims: await withAddress({ ...verdict.claims, issuer: settings.issuer }, at.value, accessToken),
        };
      if (!verdict.keyUnknown || freshMs === keysAgainMs) return { ok: false, reason: verdict.reason };
    }
    return { ok: false, reason: invalid("The provider's keys cannot be read.") };
  }

  async function redeemCode(
    { tokenUrl, secretInBody }: Discovered,
    { code, codeVerifier, redirectUrl }: OidcRedemption,
  ): Promise<Result<{ idToken: string; accessToken: string | null }>> {
    const { clientId, clientSecretRef } = settings;
    const secret = clientSecretRef ? resolveSecret(clientSecretRef) : null;
    if (secret && !secret.ok)
      return { ok: false, reason: reason("provider_secret_unset", secret.reason.message) };
    const [value] = secret?.values ?? [];
    const form = new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: redirectUrl });
    form.set("code_verifier", codeVerifier);
    if (!value || secretInBody) form.set("client_id", clientId);
    if (value && secretInBody) form.set("client_secret", value);
    const answer = await askProvider(reach, {
      url: tokenUrl,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(value && !secretInBody && { authorization: basic(clientId, value) }),
      },
      body: form.toString(),
    });
    if (!answer.ok) return answer;
    const { id_token: idToken, access_token: accessToken } = answer.body;
    if (answer.status !== 200 || typeof idToken !== "string") {
      const message = "The provider did not take the code of this sign-in.";
      return { ok: false, reason: reason("provider_code_refused", message, { status: answer.status }) };
    }
    return {
      ok: true,
      value: { idToken, accessToken: typeof accessToken === "string" ? accessToken : null },
    };
  }

  /** Some say the address only here. Asked of nobody but the subject that was signed for. */
  async function withAddress(
    claims: OidcClaims,
    { userinfoUrl }: Discovered,
    accessToken: string | null,
  ): Promise<OidcClaims> {
    if (claims.email !== null || !userinfoUrl || !accessToken || !/^[\x21-\x7e]+$/.test(accessToken))
      return claims;
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await askProvider(reach, { url: userinfoUrl, method: "GET", headers });
    if (!answer.ok || answer.status !== 200 || answer.body.sub !== claims.subject) return claims;
    const { email, emailVerified, name } = claimsOf(answer.body, claims.issuer);
    return { ...claims, email, emailVerified, name: claims.name ?? name };
  }

  return {
    settings,
    endpoints: async (nowMs) => {
      const found = await discovered(nowMs);
      return found.ok ? { ok: true, endpoints: found.value } : found;
    },
    redeem,
  };
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
function basic(clientId: string, secret: string): string {
  const encoded = (text: string) => new URLSearchParams({ _: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(secret)}`, "utf8").toString("base64")}`;
}
