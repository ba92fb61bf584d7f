import type { Span } from "./spans";
import { startsWord } from "./word-start";

/** Secrets known by their shape alone. Each pattern opens with a rare character and has a bounded length. */
const cardCandidate = /[2-6](?<!(?:^|[^\\])[\w.-].)\d{3}(?:[ -]?\d){8,15}(?![\w-]|\.\d)/g;
const twilioId = /(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/g;
const discordTail = /\.[\w-]{6}\.[\w-]{27,45}(?![\w-])/g;
const mailchimpTail = /-us\d{1,2}(?![\w-])/g;

const none: readonly RegExpExecArray[] = [];

/** As matchAll, without its copy of the pattern and its iterator: nearly every text has no match at all. */
function matchesOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return none;
  const found: RegExpExecArray[] = [];
  for (; match !== null; match = pattern.exec(text)) found.push(match);
  return found;
}

export function findShapes(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of matchesOf(cardCandidate, text)) {
    if (!isCardNumber(match[0])) continue;
    const length = match[0].replace(/\D/g, "").length;
    spans.push({ start: match.index, end: match.index + match[0].length, kind: "card_number", length });
  }
  for (const match of matchesOf(twilioId, text)) {
    if (!startsWord(text, match.index)) continue;
    spans.push({ start: match.index, end: match.index + match[0].length, kind: "twilio_key" });
    const paired = /^["']?[:\s,]{1,3}["']?([0-9a-f]{32})(?![0-9a-f])/.exec(
      text.slice(match.index + 34, match.index + 74),
    );
    if (paired) {
      const end = match.index + 34 + paired[0].length;
      spans.push({ start: end - 32, end, kind: "twilio_key" });
    }
  }
  for (const match of matchesOf(discordTail, text)) {
    const head = /[MNO][\w-]{22,28}$/.exec(text.slice(Math.max(0, match.index - 32), match.index));
    if (head && startsWord(text, match.index - head[0].length)) {
      spans.push({
        start: match.index - head[0].length,
        end: match.index + match[0].length,
        kind: "discord_token",
      });
    }
  }
  for (const match of matchesOf(mailchimpTail, text)) {
    const head = /[0-9a-f]{32}$/.exec(text.slice(Math.max(0, match.index - 33), match.index));
    if (head)
      spans.push({ start: match.index - 32, end: match.index + match[0].length, kind: "mailchimp_key" });
  }
  return spans;
}

/** Issuer range, length, grouping as printed on cards, and Luhn: four tests that an order number seldom all passes. */
export function isCardNumber(candidate: string): boolean {
  const digits = candidate.replace(/[ -]/g, "");
  if (!isIssued(digits) || !passesLuhn(digits)) return false;
  if (digits.length === candidate.length) return true;
  return /^(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})$/.test(candidate);
}

function isIssued(digits: string): boolean {
  const { length } = digits;
  const prefix = Number(digits.slice(0, 4));
  if (digits.startsWith("4")) return length === 13 || length === 16 || length === 19;
  if ((prefix >= 5100 && prefix <= 5599) || (prefix >= 2221 && prefix <= 2720)) return length === 16;
  if (/^3[47]/.test(digits)) return length === 15;
  if (/^3(?:0[0-5]|[689])/.test(digits)) return length === 14;
  if (prefix >= 3528 && prefix <= 3589) return length === 16;
  if (/^(?:6011|64[4-9]|65)/.test(digits)) return length === 16;
  return /^62/.test(digits) && length >= 16 && length <= 19;
}

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
