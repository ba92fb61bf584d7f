export type TextPart =
  | { type: "text"; text: string }
  | { type: "redaction"; kind: string; length?: number; suffix?: string };

/** `[redacted]`, `[redacted:kind]`, `[redacted:kind,16]`, `[redacted:kind#a1]`, `[redacted:kind,16#a1]`. */
const marker = /\[redacted(?::([a-z0-9][a-z0-9_. -]{0,47}))?(?:,(\d{1,6}))?(?:#([\w-]{1,16}))?\]/gi;

/** Splits text at its redaction markers. Anything that is not exactly a marker stays text. */
export function parseRedactions(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(marker)) {
    if (match.index > from) parts.push({ type: "text", text: text.slice(from, match.index) });
    const [whole, kind, length, suffix] = match;
    parts.push({
      type: "redaction",
      kind: (kind ?? "removed").replaceAll(/[_-]/g, " ").trim(),
      ...(length === undefined ? {} : { length: Number(length) }),
      ...(suffix === undefined ? {} : { suffix }),
    });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ type: "text", text: text.slice(from) });
  return parts;
}

/** How many values were blacked out. */
export function countRedactions(text: string): number {
  return parseRedactions(text).filter((part) => part.type === "redaction").length;
}

/** The same as words alone, for a tooltip: "token=[token]". */
export function plainWords(text: string): string {
  return parseRedactions(text)
    .map((part) => (part.type === "text" ? part.text : `[${part.kind}]`))
    .join("");
}
