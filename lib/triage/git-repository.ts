import { promises } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { hasLinkOut, isIn, kindOf, readSmallFile, realPathOf } from "./git-files";

const { mkdir, mkdtemp, rm, writeFile } = promises;

/**
 * A repository's objects, read through a scratch folder of ours in place of its own `.git`. Its configuration, attributes,
 * hooks, replacements and grafts are never read, so nothing they name can run, be fetched or change what is seen.
 */
export type GitRepository = {
  /** The project's folder, links resolved. */
  root: string;
  /** Our folder that git takes for the repository; removed by `close`. */
  scratch: string;
  objects: string;
  head: string;
  /** Commits whose parents were never fetched: the end of a shallow history. */
  boundary: ReadonlySet<string>;
  close: () => Promise<void>;
};

export type OpenedRepository =
  | { state: "open"; repository: GitRepository }
  | { state: "no_repository" | "empty" | "refused" | "unreadable"; note: string };

type Unopened = Exclude<OpenedRepository, { state: "open" }>;
const refused = (note: string): Unopened => ({ state: "refused", note });
const unreadable = (note: string): Unopened => ({ state: "unreadable", note });

const smallFile = 64 * 1024;
const packedRefsMax = 32 * 1024 * 1024;
const shallowFileMax = 4 * 1024 * 1024;
const alternateCap = 16;
const symbolicDepth = 5;
const isHash = (text: string) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/**
 * Opens the repository whose top folder is `root`; one above it is not taken. Refused when any part of it that would be
 * read lies outside the root: a `.git` file, a link, a common folder or alternates that lead there.
 */
export async function openRepository(root: string): Promise<OpenedRepository> {
  const realRoot = await realPathOf(root);
  if (realRoot === null) return { state: "no_repository", note: "The project's root is not there." };
  const folders = await findFolders(realRoot);
  if ("state" in folders) return folders;
  const leaving = await leavesRoot(realRoot, folders.objects, 0);
  if (leaving !== null) return refused(leaving);
  if ((await kindOf(join(folders.shared, "reftable"))) !== "absent") {
    return unreadable("Its branches are kept in a form that is not read here (reftable).");
  }
  const head = await readHead(realRoot, folders);
  if (typeof head !== "string") return head;
  const shallow = (await readSmallFile(join(folders.shared, "shallow"), shallowFileMax)) ?? "";
  const boundary = new Set(shallow.split("\n").filter(isHash));
  const scratch = await makeScratch(head, boundary);
  return {
    state: "open",
    repository: {
      root: realRoot,
      scratch,
      objects: folders.objects,
      head,
      boundary,
      close: () => rm(scratch, { recursive: true, force: true }),
    },
  };
}

/** `own` holds HEAD; `shared` holds branches and objects, and is the same unless this is a linked working tree. */
type Folders = { own: string; shared: string; objects: string };

async function findFolders(root: string): Promise<Folders | Unopened> {
  const own = await findOwn(root, join(root, ".git"));
  if (typeof own !== "string") return own;
  const common = await readSmallFile(join(own, "commondir"), smallFile);
  const shared = common === null ? own : await realPathOf(resolve(own, common.trimEnd()));
  if (shared === null || !isIn(root, shared)) return refused("Its common folder lies outside the root.");
  const objects = await realPathOf(join(shared, "objects"));
  if (objects === null) return { state: "no_repository", note: "The .git folder holds no objects." };
  if (!isIn(root, objects)) return refused("Its objects lie outside the root.");
  return { own, shared, objects };
}

async function findOwn(root: string, dotGit: string): Promise<string | Unopened> {
  const kind = await kindOf(dotGit);
  if (kind === "absent") return { state: "no_repository", note: "No .git folder in the project's root." };
  if (kind === "other") return refused("The .git entry is neither a folder nor a file.");
  let target = dotGit;
  if (kind === "file") {
    const named = /^gitdir: ([^\n]+)\n?$/.exec((await readSmallFile(dotGit, smallFile)) ?? "")?.[1];
    if (named === undefined) return unreadable("The .git file names no folder.");
    target = resolve(root, named);
  }
  const real = await realPathOf(target);
  if (real === null) {
    // What lies outside is not told apart from what is not there.
    return isIn(root, target)
      ? unreadable("The .git entry leads nowhere.")
      : refused("The .git entry leads outside the root.");
  }
  return isIn(root, real) ? real : refused("The .git entry leads outside the root.");
}

/** Why objects of elsewhere would be read; null when they would not. Follows alternates as deep as git does. */
async function leavesRoot(root: string, objects: string, depth: number): Promise<string | null> {
  for (const folder of [objects, join(objects, "pack"), join(objects, "info")]) {
    if (await hasLinkOut(root, folder)) return "Links among its objects lead outside the root.";
  }
  const file = join(objects, "info", "alternates");
  if ((await kindOf(file)) === "absent") return null;
  const text = await readSmallFile(file, smallFile);
  if (text === null) return "Its list of alternates cannot be read.";
  const rows = text.split("\n").filter((row) => row !== "" && !row.startsWith("#"));
  if (rows.length > alternateCap || depth >= symbolicDepth) return "It has too many alternates.";
  for (const row of rows) {
    const real = row.startsWith('"') ? null : await realPathOf(resolve(objects, row));
    if (real === null || !isIn(root, real)) return "Its alternates lie outside the root.";
    const further = await leavesRoot(root, real, depth + 1);
    if (further !== null) return further;
  }
  return null;
}

/** The commit that HEAD names, read without git so that no configuration is read for it. */
async function readHead(root: string, { own, shared }: Folders): Promise<string | Unopened> {
  let text = await readSmallFile(join(own, "HEAD"), smallFile);
  if (text === null) return { state: "no_repository", note: "The .git folder holds no HEAD." };
  for (let depth = 0; depth < symbolicDepth; depth += 1) {
    const value = text.trim();
    if (isHash(value)) return value;
    const name = /^ref: (refs\/[^\s~^:?*[\\]+)$/.exec(value)?.[1];
    if (name === undefined || name.split("/").some((part) => part === ".." || part === "")) {
      return unreadable("HEAD names no branch and no commit.");
    }
    const found = await readBranch(root, shared, name);
    if (found === null) return { state: "empty", note: "The branch of HEAD has no commit yet." };
    text = found;
  }
  return unreadable("HEAD leads in a circle.");
}

async function readBranch(root: string, shared: string, name: string): Promise<string | null> {
  const real = await realPathOf(join(shared, name));
  if (real !== null && isIn(root, real)) {
    const loose = await readSmallFile(real, smallFile);
    if (loose !== null) return loose;
  }
  const packed = await readSmallFile(join(shared, "packed-refs"), packedRefsMax);
  for (const row of packed?.split("\n") ?? []) {
    if (row.endsWith(` ${name}`)) return row.slice(0, row.indexOf(" "));
  }
  return null;
}

async function makeScratch(head: string, boundary: ReadonlySet<string>): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "incident-monitor-git-"));
  const longHashes = head.length === 64;
  const config = `[core]\n\trepositoryformatversion = ${longHashes ? 1 : 0}\n\tbare = true\n`;
  await mkdir(join(scratch, "refs"));
  await writeFile(join(scratch, "HEAD"), `${head}\n`);
  await writeFile(
    join(scratch, "config"),
    longHashes ? `${config}[extensions]\n\tobjectFormat = sha256\n` : config,
  );
  if (boundary.size > 0) await writeFile(join(scratch, "shallow"), `${[...boundary].join("\n")}\n`);
  return scratch;
}

/** The folders above which git looks for nothing. */
export const ceilingOf = (repository: GitRepository): string => dirname(repository.scratch);
