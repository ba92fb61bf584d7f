import { createVerify, type KeyObject, randomBytes } from "node:crypto";
import { isoSeconds } from "./github-records";

export type FakeApp = {
  appId: string;
  installationId: number;
  publicKey: KeyObject | string;
  permissions?: Record<string, string>;
};

export type SignInAnswer = { status: number; body: Record<string, unknown> };

const hourMs = 3_600_000;

/** Tokens of people and of App installations, checked as GitHub checks them. */
export class FakeSignIn {
  /** Tokens given out to Apps so far. */
  issuedCount = 0;
  #issued = new Map<string, number>();

  constructor(
    private readonly tokens: readonly string[],
    private readonly apps: readonly FakeApp[],
  ) {}

  accepts(authorization: string, nowMs: number): boolean {
    const token = /^(?:token|bearer) (\S+)$/i.exec(authorization)?.[1] ?? "";
    return this.tokens.includes(token) || (this.#issued.get(token) ?? 0) > nowMs;
  }

  revokeIssued(): void {
    this.#issued.clear();
  }

  /** `POST /app/installations/{id}/access_tokens`: an RS256 JWT of the App, not older or longer-lived than GitHub allows. */
  installationToken(authorization: string, installationId: number, nowMs: number): SignInAnswer {
    const jwt = /^bearer (\S+)$/i.exec(authorization)?.[1] ?? "";
    const claims = claimsOf(jwt);
    const app = this.apps.find((each) => each.appId === String(claims?.iss));
    if (!claims || !app || !isSignedBy(jwt, app.publicKey)) {
      return refused(401, "A JSON web token could not be decoded");
    }
    const nowS = Math.floor(nowMs / 1_000);
    if (claims.exp > nowS + 600)
      return refused(401, "'Expiration time' claim ('exp') is too far in the future");
    if (claims.exp <= nowS) return refused(401, skewWords("exp", "Expiration time"));
    if (claims.iat > nowS) return refused(401, skewWords("iat", "Issued at"));
    if (app.installationId !== installationId) return refused(404, "Not Found");
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    this.#issued.set(token, nowMs + hourMs);
    this.issuedCount += 1;
    const permissions = app.permissions ?? { issues: "write", metadata: "read" };
    return { status: 201, body: { token, expires_at: isoSeconds(nowMs + hourMs), permissions } };
  }
}

function skewWords(claim: string, name: string): string {
  const meaning =
    claim === "exp"
      ? "a numeric value representing the future time at which the assertion expires"
      : "an Integer representing the time that the assertion was issued";
  return `'${name}' claim ('${claim}') must be ${meaning}`;
}

function refused(status: number, message: string): SignInAnswer {
  return { status, body: { message, documentation_url: "https://docs.github.com/rest" } };
}

function claimsOf(jwt: string): { iss: unknown; iat: number; exp: number } | null {
  try {
    return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function isSignedBy(jwt: string, publicKey: KeyObject | string): boolean {
  const [head, claims, signature] = jwt.split(".");
  if (!head || !claims || !signature) return false;
  const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
  return verify.verify(publicKey, Buffer.from(signature, "base64url"));
}
