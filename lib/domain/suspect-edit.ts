import { classInHunk, constantInHunk, functionInHunk } from "./suspect-blocks";
import type { CommitPatch, FileChange, Hunk, PatchLine } from "./suspect-patch";
import { type Token, tokenKey, tokensOf } from "./suspect-tokens";

type EditPlace = { functionName: string | null; constantName: string | null; className: string | null };

/** Lines of one edit that are read as code. */
const readLinesMax = 200;

/** Lines next to each other that one commit took out and put in: the unit that is judged. What costs is read when asked for. */
export class Edit {
  readonly path: string;
  readonly formerPath: string;
  readonly fileKind: FileChange["kind"];
  /** Its lines are the file's name, before and after. */
  readonly ofName: boolean;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly #hunk: Hunk;
  readonly #start: number;
  readonly #end: number;
  #removedTokens: Token[] | undefined;
  #addedTokens: Token[] | undefined;
  #aroundTokens: Token[] | undefined;
  #addedKeys: string[] | undefined;
  #removedKeys: string[] | undefined;
  #place: EditPlace | undefined;

  /** `start` and `end` are indexes of the hunk's lines, the end not included. */
  constructor(file: FileChange, hunk: Hunk, start: number, end: number, ofName = false) {
    this.ofName = ofName;
    this.path = file.path;
    this.formerPath = file.formerPath ?? file.path;
    this.fileKind = file.kind;
    const own = hunk.lines.slice(start, end);
    this.removed = own.filter((line) => line.kind === "removed").map((line) => line.text);
    this.added = own.filter((line) => line.kind === "added").map((line) => line.text);
    this.#hunk = hunk;
    this.#start = start;
    this.#end = end;
  }

  /** Characters that are read where it is judged. */
  get size(): number {
    return [this.removed, this.added]
      .flatMap((lines) => lines.slice(0, readLinesMax))
      .reduce((total, line) => total + line.length, 0);
  }

  get removedTokens(): readonly Token[] {
    this.#removedTokens ??= tokensOf(this.removed.slice(0, readLinesMax), this.path);
    return this.#removedTokens;
  }

  get addedTokens(): readonly Token[] {
    this.#addedTokens ??= tokensOf(this.added.slice(0, readLinesMax), this.path);
    return this.#addedTokens;
  }

  /** Of the kept lines, at most ten before and after it. */
  get aroundTokens(): readonly Token[] {
    this.#aroundTokens ??= tokensOf(this.around(10), this.path);
    return this.#aroundTokens;
  }

  /** Each added line as it is compared: without layout and comments. */
  get addedKeys(): readonly string[] {
    this.#addedKeys ??= keysOf(this.added, this.path);
    return this.#addedKeys;
  }

  get removedKeys(): readonly string[] {
    this.#removedKeys ??= keysOf(this.removed, this.path);
    return this.#removedKeys;
  }

  /** The function it lies in, as its commit left it, else as it found it. */
  get functionName(): string | null {
    return this.#placed().functionName;
  }

  /** Outside functions: the constant, table or setting that it is a part of. */
  get constantName(): string | null {
    return this.#placed().constantName;
  }

  /** The class it lies in, where that is seen. */
  get className(): string | null {
    return this.#placed().className;
  }

  /** Where it begins afterwards; of a mere removal, the line behind it. */
  get fromLine(): number {
    const { lines } = this.#hunk;
    const next = lines.slice(this.#start).find((line) => line.after !== null);
    const previous = lines.slice(0, this.#start).findLast((line) => line.after !== null);
    return next?.after ?? (previous?.after ?? 0) + 1;
  }

  /** Kept lines at most `distance` before and after it. */
  around(distance: number): string[] {
    const { lines } = this.#hunk;
    const before = lines.slice(Math.max(0, this.#start - distance), this.#start);
    return [...before, ...lines.slice(this.#end, this.#end + distance)]
      .filter((line) => line.kind === "kept")
      .map((line) => line.text);
  }

  /** The hunk it is a part of; edits of one hunk have the same. */
  get hunk(): Hunk {
    return this.#hunk;
  }

  #placed() {
    this.#place ??= placeOf(this.#hunk, this.#start, this.#end);
    return this.#place;
  }
}

const keysOf = (lines: readonly string[], path: string): string[] =>
  lines.slice(0, readLinesMax).map((line) => tokenKey(tokensOf([line], path)));

const editsOfCommitMax = 600;

/** What a commit did, edit by edit, in the order of its patch. */
export function editsOf(commit: CommitPatch): Edit[] {
  const edits: Edit[] = [];
  for (const file of commit.files) {
    if (file.kind === "renamed" || file.kind === "deleted") edits.push(editOfName(file));
    for (const hunk of file.hunks) {
      edits.push(...editsOfHunk(file, hunk));
      if (edits.length >= editsOfCommitMax) return edits.slice(0, editsOfCommitMax);
    }
  }
  return edits;
}

/** A file that is no longer where it was, as an edit of its name: what loads it by that name fails. */
function editOfName(file: FileChange): Edit {
  const lines: PatchLine[] = [
    { kind: "removed", text: file.formerPath ?? file.path, before: 1, after: null },
    ...(file.kind === "renamed" ? [{ kind: "added" as const, text: file.path, before: null, after: 1 }] : []),
  ];
  return new Edit(file, { heading: "", lines }, 0, lines.length, true);
}

function editsOfHunk(file: FileChange, hunk: Hunk): Edit[] {
  const edits: Edit[] = [];
  const { lines } = hunk;
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.kind === "kept") continue;
    const start = at;
    while (at < lines.length && lines[at]?.kind !== "kept") at += 1;
    edits.push(new Edit(file, hunk, start, at));
  }
  return edits;
}

function placeOf(hunk: Hunk, start: number, end: number): EditPlace {
  const hasAdded = hunk.lines
    .slice(start, end)
    .some((line) => line.kind === "added" && line.text.trim() !== "");
  const [wanted, other]: Array<PatchLine["kind"]> = hasAdded ? ["added", "removed"] : ["removed", "added"];
  const index = hunk.lines.findIndex(
    (line, at) => at >= start && line.kind === wanted && line.text.trim() !== "",
  );
  const at = index === -1 || index >= end ? start : index;
  const side = hunk.lines.slice(0, at + 1).filter((line) => line.kind !== other);
  const functionName = functionInHunk(side, side.length - 1, hunk.heading);
  return {
    functionName,
    constantName: functionName === null ? constantInHunk(side, side.length - 1) : null,
    className: classInHunk(side, side.length - 1, hunk.heading),
  };
}
