import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import type { OidcClaims } from "@/lib/domain/oidc";
import { type Reason, reason } from "@/lib/domain/reason";

/** Signatures of a private key alone: `none` proves nothing, and HS* would take the public key for a secret. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const clockToleranceSeconds = 60;
const textLengthMax = 320;
const subjectLengthMax = 255;

export type IdTokenCheck = {
  idToken: string;
  keys: JSONWebKeySet;
  issuer: string;
  clientId: string;
  nonce: string;
  nowMs: number;
};

export type IdTokenVerdict =
  | { ok: true; claims: OidcClaims }
  /** `keyUnknown`: keys fetched anew may say otherwise. */
  | { ok: false; reason: Reason; keyUnknown: boolean };

/** Signed by the provider, for us, for this sign-in, and still good? Which check failed is in `fields.check`. */
export async function checkIdToken(check: IdTokenCheck): Promise<IdTokenVerdict> {
  const { idToken, keys, issuer, clientId, nonce, nowMs } = check;
  try {
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(keys), {
      ...{ algorithms, issuer, audience: clientId, clockTolerance: clockToleranceSeconds },
      ...{ currentDate: new Date(nowMs), requiredClaims: ["exp", "iat", "sub"] },
    });
    const failed = failedCheck(payload, { clientId, nonce });
    return failed ? refused(failed) : { ok: true, claims: claimsOf(payload, issuer) };
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return { ...refused("kid"), keyUnknown: true };
    if (error instanceof errors.JWTExpired) return refused("exp");
    if (error instanceof errors.JWTClaimValidationFailed) return refused(error.claim);
    if (error instanceof errors.JOSEAlgNotAllowed) return refused("alg");
    if (error instanceof errors.JWSSignatureVerificationFailed) return refused("signature");
    if (error instanceof errors.JOSEError) return refused("form");
    throw error;
  }
}

/** What the library leaves to us. */
function failedCheck(
  payload: JWTPayload,
  { clientId, nonce }: { clientId: string; nonce: string },
): string | null {
  if (payload.nonce !== nonce) return "nonce";
  const audiences = [payload.aud ?? []].flat();
  const party = payload.azp;
  if (party !== undefined && party !== clientId) return "azp";
  if (audiences.length > 1 && party !== clientId) return "azp";
  const { sub } = payload;
  return typeof sub === "string" && sub !== "" && sub.length <= subjectLengthMax ? null : "sub";
}

function refused(check: string): IdTokenVerdict & { ok: false } {
  const message = "The provider's answer does not hold.";
  return { ok: false, keyUnknown: false, reason: reason("provider_token_invalid", message, { check }) };
}

/** `email_verified` counts as the boolean that the standard asks for, and as nothing else. */
export function claimsOf(payload: JWTPayload, issuer: string): OidcClaims {
  const { sub, email, email_verified: verified, name, auth_time: authTime } = payload;
  return {
    issuer,
    subject: String(sub),
    email: shortText(email),
    emailVerified: verified === true,
    name: shortText(name),
    authTimeMs: typeof authTime === "number" && Number.isFinite(authTime) ? authTime * 1_000 : null,
  };
}

function shortText(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.replaceAll(/\p{Cc}/gu, "").trim();
  return text !== "" && text.length <= textLengthMax ? text : null;
}
