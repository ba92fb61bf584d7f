import { isAbsolute, resolve } from "node:path";
import { enclosingBlock } from "@/lib/domain/code-blocks";
import { compareFunction } from "@/lib/domain/function-name";
import { matchPath, type PathMatch, type PathRoot, rootOf } from "@/lib/domain/path-match";
import { type ReportedPath, readReportedPath } from "@/lib/domain/reported-path";
import type { TreeIndex } from "./index-tree";
import { isIn } from "./open-root";
import type { SourceTree } from "./source-tree";

/** What is asked for: a path as a trace or a text names it. */
export type PathQuestion = {
  path: string;
  line: number | null;
  function: string | null;
  isPackagePath: boolean;
};

export type PathAnswer =
  | { state: "resolved"; path: string }
  /** `path` where it is there and too large to be shown. */
  | { state: "unreadable"; path: string | null }
  | { state: "several" | "not_found" | "outside_root" };

const provenCap = 5;
const foreignFolders =
  /(?:^|\/)(?:node_modules|bower_components|(?:site|dist)-packages|vendor|gems|\.?venv|\.bundle|lib\/python[\d.]+|pkg\/mod|registry\/src|\.cargo)\//;

/** Finds reported paths in one project. Remembers where frames that left no doubt lie, so that later ones can be told apart. */
export class PathResolver {
  readonly #roots: PathRoot[] = [];

  constructor(
    readonly tree: SourceTree,
    /** The root as it was configured: a trace of this host may name it by its links. */
    readonly givenRoot: string,
  ) {}

  async resolve(question: PathQuestion): Promise<PathAnswer> {
    const read = readReportedPath(question.path);
    const direct = await this.#direct(question.path, read);
    if (direct !== null) return direct;
    if (read.kind === "outside") return { state: "outside_root" };
    const found = await this.#match(question, read);
    if (found !== null) return found;
    const isElsewhere = read.kind === "absolute" && this.#insideRoot(question.path) === null;
    return { state: isElsewhere ? "outside_root" : "not_found" };
  }

  /**
   * Is a frame the project's own, whatever its name suggests? A path of this host in no folder of what others wrote, or a package's
   * path that the project has whole.
   */
  async isOwn(path: string, isPackagePath: boolean): Promise<boolean> {
    if (isPackagePath) {
      const { named } = await this.tree.index();
      const name = path.slice(path.lastIndexOf("/") + 1);
      return name !== path && named(name).some((each) => each === path || each.endsWith(`/${path}`));
    }
    const inside = this.#insideRoot(path);
    return inside !== null && !foreignFolders.test(inside);
  }

  /** The file that lies exactly where the path says; null where none does. */
  async #direct(path: string, read: ReportedPath): Promise<PathAnswer | null> {
    const inside = this.#insideRoot(path) ?? (read.kind === "relative" ? read.segments.join("/") : null);
    if (inside === null) return null;
    const answer = await this.#open(inside);
    return answer.state === "not_found" ? null : answer;
  }

  #insideRoot(path: string): string | null {
    const plain = path.startsWith("file://") ? path.slice(7) : path;
    if (!isAbsolute(plain) || plain.includes("\0")) return null;
    const wanted = resolve(plain);
    const root = [this.tree.root.root, resolve(this.givenRoot)].find((each) => isIn(each, wanted));
    return root === undefined || root === wanted ? null : wanted.slice(root.length).replace(/^\/+/, "");
  }

  async #open(path: string): Promise<PathAnswer> {
    const text = await this.tree.readText(path);
    if (text.ok) return { state: "resolved", path: text.path };
    if (text.why === "absent") return { state: "not_found" };
    if (text.why === "outside_root") return { state: "outside_root" };
    return { state: "unreadable", path: text.why === "too_large" ? path : null };
  }

  async #match(question: PathQuestion, read: Exclude<ReportedPath, { kind: "outside" }>) {
    const name = read.segments.at(-1) ?? "";
    const inTree = await this.#matchIn(await this.tree.index(), name, question, read);
    return inTree ?? (await this.#matchIn(await this.tree.outputIndex(), name, question, read));
  }

  async #matchIn(
    index: TreeIndex,
    name: string,
    question: PathQuestion,
    read: Exclude<ReportedPath, { kind: "outside" }>,
  ): Promise<PathAnswer | null> {
    const named = index.named(name);
    if (named.length === 0) return null;
    const options = { isPackagePath: question.isPackagePath, roots: this.#roots };
    const match = matchPath(read, named, options);
    const path = await this.#choose(match, question);
    if (path === null) return match.state === "several" && match.isSure ? { state: "several" } : null;
    if (match.state === "found" && match.isSure) this.#roots.push(rootOf(read, match.candidate));
    return this.#open(path);
  }

  /** One candidate that the path alone makes sure of, else the only one whose content proves it. */
  async #choose(match: PathMatch, question: PathQuestion): Promise<string | null> {
    if (match.state === "none") return null;
    if (match.state === "found" && match.isSure) return match.candidate.path;
    const candidates = match.state === "found" ? [match.candidate] : match.candidates;
    if (candidates.length > provenCap) return null;
    const proven: string[] = [];
    for (const { path } of candidates)
      if (await this.#isProven(path, question, candidates.length === 1)) proven.push(path);
    return proven.length === 1 ? (proven[0] ?? null) : null;
  }

  /** A file alone is proven by the package it declares, where the frame names one; else by the function at the line. */
  async #isProven(path: string, question: PathQuestion, isAlone: boolean): Promise<boolean> {
    if (!question.isPackagePath) return this.#holdsFunction(path, question);
    const text = await this.tree.readText(path);
    const declared = text.ok
      ? /^\s{0,8}package\s{1,8}([\w.]{1,300})/m.exec(text.text.slice(0, 20_000))?.[1]
      : undefined;
    if (declared !== question.path.split("/").slice(0, -1).join(".")) return false;
    return isAlone || this.#holdsFunction(path, question);
  }

  async #holdsFunction(path: string, { line, function: name }: PathQuestion): Promise<boolean> {
    if (line === null || name === null) return false;
    const text = await this.tree.readText(path);
    if (!text.ok) return false;
    const block = enclosingBlock(text.lines, path, line);
    return block !== null && compareFunction(name, block.name) === "same";
  }
}
