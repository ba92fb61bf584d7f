import type { Span } from "./spans";

const escape = String.fromCharCode(27);
/** A sign of a token that Markdown escapes: shown without the backslash, as models like to write it. */
const escaped = String.raw`\\(?=[_.-])`;
/** What colours a terminal, and whatever else prints nothing: control characters, joiners, signs of direction. */
const unseen = new RegExp(
  String.raw`${escaped}|${escape}(?:\[[0-9;?]{0,20}[A-Za-z]|[()][A-Z0-9])|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`,
  "gu",
);
/** Most text: nothing in it has to be looked at twice. */
const plain = /^[\t\n\r -~]*$/;
const markdown = new RegExp(escaped);

/** A text as a person reads it, and where a stretch of it stands in the text as it is. */
export type SeenText = { text: string; inPlace: (span: Span) => Span };

/**
 * A secret that something unseen runs through is no secret to a rule and is one to every reader, and whole again wherever such
 * characters are left out. Null where all of the text is seen.
 */
export function seenText(text: string): SeenText | null {
  if (plain.test(text) && !markdown.test(text)) return null;
  let seen = "";
  let from = 0;
  const pieces: Array<{ start: number; shift: number }> = [];
  const take = (end: number) => {
    if (end > from) pieces.push({ start: seen.length, shift: from - seen.length });
    seen += text.slice(from, end);
  };
  for (const match of text.matchAll(unseen)) {
    take(match.index);
    from = match.index + match[0].length;
  }
  if (from === 0) return null;
  take(text.length);
  const placeOf = (index: number) => index + (pieces[lastAt(pieces, index)]?.shift ?? 0);
  return {
    text: seen,
    inPlace: (span) => ({ ...span, start: placeOf(span.start), end: placeOf(span.end - 1) + 1 }),
  };
}

/** The last piece that begins at `index` or before. Halved, as reported text may be cut into as many pieces as it has letters. */
function lastAt(pieces: ReadonlyArray<{ start: number }>, index: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same of a name, which is short. */
export const seenName = (name: string): string => seenText(name)?.text ?? name;
