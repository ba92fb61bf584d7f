/*
 * Reported text on its way into an issue. Trackers act on what they read: HTML comments hide, `@name` wakes people,
 * `#12` links other issues, an open fence swallows what follows. An invisible gap inside the trigger stops all of it, and
 * people still read the same words.
 */
const gap = "\u200b";
const cutMark = "... (truncated)";

/** Control characters but newline and tab, half characters, and what reverses the direction of reading. */
const unprintable = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** Plain lines: one kind of newline, nothing invisible that could make text mean another thing than it shows. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(unprintable, "")
    .replace(/\p{Surrogate}/gu, "\ufffd");
}

/** For a fenced block: only what could be taken for one of our hidden markers is broken, so that logs can be copied. */
export function neutraliseCode(text: string): string {
  return plainText(text)
    .replaceAll("<!--", `<!${gap}--`)
    .replaceAll("-->", `--${gap}>`)
    .replace(/tandem(?=:[a-z_]+:v\d)/gi, `$&${gap}`);
}

const proseTriggers: ReadonlyArray<[RegExp, string]> = [
  // Entities first: `&#64;name` is read as `@name` after it is decoded.
  [/&(?=#?[0-9A-Za-z]{1,40};)/g, `$&${gap}`],
  [/<(?=[A-Za-z/!?])/g, `$&${gap}`],
  [/(?<![A-Za-z0-9])@(?=[A-Za-z0-9])/g, `$&${gap}`],
  [/#(?=\d)/g, `$&${gap}`],
  [/\bGH-(?=\d)/gi, `$&${gap}`],
  // A picture is fetched by everybody who opens the issue.
  [/!(?=\[)/g, `$&${gap}`],
  // The long form of `#12`: not linked, so nothing appears in the other issue.
  [/https?:(?=\/\/[^\s]{1,500}\/(?:issues?|pulls?|discussions|commit)\/)/gi, `$&${gap}`],
];

/** For text between headings, as somebody else wrote it. Its Markdown still reads as Markdown. */
export function neutraliseProse(text: string): string {
  return neutraliseLine(text).replace(/^[ \t>*+\-.)\d]*(?=`{3}|~{3})/gm, `$&${gap}`);
}

/** Text whose links are broken at the seam between their words and their address, so that none says one thing and leads to another. */
export const neutraliseLinks = (text: string): string => text.replace(/\](?=[([:])/g, `]${gap}`);

/** A value inside one of our own lines: no newlines, at most `max` units. */
export function inlineText(text: string, max: number): string {
  return neutraliseProse(cutUnits(plainText(text).replace(/\s+/g, " ").trim(), max));
}

function neutraliseLine(text: string): string {
  let safe = neutraliseCode(text);
  for (const [trigger, broken] of proseTriggers) safe = safe.replace(trigger, broken);
  return safe;
}

/**
 * For a Markdown document made of reported text (an issue draft). Code between fences at the very left stays as it is
 * written; every other fence is broken, so that we and the tracker agree about where code ends.
 */
export function neutraliseMarkdown(text: string): string {
  const fences = new FenceReader();
  return plainText(text)
    .split("\n")
    .map((line) => (fences.read(line) === "text" ? neutraliseProse(line) : neutraliseCode(line)))
    .join("\n");
}

/** The text with a fence that is still open at its end closed. */
export function closeFence(text: string): string {
  const fences = new FenceReader();
  for (const line of text.split("\n")) fences.read(line);
  return fences.open ? `${text}\n${fences.open}` : text;
}

class FenceReader {
  /** The fence that would have to be closed now. */
  open = "";

  read(line: string): "fence" | "code" | "text" {
    return this.open ? this.#readCode(line) : this.#readText(line);
  }

  /** A fence may be indented where it closes, also when it was not where it opened. */
  #readCode(line: string): "fence" | "code" {
    const [, fence = ""] = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line) ?? [];
    if (!fence.startsWith(this.open)) return "code";
    this.open = "";
    return "fence";
  }

  #readText(line: string): "fence" | "text" {
    const [, fence = "", rest = ""] = /^(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === "" || (fence.startsWith("`") && rest.includes("`"))) return "text";
    this.open = fence;
    return "fence";
  }
}

/** A reference to copy, as code: nothing in it links, and nothing invisible gets into it. A plain web address stays one. */
export function codeSpan(text: string, max: number): string {
  const line = neutraliseCode(cutUnits(plainText(text).replace(/\s+/g, " ").trim(), max));
  if (/^https?:\/\/[!-~]+$/.test(line) && neutraliseProse(line) === line) return line;
  const runs = line.match(/`+/g) ?? [];
  const ticks = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const space = runs.length > 0 ? " " : "";
  return `${ticks}${space}${line}${space}${ticks}`;
}

/** A code block that nothing inside can close. */
export function fencedBlock(text: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}

/** At most `max` UTF-16 units, the mark included, and no half characters. */
export function cutUnits(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, Math.max(0, max - cutMark.length)).replace(/[\ud800-\udbff]$/, "") + cutMark;
}

/** At most `max` bytes of UTF-8: whole characters, every fence closed, and a mark where something is missing. */
export function cutMarkdown(text: string, max: number): string {
  const whole = closeFence(text);
  if (byteLength(whole) <= max) return whole;
  // A closing fence is as long as the one that opened, which reported text may have made long.
  for (const reserve of [cutMark.length + 16, cutMark.length + 600]) {
    const cut = `${closeFence(firstBytes(text, max - reserve))}\n\n${cutMark}`;
    if (byteLength(cut) <= max) return cut;
  }
  // Without fences nothing is code any more, so all of it is read as prose.
  const flat = neutraliseProse(text.replace(/`{3,}|~{3,}/g, " "));
  return `${firstBytes(flat, max - cutMark.length - 2)}\n\n${cutMark}`;
}

const utf8 = new TextEncoder();

/** Bytes of the text as UTF-8. */
export const byteLength = (text: string): number => utf8.encode(text).length;

/** The first `max` bytes without the character they would cut. */
function firstBytes(text: string, max: number): string {
  const bytes = utf8.encode(text);
  let end = Math.max(0, Math.min(max, bytes.length));
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, end));
}
