import type { PatchLine } from "./suspect-patch";

/** Lines that begin a function, in the languages traces come from. The first group that took part is its name. */
const definitions: readonly RegExp[] = [
  /^\s*(?:async\s+)?def\s+(?:self\.)?([A-Za-z_]\w*[?!=]?)/,
  /^\s*func\s+(?:\([^)]*\)\s*)?([A-Za-z_]\w*)/,
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)/,
  /^\s*(?:pub\s+)?(?:async\s+)?fn\s+([A-Za-z_]\w*)/,
  /^\s*(?:public |private |protected |static |final |override |suspend |internal )*fun\s+(?:<[^>]*>\s*)?([A-Za-z_]\w*)/,
  /^\s*(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]{1,200})?=\s*(?:async\s*)?(?:function\b|\([^)]*\)[^=]{0,100}=>|[A-Za-z_$][\w$]*\s*=>|\($)/,
  /^\s*(?:exports|module\.exports|[A-Z]\w*\.prototype)\.([A-Za-z_$][\w$]*)\s*=\s*(?:async\s*)?(?:function\b|\()/,
  /^\s*([A-Za-z_$][\w$]*)\s*:\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>)/,
  // Methods: modifiers and types, a name, brackets, and nothing of a statement behind them.
  /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|private|protected|static|final|abstract|synchronized|async|get|set|readonly|override|virtual|internal|export)\s+)*(?:<[^>]{1,80}>\s+)?(?:[\w$.<>[\],?]+\s+){0,3}([A-Za-z_$#][\w$]*)\s*\([^;]*(?:\)\s*(?::[^{;]{1,120})?(?:throws [\w., ]+)?\{|,|\()\s*$/,
];
const classes =
  /^\s*(?:export\s+)?(?:default\s+)?(?:public |private |protected |static |final |abstract |sealed |data )*(?:class|module|interface|struct|enum|record|object)\s+([A-Za-z_][\w.:]*)/;
const statements =
  /^\s*(?:\}?\s*(?:if|else|elsif|elif|for|foreach|while|switch|catch|return|new|throw|await|do|try|case|unless|until|when|with|yield|assert|delete|typeof|using|lock|synchronized)\b)/;

/** Cheap to see: without one of these, no line begins a function. */
const mayDefine = /\(|=>|\bdef\b|\bfunction\b/;

/** The name of the function that a line begins; null when it begins none. */
export function definitionOf(line: string): string | null {
  if (line.length > 300 || !mayDefine.test(line)) return null;
  // Long runs of space would make the patterns below try long.
  const text = line.trim().replace(/\s+/g, " ");
  if (statements.test(text)) return null;
  for (const pattern of definitions) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

export const classOf = (line: string): string | null =>
  line.length > 300 ? null : (classes.exec(line)?.[1] ?? null);

const indentOf = (line: string): number => {
  const space = /^[\t ]*/.exec(line)?.[0] ?? "";
  return space.replaceAll("\t", "    ").length;
};

export type Block = { name: string; fromLine: number; toLine: number };

/** The function that line `line` (from 1) of a file lies in, by its indentation; null when it lies in none. */
export function functionAt(lines: readonly string[], line: number): Block | null {
  let indent = Number.POSITIVE_INFINITY;
  for (let at = Math.min(line, lines.length) - 1; at >= 0; at -= 1) {
    const text = lines[at] as string;
    if (text.trim() === "" || (at !== line - 1 && indentOf(text) >= indent)) continue;
    const name = definitionOf(text);
    if (name !== null && (at === line - 1 || !isCall(lines, at))) {
      return { name, fromLine: at + 1, toLine: endOf(lines, at) };
    }
    indent = Math.min(indent, indentOf(text));
    if (indent === 0 && at !== line - 1 && !/^[)\]}]/.test(text)) return null;
  }
  return null;
}

/** A call over several lines looks like a method's head, until its bracket closes without a body. */
function isCall(lines: readonly string[], at: number): boolean {
  let depth = 0;
  for (let next = at; next < Math.min(lines.length, at + 30); next += 1) {
    for (const char of lines[next] as string) {
      if (char === "(") depth += 1;
      else if (char === ")") depth -= 1;
    }
    if (depth <= 0)
      return /\)\s*;?\s*$/.test(lines[next] as string) && !/\bdef\b|\bfunc\b/.test(lines[at] as string);
  }
  return false;
}

function endOf(lines: readonly string[], start: number): number {
  const indent = indentOf(lines[start] as string);
  let last = start;
  for (let at = start + 1; at < lines.length; at += 1) {
    const text = lines[at] as string;
    if (text.trim() === "") continue;
    const depth = indentOf(text);
    if (depth < indent) break;
    if (depth === indent) {
      // The closing line belongs to it; so do the brackets of a head over several lines.
      if (/^\s*(?:end\b|[)\]}])/.test(text)) last = at;
      if (!/^\s*[)\]}]+.*[{:]\s*$/.test(text)) break;
    } else last = at;
  }
  return last + 1;
}

/** The function that a place in a patch lies in, seen from the lines around it; `heading` is what git names. */
export function functionInHunk(lines: readonly PatchLine[], index: number, heading: string): string | null {
  const own = lines[index]?.text ?? "";
  const direct = definitionOf(own);
  if (direct !== null) return direct;
  let indent = own.trim() === "" ? Number.POSITIVE_INFINITY : indentOf(own);
  for (let at = index - 1; at >= 0; at -= 1) {
    const text = lines[at]?.text ?? "";
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    const name = definitionOf(text);
    if (name !== null) return name;
    indent = indentOf(text);
  }
  return indent === 0 ? null : definitionOf(heading);
}

const constants =
  /^(?:export\s+)?(?:default\s+)?(?:(?:const|let|var|val|static|final|public|private|protected|readonly)\s+)*(?:[\w$.<>[\],?]+\s+)??([A-Za-z_$@][\w$]*)\s*(?::[^=]{1,120})?(?::=|=(?!=))/;

/** The name at the margin that a place outside functions is given to. */
export function constantInHunk(lines: readonly PatchLine[], index: number): string | null {
  for (let at = index; at >= 0; at -= 1) {
    const text = lines[at]?.text ?? "";
    if (text.trim() === "" || (/^[\t ]/.test(text) && indentOf(text) > 4)) continue;
    const name = text.length > 300 ? null : constants.exec(text.trimStart())?.[1];
    if (name) return name;
    if (!/^[\t )\]}]/.test(text)) return null;
  }
  return null;
}

/** The class that a place in a patch lies in, seen from the lines before it; `heading` is what git names. */
export function classInHunk(lines: readonly PatchLine[], index: number, heading: string): string | null {
  let indent = indentOf(lines[index]?.text ?? "") + 1;
  for (let at = index; at >= 0; at -= 1) {
    const text = lines[at]?.text ?? "";
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    const name = classOf(text);
    if (name !== null) return name;
    indent = indentOf(text);
  }
  return classOf(heading);
}
