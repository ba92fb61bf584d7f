import { type BigIntStats, close, constants, fstat, open, promises } from "node:fs";
import { promisify } from "node:util";
import {
  isInsideRoot,
  leaves,
  refusalOf,
  refuse,
  resolveInside,
  resolveRoot,
  type SourceRoot,
} from "./source-root";
import type { FileFacts, SourcePlace, SourceRefusal } from "./tail-words";

/** An open descriptor, the caller's to close. `realPath` is where it really lies, links resolved. */
export type OpenedFile = { ok: true; fd: number; realPath: string; file: FileFacts };

const { lstat, readlink, realpath } = promises;
const openFile = promisify(open);
export const closeFile = promisify(close);
const statDescriptor: (fd: number, options: { bigint: true }) => Promise<BigIntStats> = promisify(fstat);

/** Where Linux says what a descriptor is open on; elsewhere there is nothing here. */
const descriptorLinks = "/proc/self/fd";

export const idOf = (stats: BigIntStats): string => `${stats.dev}:${stats.ino}`;
export const factsOf = (stats: BigIntStats): FileFacts => ({
  id: idOf(stats),
  size: Number(stats.size),
  modifiedAtMs: Number(stats.mtimeNs) / 1e6,
});
export const factsOfDescriptor = async (fd: number): Promise<FileFacts> =>
  factsOf(await statDescriptor(fd, { bigint: true }));

/**
 * Opens a source's file for reading and judges what was opened, not what was asked for: it lies inside the real root, the
 * root inside an allowed one, and it is an ordinary file. Never blocks on a FIFO. Links are followed inside the root.
 *
 * @param meanwhile what a test lets happen between looking and opening
 */
export async function openInsideRoot(
  place: SourcePlace,
  links: string = descriptorLinks,
  meanwhile: () => void = () => undefined,
): Promise<OpenedFile | SourceRefusal> {
  const root = await resolveRoot(place);
  if (!root.ok) return root;
  const wanted = await resolveInside(place, root);
  if (!wanted.ok) return wanted;
  let fd: number | null = null;
  try {
    // Opening alone wakes a writer of a FIFO or turns a tape: what is no file now is not opened at all.
    if (!(await lstat(wanted.realPath)).isFile()) return notOrdinary(place);
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
    meanwhile();
    fd = await openFile(wanted.realPath, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const judged = await judgeDescriptor(fd, place, root, links);
    if (judged.ok) fd = null;
    return judged;
  } catch (error) {
    return refusalOf(error, place.path);
  } finally {
    if (fd !== null) await closeFile(fd);
  }
}

/** The path may have been swapped since it was looked at; the descriptor cannot be. */
async function judgeDescriptor(
  fd: number,
  place: SourcePlace,
  root: SourceRoot,
  links: string,
): Promise<OpenedFile | SourceRefusal> {
  const stats = await statDescriptor(fd, { bigint: true });
  if (!stats.isFile()) return notOrdinary(place);
  if (stats.nlink === 0n) return refuse("not_found", `${place.path} was removed just now.`);
  const realPath = await pathOfDescriptor(fd, links, place, stats);
  if (realPath === null) return refuse("not_found", `${place.path} was moved just now.`);
  if (!isInsideRoot(root, realPath)) return leaves(place, root, realPath);
  return { ok: true, fd, realPath, file: factsOf(stats) };
}

/** Asked of the kernel, else the path that leads to the same device and inode now: no link outside can have both. */
async function pathOfDescriptor(fd: number, links: string, place: SourcePlace, stats: BigIntStats) {
  const told = await readlink(`${links}/${fd}`).catch(() => null);
  if (told !== null) return told;
  const root = await resolveRoot(place);
  const again = root.ok ? await resolveInside(place, root) : root;
  if (!again.ok) return null;
  const there = await lstat(await realpath(again.realPath), { bigint: true });
  return idOf(there) === idOf(stats) ? again.realPath : null;
}

const notOrdinary = (place: SourcePlace) =>
  refuse("not_a_file", `${place.path} is no ordinary file (a folder, device, socket or pipe).`);
