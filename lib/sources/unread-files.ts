import { type Guard, guardBefore, guardHolds, reaches } from "./file-bytes";
import { findSameEnd, type Opened, openOther } from "./open-other";
import { readExactly } from "./read-range";
import { listRotated, NamesMoved, type RotatedFile } from "./rotated-files";
import type { SourcePlace, TailPosition } from "./tail-words";

/** A file this tail has read to an end, as it was then. Whoever still writes to it makes it no unread one. */
export type LeftFile = Guard & { id: string; offset: number };
/** Where to look, and what is known already. */
export type Search = { place: SourcePlace; left: readonly LeftFile[] };

/** Those of the rotated files, oldest first, of which nothing was read when the position stands at the beginning of a generation. */
export async function listUnread(
  search: Search,
  rotated: readonly RotatedFile[],
  position: TailPosition,
): Promise<RotatedFile[]> {
  const { finishedUntilMs } = position;
  if (finishedUntilMs === null) return [];
  const files = unfinished(rotated, position);
  let finished = await findSameEnd(search.place, files, position);
  for (const [at, each] of files.entries()) {
    if (await wasLeft(search, each)) finished = Math.max(finished, at);
  }
  if (finished >= 0) return files.slice(finished + 1);
  return files.filter((each) => each.modifiedAtMs > finishedUntilMs);
}

/** Those that may hold something unread, by when they were last written. */
export const unfinished = (files: readonly RotatedFile[], { finishedUntilMs }: TailPosition) =>
  files.filter((each) => each.size > 0 && each.modifiedAtMs >= (finishedUntilMs ?? 0));

async function wasLeft({ place, left }: Search, file: RotatedFile): Promise<boolean> {
  const known = left.find((each) => each.id === file.id);
  const opened = known ? await openOther(place, file) : null;
  if (!known || !opened) return false;
  const { bytes } = opened;
  // What was finished is still its beginning: it is not another file of the same inode.
  const isSame = (await reaches(bytes, known.offset)) && guardHolds(bytes, known.offset, known);
  await bytes.close();
  return isSame;
}

/** Rotated files that lie there while the file under the path is being read: all before it, whoever writes to them still. */
export async function listLeft(
  place: SourcePlace,
  current: Opened,
  position: TailPosition,
): Promise<LeftFile[]> {
  const rotated = await listRotated(current.bytes.realPath, place.path);
  const left: LeftFile[] = [];
  for (const each of unfinished(rotated, position)) {
    if (each.id !== current.facts.id) left.push(...(await leftAs(place, each)));
  }
  return left;
}

/** Rotated files that begin as a file did and end before what was read of it: copies made too early to hold its end. */
export async function listShorterCopies(
  place: SourcePlace,
  realPath: string,
  position: TailPosition,
  head: Buffer,
): Promise<LeftFile[]> {
  const left: LeftFile[] = [];
  for (const each of unfinished(await listRotated(realPath, place.path), position)) {
    left.push(...(await leftAs(place, each, { head, shorterThan: position.offset })));
  }
  return left;
}

type Copy = { head: Buffer; shorterThan: number };

async function leftAs(place: SourcePlace, file: RotatedFile, copy?: Copy): Promise<LeftFile[]> {
  const opened = await openStill(place, file);
  if (!opened) return [];
  const { bytes } = opened;
  try {
    if (bytes.compressed && !copy) return [];
    const length = copy?.head.length ?? 0;
    const head = await readExactly(bytes, 0, length);
    if (copy && (head.length === 0 || !head.equals(copy.head.subarray(0, head.length)))) return [];
    if (bytes.compressed) await reaches(bytes, Number.MAX_SAFE_INTEGER);
    const offset = (await bytes.facts()).size;
    const guard = guardBefore(bytes, offset);
    return guard && offset > 0 && offset < (copy?.shorterThan ?? offset + 1)
      ? [{ id: file.id, offset, ...guard }]
      : [];
  } finally {
    await bytes.close();
  }
}

/**
 * Until when rotated files are finished for a file that is the first to be read: all that lie there now, but not what was
 * renamed after it, or copied from it.
 */
export async function finishedBefore(place: SourcePlace, { bytes, facts }: Opened): Promise<number> {
  const files = await listRotated(bytes.realPath, place.path);
  const at = files.findIndex((each) => each.id === facts.id);
  if (at >= 0) return latest(files.slice(0, at));
  const newest = files.at(-1);
  const opened = newest && (await openStill(place, newest));
  if (!opened) return latest(files);
  const length = Math.min(headBytes, facts.size, opened.facts.size);
  const head = bytes.peek(0, length);
  // A file that was cut since it was opened can only have gone into the newest.
  const isCopy = length > 0 && (head.length < length || head.equals(opened.bytes.peek(0, length)));
  await opened.bytes.close();
  return latest(isCopy ? files.slice(0, -1) : files);
}

const headBytes = 4_096;
const latest = (files: readonly RotatedFile[]) => Math.max(0, ...files.map((each) => each.modifiedAtMs));

/** The file, if it still lies where it was seen. */
const openStill = (place: SourcePlace, file: RotatedFile): Promise<Opened | null> =>
  openOther(place, file).catch((error: unknown) => {
    if (error instanceof NamesMoved) return null;
    throw error;
  });
