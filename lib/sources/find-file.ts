import { promises } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { firstThatHolds, holds, type Opened, openOther, openPlace } from "./open-other";
import { listFolderFiles, NamesMoved, type RotatedFile, surveyLog } from "./rotated-files";
import { refuse } from "./source-root";
import type { SourcePlace, SourceRefusal, TailPosition } from "./tail-words";
import { listUnread, type Search, unfinished } from "./unread-files";

/** The file to read on in, open. */
export type FoundFile = Opened & {
  /** It lies no longer under the source's path. */
  rotated: boolean;
  /** Nothing will be written to it any more. */
  final: boolean;
  /** In rotated files after it that are still to be read. */
  laterBytes: number;
  /** In rotated files before it that may not be read. */
  skippedBytes: number;
};
/** The file under the path is another one, and what the position stands in is nowhere. */
export type LostFile = { ok: false; lost: true };

/** A guard this long is no coincidence of two files that begin alike. */
const tellingBytes = 256;
/** So often is begun anew when names move between two looks at them. */
const movedMax = 5;

/**
 * The file that holds what was read before `position.offset` (above 0): under the path, moved, rewritten, copied or
 * compressed. `exceptId` is a file that is known to hold it no more.
 */
export const findRead = (place: SourcePlace, position: TailPosition, exceptId?: string) =>
  withCurrent<FoundFile | LostFile>(place, async (current) => {
    const currentId = current.ok ? current.facts.id : null;
    const mayBeCurrent = current.ok && currentId !== exceptId && (await holds(current, position));
    if (mayBeCurrent && currentId === position.fileId) return foundCurrent(current);

    const where = await pathOf(place, current);
    const { rotated } = await surveyAround(place, where, currentId);
    const others = rotated.filter((each) => each.id !== exceptId);
    const moved = await findMoved(place, where, others, position, [currentId, exceptId]);
    // Written anew under its path, by an editor or a copy put back: another inode, the same content.
    if (!moved && mayBeCurrent && position.guardBytes >= tellingBytes) return foundCurrent(current);

    const other = moved ?? (await firstThatHolds(place, unfinished(others, position), position));
    if (!other) return current.ok ? { ok: false, lost: true } : current;
    const at = others.findIndex((each) => each.id === other.facts.id);
    return foundRotated(other, at < 0 ? [] : others.slice(at + 1), !moved);
  });

/** The same inode under another name: one of a rotation, else any in the folder. */
async function findMoved(
  place: SourcePlace,
  where: string,
  rotated: readonly RotatedFile[],
  position: TailPosition,
  not: ReadonlyArray<string | null | undefined>,
): Promise<Opened | null> {
  if (position.fileId === null || not.includes(position.fileId)) return null;
  const isIt = (each: RotatedFile) => each.id === position.fileId;
  const named = rotated.filter(isIt);
  const files = named.length > 0 ? named : (await listFolderFiles(where)).filter(isIt);
  return firstThatHolds(place, files, position);
}

/** The file under the path, if it holds what was read whatever its inode, and enough of it to tell. */
export async function findRewritten(place: SourcePlace, position: TailPosition): Promise<FoundFile | null> {
  if (position.guardBytes < tellingBytes) return null;
  const current = await openPlace(place);
  if (!current.ok) return null;
  if (await holds(current, position)) return foundCurrent(current);
  await current.bytes.close();
  return null;
}

/** The file that a generation of which nothing was read begins with: the oldest unread rotated one, else that under the path. */
export const findUnread = (search: Search, position: TailPosition) =>
  withCurrent<FoundFile>(search.place, async (current) => {
    const where = await pathOf(search.place, current);
    const { rotated } = await surveyAround(search.place, where, current.ok ? current.facts.id : null);
    const unread = await listUnread(search, rotated, position);
    let skippedBytes = 0;
    for (const [at, each] of unread.entries()) {
      const opened = await openOther(search.place, each);
      if (opened) return { ...foundRotated(opened, unread.slice(at + 1), false), skippedBytes };
      skippedBytes += each.size;
    }
    return current.ok ? { ...foundCurrent(current), skippedBytes } : current;
  });

/** Runs with the file under the path open, or with there being none; anew where names moved meanwhile. */
async function withCurrent<T extends FoundFile | LostFile>(
  place: SourcePlace,
  use: (current: Opened | SourceRefusal) => Promise<T | SourceRefusal>,
): Promise<T | SourceRefusal> {
  for (let tried = 0; tried < movedMax; tried++) {
    const current = await openPlace(place);
    if (!current.ok && current.code !== "not_found") return current;
    let kept = false;
    try {
      const result = await use(current);
      kept = current.ok && result.ok && result.bytes === current.bytes;
      return result;
    } catch (error) {
      if (!(error instanceof NamesMoved)) throw error;
    } finally {
      if (current.ok && !kept) await current.bytes.close();
    }
  }
  return refuse("io_error", `${place.path} and the files beside it change their names all the time.`);
}

/** What lies around the file that is open; it must still be the one under the path. */
async function surveyAround(place: SourcePlace, where: string, currentId: string | null) {
  const survey = await surveyLog(where, resolve(place.workspaceRoot, place.path));
  if (survey.currentId !== currentId) throw new NamesMoved(place.path);
  return survey;
}

export const foundCurrent = (current: Opened): FoundFile => ({
  ...current,
  ...{ rotated: false, final: false, laterBytes: 0, skippedBytes: 0 },
});

const foundRotated = (opened: Opened, later: readonly RotatedFile[], isCopy: boolean): FoundFile => ({
  ...{ ...opened, rotated: true, skippedBytes: 0 },
  final: isCopy || opened.bytes.compressed || later.length > 0,
  laterBytes: later.reduce((sum, each) => sum + each.size, 0),
});

/** Where to look for other files of the log. */
async function pathOf(place: SourcePlace, current: Opened | SourceRefusal): Promise<string> {
  if (current.ok) return current.bytes.realPath;
  const wanted = resolve(place.workspaceRoot, place.path);
  const folder = await promises.realpath(dirname(wanted)).catch(() => dirname(wanted));
  return join(folder, basename(wanted));
}
