import type { PersonalClass } from "@/lib/domain/redaction-profile";
import type { Span } from "./spans";
import { skipEscapeTail } from "./word-start";

const localPart = /[A-Za-z0-9._%+'-]{1,64}$/;
const domainPart = /[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])/y;
const international = /\+(?<![\w+].)[1-9](?:[ ().-]{0,2}\d){7,14}(?![\w-])/g;
const northAmerican = /[(\d](?<![\w.+-].)(?:(?<=\()\d{3}\) ?|(?<=\d)\d{2}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g;
const ibanCandidate =
  /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;
const ipv6Candidate = /[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,8}(?![\w:])/y;
const ipv4Candidate = /\d(?<![\w.].)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d)/g;

const finders: Record<PersonalClass, (text: string) => Span[]> = {
  email: findEmails,
  phone_number: findPhoneNumbers,
  iban: findIbans,
  ip_address: findIpAddresses,
};

export function findPersonalData(text: string, classes: readonly PersonalClass[]): Span[] {
  return classes.flatMap((each) => finders[each](text));
}

function findPhoneNumbers(text: string): Span[] {
  return [international, northAmerican].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => spanOf(match, "phone_number")),
  );
}

function findIbans(text: string): Span[] {
  return [...text.matchAll(ibanCandidate)]
    .filter((match) => isIban(match[0]))
    .map((match) => spanOf(match, "iban"));
}

function findIpAddresses(text: string): Span[] {
  const spans = [...text.matchAll(ipv4Candidate)]
    .filter((match) => match[0].split(".").every((octet) => Number(octet) <= 255))
    .map((match) => spanOf(match, "ip_address"));
  return [...spans, ...findIpv6(text)];
}

/** Looks outward from each colon that a digit or a second one follows: few in any text. */
function findIpv6(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    if (!isHexOrColon(text.charCodeAt(at + 1))) continue;
    let start = at;
    while (start > 0 && at - start < 5 && isHex(text.charCodeAt(start - 1))) start--;
    if (at - start > 4 || /[\w.]/.test(text[start - 1] ?? " ")) continue;
    ipv6Candidate.lastIndex = start;
    const found = ipv6Candidate.exec(text);
    if (!found) continue;
    const end = start + found[0].length;
    if (isIpv6(found[0])) spans.push({ start, end, kind: "ip_address" });
    at = end - 1;
  }
  return spans;
}

const isHex = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
const isHexOrColon = (code: number) => code === 58 || isHex(code);

/** Eight groups, or fewer around one `::`. A time of day has neither, and `a::b` of a program has no digit. */
function isIpv6(candidate: string): boolean {
  const halves = candidate.split("::");
  if (halves.length > 2 || !/\d/.test(candidate)) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length >= 2 && groups.length <= 7 : groups.length === 8;
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
