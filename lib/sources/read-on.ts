import { guardBefore, guardHolds } from "./file-bytes";
import { type HeldFile, isAtEnd, noteFacts, type ReadingSettings } from "./held-file";
import { readLines } from "./read-lines";

/** Reads a window's worth; null where it turned out that the bytes before were others by the time they were read. */
export async function readOn(held: HeldFile, settings: ReadingSettings): Promise<number | null> {
  const { bytes, cursor, guard } = held;
  if (isAtEnd(held) || cursor.waiting.length >= settings.candidateMax) return 0;
  const before = cursor.offset;
  const full = settings.candidateMax;
  const read = await readLines(cursor, bytes, { budget: settings.windowBytes, full });
  const facts = await bytes.facts();
  if (!bytes.compressed && (facts.size < read.readTo || !guardHolds(bytes, before, guard))) return null;
  noteFacts(held, facts, settings.nowMs());
  held.readTo = read.readTo;
  held.exhausted = read.ended;
  held.guard = guardBefore(bytes, cursor.offset) ?? held.guard;
  return read.bytesRead;
}
