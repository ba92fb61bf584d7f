/** How triage's own sentences take in what somebody else wrote: on one line, bounded, and as a quotation. */
const quotationLength = 120;

/** Controls, line separators, and the marks that turn the direction of text or hide in it. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/g;

/**
 * Reported text on one line of at most `limit` characters, without anything unseen, and unable to open a comment of
 * Markdown or HTML. A cut is marked.
 */
export function oneLine(text: string, limit: number = quotationLength): string {
  const line = text
    .slice(0, limit * 4 + 400)
    .replace(unseen, " ")
    .replace(/\s+/g, " ")
    .replaceAll("<!--", "<! --")
    .replaceAll("-->", "-- >")
    .trim()
    .toWellFormed();
  if (line.length <= limit) return line;
  return `${line
    .slice(0, limit - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}

/** The same as a span of code, which nothing in it can end. */
export function quoted(text: string, limit: number = quotationLength): string {
  const line = oneLine(text, limit).replaceAll("`", "'");
  return line === "" ? "an empty text" : `\`${line}\``;
}

/** A line of code as a patch keeps it: its indent stays, what is unseen goes. */
export const codeLine = (text: string, limit = 300): string =>
  text
    .slice(0, limit)
    .replaceAll("\t", "\u0000")
    .replace(unseen, (mark) => (mark === "\u0000" ? "\t" : ""))
    .trimEnd()
    .toWellFormed();

export const place = (path: string, line: number | null): string =>
  quoted(line === null ? path : `${path}:${line}`, 300);

export const shortHash = (hash: string): string => hash.replace(/[^0-9a-f]/gi, "").slice(0, 7) || "unknown";

/** `2026-03-03`, in UTC; a time that is none is said to be unknown. */
export function dateOf(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return "an unknown date";
  return new Date(ms).toISOString().slice(0, 10);
}

/** Minutes matter where two times are compared. */
export function timeOf(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return "an unknown time";
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(rows: readonly string[], shown = 4): string {
  const first = rows.slice(0, shown);
  const left = rows.length - first.length;
  if (left > 0) return `${first.join(", ")} and ${left} more`;
  if (first.length < 2) return first.join("");
  return `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`;
}

export const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const isWordCharacter = (code: number) =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  code === 0x24 ||
  code > 127;

/** Does `word` stand in `line` as a word of its own, not as a part of a longer name? */
export function hasWord(line: string, word: string): boolean {
  if (word === "") return false;
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    const before = at === 0 ? 0x20 : line.charCodeAt(at - 1);
    const end = at + word.length;
    const after = end >= line.length ? 0x20 : line.charCodeAt(end);
    const opensFree = !isWordCharacter(before) || !isWordCharacter(word.charCodeAt(0)) || before === 0x24;
    if (opensFree && (!isWordCharacter(after) || !isWordCharacter(word.charCodeAt(word.length - 1))))
      return true;
  }
  return false;
}
