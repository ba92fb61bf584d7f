import { promises } from "node:fs";
import { resolve } from "node:path";
import { guardBefore, guardBytesMax, guardOf } from "./file-bytes";
import { findRead, findRewritten } from "./find-file";
import { type HeldFile, holdInstead, noteFacts, type ReadingSettings, wasCut } from "./held-file";
import { factsOf } from "./open-inside-root";
import { findSameEnd, type Opened, openOther } from "./open-other";
import { settleLines } from "./read-lines";
import { readExactly } from "./read-range";
import { NamesMoved, type RotatedFile, surveyLog } from "./rotated-files";
import { refusalOf } from "./source-root";
import type { FileFacts, SourcePlace, SourceRefusal, TailPosition } from "./tail-words";
import { type LeftFile, listShorterCopies, listUnread, type Search } from "./unread-files";

/** What lies under the path now; nothing is opened for that. */
export type Look = { facts: FileFacts | null; refusal: SourceRefusal | null };

export async function lookAtPath(place: SourcePlace): Promise<Look> {
  try {
    const stats = await promises.stat(resolve(place.workspaceRoot, place.path), { bigint: true });
    return { facts: factsOf(stats), refusal: null };
  } catch (error) {
    return { facts: null, refusal: refusalOf(error, place.path) };
  }
}

/**
 * Learns what has happened to the held file and to its path since the last look. `again`: it is not the file to read on
 * in; let go of it and take up the one that is.
 */
export async function followPath(
  held: HeldFile,
  look: Look,
  settings: ReadingSettings,
  left: LeftFile[],
): Promise<"on" | "again" | SourceRefusal> {
  if (held.ended) return "on";
  const before = held.facts;
  const isCurrent = look.facts?.id === before.id;
  const facts = look.facts && isCurrent && !held.bytes.compressed ? look.facts : await held.bytes.facts();
  const changed = noteFacts(held, facts, settings.nowMs());
  if (look.facts && !isCurrent && !held.rotated && (await wasRewritten(held, settings))) return "on";
  held.rotated = !isCurrent;
  if (!changed || held.bytes.compressed) return "on";
  if (held.cursor.offset === 0)
    return (await comesLater(held, { place: settings.place, left })) ? "again" : "on";
  return wasCut(held) ? readOnInCopy(held, before.size, settings, left) : "on";
}

/** A new file under the path with the content of the old: an editor's save, or a copy put in its place. No rotation. */
async function wasRewritten(held: HeldFile, settings: ReadingSettings): Promise<boolean> {
  const found = await findRewritten(settings.place, readSoFar(held));
  if (found) await holdInstead(held, found, settings.nowMs());
  return found !== null;
}

/** Nothing of this file was read so far: does an older one come first, that was the log until a moment ago? */
const comesLater = async (held: HeldFile, search: Search): Promise<boolean> =>
  (await listUnreadBefore(held, search)).length > 0;

/** Rotated files of which nothing was read, and that are older than the held one, of which nothing was handed out. */
async function listUnreadBefore(held: HeldFile, search: Search): Promise<RotatedFile[]> {
  const { begun, bytes, facts, generation } = held;
  const at = { fileId: facts.id, generation, offset: 0, ...begun };
  const survey = await surveyLog(bytes.realPath, resolve(search.place.workspaceRoot, search.place.path));
  const unread = await listUnread(search, survey.rotated, at);
  if (survey.currentId === facts.id || facts.size === 0) return unread;
  const place = unread.findIndex((each) => each.id === facts.id);
  // In no list it was deleted, and comes first: only its descriptor still leads to it. Or it was compressed.
  const end = place < 0 ? await findSameEnd(search.place, unread, guardBefore(bytes, facts.size)) : place;
  return unread.slice(0, Math.max(0, end));
}

/**
 * The first bytes of a file have no bytes before them that would tell whether it is the file still that was looked at: it may
 * have been copied and cut in between. Is what was read of it too new, because such a copy comes first?
 */
export async function wasReadTooSoon(held: HeldFile, search: Search): Promise<boolean> {
  try {
    for (const each of await listUnreadBefore(held, search)) {
      const opened = await openOther(search.place, each);
      // One that may not be opened cannot be read first either.
      if (opened && !(await isCopyOf(held, opened))) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof NamesMoved) return true;
    throw error;
  }
}

/** A copy of the file as it still is: once that is cut, the copy is known by what was read. */
async function isCopyOf(held: HeldFile, { bytes }: Opened): Promise<boolean> {
  try {
    const head = await readExactly(bytes, 0, guardBytesMax);
    return !wasCut(held) && held.bytes.peek(0, head.length).equals(head);
  } finally {
    await bytes.close();
  }
}

/** The file was cut: its end is read in the copy that was made of it; where there is none, what is known of it is whole. */
async function readOnInCopy(
  held: HeldFile,
  sizeBefore: number,
  settings: ReadingSettings,
  left: LeftFile[],
): Promise<"on" | SourceRefusal> {
  const { cursor } = held;
  const found = await findRead(settings.place, readSoFar(held), held.facts.id);
  held.how = "cut";
  if (found.ok) {
    await holdInstead(held, found, settings.nowMs());
    return "on";
  }
  if (!("lost" in found)) return found;
  const fromOffset = cursor.passing?.start ?? cursor.offset;
  held.lost = sizeBefore > fromOffset ? { fromOffset, bytes: sizeBefore - fromOffset } : null;
  // A copy that is shorter than what was read holds nothing new: it is not to be read as another file.
  left.push(...(await listShorterCopies(settings.place, held.bytes.realPath, readSoFar(held), held.head)));
  settleLines(cursor);
  Object.assign(held, { ended: true, gone: true });
  return "on";
}

/** How far this file was read, handed out or not, as a position by content alone. */
const readSoFar = ({ cursor, generation, begun }: HeldFile): TailPosition => ({
  ...{ fileId: null, generation, offset: cursor.offset, ...guardOf(cursor.recent) },
  finishedUntilMs: begun.finishedUntilMs,
});
