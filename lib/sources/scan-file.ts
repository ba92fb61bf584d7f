import type {
  LogAssembler,
  LogCandidate,
  LogInterest,
  LogLine,
  QuarantinedRecord,
} from "@/lib/domain/log-reading";
import { type FileBytes, openBytes, reaches } from "./file-bytes";
import {
  createCursor,
  durableOffset,
  isQuarantined,
  type LineCursor,
  lastLines,
  passFragment,
} from "./line-cursor";
import { finishLines, readLines, settleLines } from "./read-lines";
import { readExactly } from "./read-range";
import { refusalOf } from "./source-root";
import type { FileFacts, SourcePlace, SourceRefusal } from "./tail-words";

export type ScanSettings = {
  assembler: LogAssembler;
  interest: LogInterest;
  /** Default 256 KiB. */
  maxLineBytes?: number;
  /** Default 0. A start inside a line begins with the next line. */
  from?: number;
  /** Default: the size the file has when it is opened. A line that goes on behind it is left out. */
  to?: number;
  /** Nothing is written to the file any more: its last line counts without a terminator, too. */
  isFinished?: boolean;
  /** Stop early; what was found until then is given, and `offsetEnd` is where to go on: what is open or waits lies behind it. */
  limits?: { bytes?: number; found?: number };
  signal?: AbortSignal;
  /** Takes what became whole, in order, as the scan goes on; awaited. */
  onFound?: (found: { candidates: LogCandidate[]; quarantined: QuarantinedRecord[] }) => void | Promise<void>;
};
export type ScannedFile = {
  ok: true;
  file: FileFacts;
  offsetStart: number;
  offsetEnd: number;
  bytes: number;
  lines: number;
  oversizeLines: number;
  candidates: number;
  quarantined: number;
  /** A limit or the signal ended it before `to`. */
  partial: boolean;
};

const lineBytesMax = 262_144;
const windowBytes = 4_194_304;
const foundAtOnce = 500;

/** Reads the file under a path as the tail would, and keeps nothing: for plans of a reset, for backfill. */
export async function scanFile(
  place: SourcePlace,
  settings: ScanSettings,
): Promise<ScannedFile | SourceRefusal> {
  const opened = await openBytes(place);
  if (!opened.ok) return opened;
  const { bytes } = opened;
  try {
    const { assembler, interest, maxLineBytes = lineBytesMax, from = 0 } = settings;
    const { size } = await bytes.facts();
    const to = settings.to ?? (bytes.compressed ? Number.MAX_SAFE_INTEGER : size);
    const cursor = createCursor({ assembler, interest, maxLineBytes, offset: from });
    await reaches(bytes, from);
    passFragment(cursor, bytes);
    const counts = await scan(cursor, until(bytes, to), settings);
    const { lines, oversizeLines, offset, passing } = cursor;
    const offsetEnd = counts.partial ? durableOffset(cursor) : (passing?.start ?? offset);
    const file = await bytes.facts();
    return { ok: true, file, offsetStart: from, offsetEnd, lines, oversizeLines, ...counts };
  } catch (error) {
    return refusalOf(error, place.path);
  } finally {
    await bytes.close();
  }
}

type Counts = Pick<ScannedFile, "bytes" | "candidates" | "quarantined" | "partial">;

async function scan(cursor: LineCursor, source: FileBytes, settings: ScanSettings): Promise<Counts> {
  const { limits, signal } = settings;
  const bytesMax = limits?.bytes ?? Number.POSITIVE_INFINITY;
  const foundMax = limits?.found ?? Number.POSITIVE_INFINITY;
  const counts: Counts = { bytes: 0, candidates: 0, quarantined: 0, partial: false };
  const hasRoom = () =>
    !signal?.aborted && counts.bytes < bytesMax && counts.candidates + counts.quarantined < foundMax;
  for (let ended = false; !ended; ) {
    if (!hasRoom()) {
      counts.partial = true;
      break;
    }
    const budget = Math.min(windowBytes, bytesMax - counts.bytes);
    const read = await readLines(cursor, source, { budget, full: foundAtOnce, signal });
    counts.bytes += read.bytesRead;
    ended = read.ended;
    if (ended && settings.isFinished) await finishLines(cursor, source);
    else if (ended) settleLines(cursor);
    await handOut(cursor, counts, settings);
  }
  await handOut(cursor, counts, settings);
  return counts;
}

async function handOut(cursor: LineCursor, counts: Counts, { onFound, limits }: ScanSettings): Promise<void> {
  const room = (limits?.found ?? Number.POSITIVE_INFINITY) - counts.candidates - counts.quarantined;
  const found = cursor.waiting.splice(0, Math.max(0, Math.min(room, cursor.waiting.length)));
  if (cursor.waiting.length > 0) counts.partial = true;
  const quarantined = found.filter(isQuarantined);
  const candidates = found.filter((each): each is LogCandidate => !isQuarantined(each));
  counts.candidates += candidates.length;
  counts.quarantined += quarantined.length;
  if (found.length > 0) await onFound?.({ candidates, quarantined });
}

/** The same bytes, as if the file ended at `to`. */
const until = (bytes: FileBytes, to: number): FileBytes => ({
  ...bytes,
  read: async (into, at, length, position) => {
    const room = Math.min(length, to - position);
    return room > 0 ? bytes.read(into, at, room, position) : 0;
  },
});

export type LastLines = { ok: true; file: FileFacts; lines: LogLine[] };

/** The last whole lines of a file, oldest first, from at most its last `bytesMax` bytes (default 1 MiB): for a look at it. */
export async function readLastLines(
  place: SourcePlace,
  limits: { lines: number; bytesMax?: number; maxLineBytes?: number },
): Promise<LastLines | SourceRefusal> {
  const { bytesMax = 1_048_576, maxLineBytes = lineBytesMax } = limits;
  const opened = await openBytes(place);
  if (!opened.ok) return opened;
  const source = opened.bytes;
  try {
    if (source.compressed) await reaches(source, Number.MAX_SAFE_INTEGER);
    const file = await source.facts();
    const start = Math.max(0, file.size - bytesMax);
    const length = file.size - start;
    const bytes = source.compressed ? source.peek(start, length) : await readExactly(source, start, length);
    const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
    const end = file.size - bytes.length + whole.length;
    return { ok: true, file, lines: lastLines(whole, end, 0, limits.lines, maxLineBytes) };
  } catch (error) {
    return refusalOf(error, place.path);
  } finally {
    await source.close();
  }
}
