import { Secret, TOTP } from "otpauth";

/** RFC 6238 as every authenticator app reads it. */
const shape = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** One step to either side: clocks of phones and servers differ by seconds, not by minutes. */
const stepsAround = 1;
/** 160 bits, as RFC 4226 recommends. */
const secretSize = 20;

/** A new shared secret in base 32, as a person may have to type it. */
export const newTotpSecret = (): string => new Secret({ size: secretSize }).base32;

/** What the QR code says. */
export function totpUri(secret: string, account: string, issuer: string): string {
  return new TOTP({ ...shape, secret: Secret.fromBase32(secret), label: account, issuer }).toString();
}

/** The step (30 s since 1970) whose code this is, at `nowMs` or one step beside it; null when there is none. */
export function totpStepOf(secret: string, code: string, nowMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const totp = new TOTP({ ...shape, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: nowMs, window: stepsAround });
  return delta === null ? null : Math.floor(nowMs / 1_000 / shape.period) + delta;
}

/** What the app shows at `atMs`. For tests and the journeys' own authenticator. */
export function totpCodeAt(secret: string, atMs: number): string {
  return new TOTP({ ...shape, secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs });
}
