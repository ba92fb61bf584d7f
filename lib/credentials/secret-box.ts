import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;

/**
 * A secret as it lies in the database: sealed with a key that only the data folder knows, so that a copied table alone
 * makes no codes. `owner` is sealed in: a row's secret opens for that owner and no other.
 */
export function sealSecret(pepper: string, owner: string, text: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, keyOf(pepper), iv).setAAD(Buffer.from(owner, "utf8"));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `box$${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** null when it was not sealed here for this owner, was altered, or the host's key is another one by now. */
export function openSecret(pepper: string, owner: string, stored: string): string | null {
  if (!stored.startsWith("box$")) return null;
  const bytes = Buffer.from(stored.slice(4), "base64url");
  if (bytes.length <= ivLength + tagLength) return null;
  const [iv, tag] = [bytes.subarray(0, ivLength), bytes.subarray(ivLength, ivLength + tagLength)];
  try {
    const decipher = createDecipheriv(algorithm, keyOf(pepper), iv, { authTagLength: tagLength })
      .setAAD(Buffer.from(owner, "utf8"))
      .setAuthTag(tag);
    const opened = Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
    return opened.toString("utf8");
  } catch {
    return null;
  }
}

/** A key of its own, so that what is hashed with the pepper and what is sealed never share one. */
const keyOf = (pepper: string): Buffer =>
  Buffer.from(hkdfSync("sha256", pepper, "incident-monitor", "sealed secrets", 32));
