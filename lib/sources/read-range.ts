import type { LogLine } from "@/lib/domain/log-reading";
import { type FileBytes, guardHolds, openBytes, reaches } from "./file-bytes";
import { lineOf } from "./line-cursor";
import { refusalOf, refuse } from "./source-root";
import type { FileFacts, SourcePlace, SourceRefusal, TailPosition } from "./tail-words";

export type ReadRange = { ok: true; file: FileFacts; bytes: Buffer; lines: LogLine[] };
type RangeSettings = { start: number; end: number; maxLineBytes?: number };

const rangeBytesMax = 16_777_216;
const newline = 10;

/**
 * Exactly the bytes from `start` to `end` of the file that `position` stands in, and their lines. Fails closed with
 * `rotated_file_lost` when the file under the path is another one, was cut, or is shorter; never reads more than 16 MiB.
 */
export async function readRange(
  place: SourcePlace,
  position: Pick<TailPosition, "fileId" | "offset" | "guardHash" | "guardBytes">,
  { start, end, maxLineBytes }: RangeSettings,
): Promise<ReadRange | SourceRefusal> {
  if (!(start >= 0 && end > start && end - start <= rangeBytesMax)) {
    return refuse("rotated_file_lost", `${place.path}: bytes ${start} to ${end} are no range of it.`);
  }
  const opened = await openBytes(place);
  if (!opened.ok) return opened;
  const source = opened.bytes;
  try {
    const bytes = await readExactly(source, start, end - start);
    const file = await source.facts();
    // Judged after reading, so that what was read is what was judged.
    if (file.id !== position.fileId || !(await isSame(source, position))) {
      return refuse("rotated_file_lost", `${place.path} is no longer the file that was read.`);
    }
    if (bytes.length < end - start) {
      return refuse("rotated_file_lost", `${place.path} is shorter than it was when it was read.`);
    }
    return { ok: true, file, bytes, lines: linesOf(bytes, start, maxLineBytes) };
  } catch (error) {
    return refusalOf(error, place.path);
  } finally {
    await source.close();
  }
}

/** At offset 0 the guard is of the file before, and the inode alone speaks for this one. */
const isSame = async (
  source: FileBytes,
  { offset, guardHash, guardBytes }: Parameters<typeof readRange>[1],
) =>
  (await reaches(source, offset)) && (offset === 0 || guardHolds(source, offset, { guardHash, guardBytes }));

/** Up to `length` bytes from `position` on; fewer only at the end of the file. */
export async function readExactly(source: FileBytes, position: number, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const read = await source.read(into, filled, length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return into.subarray(0, filled);
}

function linesOf(bytes: Buffer, origin: number, maxLineBytes?: number): LogLine[] {
  const lines: LogLine[] = [];
  for (let start = 0; start < bytes.length; ) {
    const at = bytes.indexOf(newline, start);
    const stop = at < 0 ? bytes.length : at + 1;
    lines.push(lineOf(bytes, start, stop, origin, maxLineBytes));
    start = stop;
  }
  return lines;
}
