import { extensionOf, isBesideTheCode, isConfiguration } from "@/lib/domain/code-language";
import { isLockFile } from "@/lib/domain/locked-version";
import type { FileMention } from "@/lib/domain/triage";
import { searchLiterals } from "./search-literals";
import type { SourceTree } from "./source-tree";

const fileCap = 2_000;
const mentionCap = 10;
const textLength = 200;

/**
 * Configuration files that name the failing component or a key of the message, with the first line that does. Of that line only
 * what stands before its value is shown: the value may be a secret.
 */
export async function findConfiguration(
  tree: SourceTree,
  names: { component: string | null; keys: readonly string[] },
): Promise<FileMention[]> {
  const component = names.component !== null && /[\w]{3}/.test(names.component) ? names.component : null;
  const words = [...new Set([...(component === null ? [] : [component]), ...names.keys])];
  if (words.length === 0) return [];
  const { files } = await tree.index();
  const wanted = files.filter(isOwnConfiguration).slice(0, fileCap);
  const stopwatch = tree.stopwatch.within(500);
  const { hits } = await searchLiterals(tree.root, wanted, words, { stopwatch, hitCap: 4 * mentionCap });
  const mentions: FileMention[] = [];
  for (const { path } of hits) {
    if (mentions.length >= mentionCap) break;
    const text = await tree.readText(path);
    const found = text.ok ? firstNaming(text.lines, words) : null;
    if (!text.ok || found === null) continue;
    const because = found.word === component ? "names_component" : "message_literal";
    mentions.push({ path: text.path, line: found.line, because, text: found.text });
  }
  return mentions;
}

const isOwnConfiguration = (path: string) =>
  isConfiguration(path) &&
  !isLockFile(path.slice(path.lastIndexOf("/") + 1)) &&
  !isBesideTheCode(path) &&
  extensionOf(path) !== "map";

function firstNaming(lines: readonly string[], words: readonly string[]) {
  for (const [index, line] of lines.entries()) {
    const word = words.find((each) => isNamedIn(line, each));
    if (word !== undefined) return { line: index + 1, word, text: withoutValue(line.trim(), word) };
  }
  return null;
}

/** As a word of its own: `pay` is not named by `payload`. */
function isNamedIn(line: string, word: string): boolean {
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    if (!/\w/.test(line.charAt(at - 1)) && !/\w/.test(line.charAt(at + word.length))) return true;
  }
  return false;
}

/** `key: ...` for a key; `key: ... word` where the word stands in the value: whatever else the value says stays out. */
function withoutValue(line: string, word: string): string {
  const mark = line.search(/[:=>]/);
  if (mark === -1) return word;
  const key = line.slice(0, mark + 1).slice(-textLength);
  return line.indexOf(word) > mark ? `${key} ... ${word} ...` : `${key} ...`;
}
