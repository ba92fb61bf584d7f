import type { LogFormat } from "./log-reading";

const lengthMin = 3;

/**
 * Words of which one must be in every text that a pattern matches; null where none can be told, or where
 * the bytes of a file may spell them otherwise (quotes inside Docker's JSON, letters beyond ASCII).
 */
export function literalsOf(pattern: string, format: LogFormat): string[] | null {
  const alternatives = splitAlternatives(pattern);
  const found = alternatives?.map((each) => longestLiteral(each));
  if (!found) return null;
  const isEscaped = format === "docker" || format === "auto";
  const literals = found.flatMap((literal) => literal ?? []);
  if (literals.length !== found.length || literals.length === 0) return null;
  if (literals.some((literal) => literal.length < lengthMin || !isPlain(literal, isEscaped))) return null;
  return literals;
}

const isPlain = (literal: string, isEscaped: boolean) =>
  (isEscaped ? /^[\w .:;,=@#%!()[\]{}|/*+?^$'~-]+$/ : /^[\x20-\x7e]+$/).test(literal);

/** Top-level alternatives; null for a pattern with groups, classes or flags, of which no literal is told. */
function splitAlternatives(pattern: string): string[] | null {
  if (/[()[\]]|\\[^.^$|?*+{}()[\]\\/ "':=dDwWsSbB-]/.test(pattern)) return null;
  return pattern.split(/(?<!\\)\|/);
}

function longestLiteral(alternative: string): string | null {
  const runs: string[] = [""];
  const atom = /\\(.)|([.^$])|([\s\S])/y;
  while (atom.lastIndex < alternative.length) {
    const match = atom.exec(alternative);
    if (!match) return null;
    const [, escaped, special, plain] = match;
    const isClass = special !== undefined || /[dDwWsSbB]/.test(escaped ?? "");
    const quantifier = /^(?:[*+?]|\{[^}]*\})[?+]?/.exec(alternative.slice(atom.lastIndex))?.[0];
    if (quantifier) atom.lastIndex += quantifier.length;
    const letter = isClass || quantifier ? null : (escaped ?? plain ?? null);
    if (letter === null) runs.push("");
    else runs[runs.length - 1] += letter;
  }
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "") || null;
}
