import { promises } from "node:fs";
import { dirname, isAbsolute, resolve, sep } from "node:path";
import type { LogSourceErrorCode } from "@/lib/domain/log-source-state";
import type { SourcePlace, SourceRefusal } from "./tail-words";

const { realpath } = promises;

/** Real folders, links resolved: nothing outside `root` and nothing inside one of `refused` is read. */
export type SourceRoot = { ok: true; root: string; refused: readonly string[] };

export const refuse = (code: LogSourceErrorCode, detail: string): SourceRefusal => ({
  ok: false,
  code,
  detail,
});

/** Is `path` the folder itself or inside it? Both absolute and normal. */
export const isIn = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The real root of a place, if this host allows it. */
export async function resolveRoot(place: Omit<SourcePlace, "path">): Promise<SourceRoot | SourceRefusal> {
  const { workspaceRoot } = place;
  if (!isAbsolute(workspaceRoot) || workspaceRoot.includes("\0")) {
    return refuse("root_not_allowed", "The workspace root is not an absolute path.");
  }
  try {
    const root = await realpath(workspaceRoot);
    const allowed = await Promise.all(place.allowedRoots.map(realOrNull));
    if (!allowed.some((each) => each !== null && isIn(each, root))) return notAllowed(workspaceRoot);
    const refused = await Promise.all(
      place.refusedFolders.map(async (each) => (await realOrNull(each)) ?? resolve(each)),
    );
    return refused.some((each) => isIn(each, root)) ? notAllowed(workspaceRoot) : { ok: true, root, refused };
  } catch (error) {
    return refusalOf(error, workspaceRoot);
  }
}

const notAllowed = (root: string) =>
  refuse("root_not_allowed", `This host does not allow ${root}: nothing in it is opened.`);

const realOrNull = (path: string): Promise<string | null> => realpath(path).catch(() => null);

export const isInsideRoot = ({ root, refused }: SourceRoot, path: string): boolean =>
  isIn(root, path) && !refused.some((each) => isIn(each, path));

/**
 * Where a path really leads, if that is inside the root. A path that would leave it is refused whether or not something
 * lies there.
 */
export async function resolveInside(
  place: SourcePlace,
  root: SourceRoot,
): Promise<{ ok: true; realPath: string } | SourceRefusal> {
  if (place.path.includes("\0")) return refuse("not_found", "The path has a NUL character in it.");
  const wanted = resolve(place.workspaceRoot, place.path);
  if (!isIn(resolve(place.workspaceRoot), wanted) && !isIn(root.root, wanted)) {
    return refuse("outside_root", `${place.path} lies outside the project's workspace root.`);
  }
  try {
    const realPath = await realpath(wanted);
    return isInsideRoot(root, realPath) ? { ok: true, realPath } : leaves(place, root, realPath);
  } catch (error) {
    const ancestor = await nearestReal(dirname(wanted));
    if (ancestor !== null && !isIn(ancestor, root.root) && !isInsideRoot(root, ancestor)) {
      return leaves(place, root, ancestor);
    }
    return refusalOf(error, place.path);
  }
}

/** A link leads out of the root, or the path into a folder that is never read. */
export const leaves = (place: SourcePlace, root: SourceRoot, realPath: string) =>
  isIn(root.root, realPath)
    ? refuse("outside_root", `${place.path} lies in a folder that is never read.`)
    : refuse("symlink_refused", `${place.path} leads out of the project's workspace root by a link.`);

async function nearestReal(path: string): Promise<string | null> {
  const real = await realOrNull(path);
  return real !== null || dirname(path) === path ? real : nearestReal(dirname(path));
}

const codes: Readonly<Record<string, LogSourceErrorCode>> = {
  ...{ ENOENT: "not_found", ENOTDIR: "not_found", ENAMETOOLONG: "not_found" },
  ...{ EACCES: "permission_denied", EPERM: "permission_denied", ELOOP: "symlink_refused" },
  ...{ ENXIO: "not_a_file", ENODEV: "not_a_file", EISDIR: "not_a_file", EOPNOTSUPP: "not_a_file" },
};

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";

/** What a failed system call says of the path. Anything that is no system error is ours, and thrown on. */
export function refusalOf(error: unknown, path: string): SourceRefusal {
  if (!isSystemError(error)) throw error;
  const code = codes[error.code ?? ""] ?? "io_error";
  return refuse(code, `${path}: ${sentences[code] ?? `reading failed (${error.code})`}.`);
}

const sentences: Partial<Record<LogSourceErrorCode, string>> = {
  not_found: "there is nothing under this path",
  permission_denied: "the monitor may not read it",
  symlink_refused: "its links lead in a circle",
  not_a_file: "it is no ordinary file",
};
