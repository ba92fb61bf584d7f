import { promises } from "node:fs";
import { isAbsolute, resolve, sep } from "node:path";

const { realpath } = promises;

/** The project's folder as it really lies, links resolved. Nothing outside of it, and nothing in `refused`, is read. */
export type ProjectRoot = { root: string; refused: readonly string[] };

export type RootRequest = {
  root: string;
  allowedRoots: readonly string[];
  /** Folders that are never read, wherever they lie: the monitor's own data. */
  refusedFolders: readonly string[];
};

export type RootAnswer =
  | { ok: true; root: ProjectRoot }
  | { ok: false; outcome: "absent" | "refused"; note: string };

/** Is `path` the folder itself or inside it? Both absolute and normal. */
export const isIn = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

export const isInProject = ({ root, refused }: ProjectRoot, path: string): boolean =>
  isIn(root, path) && !refused.some((each) => isIn(each, path));

/** Judges a project's root as this host does for log sources: a real folder inside an allowed one. */
export async function openRoot({ root, allowedRoots, refusedFolders }: RootRequest): Promise<RootAnswer> {
  if (!isAbsolute(root) || root.includes("\0")) return refused("The project's root is not an absolute path.");
  const real = await realOrNull(root);
  if (real === null) return { ok: false, outcome: "absent", note: "There is nothing at the project's root." };
  const allowed = await Promise.all(allowedRoots.map(realOrNull));
  if (!allowed.some((each) => each !== null && isIn(each, real)))
    return refused("This host does not allow the project's root: nothing in it is opened.");
  const never = await Promise.all(
    refusedFolders.map(async (each) => (await realOrNull(each)) ?? resolve(each)),
  );
  if (never.some((each) => isIn(each, real)))
    return refused("The project's root is a folder that is never read.");
  return { ok: true, root: { root: real, refused: never } };
}

const refused = (note: string): RootAnswer => ({ ok: false, outcome: "refused", note });

const realOrNull = (path: string): Promise<string | null> => realpath(path).catch(() => null);
