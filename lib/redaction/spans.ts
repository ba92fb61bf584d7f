import { formatMarker, parseRedactions, type RedactionMark } from "./marker";

/** A stretch of text to be hidden. `length` is shown only where it gives nothing away (a card number's digits). */
export type Span = { start: number; end: number; kind: string; length?: number };

export type RedactionCount = { kind: string; count: number };

/** Turns a secret into its short stable suffix; handed in, because this room owns no crypto. */
export type PlaceholderKey = (value: string) => string;

/** Overlapping spans become one; the longest of them names it. */
export function mergeSpans(spans: Span[]): Span[] {
  if (spans.length < 2) return spans;
  const ordered = spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  let namedBy = 0;
  for (const span of ordered) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      merged.push({ ...span });
      namedBy = span.end - span.start;
      continue;
    }
    if (span.end - span.start > namedBy) {
      namedBy = span.end - span.start;
      last.kind = span.kind;
    }
    if (span.end > last.end || span.start > last.start) delete last.length;
    last.end = Math.max(last.end, span.end);
  }
  return merged;
}

/**
 * Markers are atoms: a span that cuts into one takes it whole, and a span of nothing but markers hides nothing new.
 * Every span left holds at least one character that is not marker, which is why repeated passes come to an end.
 */
export function respectMarkers(text: string, spans: Span[], marks: readonly RedactionMark[]): Span[] {
  if (marks.length === 0 || spans.length === 0) return spans;
  let first = 0;
  for (const span of spans) {
    while (first < marks.length && (marks[first] as RedactionMark).end <= span.start) first++;
    for (let index = first; index < marks.length; index++) {
      const mark = marks[index] as RedactionMark;
      if (mark.start >= span.end) break;
      span.start = Math.min(span.start, mark.start);
      if (mark.end > span.end) span.end = mark.end;
    }
  }
  return mergeSpans(spans).filter((span) => !isOnlyMarkers(text.slice(span.start, span.end)));
}

function isOnlyMarkers(text: string): boolean {
  let at = 0;
  for (const mark of parseRedactions(text)) {
    if (text.slice(at, mark.start).trim() !== "") return false;
    at = mark.end;
  }
  return text.slice(at).trim() === "";
}

export function spliceSpans(text: string, spans: readonly Span[], placeholderKey?: PlaceholderKey): string {
  let spliced = "";
  let at = 0;
  for (const span of spans) {
    const suffix = placeholderKey && shortSuffix(placeholderKey(text.slice(span.start, span.end)));
    spliced += text.slice(at, span.start) + formatMarker(span.kind, span.length, suffix);
    at = span.end;
  }
  return spliced + text.slice(at);
}

/** Four hex digits: enough to see that two lines leaked the same secret, far too few to search for it. */
function shortSuffix(hash: string): string | undefined {
  return /[0-9a-f]{4}/.exec(hash.toLowerCase())?.[0];
}

/** What redaction added: the markers of the result less those the text already carried. */
export function countAdded(before: readonly string[], after: readonly string[]): RedactionCount[] {
  const counts = new Map<string, number>();
  for (const text of after) {
    for (const mark of parseRedactions(text)) counts.set(mark.kind, (counts.get(mark.kind) ?? 0) + 1);
  }
  for (const text of before) {
    for (const mark of parseRedactions(text)) counts.set(mark.kind, (counts.get(mark.kind) ?? 0) - 1);
  }
  return sortCounts(counts);
}

export function addCounts(lists: Iterable<readonly RedactionCount[]>): RedactionCount[] {
  const counts = new Map<string, number>();
  for (const list of lists) {
    for (const { kind, count } of list) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return sortCounts(counts);
}

function sortCounts(counts: ReadonlyMap<string, number>): RedactionCount[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
