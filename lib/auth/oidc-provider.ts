import type { OAuthConfig } from "next-auth/providers/oauth";
import type { OidcClient, OidcEndpoints, OidcVerdict } from "@/lib/domain/oidc";
import { reason } from "@/lib/domain/reason";
import type { Process } from "./process";
import { type ProviderSignIn, throttleProvider } from "./provider-sign-in";

export const providerId = "oidc";

const refused = (check: string): OidcVerdict => ({
  ok: false,
  reason: reason("provider_token_invalid", "The provider's answer does not belong to this sign-in.", {
    check,
  }),
});

/**
 * The provider in next-auth's terms. It keeps state, nonce and PKCE in cookies of this browser; what asks the provider is
 * ours (lib/oidc over lib/net), so that none of the library's own HTTP is used: no `wellKnown`, every endpoint explicit,
 * `token` and `userinfo` answered here. A refusal is a verdict, told to the person by the `signIn` callback.
 */
export function oidcProvider(
  process: Process,
  client: OidcClient,
  endpoints: OidcEndpoints | null,
  from: ProviderSignIn,
): OAuthConfig<OidcVerdict> {
  const { issuer, clientId, name } = client.settings;
  return {
    ...{ id: providerId, name, type: "oauth", idToken: false, issuer, clientId },
    checks: ["pkce", "state", "nonce"],
    authorization: {
      // Without endpoints nothing begins or ends here: the route answers first.
      url: endpoints?.authorizationUrl ?? issuer,
      params: { scope: "openid email profile", response_type: "code" },
    },
    token: {
      url: endpoints?.tokenUrl ?? issuer,
      request: async ({ params, checks, provider }) => {
        const redirectUrl = (provider as { callbackUrl?: string }).callbackUrl ?? "";
        const verdict = await redeem(process, client, { params, checks, redirectUrl, from });
        return { tokens: { verdict } };
      },
    },
    userinfo: {
      url: issuer,
      request: async ({ tokens }) => (tokens as { verdict: OidcVerdict }).verdict as never,
    },
    profile: (verdict) => ({ id: verdict.ok ? verdict.claims.subject : "refused", sessionId: "" }),
  };
}

type Returned = {
  params: { code?: string; state?: string; iss?: string };
  checks: { state?: string; nonce?: string; code_verifier?: string };
  redirectUrl: string;
  from: ProviderSignIn;
};

/** With a `request` of one's own the library compares nothing: state and issuer are compared here. */
async function redeem(process: Process, client: OidcClient, returned: Returned): Promise<OidcVerdict> {
  const { params, checks, redirectUrl, from } = returned;
  const { state, nonce, code_verifier: codeVerifier } = checks;
  const throttled = await throttleProvider(process, from);
  if (throttled) return { ok: false, reason: throttled };
  if (!state || params.state !== state) return refused("state");
  if (!nonce || !codeVerifier || !params.code) return refused("code");
  const issuer = params.iss?.replace(/\/+$/, "");
  if (issuer !== undefined && issuer !== client.settings.issuer) return refused("iss");
  return client.redeem({ code: params.code, codeVerifier, nonce, redirectUrl, nowMs: Date.now() });
}
