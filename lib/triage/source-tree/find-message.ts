import { posix } from "node:path";
import { isBesideTheCode, languageOf } from "@/lib/domain/code-language";
import { truncate } from "@/lib/domain/text";
import type { FileMention, LookedAt } from "@/lib/domain/triage";
import { searchLiterals } from "./search-literals";
import type { SourceTree } from "./source-tree";

const textLength = 400;
const mentionCap = 10;
const hitCap = 20;

export type MessagePlace = FileMention & { line: number };

/** Where the literal parts of a message are written in the project's source: near the frames first, then everywhere. */
export async function findMessage(
  tree: SourceTree,
  needles: readonly string[],
  near: readonly string[],
): Promise<{ places: MessagePlace[]; lookedAt: LookedAt }> {
  const { files } = await tree.index();
  const stopwatch = tree.stopwatch.within(1_500);
  const search = await searchLiterals(tree.root, inOrder(files, near), needles, { stopwatch, hitCap });
  const places: MessagePlace[] = [];
  for (const needle of needles) {
    for (const hit of search.hits.filter((each) => each.needle === needle)) {
      if (places.length < mentionCap) places.push(...(await placesIn(tree, hit.path, needle)));
    }
  }
  const note = `${search.fileCount} source files${search.cutBy === null ? "" : `, cut short by ${search.cutBy}`}`;
  const lookedAt: LookedAt = { what: "the text of the message in the source", outcome: "read", note };
  return { places: places.slice(0, mentionCap), lookedAt };
}

/** The frames' own files, their folders, the rest of the source, and tests and the like at the end. */
function* inOrder(files: readonly string[], near: readonly string[]): Generator<string> {
  const own = new Set(near);
  const folders = new Set(near.map((path) => posix.dirname(path)));
  const isBeside = (path: string) => folders.has(posix.dirname(path));
  yield* own;
  for (const path of files) if (isBeside(path) && isSource(path) && !own.has(path)) yield path;
  for (const path of files)
    if (!isBeside(path) && isSource(path) && !own.has(path) && !isBesideTheCode(path)) yield path;
  for (const path of files)
    if (!isBeside(path) && isSource(path) && !own.has(path) && isBesideTheCode(path)) yield path;
}

const isSource = (path: string) => languageOf(path) !== null;

async function placesIn(tree: SourceTree, path: string, needle: string): Promise<MessagePlace[]> {
  const text = await tree.readText(path);
  if (!text.ok) return [];
  const places: MessagePlace[] = [];
  for (const [index, line] of text.lines.entries()) {
    if (!line.includes(needle)) continue;
    const shown = truncate(line.trim(), textLength);
    places.push({ path: text.path, line: index + 1, because: "message_literal", text: shown });
    if (places.length === 3) break;
  }
  return places;
}
