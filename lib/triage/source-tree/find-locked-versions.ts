import { posix } from "node:path";
import { lockedVersion, lockFiles } from "@/lib/domain/locked-version";
import type { TraceLibrary } from "@/lib/domain/trace-library";
import type { FileMention } from "@/lib/domain/triage";
import { readProjectFile } from "./read-file";
import type { SourceTree } from "./source-tree";

export type LockedLibrary = {
  library: TraceLibrary;
  /** As the lock file calls it. */
  name: string;
  version: string;
  mention: FileMention & { line: number };
};

const fileByteCap = 8 * 1024 * 1024;
const fileCap = 6;

/** The versions that the project's lock files name for the libraries of a trace; the lock file nearest to `beside` counts. */
export async function findLockedVersions(
  tree: SourceTree,
  libraries: readonly TraceLibrary[],
  beside: string | null,
): Promise<LockedLibrary[]> {
  const { named } = await tree.index();
  const read = new Map<string, Promise<readonly string[]>>();
  const found: LockedLibrary[] = [];
  for (const library of libraries) {
    const paths = lockFiles[library.kind].flatMap((name) =>
      nearestFirst(named(name), beside).map((path) => ({ name, path })),
    );
    for (const { name, path } of paths.slice(0, fileCap)) {
      if (tree.stopwatch.isOver()) return found;
      const lines = read.get(path) ?? readLines(tree, path);
      read.set(path, lines);
      const locked = lockedVersion(name, await lines, library.name);
      if (locked === null) continue;
      const mention = { path, line: locked.line, because: "locks_dependency" as const, text: locked.text };
      found.push({ library, name: locked.name, version: locked.version, mention });
      break;
    }
  }
  return found;
}

async function readLines(tree: SourceTree, path: string): Promise<readonly string[]> {
  const file = await readProjectFile(tree.root, path, fileByteCap);
  return file.ok ? file.bytes.toString("utf8").split(/\r?\n/) : [];
}

/** Those in folders around the file come first, the innermost before the others. */
function nearestFirst(paths: readonly string[], beside: string | null): string[] {
  const depth = (path: string) => {
    const folder = posix.dirname(path);
    const isAround = folder === "." || beside?.startsWith(`${folder}/`);
    return isAround ? (folder === "." ? 1 : 1 + folder.split("/").length) : 0;
  };
  return paths.toSorted((one, other) => depth(other) - depth(one));
}
