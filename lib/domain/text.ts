/** Character-safe text operations. Nothing here cuts a surrogate pair in two. */
export const truncationMark = "...<truncated>";

/** At most `limit` UTF-16 units, never ending in half a character, marked when cut. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end) + truncationMark;
}

/** Trim, drop blanks and exact repeats, keep first-seen order. */
export function normaliseList(rows: readonly string[]): string[] {
  const seen = new Set<string>();
  for (const row of rows) {
    const text = row.trim();
    if (text !== "") seen.add(text);
  }
  return [...seen];
}

/** The union of lists in first-seen order, at most `limit` rows. */
export function mergeLists(limit: number, ...lists: Array<readonly string[]>): string[] {
  return normaliseList(lists.flat()).slice(0, limit);
}

/** Route comparison form: trimmed, ASCII lower case; blank is absent. */
export function normaliseKey(value: string | null | undefined): string | null {
  const text = value?.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return text ? text : null;
}

/** Storage form: PostgreSQL text holds neither NUL nor half a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD").toWellFormed();
}
