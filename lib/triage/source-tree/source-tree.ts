import { indexOutput, indexTree, type TreeIndex } from "./index-tree";
import type { ProjectRoot } from "./open-root";
import { type FileRefusal, readProjectFile } from "./read-file";
import type { Stopwatch } from "./stopwatch";

/** A text file of the project. `path` is relative to the root; lines have no ends and may hold what was no UTF-8, marked. */
export type SourceText =
  | { ok: true; path: string; lines: readonly string[]; text: string }
  | { ok: false; outcome: "absent" | "refused" | "too_large"; why: FileRefusal | "binary" };

const textByteCap = 2 * 1024 * 1024;
const cachedCap = 100;
/** Characters of kept texts, beyond which no more are kept. */
const keptLengthCap = 16 * 1024 * 1024;
/** A text holds no NUL; whoever tells binary files by more finds reasons to refuse text. */
const binaryLookLength = 64 * 1024;

/** A project's folder while one failure is looked at: an index made once, and the files that were read. */
export class SourceTree {
  #index: Promise<TreeIndex> | null = null;
  #output: Promise<TreeIndex> | null = null;
  #keptLength = 0;
  readonly #texts = new Map<string, Promise<SourceText>>();

  /** Files that are there and were not read, and why. */
  readonly unread = new Map<string, FileRefusal | "binary">();

  constructor(
    readonly root: ProjectRoot,
    readonly stopwatch: Stopwatch,
  ) {}

  index(): Promise<TreeIndex> {
    this.#index ??= indexTree(this.root, this.stopwatch.within(3_000));
    return this.#index;
  }

  /** Files in the folders that builds write to. */
  async outputIndex(): Promise<TreeIndex> {
    const { outputFolders } = await this.index();
    this.#output ??= indexOutput(this.root, outputFolders, this.stopwatch.within(1_000));
    return this.#output;
  }

  readText(path: string): Promise<SourceText> {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = this.#readText(path);
    if (this.#texts.size < cachedCap && this.#keptLength < keptLengthCap) this.#texts.set(path, text);
    return text;
  }

  async #readText(path: string): Promise<SourceText> {
    const file = await readProjectFile(this.root, path, textByteCap);
    if (!file.ok) return this.#notRead(path, file);
    if (file.bytes.subarray(0, binaryLookLength).includes(0))
      return this.#notRead(path, { ok: false, outcome: "refused", why: "binary" });
    const text = file.bytes.toString("utf8");
    this.#keptLength += text.length;
    return { ok: true, path: file.path, text, lines: text.split(/\r\n|\n|\r/) };
  }

  #notRead<T extends SourceText & { ok: false }>(path: string, answer: T): T {
    if (answer.why !== "absent" && this.unread.size < cachedCap) this.unread.set(path, answer.why);
    return answer;
  }
}
