import type { StoredCheckpoint } from "@/lib/domain/ledger";
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes";
import { hashLength, type Sha256 } from "./hash";

/** What a ledger was at one size. `atMs`: when it was signed, under the signature too. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; atMs: number };
export type Signature = { name: string; keyId: string; bytes: Uint8Array };

/** A checkpoint's signed text (C2SP tlog-checkpoint); the time is its one extension line. */
export function checkpointText({ origin, size, root, atMs }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\ntime ${atMs}\n`;
}

export const signatureLine = ({ name, keyId, bytes }: Signature): string =>
  `\u2014 ${name} ${toBase64(joined(hexBytes(keyId), bytes))}\n`;

/** Text and signatures as one note (C2SP signed-note). */
export const signedNote = (text: string, signatures: readonly Signature[]): string =>
  `${text}\n${signatures.map(signatureLine).join("")}`;

/** A stored checkpoint as the note that others keep. */
export function noteOf(name: string, stored: StoredCheckpoint): string {
  const { size, keyId, createdAtMs } = stored;
  const root = fromHex(stored.root) ?? new Uint8Array(hashLength);
  const text = checkpointText({ origin: name, size, root, atMs: createdAtMs });
  return signedNote(text, [{ name, keyId, bytes: fromBase64(stored.signature) ?? new Uint8Array(64) }]);
}

export type OpenedNote = { text: string; signatures: Signature[] };

/** A note taken apart; null where it is none. Nothing of it is verified here. */
export function openNote(note: string): OpenedNote | null {
  const at = note.lastIndexOf("\n\n");
  if (at < 0 || !note.endsWith("\n")) return null;
  const signatures: Signature[] = [];
  for (const line of note.slice(at + 2, -1).split("\n")) {
    const parts = /^\u2014 (\S+) (\S+)$/.exec(line);
    const bytes = parts && fromBase64(parts[2] as string);
    if (!parts || !bytes || bytes.length < 5) return null;
    signatures.push({
      name: parts[1] as string,
      keyId: toHex(bytes.subarray(0, 4)),
      bytes: bytes.subarray(4),
    });
  }
  return { text: note.slice(0, at + 1), signatures };
}

/** null where the text is no checkpoint as `checkpointText` writes it. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = "", size = "", root = "", time = "", ...rest] = text.split("\n");
  const bytes = fromBase64(root);
  const atMs = /^time (0|[1-9]\d{0,15})$/.exec(time)?.[1];
  if (rest.length !== 1 || rest[0] !== "" || origin === "" || !/^(0|[1-9]\d{0,15})$/.test(size)) return null;
  if (bytes?.length !== hashLength || atMs === undefined) return null;
  return { origin, size: Number(size), root: bytes, atMs: Number(atMs) };
}

/** A public key with the name it signs under. The id is the first four bytes of a hash over both (C2SP signed-note). */
export type PublicKey = { name: string; keyId: string; bytes: Uint8Array };

const ed25519 = 1;

export function publicKeyOf(sha256: Sha256, name: string, bytes: Uint8Array): PublicKey {
  const named = joined(utf8(`${name}\n`), Uint8Array.of(ed25519), bytes);
  return { name, keyId: toHex(sha256(named).subarray(0, 4)), bytes };
}

/** `name+id+base64`, the one line that verifiers are given. */
export const verifierKey = ({ name, keyId, bytes }: PublicKey): string =>
  `${name}+${keyId}+${toBase64(joined(Uint8Array.of(ed25519), bytes))}`;

/** null where it is no such line, or its id is not that of its key. */
export function readVerifierKey(sha256: Sha256, line: string): PublicKey | null {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim());
  const typed = parts && fromBase64(parts[3] as string);
  if (!parts || typed?.length !== 33 || typed[0] !== ed25519) return null;
  const key = publicKeyOf(sha256, parts[1] as string, typed.slice(1));
  return key.keyId === parts[2] ? key : null;
}

/** What the key before signs to hand over to the next; the first key signs it itself. */
export const endorsementText = (
  next: PublicKey,
  { ordinal, fromSize, createdAtMs }: { ordinal: number; fromSize: number; createdAtMs: number },
): string =>
  `incident-monitor audit key ${ordinal}\n${verifierKey(next)}\nfrom ${fromSize}\ntime ${createdAtMs}\n`;

function hexBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
