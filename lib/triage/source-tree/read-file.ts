import { constants, promises } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { isIn, isInProject, type ProjectRoot } from "./open-root";

const { lstat, open, readlink, realpath } = promises;

export type FileBytes =
  /** `path` is relative to the root, with slashes, links resolved. */
  | { ok: true; path: string; bytes: Buffer }
  | { ok: false; outcome: "absent" | "refused" | "too_large"; why: FileRefusal };

export type FileRefusal = "absent" | "outside_root" | "not_ordinary" | "too_large" | "not_readable";

const refuse = (why: FileRefusal): FileBytes => ({
  ok: false,
  outcome: why === "absent" || why === "too_large" ? why : "refused",
  why,
});

/**
 * A file of the project, whole. Judged is what was opened, not what was asked for: it lies inside the real root and is an ordinary
 * file of at most `byteCap` bytes. Links are followed inside the root, the last step never; nothing waits for a FIFO.
 */
export async function readProjectFile(root: ProjectRoot, path: string, byteCap: number): Promise<FileBytes> {
  if (path.includes("\0")) return refuse("outside_root");
  const wanted = resolve(root.root, path);
  if (!isIn(root.root, wanted)) return refuse("outside_root");
  let file: promises.FileHandle | null = null;
  try {
    const real = await realpath(wanted);
    if (!isInProject(root, real)) return refuse("outside_root");
    // Opening alone wakes a writer of a FIFO: what is no file now is not opened at all.
    if (!(await lstat(real)).isFile()) return refuse("not_ordinary");
    file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    return await readOpened(root, file, real, byteCap);
  } catch (error) {
    return refuse(refusalOf(error));
  } finally {
    await file?.close();
  }
}

/** The path may have been swapped since it was looked at; the descriptor cannot be. */
async function readOpened(
  root: ProjectRoot,
  file: promises.FileHandle,
  real: string,
  byteCap: number,
): Promise<FileBytes> {
  const stats = await file.stat();
  if (!stats.isFile()) return refuse("not_ordinary");
  const told = await readlink(`/proc/self/fd/${file.fd}`).catch(() => null);
  const opened = told ?? (await realpath(real));
  if (!isInProject(root, opened)) return refuse("outside_root");
  if (told === null && (await lstat(opened)).ino !== stats.ino) return refuse("absent");
  if (stats.size > byteCap) return refuse("too_large");
  const bytes = Buffer.alloc(stats.size);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return {
    ok: true,
    path: relative(root.root, opened).split(sep).join("/"),
    bytes: bytes.subarray(0, length),
  };
}

const refusals: Readonly<Record<string, FileRefusal>> = {
  ...{
    ENOENT: "absent",
    ENOTDIR: "absent",
    ENAMETOOLONG: "absent",
    EISDIR: "not_ordinary",
    ELOOP: "not_ordinary",
  },
  ...{ ENXIO: "not_ordinary", ENODEV: "not_ordinary", EACCES: "not_readable", EPERM: "not_readable" },
};

/** What a failed system call says. Anything that is none is ours, and thrown on. */
function refusalOf(error: unknown): FileRefusal {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (!(error instanceof Error) || typeof code !== "string") throw error;
  return refusals[code] ?? "not_readable";
}
