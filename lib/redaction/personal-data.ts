import type { Span } from "./spans";
import { skipEscapeTail } from "./word-start";

const localPart = /[A-Za-z0-9._%+'-]{1,64}$/;
const domainPart = /[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])/y;
const international = /\+(?<![\w+].)[1-9](?:[ ().-]{0,2}\d){7,14}(?![\w-])/g;
const northAmerican = /(?<![\w.+-])(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g;
const ibanCandidate =
  /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;
const ipv4Candidate = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g;

export function findPersonalData(text: string): Span[] {
  const spans = findEmails(text);
  for (const match of text.matchAll(international)) spans.push(spanOf(match, "phone_number"));
  for (const match of text.matchAll(northAmerican)) spans.push(spanOf(match, "phone_number"));
  for (const match of text.matchAll(ibanCandidate)) {
    if (isIban(match[0])) spans.push(spanOf(match, "iban"));
  }
  return spans;
}

export function findIpAddresses(text: string): Span[] {
  return [...text.matchAll(ipv4Candidate)]
    .filter((match) => match[0].split(".").every((octet) => Number(octet) <= 255))
    .map((match) => spanOf(match, "ip_address"));
}

function spanOf(match: RegExpExecArray, kind: string): Span {
  return { start: match.index, end: match.index + match[0].length, kind };
}

/** Looks outward from each "@", so a long run without one is never walked twice. */
function findEmails(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const local = localPart.exec(text.slice(Math.max(0, at - 64), at));
    if (!local) continue;
    const start = skipEscapeTail(text, at - local[0].length, at);
    domainPart.lastIndex = at + 1;
    const domain = domainPart.exec(text);
    if (domain) spans.push({ start, end: at + 1 + domain[0].length, kind: "email" });
  }
  return spans;
}

export function isIban(candidate: string): boolean {
  const compact = candidate.replace(/ /g, "");
  if (compact.length < 15 || compact.length > 34) return false;
  let remainder = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
