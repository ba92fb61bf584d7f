import { promises } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type FileBytes, type Guard, guardBefore, guardHolds, openBytes, reaches } from "./file-bytes";
import { listFolderFiles, listRotated, type RotatedFile } from "./rotated-files";
import type { FileFacts, SourcePlace, SourceRefusal, TailPosition } from "./tail-words";

/** The file to read on in, open. */
export type FoundFile = {
  ok: true;
  bytes: FileBytes;
  facts: FileFacts;
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

/** A file this tail has read to an end, as it was then. Whoever still writes to it makes it no unread one. */
export type LeftFile = Guard & { id: string; offset: number };
/** Where to look, and what is known already. */
export type Search = { place: SourcePlace; left: readonly LeftFile[] };

/** A guard this long is no coincidence of two files that begin alike. */
const tellingBytes = 256;

type Opened = { ok: true; bytes: FileBytes; facts: FileFacts };

/**
 * The file that holds what was read before `position.offset` (above 0): under the path, moved, rewritten, copied or
 * compressed. `exceptId` is a file that is known to hold it no more.
 */
export async function findRead(
  place: SourcePlace,
  position: TailPosition,
  exceptId?: string,
): Promise<FoundFile | LostFile | SourceRefusal> {
  const current = await openPlace(place);
  if (!current.ok && current.code !== "not_found") return current;
  const currentId = current.ok ? current.facts.id : null;
  const mayBeCurrent = current.ok && currentId !== exceptId && (await holds(current, position));
  if (mayBeCurrent && currentId === position.fileId) return found(current);

  const where = await pathOf(place, current);
  const isOther = (each: RotatedFile) => each.id !== currentId && each.id !== exceptId;
  const sameInode = (await listFolderFiles(where)).filter(
    (each) => each.id === position.fileId && isOther(each),
  );
  const moved = await firstThatHolds(place, sameInode, position);
  // Written anew under its path, by an editor or a copy put back: another inode, the same content.
  if (!moved && mayBeCurrent && position.guardBytes >= tellingBytes) return found(current);

  const rotated = (await listRotated(where, place.path)).filter(isOther);
  const other = moved ?? (await firstThatHolds(place, unfinished(rotated, position), position));
  if (!other) return lost(current);
  if (current.ok) await current.bytes.close();
  const at = rotated.findIndex((each) => each.id === other.facts.id);
  return foundRotated(other, at < 0 ? [] : rotated.slice(at + 1), !moved);
}

/** The file under the path, if it holds what was read whatever its inode, and enough of it to tell. */
export async function findRewritten(place: SourcePlace, position: TailPosition): Promise<FoundFile | null> {
  if (position.guardBytes < tellingBytes) return null;
  const current = await openPlace(place);
  if (!current.ok) return null;
  if (await holds(current, position)) return found(current);
  await current.bytes.close();
  return null;
}

async function lost(current: Opened | SourceRefusal): Promise<LostFile | SourceRefusal> {
  if (!current.ok) return current;
  await current.bytes.close();
  return { ok: false, lost: true };
}

/** The file that a generation of which nothing was read begins with: the oldest unread rotated one, else that under the path. */
export async function findUnread(search: Search, position: TailPosition): Promise<FoundFile | SourceRefusal> {
  const { place } = search;
  const current = await openPlace(place);
  if (!current.ok && current.code !== "not_found") return current;
  const where = await pathOf(place, current);
  const list = () => listUnread(search, where, position, current.ok ? current.facts.id : null);
  let skippedBytes = 0;
  let unread = await list();
  // One that vanished while it was being opened has a new name by now: look once more before passing it over.
  let oldest = unread[0] ? await openOther(place, unread[0]) : null;
  if (unread.length > 0 && !oldest) unread = await list();
  for (const [at, each] of unread.entries()) {
    oldest ??= await openOther(place, each);
    if (oldest) {
      if (current.ok) await current.bytes.close();
      return { ...foundRotated(oldest, unread.slice(at + 1), false), skippedBytes };
    }
    skippedBytes += each.size;
  }
  return current.ok ? { ...found(current), skippedBytes } : current;
}

/** Rotated files, oldest first, of which nothing was read when the position stands at the beginning of its generation. */
export async function listUnread(
  search: Search,
  realPath: string,
  position: TailPosition,
  currentId: string | null,
): Promise<RotatedFile[]> {
  const { finishedUntilMs } = position;
  if (finishedUntilMs === null) return [];
  const rotated = (await listRotated(realPath, search.place.path)).filter((each) => each.id !== currentId);
  const files = unfinished(rotated, position);
  let finished = await findSameEnd(search.place, files, position);
  for (const [at, each] of files.entries())
    if (await wasLeft(search, each)) finished = Math.max(finished, at);
  if (finished >= 0) return files.slice(finished + 1);
  return files.filter((each) => each.modifiedAtMs > finishedUntilMs);
}

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
export async function listLeft(place: SourcePlace, { bytes, facts }: FoundFile, position: TailPosition) {
  const rotated = (await listRotated(bytes.realPath, place.path)).filter((each) => each.id !== facts.id);
  const left: LeftFile[] = [];
  for (const each of unfinished(rotated, position)) {
    const opened = await openOther(place, each);
    const offset = opened && !opened.bytes.compressed ? opened.facts.size : 0;
    const guard = opened && guardBefore(opened.bytes, offset);
    await opened?.bytes.close();
    if (guard && offset > 0) left.push({ id: each.id, offset, ...guard });
  }
  return left;
}

/** The last of these files that ends with the bytes of a guard, as an index; -1 for none. */
export async function findSameEnd(
  place: SourcePlace,
  files: readonly RotatedFile[],
  guard: Guard | null,
): Promise<number> {
  if (!guard || guard.guardBytes === 0) return -1;
  for (let at = files.length - 1; at >= 0; at--) {
    const file = files[at];
    if (file && (await endsWithGuard(place, file, guard))) return at;
  }
  return -1;
}

/** Until when rotated files are finished for a source that takes none for unread that lies there now. */
export async function finishedNow(realPath: string, wantedPath: string): Promise<number> {
  const files = await listRotated(realPath, wantedPath);
  return Math.max(0, ...files.map((each) => each.modifiedAtMs));
}

/** Those that may hold something unread, by when they were last written. */
const unfinished = (files: readonly RotatedFile[], { finishedUntilMs }: TailPosition) =>
  files.filter((each) => each.size > 0 && each.modifiedAtMs >= (finishedUntilMs ?? 0));

const found = ({ bytes, facts }: Opened): FoundFile => ({
  ...{ ok: true, bytes, facts },
  ...{ rotated: false, final: false, laterBytes: 0, skippedBytes: 0 },
});

const foundRotated = (
  { bytes, facts }: Opened,
  later: readonly RotatedFile[],
  isCopy: boolean,
): FoundFile => ({
  ...{ ok: true, bytes, facts, rotated: true, skippedBytes: 0 },
  final: isCopy || bytes.compressed || later.length > 0,
  laterBytes: later.reduce((sum, each) => sum + each.size, 0),
});

async function openPlace(place: SourcePlace): Promise<Opened | SourceRefusal> {
  const opened = await openBytes(place);
  return opened.ok ? { ...opened, facts: await opened.bytes.facts() } : opened;
}

async function openOther(place: SourcePlace, file: RotatedFile): Promise<Opened | null> {
  const opened = await openPlace({ ...place, path: file.path });
  return opened.ok ? opened : null;
}

/** Where to look for other files of the log. */
async function pathOf(place: SourcePlace, current: Opened | SourceRefusal): Promise<string> {
  if (current.ok) return current.bytes.realPath;
  const wanted = resolve(place.workspaceRoot, place.path);
  const folder = await promises.realpath(dirname(wanted)).catch(() => dirname(wanted));
  return join(folder, basename(wanted));
}

const holds = async ({ bytes }: Opened, position: TailPosition): Promise<boolean> =>
  (await reaches(bytes, position.offset)) && guardHolds(bytes, position.offset, position);

async function firstThatHolds(
  place: SourcePlace,
  files: readonly RotatedFile[],
  position: TailPosition,
): Promise<Opened | null> {
  for (const each of files) {
    const opened = await openOther(place, each);
    // Without a guard only the inode speaks for a file.
    const known = position.guardBytes > 0 || each.id === position.fileId;
    if (opened && known && (await holds(opened, position))) return opened;
    await opened?.bytes.close();
  }
  return null;
}

async function endsWithGuard(place: SourcePlace, file: RotatedFile, guard: Guard): Promise<boolean> {
  const opened = await openOther(place, file);
  if (!opened) return false;
  const { bytes } = opened;
  try {
    if (bytes.compressed) await bytes.read(Buffer.alloc(1), 0, 1, Number.MAX_SAFE_INTEGER);
    const { size } = await bytes.facts();
    return size >= guard.guardBytes && guardHolds(bytes, size, guard);
  } finally {
    await bytes.close();
  }
}
