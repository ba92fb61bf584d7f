import type { Scan } from "./anchors";
import type { Span } from "./spans";
import { matchesAt } from "./value-extent";

const opening = /-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const closing = /-----END[ A-Z0-9]{0,40}-----/y;
const blockMax = 65_536;
/** Between two stretches of a cut-off block: spaces, real or escaped line ends, quotes and commas of a list. */
const gap = /(?:\s|\\{1,4}[nrt]|["',+>|]){1,64}/y;
const armorHeader = /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): ?[^\\\n"]{0,200}/y;
/** A row of the key as a logger prints it, after its own time and level. */
const prefixedRow =
  /[^\n]{0,160}[\s:|>](?:[A-Za-z0-9+/=]{40,76}|[A-Za-z0-9+/]{2,76}={1,2})(?=[ \r]*(?:\n|$))/y;
const body = /[A-Za-z0-9+/=_-]+/y;

/** A private key from BEGIN to END; when the END was cut off, for as long as the text still reads like a key. */
export function findPrivateKey(scan: Scan, at: number): Span | undefined {
  const begin = matchesAt(opening, scan.text, at);
  if (!begin) return undefined;
  const bodyStart = at + begin[0].length;
  const end = closedAt(scan, bodyStart) ?? cutOffAt(scan.text, bodyStart);
  return { start: at, end, kind: "private_key" };
}

function closedAt(scan: Scan, from: number): number | undefined {
  // Remembered, because a text of nothing but BEGIN lines must not be searched to its end for each of them.
  if (scan.pemEnd < from) {
    const found = scan.text.indexOf("-----END", from);
    scan.pemEnd = found === -1 ? scan.text.length : found;
  }
  if (scan.pemEnd >= scan.text.length || scan.pemEnd - from > blockMax) return undefined;
  const nextBegin = scan.text.slice(from, scan.pemEnd).indexOf("-----BEGIN");
  if (nextBegin !== -1) return undefined;
  const close = matchesAt(closing, scan.text, scan.pemEnd);
  return scan.pemEnd + (close ? close[0].length : "-----END".length);
}

function cutOffAt(text: string, from: number): number {
  let at = from;
  let end = from;
  let sawKeyLine = false;
  while (at < text.length) {
    const skipped = matchesAt(gap, text, at) ?? matchesAt(armorHeader, text, at);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const prefixed = text[at - 1] === "\n" ? matchesAt(prefixedRow, text, at) : null;
    if (prefixed) {
      at += prefixed[0].length;
      end = at;
      continue;
    }
    const stretch = matchesAt(body, text, at);
    if (!stretch) break;
    const length = stretch[0].length;
    // The last line of a key is short; a second short stretch is the prose after it.
    if (length < 24 && !(sawKeyLine && length > 3 && /[\d+/=A-Z]/.test(stretch[0]))) break;
    at += length;
    end = at;
    if (length < 24) break;
    sawKeyLine = true;
  }
  return end;
}
