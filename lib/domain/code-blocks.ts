import { bracedBlocks } from "./code-blocks-braces";
import { rubyBlocks } from "./code-blocks-ruby";
import { blockStyleOf } from "./code-language";
import { scrubCode } from "./code-scrub";
import type { EnclosingBlock } from "./triage";

const lineCap = 20_000;
const lengthCap = 1024 * 1024;

/**
 * The function that a line stands in, else the class; null where there is neither, or the language is none of those that are read
 * (Python, JavaScript, TypeScript, Java, Kotlin, Scala, Go, Rust, Ruby, PHP, C#). Found by braces, indent or `end`; strings and
 * comments do not count. A heuristic: linear, total, never throws.
 */
export function enclosingBlock(lines: readonly string[], path: string, line: number): EnclosingBlock | null {
  const style = blockStyleOf(path);
  if (style === null || line < 1 || line > lines.length || lines.length > lineCap) return null;
  if (lines.reduce((sum, each) => sum + each.length, 0) > lengthCap) return null;
  const code = scrubCode(lines, path);
  if (style === "indent") return pythonBlock(code, line);
  const blocks = style === "end" ? rubyBlocks(code) : bracedBlocks(code, path);
  return innermost(blocks, line);
}

/** The smallest function around the line, else the smallest class. A function around the class around the line is not meant. */
function innermost(blocks: readonly EnclosingBlock[], line: number): EnclosingBlock | null {
  let best: EnclosingBlock | null = null;
  for (const block of blocks) {
    if (block.fromLine > line || block.toLine < line) continue;
    if (best === null || size(block) < size(best)) best = block;
  }
  return best;
}

const size = (block: EnclosingBlock) => block.toLine - block.fromLine;

const pythonHead = /^(?:async +)?(def|class) +([A-Za-z_]\w*)/;

function pythonBlock(code: readonly string[], line: number): EnclosingBlock | null {
  let at = line - 1;
  while (at > 0 && isBlank(code[at])) at -= 1;
  let indent = indentOf(code[at]) + (pythonHead.test((code[at] ?? "").trimStart()) ? 1 : 0);
  for (; at >= 0; at -= 1) {
    const text = code[at] ?? "";
    if (isBlank(text) || indentOf(text) >= indent) continue;
    const own = text.trimStart();
    const head = pythonHead.exec(own);
    if (head) {
      const kind = head[1] === "def" ? "function" : "class";
      return { name: head[2] ?? "", kind, fromLine: at + 1, toLine: Math.max(line, pythonEnd(code, at)) };
    }
    // `) -> int:` closes a head that began above with the same indent.
    indent = indentOf(text) + (/^[)\]}]/.test(own) ? 1 : 0);
  }
  return null;
}

/** The last line that is indented deeper than the head. */
function pythonEnd(code: readonly string[], head: number): number {
  const indent = indentOf(code[head]);
  let last = head + 1;
  for (let at = head + 1; at < code.length; at += 1) {
    const text = code[at] ?? "";
    if (isBlank(text)) continue;
    if (indentOf(text) <= indent && !/^\s*[)\]}]/.test(text)) break;
    last = at + 1;
  }
  return last;
}

const isBlank = (text: string | undefined) => text === undefined || text.trim() === "";

/** Columns of white space before the first character; a tab reaches to the next eighth. */
function indentOf(text = ""): number {
  let columns = 0;
  for (const char of text) {
    if (char === " ") columns += 1;
    else if (char === "\t") columns += 8 - (columns % 8);
    else break;
  }
  return columns;
}
