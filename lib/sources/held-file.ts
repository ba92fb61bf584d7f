import type { LogAssembler } from "@/lib/domain/log-reading";
import { type FileBytes, type Guard, guardBefore, guardOf, liesBefore } from "./file-bytes";
import type { FoundFile } from "./find-file";
import { createCursor, durableOffset, type LineCursor, passFragment } from "./line-cursor";
import { NamesMoved } from "./rotated-files";
import type { FileFacts, TailPosition, TailRotation, TailSettings } from "./tail-words";

/** The file that a tail has open, and how far it is with it. */
export type HeldFile = {
  bytes: FileBytes;
  facts: FileFacts;
  generation: number;
  cursor: LineCursor;
  /** It lies no longer under the path; `final`: and nothing will be written to it any more. */
  rotated: boolean;
  final: boolean;
  laterBytes: number;
  /** How the file begins, as far as it was read: a copy that is shorter is known by it. */
  head: Buffer;
  /** Read up to here: what lies behind the cursor is of a line that is unfinished. */
  readTo: number;
  /** When it last was another than before, by the tail's clock. */
  changedAtMs: number;
  /** All that was in a compressed file has come out. */
  exhausted: boolean;
  /** Since when something is written to the file that followed it. */
  followedAtMs: number | null;
  /** Nothing more is read of it; `gone`: because what was in it is not there any more. */
  ended: boolean;
  gone: boolean;
  /** How it ended, or will end. */
  how: TailRotation["how"];
  lost: TailRotation["lost"];
  /** What the position at its beginning knew of the files before. */
  begun: Pick<TailPosition, "guardHash" | "guardBytes" | "finishedUntilMs">;
};

const headBytesMax = 1_024;

export type ReadingSettings = Required<Omit<TailSettings, "position">>;

/** Takes up a found file at a position. @throws NamesMoved when it holds that no more. */
export function holdFile(
  found: FoundFile,
  at: TailPosition,
  assembler: LogAssembler,
  { interest, maxLineBytes, nowMs }: ReadingSettings,
): HeldFile {
  const { bytes, facts, rotated, final, laterBytes } = found;
  const { offset, guardHash, guardBytes, finishedUntilMs } = at;
  const head = bytes.peek(0, Math.min(headBytesMax, offset));
  const recent = offset === 0 ? Buffer.alloc(0) : bytes.peek(offset - guardBytes, guardBytes);
  if (offset > 0 && guardOf(recent).guardHash !== guardHash) throw new NamesMoved(bytes.realPath);
  const cursor = createCursor({ assembler, interest, maxLineBytes, offset, recent });
  passFragment(cursor, bytes);
  return {
    ...{ bytes, facts, generation: at.generation, cursor, rotated, final, laterBytes },
    ...{ head, readTo: offset },
    changedAtMs: Math.min(nowMs(), facts.modifiedAtMs),
    ...{ exhausted: false, followedAtMs: null, ended: false, gone: false },
    ...{ how: rotated ? "missed" : "moved", lost: null },
    begun: { guardHash, guardBytes, finishedUntilMs },
  };
}

/** Another file holds the same content: it is read on in there. */
export async function holdInstead(held: HeldFile, found: FoundFile, nowMs: number): Promise<void> {
  await held.bytes.close();
  const { bytes, facts, rotated, final, laterBytes } = found;
  Object.assign(held, {
    bytes,
    facts,
    rotated,
    final,
    laterBytes,
    readTo: held.cursor.offset,
    exhausted: false,
  });
  held.changedAtMs = nowMs;
}

/** Where the source stands with what has been handed out of this file; `last` while no later one can be guarded. */
export function positionIn(held: HeldFile, last: TailPosition): TailPosition {
  const offset = durableOffset(held.cursor);
  const { begun, generation, gone } = held;
  const fileId = held.facts.id;
  const isLast = last.fileId === fileId && last.generation === generation && last.offset === offset;
  const guard = offset === 0 ? begun : isLast || gone ? null : guardAt(held, offset);
  if (!guard) return last;
  const { guardHash, guardBytes } = guard;
  return { fileId, generation, offset, guardHash, guardBytes, finishedUntilMs: begun.finishedUntilMs };
}

/** Of an offset before the cursor the file is asked, and then whether it is the same file still. */
function guardAt({ bytes, cursor }: HeldFile, offset: number): Guard | null {
  if (offset === cursor.offset) return guardOf(cursor.recent);
  const guard = guardBefore(bytes, offset);
  return bytes.compressed || liesBefore(bytes, cursor.offset, cursor.recent) ? guard : null;
}

/** The beginning of the next generation, after this file's end. */
export function positionAfter(held: HeldFile): TailPosition {
  const { begun, cursor, facts, generation } = held;
  const finishedUntilMs = Math.max(begun.finishedUntilMs ?? 0, facts.modifiedAtMs);
  const { guardHash, guardBytes } = cursor.recent.length > 0 ? guardOf(cursor.recent) : begun;
  return { fileId: null, generation: generation + 1, offset: 0, guardHash, guardBytes, finishedUntilMs };
}

/** The bytes before the cursor are not what they were read as: the file was cut, and may have grown again. */
export const wasCut = ({ bytes, facts, cursor }: HeldFile): boolean =>
  !bytes.compressed && (facts.size < cursor.offset || !liesBefore(bytes, cursor.offset, cursor.recent));

/** Takes note of how the file begins, once it is read that far. */
export function noteHead(held: HeldFile): void {
  const { bytes, cursor } = held;
  const length = Math.min(headBytesMax, cursor.offset);
  if (bytes.compressed || held.head.length >= length) return;
  const head = bytes.peek(0, length);
  if (head.length === length && liesBefore(bytes, cursor.offset, cursor.recent)) held.head = head;
}

/** Takes note of what the file is now; says whether that is something else than before. */
export function noteFacts(held: HeldFile, facts: FileFacts, nowMs: number): boolean {
  const { size, modifiedAtMs } = held.facts;
  const changed = size !== facts.size || modifiedAtMs !== facts.modifiedAtMs;
  if (changed) held.changedAtMs = nowMs;
  held.facts = facts;
  return changed;
}

/** All that can be had of it now is read. */
export const isAtEnd = ({ bytes, facts, readTo, ended, exhausted }: HeldFile): boolean =>
  ended || (bytes.compressed ? exhausted : facts.size <= readTo);
