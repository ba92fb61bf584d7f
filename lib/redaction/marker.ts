/**
 * What stands in stored text where a secret stood: `[redacted:<kind>]`, `[redacted:<kind>,<length>]`, either with
 * `#<suffix>` when correlation was asked for. This file imports nothing, so the panel may draw bars from it.
 */
export type RedactionMark = { start: number; end: number; kind: string; length?: number; suffix?: string };

export const redactionPattern = /\[redacted:([a-z][a-z0-9_]{0,47})(?:,(\d{1,4}))?(?:#([0-9a-f]{4}))?\]/g;

const markerOpening = "[redacted:";

export function formatMarker(kind: string, length?: number, suffix?: string): string {
  return `${markerOpening}${kind}${length === undefined ? "" : `,${length}`}${suffix ? `#${suffix}` : ""}]`;
}

/** Every marker in the text, in order. A marker a reporter typed reads like any other: it is only text. */
export function parseRedactions(text: string): RedactionMark[] {
  if (!text.includes(markerOpening)) return [];
  const marks: RedactionMark[] = [];
  for (const match of text.matchAll(redactionPattern)) {
    const mark: RedactionMark = {
      start: match.index,
      end: match.index + match[0].length,
      kind: match[1] as string,
    };
    if (match[2] !== undefined) mark.length = Number(match[2]);
    if (match[3] !== undefined) mark.suffix = match[3];
    marks.push(mark);
  }
  return marks;
}
