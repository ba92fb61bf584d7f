import { classOf, digit, letter } from "./message-template-characters";
import { months, weekdays } from "./message-template-terms";

const dateInWords =
  /(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? {1,4})?(?:[A-Z][a-z]{2,8} {1,4}\d{1,2}(?:,? {1,4}(?:19|20)\d\d)?|\d{1,2} [A-Z][a-z]{2,8},? {1,4}(?:19|20)\d\d)(?:,? {1,4}(?:at )?\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?(?: {1,4}[A-Z]{3,4}(?= {1,4}(?:19|20)\d\d\b))?(?: {1,4}(?:19|20)\d\d\b)?/y;

/** Where a date in words ends that begins with `word`, which ends at `at`: `Fri Jul  1 07:57:30 2005`; -1 if it is none. */
export function endOfDate(text: string, word: string, at: number): number {
  if (word.length > 9 || !"FAJMSONDTW0123456789".includes(word.charAt(0))) return -1;
  const code = word.charCodeAt(0);
  const isDay = word.length <= 2 && code >= 0x30 && code <= 0x39 && months.has(wordAfter(text, at));
  if (!isDay && !months.has(word) && !weekdays.has(word)) return -1;
  dateInWords.lastIndex = at - word.length;
  const date = dateInWords.exec(text)?.[0];
  // `May 5` alone may be anything: it takes a time or a year.
  if (date === undefined || !/:\d\d|(?:19|20)\d\d/.test(date) || !/[JFMASOND][a-z]{2}/.test(date)) return -1;
  return at - word.length + date.length;
}

function wordAfter(text: string, at: number): string {
  if (text.charCodeAt(at) !== 0x20) return "";
  let end = at + 1;
  while (end < text.length && end < at + 12 && classOf(text.charCodeAt(end)) === letter) end += 1;
  return text.slice(at + 1, end);
}

/** Where the fraction of a time ends that stands behind a comma: `18:03:44,048`. */
export function endOfFraction(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x2c) return at;
  let end = at + 1;
  while (end < text.length && end < at + 10 && classOf(text.charCodeAt(end)) === digit) end += 1;
  return end - at > 3 ? end : at;
}

/** `E0629 12:01:02`: level and day as Kubernetes writes them, before a time of day. */
export function isKlogDay(text: string, word: string, at: number): boolean {
  return word.length === 5 && /^[IWEF]\d{4}$/.test(word) && /^ \d\d:\d\d:/.test(text.slice(at, at + 7));
}
