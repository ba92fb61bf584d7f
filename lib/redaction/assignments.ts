import type { Scan } from "./anchors";
import { isHarmlessValue, type Writing } from "./harmless-values";
import { readCookies, readCredential } from "./headers";
import { classifyKey, type SecretKey } from "./secret-keys";
import type { Span } from "./spans";
import { type Extent, endOfLine, matchesAt, readBracketed, readQuoted, readRun } from "./value-extent";
import { skipEscapeTail } from "./word-start";

const nameReach = 64;
const separator =
  /(?:\\{0,40}["'`])?\]?[ \t]{0,8}(?::=|=>|={1,2}|:(?!\/\/)|%3[AaDd]|,(?=[ \t]{0,4}\\{0,40}["']))[ \t]{0,64}/y;
const nameValuePair = /\\{0,40}["'],?\s{0,8}\\{0,40}["']?value\\{0,40}["']?\s{0,4}[:=]\s{0,4}/iy;
const closingQuote = /\\{0,40}["'`]/y;
const lineStart = /(?:^|\n)[ \t]*(?:- |export )?["']?$/;
const login = /\blogin\s+\S{1,64}\s+$/;
const blockScalar = /[|>][+-]?[ \t]{0,8}(?:\n|\\{1,8}n)((?:[ \t][^\n\\"]+(?:\n|\\{1,8}n|$|(?=\\{0,40}")))+)/y;

export type Assignment = {
  key: SecretKey;
  name: string;
  nameStart: number;
  valueStart: number;
  quotedKey: boolean;
  style: "assign" | "flag" | "element" | "tuple";
  query: boolean;
  percentEncoded: boolean;
};

/** `key: value` in every dress it wears in logs: env, YAML, JSON at any escape level, XML, flags, queries, tuples. */
export function findAssignment(scan: Scan, at: number): Span | undefined {
  if (at < scan.identifierEnd) return undefined;
  const { text } = scan;
  const nameStart = skipEscapeTail(text, identifierStart(text, at, scan.identifierEnd), at);
  const nameEnd = identifierEnd(text, at);
  scan.identifierEnd = nameEnd;
  const assignment = readAssignment(text, nameStart, nameEnd);
  if (!assignment) return undefined;
  const extent = valueExtent(text, assignment);
  if (!extent || extent.end <= extent.start) return undefined;
  return { start: extent.start, end: extent.end, kind: assignment.key.kind };
}

function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}

function identifierStart(text: string, at: number, floor: number): number {
  let start = at;
  const limit = Math.max(floor, at - nameReach);
  while (start > limit) {
    const code = text.charCodeAt(start - 1);
    if (!isNameCode(code) && code !== 45 && code !== 46) break;
    start--;
  }
  return start;
}

function identifierEnd(text: string, at: number): number {
  let end = at;
  const limit = Math.min(text.length, at + nameReach);
  while (end < limit) {
    const code = text.charCodeAt(end);
    const joins = (code === 45 || code === 46) && isNameCode(text.charCodeAt(end + 1));
    if (!isNameCode(code) && !joins) break;
    end++;
  }
  return end;
}

function readAssignment(text: string, nameStart: number, nameEnd: number): Assignment | undefined {
  const shape = readSeparator(text, nameStart, nameEnd);
  if (!shape) return undefined;
  const query = /[?&]/.test(text[nameStart - 1] ?? "") || text.startsWith("&amp;", nameStart - 5);
  let name = text.slice(nameStart, nameEnd);
  // "api key: …" is written with a space; the word before belongs to the name.
  if (/^keys?$/i.test(name))
    name = (/[A-Za-z]{2,12} $/.exec(text.slice(Math.max(0, nameStart - 13), nameStart))?.[0] ?? "") + name;
  const key = classifyKey(name, query);
  if (!key) return undefined;
  if (shape.style === "flag" && !isSpaceSeparated(text, nameStart, name, key, shape.valueStart))
    return undefined;
  if (shape.style === "tuple" && !leadsPair(name, key)) return undefined;
  if (isProse(text, nameStart, shape) || isMarkerKind(text, nameStart, nameEnd)) return undefined;
  // In a list the next item may be one more name, so it has to look like a secret.
  const strength = shape.style === "tuple" && !name.startsWith("-") ? "weak" : key.strength;
  return { key: { ...key, strength }, name, nameStart, query, ...shape };
}

/** Names that stand before their value in a list: raw header pairs and argv, not a list of field names. */
export function leadsPair(name: string, key: SecretKey): boolean {
  if (/^(?:-|x-)/i.test(name)) return true;
  return key.strength === "strong" ? key.kind === "authorization" : key.kind === "cookie";
}

type Shape = Pick<Assignment, "valueStart" | "quotedKey" | "style" | "percentEncoded">;

function readSeparator(text: string, nameStart: number, nameEnd: number): Shape | undefined {
  const next = text.charCodeAt(nameEnd);
  if (next === 62 && text[nameStart - 1] === "<") {
    return { valueStart: nameEnd + 1, quotedKey: false, style: "element", percentEncoded: false };
  }
  const pair = matchesAt(nameValuePair, text, nameEnd);
  if (pair) {
    return { valueStart: nameEnd + pair[0].length, quotedKey: true, style: "assign", percentEncoded: false };
  }
  const found = matchesAt(separator, text, nameEnd);
  if (found) {
    const sign = found[0].trim();
    const quotedKey = matchesAt(closingQuote, text, nameEnd) !== null;
    if (sign.endsWith(",") && !quotedKey) return undefined;
    return {
      valueStart: nameEnd + found[0].length,
      quotedKey,
      style: sign.endsWith(",") ? "tuple" : "assign",
      percentEncoded: sign.includes("%"),
    };
  }
  if (next !== 32) return undefined;
  let valueStart = nameEnd;
  while (text[valueStart] === " " && valueStart < nameEnd + 16) valueStart++;
  return { valueStart, quotedKey: false, style: "flag", percentEncoded: false };
}

/** Only a flag, a .netrc line or a quoted password may follow its name without a sign between. */
function isSpaceSeparated(
  text: string,
  nameStart: number,
  name: string,
  key: SecretKey,
  valueStart: number,
): boolean {
  if (name.startsWith("-")) return text[valueStart] !== "-";
  if (key.kind !== "password") return false;
  return text[valueStart] === "'" || login.test(text.slice(Math.max(0, nameStart - 80), nameStart));
}

function isProse(text: string, nameStart: number, shape: Shape): boolean {
  // A path that ends in such a word ("POST /reset-password: 500"), or a parser's complaint.
  if (shape.style === "assign" && text[nameStart - 1] === "/" && text[shape.valueStart - 1] !== "=")
    return true;
  return /unexpected $/i.test(text.slice(Math.max(0, nameStart - 11), nameStart));
}

/** The kind inside a marker is no name: "[redacted:token]: next" says nothing about "next". */
function isMarkerKind(text: string, nameStart: number, nameEnd: number): boolean {
  return text.startsWith("[redacted:", nameStart - 10) && /[\],#]/.test(text[nameEnd] ?? "");
}

function valueExtent(text: string, found: Assignment): Extent | undefined {
  const { key, valueStart } = found;
  if (found.style === "element") {
    const end = Math.min(indexOrEnd(text, "<", valueStart), endOfLine(text, valueStart));
    // Without its closing tag it is a type parameter (`Promise<Token> {`), unless the text was cut off right here.
    const closed =
      text.startsWith("</", end) || (end === text.length && !/\s/.test(text.slice(valueStart, end)));
    return closed ? guarded(text, { start: valueStart, end, quoted: true }, found) : undefined;
  }
  if (key.kind === "authorization") return readCredential(text, found);
  if (key.kind === "cookie") return readCookies(text, found);
  const quoted = readQuoted(text, valueStart);
  if (quoted) return guarded(text, quoted, found);
  const opening = text[valueStart];
  if (opening === "[" && !text.startsWith("[redacted:", valueStart)) return bracketed(text, found);
  if (opening === "{" && found.quotedKey && key.strength === "strong") return bracketed(text, found);
  const block = key.strength === "strong" ? matchesAt(blockScalar, text, valueStart) : null;
  if (block) {
    const body = (block[1] as string).replace(/\\{1,8}n$/, "");
    const start = valueStart + block[0].length - (block[1] as string).trimStart().length;
    return { start, end: start + body.trim().length, quoted: false };
  }
  return unquoted(text, found);
}

function unquoted(text: string, found: Assignment): Extent | undefined {
  const { key, valueStart } = found;
  const end = readRun(text, valueStart, found);
  const extent = { start: valueStart, end, quoted: false };
  if (end === valueStart) return undefined;
  const run = text.slice(valueStart, Math.min(end, valueStart + 200));
  // "token: Bearer X": the scheme's name is not the secret, what follows it is.
  if (/^(?:bearer|basic|token|digest)$/i.test(run)) return readCredential(text, found);
  if (!guarded(text, extent, found)) return undefined;
  return key.kind === "password" ? { ...extent, end: passphraseEnd(text, found, end) } : extent;
}

/** "passphrase: correct horse battery" alone on its line is one value; `PASSWORD=x npm start` is not. */
function passphraseEnd(text: string, found: Assignment, end: number): number {
  if (
    text[end] !== " " ||
    text[found.valueStart - 1] !== " " ||
    !lineStart.test(text.slice(Math.max(0, found.nameStart - 40), found.nameStart))
  )
    return end;
  const rest = text.slice(end, Math.min(endOfLine(text, end), end + 256));
  return /^(?: [^\s=:"'#]+)+\s*$/.test(rest) ? end + rest.trimEnd().length : end;
}

function bracketed(text: string, found: Assignment): Extent | undefined {
  const end = readBracketed(text, found.valueStart);
  const inner = text.slice(found.valueStart + 1, Math.min(end - 1, found.valueStart + 200));
  if (
    /^[\s\d.,]*$/.test(inner) ||
    (found.key.strength === "weak" && /^[\s\d.,A-Za-z'"_-]{0,60}$/.test(inner))
  ) {
    return undefined;
  }
  return { start: found.valueStart, end, quoted: false };
}

function guarded(text: string, extent: Extent, found: Assignment): Extent | undefined {
  const value = text.slice(extent.start, Math.min(extent.end, extent.start + 200)).trim();
  const writing = extent.quoted ? "quoted" : writingOf(text, found);
  return isHarmlessValue(value, found.key, writing) ? undefined : extent;
}

export function writingOf(text: string, found: Assignment): Writing {
  return text.startsWith(": ", found.valueStart - 2) && !found.quotedKey ? "sentence" : "bare";
}

function indexOrEnd(text: string, needle: string, at: number): number {
  const index = text.indexOf(needle, at);
  return index === -1 ? text.length : index;
}
