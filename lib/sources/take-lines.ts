import type { FileBytes } from "./file-bytes";
import { collect, type LineCursor, lineOf, matters, pushLine } from "./line-cursor";

/** Bytes of a file: `chunk[0]` lies at `origin`. */
export type Chunk = { bytes: Buffer; origin: number };

const newline = 10;
/** How long lines are taken before others get their turn: requests are served by the same thread. */
const turnMs = 8;
/** Lines, and kibibytes of them, between two looks at the clock. */
const workBetweenLooks = 32;

/**
 * Takes the whole lines of a chunk that begins where the cursor stands, until `full` of them wait to be handed out. What is
 * left is the beginning of a line, or of the lines beyond `full`: the cursor stands there.
 */
export async function takeLines(
  cursor: LineCursor,
  chunk: Chunk,
  source: FileBytes,
  full: number,
): Promise<void> {
  if (cursor.passing && !passLine(cursor, chunk, source)) return;
  const { bytes, origin } = chunk;
  const end = bytes.lastIndexOf(newline) + 1;
  const start = cursor.offset - origin;
  if (end > start) await walk(cursor, chunk, source, { start, end, full });
  if (cursor.offset === origin + end || end <= start) beginPassing(cursor, chunk);
}

/** The passed line's end, if it lies in this chunk. */
function passLine(cursor: LineCursor, { bytes, origin }: Chunk, source: FileBytes): boolean {
  const at = bytes.indexOf(newline, cursor.offset - origin);
  cursor.offset = origin + (at < 0 ? bytes.length : at + 1);
  if (at < 0) return false;
  endPassing(cursor, source);
  return true;
}

/** The line that was passed is whole and ends where the cursor stands. */
export function endPassing(cursor: LineCursor, source: FileBytes): void {
  const { passing } = cursor;
  cursor.passing = null;
  if (!passing?.counts) return;
  cursor.lines++;
  cursor.oversizeLines++;
  if (!passing.head) return;
  const line = { ...lineOf(passing.head, 0, passing.head.length, passing.start), truncated: true };
  pushLine(cursor, { ...line, offsetEnd: cursor.offset }, (from) => source.peek(from, passing.start - from));
  collect(cursor);
}

/** What follows the last newline: once it is longer than the cap, only its beginning is kept. */
function beginPassing(cursor: LineCursor, { bytes, origin }: Chunk): void {
  cursor.offset += nulsAt(bytes, cursor.offset - origin);
  const start = cursor.offset - origin;
  if (bytes.length - start <= cursor.maxLineBytes) return;
  const head = bytes.subarray(start, start + cursor.maxLineBytes);
  const kept = matters(cursor, head) ? Buffer.from(head) : null;
  cursor.passing = { start: cursor.offset, head: kept, counts: true };
  cursor.offset = origin + bytes.length;
}

/** A writer that kept its place in a truncated file leaves a hole before its next line: NULs that belong to no line. */
function nulsAt(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0) at++;
  return at - start;
}

type Stretch = { start: number; end: number; full: number };

async function walk(cursor: LineCursor, chunk: Chunk, source: FileBytes, stretch: Stretch): Promise<void> {
  const { bytes, origin } = chunk;
  const text = cursor.pattern ? bytes.toString("latin1", 0, stretch.end) : "";
  let at = stretch.start;
  while (at < stretch.end && cursor.waiting.length < stretch.full) {
    if (at > stretch.start) await turnOfOthers();
    const next = walkOneTurn(cursor, chunk, source, text, { ...stretch, start: at });
    countLines(cursor, bytes, at, next);
    at = next;
    cursor.offset = origin + at;
  }
}

/** Pushes the lines that matter until time is up, enough waits, or the stretch is at its end; says where it stopped. */
function walkOneTurn(
  cursor: LineCursor,
  { bytes, origin }: Chunk,
  source: FileBytes,
  text: string,
  { start, end, full }: Stretch,
): number {
  const until = performance.now() + turnMs;
  const before = (from: number, lineStart: number) =>
    from >= origin ? bytes.subarray(from - origin, lineStart) : source.peek(from, origin + lineStart - from);
  let at = start;
  let work = 0;
  while (at < end) {
    const lineStart = nextThatMatters(cursor, bytes, text, at, end);
    if (lineStart === end) break;
    at = bytes.indexOf(newline, lineStart) + 1;
    const line = lineOf(bytes, lineStart, at, origin, cursor.maxLineBytes);
    pushLine(cursor, line, (from) => before(from, lineStart));
    work += 1 + ((at - lineStart) >> 10);
    if (work < workBetweenLooks) continue;
    work = 0;
    collect(cursor);
    if (cursor.waiting.length >= full || performance.now() > until) return at;
  }
  collect(cursor);
  return cursor.waiting.length >= full ? at : end;
}

/** Where the next line begins that the assembler must see; `end` when none does. */
function nextThatMatters(cursor: LineCursor, bytes: Buffer, text: string, from: number, end: number): number {
  const { pattern, maxLineBytes } = cursor;
  let at = from;
  while (at < end) {
    if (!pattern || cursor.assembler.openStart() !== null) return at + nulsAt(bytes, at);
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || match.index >= end) return end;
    const lineStart = match.index <= at ? at : Math.max(at, text.lastIndexOf("\n", match.index - 1) + 1);
    const start = lineStart + nulsAt(bytes, lineStart);
    // Of a line over the cap only its beginning counts, wherever the chunks divide it.
    if (match.index + match[0].length <= start + maxLineBytes) return start;
    if (matters(cursor, bytes.subarray(start, start + maxLineBytes))) return start;
    at = bytes.indexOf(newline, lineStart) + 1;
  }
  return end;
}

function countLines(cursor: LineCursor, bytes: Buffer, start: number, end: number): void {
  let at = start;
  while (at < end) {
    const next = bytes.indexOf(newline, at) + 1;
    if (next - at > cursor.maxLineBytes + 1) cursor.oversizeLines++;
    cursor.lines++;
    at = next;
  }
}

const turnOfOthers = () => new Promise<void>((resolve) => setImmediate(resolve));
