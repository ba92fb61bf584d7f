import { type Dirent, promises } from "node:fs";
import { isIn, type ProjectRoot } from "./open-root";
import type { Stopwatch } from "./stopwatch";

/** The ordinary files of a project by name. Links are not followed and not listed. */
export type TreeIndex = {
  /** Relative to the root, with slashes, those nearer to the root first. */
  files: readonly string[];
  /** Folders that builds write to; not walked. */
  outputFolders: readonly string[];
  /** What the walk was cut short by; null when it saw everything. */
  cutBy: "files" | "folders" | "depth" | "time" | null;
  /** Files of this name, in any case of letters. */
  named: (name: string) => readonly string[];
};

export type WalkLimits = { fileCountMax: number; folderCountMax: number; depthMax: number };

export const walkLimits: WalkLimits = { fileCountMax: 200_000, folderCountMax: 50_000, depthMax: 40 };

/** What others wrote, or what a tool made: never where a project's own source lies. */
const foreign = new Set(
  [
    ".git .hg .svn .jj node_modules bower_components jspm_packages vendor Pods .venv venv site-packages __pycache__",
    ".tox .nox .mypy_cache .pytest_cache .ruff_cache .gradle .m2 .cargo .bundle .terraform .idea .vscode .cache",
    ".turbo .parcel-cache .yarn .pnpm-store coverage .nyc_output obj .eggs .sass-cache DerivedData",
  ].flatMap((names) => names.split(" ")),
);
/** What builds write: bundles and their source maps may be looked for here. */
const output = new Set("dist build out target .next .nuxt .output .svelte-kit .build".split(" "));

const concurrency = 16;

/** Walks the project level by level, names only. Bounded by counts, depth and time; reads no file. */
export async function indexTree(
  root: ProjectRoot,
  stopwatch: Stopwatch,
  limits: WalkLimits = walkLimits,
): Promise<TreeIndex> {
  const walk = new Walk(root, stopwatch, limits, (name) => output.has(name));
  await walk.from([""]);
  return walk.index();
}

/** The files in folders that builds write to, for what lies nowhere else. */
export async function indexOutput(
  root: ProjectRoot,
  folders: readonly string[],
  stopwatch: Stopwatch,
  limits: WalkLimits = walkLimits,
): Promise<TreeIndex> {
  const walk = new Walk(root, stopwatch, { ...limits, fileCountMax: limits.fileCountMax / 4 }, () => false);
  await walk.from(folders);
  return walk.index();
}

class Walk {
  readonly #files: string[] = [];
  readonly #outputFolders: string[] = [];
  #folderCount = 0;
  #cutBy: TreeIndex["cutBy"] = null;

  constructor(
    readonly root: ProjectRoot,
    readonly stopwatch: Stopwatch,
    readonly limits: WalkLimits,
    readonly isOutput: (name: string) => boolean,
  ) {}

  async from(folders: readonly string[]): Promise<void> {
    let level = folders;
    for (let depth = 0; level.length > 0 && this.#cutBy === null; depth += 1) {
      if (depth > this.limits.depthMax) this.#cutBy = "depth";
      else level = await this.#walkLevel(level);
    }
  }

  async #walkLevel(folders: readonly string[]): Promise<string[]> {
    const next: string[] = [];
    for (let at = 0; at < folders.length && this.#cutBy === null; at += concurrency) {
      const batch = folders.slice(at, at + concurrency);
      const listed = await Promise.all(batch.map((folder) => this.#list(folder)));
      for (const [index, entries] of listed.entries()) this.#take(batch[index] ?? "", entries, next);
      if (this.stopwatch.isOver()) this.#cutBy ??= "time";
    }
    return next;
  }

  async #list(folder: string): Promise<Dirent[]> {
    const path = folder === "" ? this.root.root : `${this.root.root}/${folder}`;
    if (this.root.refused.some((each) => isIn(each, path))) return [];
    return promises.readdir(path, { withFileTypes: true }).catch(() => []);
  }

  #take(folder: string, entries: readonly Dirent[], next: string[]): void {
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) {
        if (this.#files.length >= this.limits.fileCountMax) this.#cutBy ??= "files";
        else this.#files.push(path);
      } else if (entry.isDirectory() && !foreign.has(entry.name)) {
        if (this.isOutput(entry.name)) this.#outputFolders.push(path);
        else if (this.#folderCount >= this.limits.folderCountMax) this.#cutBy ??= "folders";
        else {
          this.#folderCount += 1;
          next.push(path);
        }
      }
    }
  }

  index(): TreeIndex {
    const files = this.#files;
    let byName: Map<string, string[]> | null = null;
    const named = (name: string) => {
      byName ??= groupByName(files);
      return byName.get(name.toLowerCase()) ?? [];
    };
    return { files, outputFolders: this.#outputFolders, cutBy: this.#cutBy, named };
  }
}

function groupByName(files: readonly string[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const path of files) {
    const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [path]);
    else known.push(path);
  }
  return byName;
}
