import { createHmac, timingSafeEqual } from "node:crypto";

export const signatureScheme = "tandem_hmac_sha256_v1";

export type SignatureInput = {
  /** Live secrets, newest first: one, or two while a secret is being rotated. */
  secrets: readonly string[];
  deliveryId: string;
  timestampMs: number;
  body: string;
};

/**
 * Both signatures over the very bytes sent: Tandem's header over `<ms>.<body>`, keyed by the secret's own bytes, and
 * Standard Webhooks over `<id>.<s>.<body>`. While two secrets live, each is used, so either side may rotate first.
 */
export function signatureHeaders(input: SignatureInput): Record<string, string> {
  const { secrets, deliveryId, timestampMs, body } = input;
  const timestampS = Math.floor(timestampMs / 1_000);
  const tandem = secrets.map((secret) => {
    const key = Buffer.from(secret, "utf8");
    return `v1=${createHmac("sha256", key).update(`${timestampMs}.${body}`).digest("hex")}`;
  });
  const standard = secrets.map((secret) => {
    const key = standardKey(secret);
    return `v1,${createHmac("sha256", key).update(`${deliveryId}.${timestampS}.${body}`).digest("base64")}`;
  });
  return {
    "x-tandem-signature": [`t=${timestampMs}`, ...tandem].join(","),
    "x-tandem-signature-scheme": signatureScheme,
    "webhook-id": deliveryId,
    "webhook-timestamp": String(timestampS),
    "webhook-signature": standard.join(" "),
  };
}

const standardPrefix = "whsec_";

/** The Standard Webhooks key: what follows `whsec_` in base64, or the bytes of a secret not written in that form. */
function standardKey(secret: string): Buffer {
  if (!secret.startsWith(standardPrefix)) return Buffer.from(secret, "utf8");
  return Buffer.from(secret.slice(standardPrefix.length), "base64");
}

/** A `whsec_` secret that is not base64 would sign with a key no receiver can derive. */
export function isUsableSecret(secret: string): boolean {
  if (secret.trim() === "") return false;
  if (!secret.startsWith(standardPrefix)) return true;
  const encoded = secret.slice(standardPrefix.length);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) && encoded.length % 4 === 0;
}

export type SignatureVerdict =
  | { ok: true; timestampMs: number }
  | { ok: false; code: "signature_missing" | "signature_malformed" | "signature_stale" | "signature_wrong" };

/** What a receiver does with `x-tandem-signature`: the body's very bytes, a clock's tolerance, equal in constant time. */
export function verifySignature(input: {
  header: string | null;
  body: string;
  secret: string;
  nowMs: number;
  toleranceMs: number;
}): SignatureVerdict {
  if (!input.header) return { ok: false, code: "signature_missing" };
  const parts = input.header.split(",", 8).map((part) => part.trim());
  const timestampMs = Number(/^t=(\d{1,16})$/.exec(parts[0] ?? "")?.[1]);
  const given = parts.slice(1).flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1] ?? []);
  if (!Number.isSafeInteger(timestampMs) || given.length === 0)
    return { ok: false, code: "signature_malformed" };
  if (Math.abs(input.nowMs - timestampMs) > input.toleranceMs) return { ok: false, code: "signature_stale" };
  const right = createHmac("sha256", Buffer.from(input.secret, "utf8"))
    .update(`${timestampMs}.${input.body}`)
    .digest();
  const matches = given.some((hex) => timingSafeEqual(Buffer.from(hex, "hex"), right));
  return matches ? { ok: true, timestampMs } : { ok: false, code: "signature_wrong" };
}
