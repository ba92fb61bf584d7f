import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { ProjectRoot } from "./open-root";
import type { Stopwatch } from "./stopwatch";

export type LiteralHit = { path: string; needle: string };

/** `cutBy` says what ended the search before all files were read. */
export type LiteralSearch = {
  hits: LiteralHit[];
  fileCount: number;
  cutBy: "bytes" | "time" | "hits" | null;
};

const fileByteCap = 512 * 1024;
const byteCap = 256 * 1024 * 1024;
/** How long other work of the process waits at most. */
const sliceMs = 8;

/**
 * Which of these files hold one of the texts, letter for letter. Each file counts once, with the longest text it holds. Opens plain
 * files only and shows nothing of them: what is to be shown is read again by `readProjectFile`, which judges where it lies.
 */
export async function searchLiterals(
  root: ProjectRoot,
  paths: Iterable<string>,
  needles: readonly string[],
  options: { stopwatch: Stopwatch; hitCap: number },
): Promise<LiteralSearch> {
  const wanted = needles.map((needle) => ({ needle, bytes: Buffer.from(needle) }));
  const search: LiteralSearch = { hits: [], fileCount: 0, cutBy: null };
  const buffer = Buffer.alloc(fileByteCap);
  let byteCount = 0;
  let sliceEnd = performance.now() + sliceMs;
  for (const path of paths) {
    if (search.hits.length >= options.hitCap) search.cutBy = "hits";
    else if (byteCount > byteCap) search.cutBy = "bytes";
    else if (options.stopwatch.isOver()) search.cutBy = "time";
    if (search.cutBy !== null) break;
    const content = readPlain(`${root.root}/${path}`, buffer);
    byteCount += content.length;
    search.fileCount += 1;
    const hit = wanted.find(({ bytes }) => content.includes(bytes));
    if (hit !== undefined) search.hits.push({ path, needle: hit.needle });
    if (performance.now() > sliceEnd) {
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnd = performance.now() + sliceMs;
    }
  }
  return search;
}

const nothing = Buffer.alloc(0);

/** The bytes of an ordinary file, in the buffer given; nothing of any other, of a large one, or of a link. */
function readPlain(path: string, into: Buffer): Buffer {
  let fd: number | null = null;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > fileByteCap) return nothing;
    const length = readSync(fd, into, 0, Math.min(stats.size, into.length), 0);
    return into.subarray(0, length);
  } catch {
    return nothing;
  } finally {
    if (fd !== null) closeSync(fd);
  }
}
