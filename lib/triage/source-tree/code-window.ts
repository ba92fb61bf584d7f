import { enclosingBlock } from "@/lib/domain/code-blocks";
import { languageOf } from "@/lib/domain/code-language";
import { truncate } from "@/lib/domain/text";
import type { CodeWindow } from "@/lib/domain/triage";
import type { SourceTree } from "./source-tree";

const windowCap = 8;
const linesAround = 20;
const lineLength = 400;

export type WindowRequest = { path: string; line: number | null };

/** The lines around places of the project, at most 8 windows, the same place once. */
export async function codeWindows(
  tree: SourceTree,
  requests: readonly WindowRequest[],
): Promise<CodeWindow[]> {
  const windows: CodeWindow[] = [];
  for (const { path, line } of requests) {
    if (windows.length === windowCap || tree.stopwatch.isOver()) break;
    if (windows.some((each) => each.path === path && each.focusLine === line)) continue;
    const text = await tree.readText(path);
    if (text.ok) windows.push(windowOf(text.path, text.lines, line));
  }
  return windows;
}

/** A line that the file does not have gives the file's end, and no focus. */
export function windowOf(path: string, lines: readonly string[], line: number | null): CodeWindow {
  const isThere = line !== null && line >= 1 && line <= lines.length;
  const around = Math.min(Math.max(line ?? 1, 1), lines.length);
  const fromLine = Math.max(1, around - linesAround);
  return {
    path,
    language: languageOf(path),
    fromLine,
    focusLine: isThere ? line : null,
    lines: lines.slice(fromLine - 1, around + linesAround).map((each) => truncate(each, lineLength)),
    enclosing: isThere ? enclosingBlock(lines, path, line) : null,
  };
}
