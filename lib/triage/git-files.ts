import { constants, promises } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";

const { lstat, open, readdir, realpath } = promises;

/** Is `path` the folder itself or inside it? Both absolute and normal. */
export const isIn = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The text of an ordinary file of at most `bytesMax`; null when there is none. Never waits for a pipe or a device. */
export async function readSmallFile(path: string, bytesMax: number): Promise<string | null> {
  let file: Awaited<ReturnType<typeof open>> | null = null;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > bytesMax) return null;
    return (await file.readFile()).toString("utf8");
  } catch {
    return null;
  } finally {
    await file?.close();
  }
}

/** Where a path really leads; null when it leads nowhere. */
export const realPathOf = (path: string): Promise<string | null> => realpath(path).catch(() => null);

export type PathKind = "folder" | "file" | "link" | "other" | "absent";

export async function kindOf(path: string): Promise<PathKind> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null) return "absent";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isDirectory()) return "folder";
  return stats.isFile() ? "file" : "other";
}

/** Does a link directly in `folder` lead out of `root`? */
export async function hasLinkOut(root: string, folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) continue;
    const real = await realPathOf(join(folder, entry.name));
    if (real === null || !isIn(root, real)) return true;
  }
  return false;
}

/** A path of the project as git names it: relative, with slashes, without anything a line or a revision could end at. */
export function gitPathOf(root: string, path: string): string | null {
  if (path === "" || path.length > 1_000 || /[\x00-\x1f\x7f]/.test(path)) return null;
  const inside = relative(root, isAbsolute(path) ? path : resolve(root, path));
  if (inside === "" || isAbsolute(inside) || inside.split(sep)[0] === "..") return null;
  const parts = inside.split(sep);
  return parts.some((part) => part.toLowerCase() === ".git") ? null : parts.join("/");
}
