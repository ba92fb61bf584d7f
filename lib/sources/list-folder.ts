import { close, constants, type Dirent, open, promises } from "node:fs";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import type { BrowsedEntry, BrowsedFolder } from "@/lib/domain/log-source-state";
import { isInsideRoot, leaves, refusalOf, resolveInside, resolveRoot, type SourceRoot } from "./source-root";
import type { SourcePlace, SourceRefusal } from "./tail-words";

const entryMax = 500;
/** Names looked at before sorting; a folder with more is shown in part. */
const nameMax = 5_000;

const { lstat, opendir, readlink, realpath, stat } = promises;
const openFolder = promisify(open);
const closeFolder = promisify(close);

/**
 * What lies in a folder inside the root, for choosing a file: folders first, by name, at most 500 entries. An entry that
 * could not be opened as a source is `refused`, with why.
 */
export async function listFolder(
  folder: Omit<SourcePlace, "path">,
  relativePath: string,
): Promise<({ ok: true } & BrowsedFolder) | SourceRefusal> {
  const place = { ...folder, path: relativePath === "" ? "." : relativePath };
  const root = await resolveRoot(place);
  if (!root.ok) return root;
  const wanted = await resolveInside(place, root);
  if (!wanted.ok) return wanted;
  let fd: number | null = null;
  try {
    const { O_RDONLY, O_DIRECTORY, O_NONBLOCK, O_NOFOLLOW } = constants;
    fd = await openFolder(wanted.realPath, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOFOLLOW);
    // Listed through the descriptor where there is such a thing: what was judged is what is read.
    const told = await readlink(`/proc/self/fd/${fd}`).catch(() => null);
    const realPath = told ?? (await realpath(wanted.realPath));
    if (!isInsideRoot(root, realPath)) return leaves(place, root, realPath);
    const listed = await readNames(told === null ? realPath : `/proc/self/fd/${fd}`);
    const names = listed.names.sort(foldersFirst).slice(0, entryMax);
    const entries = await Promise.all(names.map((each) => describe(each.name, realPath, root)));
    const path = relative(root.root, realPath).split(sep).join("/");
    return {
      ok: true,
      root: folder.workspaceRoot,
      path,
      entries,
      truncated: listed.more || listed.names.length > entryMax,
    };
  } catch (error) {
    return refusalOf(error, place.path);
  } finally {
    if (fd !== null) await closeFolder(fd);
  }
}

async function readNames(path: string): Promise<{ names: Dirent[]; more: boolean }> {
  const names: Dirent[] = [];
  for await (const entry of await opendir(path)) {
    if (names.length === nameMax) return { names, more: true };
    names.push(entry);
  }
  return { names, more: false };
}

const foldersFirst = (a: Dirent, b: Dirent) =>
  Number(b.isDirectory()) - Number(a.isDirectory()) || (a.name < b.name ? -1 : 1);

async function describe(name: string, folder: string, root: SourceRoot): Promise<BrowsedEntry> {
  const full = join(folder, name);
  const entry = { name, path: relative(root.root, full).split(sep).join("/") };
  const refused = (refusedBecause: BrowsedEntry["refusedBecause"]): BrowsedEntry => ({
    ...entry,
    kind: "refused",
    refusedBecause,
    size: null,
    modifiedAtMs: null,
  });
  try {
    const real = (await lstat(full)).isSymbolicLink() ? await realpath(full) : full;
    if (!isInsideRoot(root, real)) return refused(real === full ? "outside_root" : "symlink_refused");
    const stats = await stat(real);
    if (!stats.isDirectory() && !stats.isFile()) return refused("not_a_file");
    const kind = stats.isDirectory() ? "directory" : "file";
    const size = stats.isFile() ? stats.size : null;
    return { ...entry, kind, refusedBecause: null, size, modifiedAtMs: stats.mtimeMs };
  } catch (error) {
    return refused(refusalOf(error, name).code);
  }
}
