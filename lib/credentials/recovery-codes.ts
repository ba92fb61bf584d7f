import { randomInt } from "node:crypto";
import { keyedHash } from "@/lib/digest";

/** Without what is mistaken for one another when written down. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const recoveryCodeCount = 10;
const groupLength = 5;

/** Ten codes of ten characters, for the day the phone is gone. Shown once; only their hashes are kept. */
export function newRecoveryCodes(): string[] {
  const group = () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  const codes = new Set<string>();
  while (codes.size < recoveryCodeCount) codes.add(`${group()}-${group()}`);
  return [...codes];
}

/** Whose it is goes into the hash: the same code of two people has nothing in common in the table. */
export function recoveryCodeHash(pepper: string, userId: string, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[\s-]/g, "");
  return keyedHash(pepper, `recovery\n${userId}\n${plain}`);
}
