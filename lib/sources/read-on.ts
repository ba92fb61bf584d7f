import { liesBefore } from "./file-bytes";
import { type HeldFile, isAtEnd, noteFacts, noteHead, type ReadingSettings } from "./held-file";
import { readLines } from "./read-lines";

/** Reads a window's worth; null where the file may have been another already while it was read. */
export async function readOn(held: HeldFile, settings: ReadingSettings): Promise<number | null> {
  const { bytes, cursor } = held;
  if (isAtEnd(held) || cursor.waiting.length >= settings.candidateMax) return 0;
  const { offset, recent } = cursor;
  const full = settings.candidateMax;
  const read = await readLines(cursor, bytes, { budget: settings.windowBytes, full });
  const facts = await bytes.facts();
  if (!bytes.compressed && (facts.size < read.readTo || !liesBefore(bytes, offset, recent))) return null;
  noteFacts(held, facts, settings.nowMs());
  noteHead(held);
  held.readTo = read.readTo;
  held.exhausted = read.ended;
  return read.bytesRead;
}
