import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { type PublicKey, publicKeyOf } from "./checkpoint";
import type { VerifySignature } from "./key-chain";
import { sha256 } from "./sha256";

export type Signer = { key: PublicKey; sign: (text: string) => Uint8Array };

// The fixed beginnings of an Ed25519 key in PKCS #8 and SPKI: the key itself follows (RFC 8410).
const privateStart = Buffer.from("302e020100300506032b657004220420", "hex");
const publicStart = Buffer.from("302a300506032b6570032100", "hex");

export const newSigningSeed = (): string => randomBytes(32).toString("base64url");

/** null where the text is no seed: 32 bytes in base64url. */
export function signerOf(name: string, seed: string): Signer | null {
  const bytes = Buffer.from(seed, "base64url");
  if (bytes.length !== 32 || bytes.toString("base64url") !== seed) return null;
  const key = createPrivateKey({ key: Buffer.concat([privateStart, bytes]), format: "der", type: "pkcs8" });
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(publicStart.length);
  return {
    key: publicKeyOf(sha256, name, new Uint8Array(raw)),
    sign: (text) => new Uint8Array(sign(null, Buffer.from(text, "utf8"), key)),
  };
}

const opened = new Map<string, KeyObject>();

export const verifySignature: VerifySignature = (key, text, signature) => {
  if (key.bytes.length !== 32 || signature.length !== 64) return false;
  const der = Buffer.concat([publicStart, key.bytes]);
  const known = der.toString("base64");
  let object = opened.get(known);
  if (!object) {
    object = createPublicKey({ key: der, format: "der", type: "spki" });
    if (opened.size > 100) opened.clear();
    opened.set(known, object);
  }
  return verify(null, Buffer.from(text, "utf8"), object, signature);
};
