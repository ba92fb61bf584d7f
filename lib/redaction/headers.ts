import type { Scan } from "./anchors";
import { type Assignment, writingOf } from "./assignments";
import { isHarmlessValue } from "./harmless-values";
import type { Span } from "./spans";
import { type Extent, matchesAt, readHeaderLine, readQuoted, readRun, skipSchemes } from "./value-extent";
import { startsWord } from "./word-start";

/**
 * The whole credential of an Authorization-like header, whatever its scheme. The scheme's name stays for the reader;
 * a scheme we do not know could itself be the secret, so it goes with the rest of the line.
 */
export function readCredential(text: string, found: Assignment): Extent | undefined {
  const at = insideBrackets(text, found.valueStart);
  const quoted = readQuoted(text, at);
  if (quoted) return quotedCredential(text, quoted, found);
  const scheme = skipSchemes(text, at);
  if (!scheme) return bareCredential(text, at, found);
  const inner = readQuoted(text, scheme.at);
  if (inner && inner.end > inner.start) return inner;
  const end = scheme.manyParts
    ? readHeaderLine(text, scheme.at, openedBy(text, found))
    : Math.max(readRun(text, scheme.at, found), quotedParameterEnd(text, scheme.at));
  const credential = text.slice(scheme.at, Math.min(end, scheme.at + 40)).toLowerCase();
  if (/^(?:auth\w*|tokens?|scheme|required|realm=?|is|was|not|failed|header)[.,;:]?$/.test(credential))
    return undefined;
  return { start: scheme.at, end, quoted: false };
}

/** Go and Java print a header's values as a list. */
function insideBrackets(text: string, valueStart: number): number {
  let at = valueStart;
  while (text[at] === "[" && !text.startsWith("[redacted:", at)) {
    at++;
    while (text[at] === " ") at++;
  }
  return at;
}

function quotedCredential(text: string, quoted: Extent, found: Assignment): Extent | undefined {
  const value = text.slice(quoted.start, Math.min(quoted.end, quoted.start + 200));
  if (/^(?:bearer|basic|token|digest)\s*$/i.test(value) || isHarmlessValue(value, found.key, "quoted"))
    return undefined;
  const start = Math.min(skipSchemes(text, quoted.start)?.at ?? quoted.start, quoted.end);
  return { start, end: quoted.end, quoted: true };
}

function bareCredential(text: string, at: number, found: Assignment): Extent | undefined {
  const runEnd = readRun(text, at, found);
  const run = text.slice(at, Math.min(runEnd, at + 200));
  if (isHarmlessValue(run, found.key, writingOf(text, found))) return undefined;
  if (!/authorization$/i.test(found.name) || found.query || continuesAsMembers(text, found, run, runEnd)) {
    return { start: at, end: runEnd, quoted: false };
  }
  return { start: at, end: Math.max(runEnd, readHeaderLine(text, at, openedBy(text, found))), quoted: false };
}

/** `authorization=<credential> status=401` is logfmt; `authorization=Scheme key=…` is one credential. */
function continuesAsMembers(text: string, found: Assignment, run: string, runEnd: number): boolean {
  if (text[found.valueStart - 1] !== "=") return false;
  const isCredential = run.startsWith("[redacted:") || (run.length >= 16 && /\d/.test(run));
  return isCredential && /^\s+[a-z][\w.-]{1,40}=/.test(text.slice(runEnd, runEnd + 48));
}

/** `Token token="…"`: the parameter's quotes belong to the credential. */
function quotedParameterEnd(text: string, at: number): number {
  const parameter = matchesAt(/\w{1,32}=(?=\\{0,8}["'])/y, text, at);
  return parameter ? (readQuoted(text, at + parameter[0].length)?.end ?? at) : at;
}

export function readCookies(text: string, found: Assignment): Extent | undefined {
  const at = insideBrackets(text, found.valueStart);
  const quoted = readQuoted(text, at);
  if (quoted) {
    const value = text.slice(quoted.start, Math.min(quoted.end, quoted.start + 200));
    return isHarmlessValue(value, found.key, "quoted") ? undefined : quoted;
  }
  const runEnd = readRun(text, at, found);
  const run = text.slice(at, Math.min(runEnd, at + 200));
  const isHeader = text[found.valueStart - 1] !== "=" && /^[^=\s]{1,128}=/.test(run);
  if (isHeader) return { start: at, end: readHeaderLine(text, at, openedBy(text, found)), quoted: false };
  return isHarmlessValue(run, found.key, writingOf(text, found))
    ? undefined
    : { start: at, end: runEnd, quoted: false };
}

function openedBy(text: string, found: Assignment): string {
  const before = text[found.nameStart - 1] ?? "";
  return !found.quotedKey && (before === '"' || before === "'") ? before : "";
}

const schemeWithCredential = /(bearer|basic)(?:[ \t]{1,8}|%20|\+)\\{0,8}["'`]?/iy;

/** A credential on its own: "sent Bearer abc…" with no header name to announce it. */
export function findSchemeCredential(scan: Scan, at: number): Span | undefined {
  const { text } = scan;
  if (text[at - 1] === "_" || !startsWord(text, at)) return undefined;
  const scheme = matchesAt(schemeWithCredential, text, at);
  if (!scheme) return undefined;
  const start = at + scheme[0].length;
  const end = readRun(text, start, { query: false, percentEncoded: false });
  const credential = text.slice(start, Math.min(end, start + 200));
  const plausible = /^b.*r/i.test(scheme[1] as string) ? isBearerToken(credential) : isBasicPair(credential);
  return plausible ? { start, end, kind: "authorization" } : undefined;
}

function isBearerToken(credential: string): boolean {
  if (credential.length < 8 || /^\w{1,32}=$/.test(credential)) return false;
  if (/^[a-z]+:\/\//.test(credential)) return false;
  return /\d/.test(credential) || /[a-z][A-Z]/.test(credential) || /^[A-Za-z]{24}/.test(credential);
}

/** Basic credentials are base64 of "name:password"; anything else after the word is prose. */
function isBasicPair(credential: string): boolean {
  const encoded = /^[A-Za-z0-9+/]{4,}={0,2}/.exec(credential)?.[0];
  const bare = encoded?.replace(/=+$/, "") ?? "";
  // A length base64 cannot have is told apart here, because letting atob throw for it is slow.
  if (bare.length < 4 || bare.length % 4 === 1) return false;
  try {
    return atob(bare).includes(":");
  } catch {
    return false;
  }
}
