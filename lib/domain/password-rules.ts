import { type Reason, reason } from "./reason";
import { commonPasswords } from "./well-known-passwords";

export const passwordLengthMin = 12;
/** Longer than any passphrase; hashing megabytes is not on offer. */
export const passwordLengthMax = 1_024;

/** `reason` is the first of `faults`, for who shows but one. */
export type PasswordVerdict = { ok: true } | { ok: false; reason: Reason; faults: Reason[] };

/** Whose password it is to be. */
export type PasswordOwner = { email: string; name: string };

const distinctMin = 5;
/** What has to be left of a password without the words that anybody knows of its owner. */
const ownLettersMin = 8;

const said = {
  tooShort: reason(
    "password_too_short",
    `A password has at least ${passwordLengthMin} characters. A few words that have nothing to do with one another are good.`,
  ),
  tooLong: reason("password_too_long", `A password has at most ${passwordLengthMax} characters.`),
  personal: reason("password_personal", "It is made of your own address or name, which is tried first."),
  common: reason(
    "password_common",
    "It is one of the passwords that everybody tries first, decorated or not.",
  ),
  repetitive: reason("password_repetitive", "It is a row of keys, or a few characters over and over."),
};

/** May this be somebody's password? Length counts; kinds of characters do not: they make people write `Password1!`. */
export function judgePassword(password: string, owner: PasswordOwner): PasswordVerdict {
  const text = password.normalize("NFKC");
  // By UTF-16 units, as hashing bounds it.
  if (Math.max(password.length, text.length) > passwordLengthMax) return refused([said.tooLong]);
  const lower = text.toLowerCase();
  const faults: Reason[] = [];
  if ([...text].length < passwordLengthMin) faults.push(said.tooShort);
  if (isPersonal(lower, owner)) faults.push(said.personal);
  if (isCommon(lower)) faults.push(said.common);
  else if (isRepetitive(lower)) faults.push(said.repetitive);
  return refused(faults);
}

function refused(faults: Reason[]): PasswordVerdict {
  const [first] = faults;
  return first ? { ok: false, reason: first, faults } : { ok: true };
}

function isPersonal(lower: string, { email, name }: PasswordOwner): boolean {
  const address = email.normalize("NFKC").toLowerCase();
  const words = [
    address,
    ...address.split(/[^\p{L}\p{N}]+/u),
    ...name.normalize("NFKC").toLowerCase().split(/\s+/),
  ]
    .filter((word) => word.length >= 3)
    .sort((left, right) => right.length - left.length);
  let rest = lower;
  for (const word of words) rest = rest.replaceAll(word, " ");
  return rest !== lower && lettersOf(rest).length < ownLettersMin;
}

const digitsAsLetters: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b" },
  ...{ "@": "a", $: "s", "!": "i", "|": "l" },
};

/** `P@ssw0rd2024!!` is `password`: what is put around it, and letters written as digits, are taken off. */
function isCommon(lower: string): boolean {
  const core = lower.replaceAll(/^[^\p{L}@$]+|[^\p{L}]+$/gu, "");
  const readings = [lower, core].flatMap((each) => [
    each,
    [...each].map((c) => digitsAsLetters[c] ?? c).join(""),
  ]);
  return readings.some((each) => commonPasswords.has(lettersOf(each, /[\p{L}]/gu)));
}

function isRepetitive(lower: string): boolean {
  if (lower.length === 0) return false;
  if (new Set(lower).size < distinctMin) return true;
  const codes = [...lower].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  // 123456789012, zyxwvutsrqpo: nearly every step is the same.
  const rows = steps.filter((step) => Math.abs(step) === 1 || step === 0).length;
  if (rows >= steps.length - 2) return true;
  for (let period = 1; period <= 4; period++) {
    if (codes.every((code, index) => index < period || code === codes[index - period])) return true;
  }
  return false;
}

const lettersOf = (text: string, kind = /[\p{L}\p{N}]/gu): string => (text.match(kind) ?? []).join("");
