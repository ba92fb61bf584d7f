import type { JsonObject } from "./config";

const pair = /([A-Za-z_@][\w.@/-]*)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?(?:\s+|$)/y;
const pairMax = 200;
const telling = /^(?:level|lvl|severity|msg|message|time|ts|timestamp|err|error|log[._]level|at)$/i;

/**
 * The pairs of a logfmt line, keys as written; null for a line that is not all pairs or says neither level nor message. A bare
 * key is `true`; the first of equal keys counts.
 */
export function parseLogfmtLine(text: string): JsonObject | null {
  const line = text.trim();
  // The cheap look first: most lines that are no logfmt have no pair at their beginning.
  if (!/^[A-Za-z_@][\w.@/-]*=/.test(line)) return null;
  const fields = new Map<string, unknown>();
  let isTelling = 0;
  pair.lastIndex = 0;
  for (let at = 0, count = 0; at < line.length; at = pair.lastIndex, count++) {
    const match = count < pairMax ? pair.exec(line) : null;
    if (!match) return null;
    const key = match[1] ?? "";
    const isBare = match[2] === undefined && match[3] === undefined;
    if (!fields.has(key)) fields.set(key, isBare ? true : (match[3] ?? unescape(match[2] ?? "")));
    if (telling.test(key)) isTelling += 1;
  }
  return isTelling >= 1 && fields.size >= 2 ? Object.fromEntries(fields) : null;
}

function unescape(quoted: string): string {
  if (!quoted.includes("\\")) return quoted;
  return quoted.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return code === "n" ? "\n" : code === "t" ? "\t" : code === "r" ? "\r" : code;
  });
}
