import { type FileBytes, guardBytesMax } from "./file-bytes";
import { collect, type LineCursor, lineOf, matters, pushLine } from "./line-cursor";
import { borrowSlab, giveBackSlab } from "./slabs";
import { endPassing, takeLines } from "./take-lines";

const sliceBytes = 524_288;

/** `readTo`: how far there is nothing more to be had; bytes behind the cursor are of a line that is unfinished. */
export type LinesRead = { bytesRead: number; ended: boolean; readTo: number };

/**
 * Reads on from where the cursor stands until about `budget` bytes are read, `full` found things wait, or no more is there.
 * Others get their turn between slices.
 */
export async function readLines(
  cursor: LineCursor,
  source: FileBytes,
  { budget, full, signal }: { budget: number; full: number; signal?: AbortSignal },
): Promise<LinesRead> {
  const slab = await borrowSlab(Math.max(sliceBytes, 2 * cursor.maxLineBytes));
  const started = cursor.offset;
  let origin = started;
  let filled = 0;
  let bytesRead = 0;
  try {
    // A line longer than the budget is read all the same: a window that moves nothing would be read for ever.
    while ((bytesRead < budget || cursor.offset === started) && cursor.waiting.length < full) {
      if (signal?.aborted) break;
      const wanted = bytesRead < budget ? budget - bytesRead : cursor.maxLineBytes + 1;
      const room = Math.min(slab.length - filled, wanted);
      const read = await source.read(slab, filled, room, origin + filled);
      if (read === 0) return { bytesRead, ended: true, readTo: origin + filled };
      bytesRead += read;
      filled += read;
      await takeLines(cursor, { bytes: slab.subarray(0, filled), origin }, source, full);
      const taken = cursor.offset - origin;
      keepRecent(cursor, slab.subarray(0, taken));
      slab.copyWithin(0, taken, filled);
      filled -= taken;
      origin += taken;
    }
    return { bytesRead, ended: false, readTo: cursor.offset };
  } finally {
    giveBackSlab(slab);
  }
}

/** What was read is what a guard is made of: the file itself may be another a moment later. */
function keepRecent(cursor: LineCursor, taken: Buffer): void {
  if (taken.length === 0) return;
  const kept = taken.length < guardBytesMax ? [cursor.recent, taken] : [taken];
  const joined = Buffer.concat(kept.map((each) => each.subarray(-guardBytesMax)));
  cursor.recent = joined.length > guardBytesMax ? Buffer.from(joined.subarray(-guardBytesMax)) : joined;
}

/** Nothing more will ever come: an unterminated last line is whole, and so is what is open. */
export async function finishLines(cursor: LineCursor, source: FileBytes): Promise<void> {
  const rest = Buffer.alloc(cursor.maxLineBytes + 1);
  const length = cursor.passing ? 0 : await source.read(rest, 0, rest.length, cursor.offset);
  if (cursor.passing) endPassing(cursor, source);
  if (length > 0) {
    const line = rest.subarray(0, length);
    const start = cursor.offset;
    cursor.offset += length;
    keepRecent(cursor, line);
    cursor.lines++;
    if (matters(cursor, line)) {
      const pushed = lineOf(line, 0, length, start, cursor.maxLineBytes);
      pushLine(cursor, pushed, (from) => source.peek(from, start - from));
    }
  }
  settleLines(cursor);
}

/** Nothing more came for a while: what is open is whole. An unterminated line is not. */
export function settleLines(cursor: LineCursor): void {
  cursor.assembler.flush();
  collect(cursor);
}
