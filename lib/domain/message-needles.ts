import { languageOf } from "./code-language";

/**
 * The parts of a message that its source must hold letter for letter: what stands between quoted values, numbers, ids and paths.
 * At least 3 words or 20 characters, longest first, at most 3. Where a part is itself made of parts (`settle: load rates: refused`)
 * each counts as well.
 */
export function messageNeedles(message: string): string[] {
  const needles = new Set<string>();
  for (const line of message.slice(0, readLength).split("\n")) {
    for (const piece of literalPieces(line)) {
      for (const part of [piece, ...piece.split(/[:,;]/)]) {
        const needle = part.replace(/^[^\p{L}]+|[^\p{L}.!?%]+$/gu, "");
        if (isTelling(needle)) needles.add(needle.slice(0, needleLength));
      }
    }
  }
  return [...needles].sort((one, other) => other.length - one.length).slice(0, needleCap);
}

const readLength = 1_000;
const needleLength = 160;
const needleCap = 3;

const isTelling = (text: string) => {
  const words = text.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word));
  return words.length >= 3 || (text.length >= 20 && words.length >= 2);
};

/** A quotation that begins where no word ends, so that the apostrophe of `couldn't` is none. */
const quotation =
  /(?<![\p{L}\d])(?:'[^']{0,200}'|"[^"]{0,200}"|`[^`]{0,200}`)|<[\w:]{1,40}>|\[redacted[^\]]{0,60}\]/gu;

/** What is left when everything that varies is a gap. */
function literalPieces(line: string): string[] {
  const pieces: string[] = [];
  for (const stretch of line.replace(quotation, "\n").split("\n")) {
    let piece: string[] = [];
    for (const word of stretch.split(/\s+/)) {
      if (!isVariable(word)) piece.push(word);
      else {
        pieces.push(piece.join(" "));
        piece = [];
      }
    }
    pieces.push(piece.join(" "));
  }
  return pieces.filter((piece) => piece !== "");
}

/** Numbers, ids, hashes, paths, addresses, `key=value`. */
const isVariable = (word: string) =>
  /\d|[=\\@{}<>]|.\/|\/./.test(word) || /^[a-f]{8,}$/i.test(word) || word.length > 40;

const keyCap = 5;
const notKeys = new Set(
  "true false null none undefined nan id name type object string number error exception".split(" "),
);

/**
 * The names in a message that a configuration may hold: quoted words, names of the environment (`DATABASE_URL`), dotted and
 * underscored names. In order, each once, at most 5.
 */
export function messageKeys(message: string): string[] {
  const keys = new Set<string>();
  for (const word of message.slice(0, readLength).split(/[\s,;(){}=]+/)) {
    const isQuoted = /^["'`[]/.test(word) && /["'`\]][:.!?]?$/.test(word);
    const key = word.replace(/^["'`[$]+|["'`\].:!?]+$/g, "");
    if (key.length < 3 || key.length > 60 || notKeys.has(key.toLowerCase())) continue;
    if (!/^[A-Za-z][\w.-]*$/.test(key) || languageOf(key) !== null) continue;
    const isName = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$|^[a-z]\w*(?:[._-][a-z]\w*)+$/.test(key);
    if (isQuoted || isName) keys.add(key);
    if (keys.size === keyCap) break;
  }
  return [...keys];
}
