import { type Guard, guardBefore, guardHolds, reaches } from "./file-bytes";
import { findSameEnd, type Opened, openOther } from "./open-other";
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

async function leftAs(place: SourcePlace, file: RotatedFile): Promise<LeftFile[]> {
  const opened = await openOther(place, file).catch((error: unknown) => {
    if (error instanceof NamesMoved) return null;
    throw error;
  });
  if (!opened) return [];
  const offset = opened.bytes.compressed ? 0 : opened.facts.size;
  const guard = guardBefore(opened.bytes, offset);
  await opened.bytes.close();
  return guard && offset > 0 ? [{ id: file.id, offset, ...guard }] : [];
}

/** Until when rotated files are finished for a source that takes none for unread that lies there now. */
export async function finishedNow(realPath: string, wantedPath: string): Promise<number> {
  const files = await listRotated(realPath, wantedPath);
  return Math.max(0, ...files.map((each) => each.modifiedAtMs));
}
