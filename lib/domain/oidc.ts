import type { Role } from "./actor";
import { type Reason, reason } from "./reason";

/** An OpenID Connect provider, from host configuration alone (D-34): the panel may not decide who vouches for people. */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  /** Secret reference of the client's secret; null: a public client, held by PKCE alone. */
  clientSecretRef: string | null;
  /** What people call it: "Continue with ...". */
  name: string;
  /** What somebody becomes whom nobody has invited; null: they are refused. */
  newUserRole: Role | null;
};

/** What a provider has sworn about a person, checked. */
export type OidcClaims = {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  /** When the person last proved themselves to the provider; null when it does not say. */
  authTimeMs: number | null;
};

export type OidcVerdict = { ok: true; claims: OidcClaims } | { ok: false; reason: Reason };

/** Where browsers are sent to and codes are redeemed, as the provider's own document says. */
export type OidcEndpoints = { issuer: string; authorizationUrl: string; tokenUrl: string };

export type OidcRedemption = {
  code: string;
  codeVerifier: string;
  nonce: string;
  redirectUrl: string;
  nowMs: number;
};

/** Speaks to the provider; every refusal is a value. */
export type OidcClient = {
  settings: OidcSettings;
  endpoints: (
    nowMs: number,
  ) => Promise<{ ok: true; endpoints: OidcEndpoints } | { ok: false; reason: Reason }>;
  /** Turns the code of a sign-in into what the provider swears. */
  redeem: (redemption: OidcRedemption) => Promise<OidcVerdict>;
};

type KnownUser = { userId: string; disabled: boolean };

export type ProviderStanding = {
  claims: OidcClaims;
  /** Who is bound to this subject of this issuer. */
  bound: KnownUser | null;
  /** Who has the address, and whether another subject of this issuer is bound to them. */
  byEmail: (KnownUser & { boundElsewhere: boolean }) | null;
  newUserRole: Role | null;
};

export type ProviderDecision =
  | { kind: "enter"; userId: string }
  /** From now on this subject is that person, whatever addresses either has. */
  | { kind: "bind"; userId: string }
  | { kind: "create"; role: Role; email: string; name: string }
  | { kind: "refuse"; reason: Reason };

const refuse = (code: string, message: string): ProviderDecision => ({
  kind: "refuse",
  reason: reason(code, message),
});

/**
 * Who comes in? The bound subject decides first: an address can be given to somebody else, a subject cannot. An address
 * decides once, when nobody is bound yet, and only when the provider has verified it.
 */
export function judgeProviderSignIn({
  claims,
  bound,
  byEmail,
  newUserRole,
}: ProviderStanding): ProviderDecision {
  if (bound) {
    return bound.disabled
      ? refuse("provider_user_disabled", "The account is disabled.")
      : { kind: "enter", userId: bound.userId };
  }
  if (!claims.email) return refuse("provider_email_missing", "The provider did not say an address.");
  if (!claims.emailVerified)
    return refuse("provider_email_unverified", "The provider has not verified the address.");
  if (byEmail?.boundElsewhere)
    return refuse("provider_other_person", "The account with this address belongs to another sign-in there.");
  if (byEmail?.disabled) return refuse("provider_user_disabled", "The account is disabled.");
  if (byEmail) return { kind: "bind", userId: byEmail.userId };
  if (!newUserRole) return refuse("provider_user_unknown", "Nobody here has this address.");
  const name = claims.name?.trim() || claims.email;
  return { kind: "create", role: newUserRole, email: claims.email, name };
}

/** A sign-in that was itself a proof: `prompt=login` was honoured, and not from a session that stood open over there. */
export function isFreshlyProven({ authTimeMs }: OidcClaims, nowMs: number): boolean {
  return authTimeMs !== null && Math.abs(nowMs - authTimeMs) <= 60_000;
}
