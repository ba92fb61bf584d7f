/**
 * Reports are written by strangers and end up in a terminal: control characters, and those that reverse or hide text, are
 * shown as a replacement character. Line ends survive only where `lines` says so.
 */
export function plain(text: string, { lines = false } = {}): string {
  return text.replace(unsafe, (each) => {
    if (each === "\n" && lines) return each;
    return each === "\n" || each === "\t" ? " " : "\ufffd";
  });
}

const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** JSON for machines that is as safe to look at: what JSON leaves in is escaped. */
export function json(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? "null";
  return text.replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escaped);
}

const escaped = (each: string) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;

/** Columns it takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** Cut to `columns`, with an ellipsis when something is missing. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let left = columns - 1;
  let kept = "";
  for (const { segment } of graphemes.segment(text)) {
    left -= wide.test(segment) ? 2 : 1;
    if (left < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** "5s", "3m", "2h", "4d" before now; a clock that is ahead is "now". */
export function ago(ms: number | undefined, nowMs: number): string {
  if (ms === undefined) return "-";
  const seconds = Math.floor((nowMs - ms) / 1_000);
  if (seconds < 1) return "now";
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

export const iso = (ms: number | undefined) => (ms === undefined ? "-" : new Date(ms).toISOString());

export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;
