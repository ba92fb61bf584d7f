import type {
  LogAssembler,
  LogCandidate,
  LogInterest,
  LogLine,
  QuarantinedRecord,
} from "@/lib/domain/log-reading";
import type { FileBytes } from "./file-bytes";

export type Found = LogCandidate | QuarantinedRecord;
export const isQuarantined = (found: Found): found is QuarantinedRecord => "reason" in found;

/**
 * How far the lines of one file are read, and what is under way there. Kept small: the bytes of an unfinished line are not
 * kept but read again.
 */
export type LineCursor = {
  assembler: LogAssembler;
  /** The interest's pattern, global. Shared: set `lastIndex` right before each use. */
  pattern: RegExp | null;
  linesBefore: number;
  maxLineBytes: number;
  /** Next byte to read: the beginning of a line, except while `passing`. */
  offset: number;
  /** The bytes read last before `offset`, as many as a guard is made of. */
  recent: Buffer;
  /** In the middle of a line that is passed without being kept. */
  passing: PassedLine | null;
  /** One past the last line the assembler was given: what lies before cannot be recalled again. */
  pushedTo: number;
  /** Whole, in order, and not handed out yet. */
  waiting: Found[];
  lines: number;
  oversizeLines: number;
};

export type PassedLine = {
  start: number;
  /** The beginning of a line over the cap, where it matters; null where it doesn't, or the line's beginning is not ours. */
  head: Buffer | null;
  /** False for the rest of a line that reading began in the middle of. */
  counts: boolean;
};

const newline = 10;

export function createCursor(settings: {
  assembler: LogAssembler;
  interest: LogInterest;
  maxLineBytes: number;
  offset: number;
  recent?: Buffer;
}): LineCursor {
  const { pattern, linesBefore } = settings.interest;
  return {
    assembler: settings.assembler,
    pattern: pattern && globally(pattern),
    linesBefore,
    maxLineBytes: settings.maxLineBytes,
    offset: settings.offset,
    recent: settings.recent ?? Buffer.alloc(0),
    passing: null,
    pushedTo: 0,
    waiting: [],
    lines: 0,
    oversizeLines: 0,
  };
}

/** Compiled once for all sources with the same pattern: that of hundreds would take tens of mebibytes. */
const compiled = new Map<string, RegExp>();
const compiledMax = 100;

function globally({ source, flags }: RegExp): RegExp {
  const wanted = `${flags.replace(/[gy]/g, "")}g`;
  const key = `${wanted}/${source}`;
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size === compiledMax) compiled.clear();
  const pattern = new RegExp(source, wanted);
  compiled.set(key, pattern);
  return pattern;
}

/** A cursor that stands inside a line (a file watched from its end) passes the rest of it. Call when the byte before is read. */
export function passFragment(cursor: LineCursor, bytes: FileBytes): void {
  const [before] = cursor.offset > 0 ? bytes.peek(cursor.offset - 1, 1) : [];
  if (before === undefined || before === newline || before === 0) return;
  cursor.passing = { start: cursor.offset, head: null, counts: false };
}

/** Where reading must begin again to see everything that was not handed out. */
export function durableOffset(cursor: LineCursor): number {
  const open = cursor.assembler.openStart();
  const waiting = cursor.waiting[0]?.offsetStart;
  const never = Number.POSITIVE_INFINITY;
  return Math.min(cursor.passing?.start ?? cursor.offset, open ?? never, waiting ?? never);
}

/** Takes from the assembler what has become whole. */
export function collect(cursor: LineCursor): void {
  const { candidates, quarantined } = cursor.assembler.take();
  if (candidates.length + quarantined.length === 0) return;
  // W-18: one order, that of the file, whatever the kind, before any cap is applied.
  cursor.waiting = [...cursor.waiting, ...candidates, ...quarantined].sort(
    (a, b) => a.offsetStart - b.offsetStart,
  );
}

/** Must this line, or this beginning of one, be given to the assembler? */
export function matters(cursor: LineCursor, line: Buffer): boolean {
  if (!cursor.pattern || cursor.assembler.openStart() !== null) return true;
  cursor.pattern.lastIndex = 0;
  return cursor.pattern.test(line.toString("latin1"));
}

/** Gives one line to the assembler, after the lines before it that were left out and may be its context. */
export function pushLine(cursor: LineCursor, line: LogLine, before: (from: number) => Buffer): void {
  const { assembler, linesBefore, pushedTo } = cursor;
  const from = Math.max(pushedTo, line.offsetStart - cursor.maxLineBytes);
  if (linesBefore > 0 && from < line.offsetStart && assembler.openStart() === null) {
    const recalled = lastLines(before(from), line.offsetStart, pushedTo, linesBefore, cursor.maxLineBytes);
    if (recalled.length > 0) assembler.recall(recalled);
  }
  assembler.push(line);
  cursor.pushedTo = line.offsetEnd;
}

/** The last whole lines of bytes that end, with a line, at `end`. A line whose beginning is not among them is left out. */
export function lastLines(
  bytes: Buffer,
  end: number,
  known: number,
  count: number,
  maxLineBytes = Number.POSITIVE_INFINITY,
): LogLine[] {
  const origin = end - bytes.length;
  const lines: LogLine[] = [];
  let stop = bytes.length;
  while (stop > 0 && lines.length < count) {
    const start = stop < 2 ? 0 : bytes.lastIndexOf(newline, stop - 2) + 1;
    if (start === 0 && origin > known) break;
    lines.unshift(lineOf(bytes, start, stop, origin, maxLineBytes));
    stop = start;
  }
  return lines;
}

/** The line at [start, stop) of bytes that lie at `origin` in the file; its terminator is inside the range, if there is one. */
export function lineOf(
  bytes: Buffer,
  start: number,
  stop: number,
  origin: number,
  maxLineBytes = Number.POSITIVE_INFINITY,
): LogLine {
  let end = stop;
  if (end > start && bytes[end - 1] === newline) end--;
  const truncated = end - start > maxLineBytes;
  if (truncated) end = start + maxLineBytes;
  else if (end > start && bytes[end - 1] === 13) end--;
  return {
    text: bytes.toString("utf8", start, end),
    offsetStart: origin + start,
    offsetEnd: origin + stop,
    truncated,
  };
}
