/**
 * Whether a word may begin here. Texts arrive JSON-escaped and percent-encoded, where the letter before a token is the
 * tail of `\n` or `%3D` and no part of it.
 */
export function startsWord(text: string, at: number): boolean {
  return !/[A-Za-z0-9]/.test(text[at - 1] ?? "") || isEscapeTail(text, at);
}

function isEscapeTail(text: string, at: number): boolean {
  if (/[nrtbf]/.test(text[at - 1] ?? "") && text[at - 2] === "\\") return true;
  if (text[at - 3] === "%" && /^[0-9A-Fa-f]{2}$/.test(text.slice(at - 2, at))) return true;
  return /\\u[0-9a-fA-F]{4}$/.test(text.slice(Math.max(0, at - 6), at));
}

const escapeHead =
  /(?:[nrtbf](?<=\\.)|u[0-9a-fA-F]{4}(?<=\\.{5})|[0-9A-Fa-f]{2}(?<=%..)|\d{1,3}m(?<=[[;]\d{1,3}m))/y;

/** Where a name really begins when the run before it opens with the tail of an escape (`\n`, `%20`, a colour code). */
export function skipEscapeTail(text: string, start: number, end: number): number {
  escapeHead.lastIndex = start;
  const head = escapeHead.exec(text);
  return head && start + head[0].length < end ? start + head[0].length : start;
}
