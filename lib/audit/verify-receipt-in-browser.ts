import { toBase64 } from "./bytes";
import { type PublicKey, readVerifierKey } from "./checkpoint";
import type { VerifySignature } from "./key-chain";
import { sha256Plain } from "./sha256-plain";
import { type ReceiptResult, verifyReceipt } from "./verify-receipt";

export type BrowserResult =
  | { state: "checked"; result: ReceiptResult }
  /** The key that was given is none. */
  | { state: "key_unreadable" }
  /** This browser has no Ed25519, or the page came over plain http, where browsers keep their cryptography to themselves. */
  | { state: "no_ed25519" };

type Question = { key: PublicKey; text: string; signature: Uint8Array };

/**
 * Checks a receipt with what a browser has: nothing is asked of any server. Its signature check only answers with a promise, so
 * the check runs once to learn which signatures it asks about, and again with their answers.
 */
export async function verifyReceiptInBrowser(
  text: string,
  keyLine: string,
  subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle,
): Promise<BrowserResult> {
  const trusted = keyLine.trim() === "" ? null : readVerifierKey(sha256Plain, keyLine);
  if (keyLine.trim() !== "" && !trusted) return { state: "key_unreadable" };
  const questions: Question[] = [];
  const noting: VerifySignature = (key, signed, signature) => {
    questions.push({ key, text: signed, signature });
    return true;
  };
  verifyReceipt(text, { sha256: sha256Plain, verifySignature: noting, trusted });
  const answers = new Map<string, boolean>();
  try {
    for (const question of questions) answers.set(nameOf(question), await isSigned(subtle, question));
  } catch {
    return { state: "no_ed25519" };
  }
  const verifySignature: VerifySignature = (key, signed, signature) =>
    answers.get(nameOf({ key, text: signed, signature })) === true;
  return { state: "checked", result: verifyReceipt(text, { sha256: sha256Plain, verifySignature, trusted }) };
}

const nameOf = ({ key, text, signature }: Question) =>
  `${toBase64(key.bytes)} ${toBase64(signature)} ${text}`;

async function isSigned(subtle: SubtleCrypto | undefined, question: Question): Promise<boolean> {
  if (!subtle) throw new Error("no cryptography outside of a secure context");
  const { key, text, signature } = question;
  const own = (bytes: Uint8Array) => new Uint8Array(bytes);
  const imported = await subtle.importKey("raw", own(key.bytes), { name: "Ed25519" }, false, ["verify"]);
  return subtle.verify({ name: "Ed25519" }, imported, own(signature), new TextEncoder().encode(text));
}
