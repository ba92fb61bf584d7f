import { redactionPattern } from "./marker";

/** Where values end. Each reader walks forward once and yields a stretch its caller then skips: linear overall. */
export type Extent = { start: number; end: number; quoted: boolean };

const openingQuote = /(?:[bBuUrRfF@$]{1,2}(?=\\*["'`]))?(\\{0,40})(["'`])/y;
const nextMember = /[,;](?:\s|$|["'\\]|[\w.\- ]{1,40}[=:])/y;
const nextParameter = /&(?:amp;)?[\w.\-%[\]]{1,64}=/y;
const closesHere = /[)\]}]+(?:$|[\s,;"'\\.])/y;
const escapedBreak = /\\{1,40}[nr"'`]/y;
const headerScheme =
  /(bearer|basic|token|apikey|api-key|jwt|negotiate|ntlm|ssws|digest|hawk|oauth|signature|aws4-hmac-sha256|dpop|key|mutual|scram-sha-(?:1|256)|vapid|googlelogin|bot)(?:[ \t]|%20|\+)+/iy;

const marker = new RegExp(redactionPattern.source, "y");

export function matchesAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The inside of a quoted value at this escape level, `\"` within JSON strings included; unclosed runs to the line's end. */
export function readQuoted(text: string, at: number): Extent | undefined {
  const opening = matchesAt(openingQuote, text, at);
  if (!opening) return undefined;
  const depth = (opening[1] as string).length;
  const quote = opening[2] as string;
  const start = at + opening[0].length;
  let backslashes = 0;
  for (let index = start; index < text.length; index++) {
    const char = text[index] as string;
    if (char === "\\") {
      backslashes++;
      continue;
    }
    if (char === "\n") return { start, end: index, quoted: true };
    // A quote escaped deeper than the opening one belongs to the value; one escaped less closes something outside it.
    const closes = backslashes % (2 * (depth + 1)) === depth || backslashes < depth;
    if (char === quote && closes) {
      return { start, end: index - Math.min(depth, backslashes), quoted: true };
    }
    backslashes = 0;
  }
  return { start, end: text.length, quoted: true };
}

export type RunStops = { query: boolean; percentEncoded: boolean };

/** An unquoted value: one run without spaces, ended early where the text clearly goes on to its next member. */
export function readRun(text: string, at: number, stops: RunStops): number {
  let index = at;
  for (; index < text.length; index++) {
    const char = text[index] as string;
    switch (char) {
      case "[":
        // A marker is one thing: its bracket and comma end no value.
        index += (matchesAt(marker, text, index)?.[0].length ?? 1) - 1;
        break;
      case "\n":
      case " ":
      case '"':
      case "`":
      case "<":
        return index;
      case "'":
        if (!/\w/.test(text[index + 1] ?? "")) return index;
        break;
      case ",":
      case ";":
        if (index > at && matchesAt(nextMember, text, index)) return index;
        break;
      case "&":
        if (stops.query || matchesAt(nextParameter, text, index)) return index;
        break;
      case "#":
        if (stops.query) return index;
        break;
      case "%":
        if (stops.percentEncoded && text.startsWith("26", index + 1)) return index;
        break;
      case "\\":
        if (matchesAt(escapedBreak, text, index)) return index;
        break;
      case ")":
      case "]":
      case "}":
        if (matchesAt(closesHere, text, index)) return index;
        break;
      default:
        if (/\s/.test(char)) return index;
    }
  }
  return index;
}

const bracketScanMax = 4_096;

/** A bracketed value up to its partner; one without a partner nearby runs to the end of the line. */
export function readBracketed(text: string, at: number): number {
  let depth = 0;
  let quote = "";
  const limit = Math.min(text.length, at + bracketScanMax);
  for (let index = at; index < limit; index++) {
    const char = text[index] as string;
    if (quote !== "") {
      if (char === "\\") index++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") {
      depth--;
      if (depth === 0) return index + 1;
    }
  }
  return endOfLine(text, at);
}

export function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline === -1 ? text.length : newline;
}

/**
 * The rest of a header's line: to its end, to the quote that opened before the header's name (curl -H '…'), or to a
 * quote that closes the string it sits in. The quotes of `response="…"` parameters are part of the value.
 */
export function readHeaderLine(text: string, at: number, openedBy: string): number {
  let index = at;
  while (index < text.length) {
    const char = text[index] as string;
    if (char === "\n") return index;
    if (char === "\\" && matchesAt(escapedBreak, text, index)) {
      if (text[index + 1] === "n" || text[index + 1] === "r") return index;
      if (text[index - 1] !== "=") return index;
      const parameter = readQuoted(text, index);
      index = parameter ? closeOf(text, parameter) : index + 1;
      continue;
    }
    if (openedBy !== "" ? char === openedBy : char === '"' || char === "'" || char === "`") {
      if (openedBy !== "" || text[index - 1] !== "=") return index;
      const parameter = readQuoted(text, index);
      index = parameter ? closeOf(text, parameter) : index + 1;
      continue;
    }
    index++;
  }
  return index;
}

function closeOf(text: string, extent: Extent): number {
  let index = extent.end;
  while (text[index] === "\\") index++;
  return Math.max(index + 1, extent.start);
}

/** Past the scheme names of a credential (`Bearer`, even `Bearer Token`); undefined when none stands here. */
export function skipSchemes(text: string, at: number): { at: number; manyParts: boolean } | undefined {
  let index = at;
  let manyParts = false;
  for (let round = 0; round < 3; round++) {
    const scheme = matchesAt(headerScheme, text, index);
    if (!scheme) break;
    manyParts = /^(?:digest|hawk|oauth|signature|aws4|mutual|scram|vapid|dpop)/i.test(scheme[1] as string);
    index += scheme[0].length;
  }
  return index === at ? undefined : { at: index, manyParts };
}
