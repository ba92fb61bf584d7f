import type { OidcEndpoints, OidcSettings } from "@/lib/domain/oidc";
import type { Reason } from "@/lib/domain/reason";
import { askProvider, invalid, type Reach } from "./provider-http";

export type Discovered = OidcEndpoints & {
  jwksUrl: string;
  userinfoUrl: string | null;
  /** How the client shows its secret: in a header, unless the provider takes it in the body alone. */
  secretInBody: boolean;
};

const withoutSlash = (url: string) => url.replace(/\/+$/, "");

/** The provider's own document, which has to be about the issuer that the host named. */
export async function discover(
  { issuer }: Pick<OidcSettings, "issuer">,
  reach: Reach,
): Promise<{ ok: true; discovered: Discovered } | { ok: false; reason: Reason }> {
  const url = `${issuer}/.well-known/openid-configuration`;
  const answer = await askProvider(reach, { url, method: "GET" });
  if (!answer.ok) return answer;
  const { status, body } = answer;
  if (status !== 200) return { ok: false, reason: invalid("The provider has no document there.", status) };
  const named = textOf(body.issuer);
  if (named === null || withoutSlash(named) !== issuer)
    return { ok: false, reason: invalid("The document is about another issuer.") };
  const [authorizationUrl, tokenUrl, jwksUrl] = [
    endpointOf(body.authorization_endpoint, issuer),
    endpointOf(body.token_endpoint, issuer),
    endpointOf(body.jwks_uri, issuer),
  ];
  if (!authorizationUrl || !tokenUrl || !jwksUrl)
    return { ok: false, reason: invalid("The document leaves out an endpoint.") };
  const methods = body.token_endpoint_auth_methods_supported;
  const secretInBody =
    Array.isArray(methods) &&
    !methods.includes("client_secret_basic") &&
    methods.includes("client_secret_post");
  const userinfoUrl = endpointOf(body.userinfo_endpoint, issuer);
  return {
    ok: true,
    discovered: { issuer: named, authorizationUrl, tokenUrl, jwksUrl, userinfoUrl, secretInBody },
  };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** https, or as plain as the issuer itself, which only a private network may be. */
function endpointOf(value: unknown, issuer: string): string | null {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const { protocol, href, hash } = new URL(value);
  const fits = protocol === "https:" || protocol === new URL(issuer).protocol;
  return fits && hash === "" ? href : null;
}
