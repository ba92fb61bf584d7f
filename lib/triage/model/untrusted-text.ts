import { truncate } from "@/lib/domain/text";

export type Fence = {
  boundary: string;
  /** Hides secrets, the model's own key among them. */
  redact: (text: string) => string;
};

/** A text is cut before redaction too, so that its cost is bounded; what the cut may have halved is then left out. */
const redactedMargin = 8_192;
const withheld = "[long value withheld]";

/**
 * A text from outside as it may be sent: redacted, without invisible characters, cut to `charMax`, between marks that carry
 * the run's boundary. `label` is ours.
 */
export function fenceText(fence: Fence, label: string, text: string, charMax: number): string {
  const shown = truncate(cleanText(fence, text, charMax), charMax).replaceAll(fence.boundary, "[boundary]");
  return `[untrusted ${fence.boundary} begin: ${label}]\n${shown}\n[untrusted ${fence.boundary} end]`;
}

export function cleanText(fence: Fence, text: string, charMax: number): string {
  const isCut = text.length > charMax + redactedMargin;
  const taken = isCut ? text.slice(0, charMax + redactedMargin) : text;
  const hidden = fence.redact(visible(taken));
  return withoutKeyRows(isCut ? hidden.slice(0, Math.max(0, hidden.length - redactedMargin)) : hidden);
}

/** One line of it, for places where a second line would be misread. */
export const cleanLine = (fence: Fence, text: string, charMax: number): string =>
  truncate(cleanText(fence, text, charMax).replace(/\s+/g, " ").trim(), charMax);

/**
 * Rows as they may be sent. They are read together, so that a secret over several rows is seen whole, and cut only then, so
 * that none is left in half. As many come out as went in, unless redaction took rows together.
 */
export function cleanRows(fence: Fence, rows: readonly string[]): string[] {
  const bounded = rows.map((row) => row.slice(0, rawRowCharMax).replace(/[\r\n]+/g, " "));
  const clean = cleanText(fence, bounded.join("\n"), Number.MAX_SAFE_INTEGER - redactedMargin);
  return clean.split("\n").map((row) => truncate(row, rowCharMax));
}

/** Lines as numbered rows, as many as fit; without numbers where redaction took lines together. */
export function codeRows(
  fence: Fence,
  lines: readonly string[],
  fromLine: number,
  charMax: number,
): { rows: string[]; toLine: number } {
  let count = 0;
  let length = 0;
  for (const line of lines) {
    length += Math.min(line.length, rowCharMax) + numberCharMax;
    if (length > charMax) break;
    count += 1;
  }
  if (count === 0) return { rows: [], toLine: fromLine - 1 };
  const clean = cleanRows(fence, lines.slice(0, count));
  const rows = clean.length === count ? clean.map((row, index) => `${fromLine + index}: ${row}`) : clean;
  return { rows, toLine: fromLine + count - 1 };
}

const rowCharMax = 400;
const numberCharMax = 8;
/** Far enough behind `rowCharMax` that a secret which is cut here does not begin within what is shown. */
const rawRowCharMax = 8_000;

/** Format characters, tags, variation selectors and controls can hide words from the person who reviews, not from a model. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{C}\n\t]|[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, "\uFFFD");
}

/**
 * A row that is nothing but base64 is likely a piece of a key whose BEGIN line lies outside what is shown, where no rule for
 * secrets knows it. No code needs such a row to be understood.
 */
function withoutKeyRows(text: string): string {
  return text.replace(
    /^([+\-| \t]{0,12}(?:\d+: )?["']?)([A-Za-z0-9+/]{48,}={0,2})(?=["',;\\n]{0,5}$)/gm,
    (row, lead, value) =>
      /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) ? `${lead}${withheld}` : row,
  );
}
