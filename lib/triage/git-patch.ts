import { type CommitPatch, type FileChange, type Hunk, plainLine } from "@/lib/domain/suspect-patch";

/** The head of a commit in one line: hash, parents, times, author, subject. The free texts come last, as nothing may follow them. */
export const commitFormat = "--format=%x01%H%x01%P%x01%at%x01%ct%x01%an%x01%s";

const lineLengthMax = 600;
const linesOfFileMax = 1_000;
const filesOfCommitMax = 400;

/** Reads what `git log -p` (with `commitFormat`) wrote. A last commit that was cut off stays with what is whole of it. Never throws. */
export function readPatches(output: Buffer): CommitPatch[] {
  const reader = new PatchReader();
  let start = 0;
  while (start < output.length) {
    const end = output.indexOf(10, start);
    if (end === -1) break;
    reader.read(output.toString("utf8", start, Math.min(end, start + lineLengthMax)));
    start = end + 1;
  }
  return reader.commits;
}

/** The fields of a commit's head line; null for any other line. */
export function readCommitLine(line: string): CommitPatch | null {
  if (!line.startsWith("\u0001")) return null;
  const [, hash = "", parents = "", authored = "", committed = "", author = "", ...subject] =
    line.split("\u0001");
  if (!/^[0-9a-f]{40,64}$/.test(hash)) return null;
  return {
    hash,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    authoredAtMs: millisecondsOf(authored),
    committedAtMs: millisecondsOf(committed),
    author: nameOf(author),
    subject: plainLine(subject.join(" "), 200),
    files: [],
    fileCount: null,
  };
}

/** A time beyond what a date can hold counts as none. */
function millisecondsOf(seconds: string): number {
  const value = Number(seconds) * 1_000;
  return Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? value : 0;
}

/** A name, never an address: one that is an address keeps what stands before the sign. */
const nameOf = (author: string): string => plainLine(author.replace(/@[^\s@]*/g, ""), 100) || "unknown";

class PatchReader {
  readonly commits: CommitPatch[] = [];
  #file: FileChange | null = null;
  #hunk: Hunk | null = null;
  #before = 0;
  #after = 0;
  /** Lines of the hunk that are still to come. Counted, as a removed line may look like a head of a file. */
  #beforeLeft = 0;
  #afterLeft = 0;
  #kept = 0;

  read(line: string): void {
    if (this.#beforeLeft > 0 || this.#afterLeft > 0) {
      if (this.#readHunkLine(line)) return;
      this.#beforeLeft = 0;
      this.#afterLeft = 0;
    }
    const commit = readCommitLine(line);
    if (commit) {
      this.commits.push(commit);
      this.#file = null;
    } else if (line.startsWith("diff --git ")) this.#openFile(line);
    else if (this.#file) this.#readFileHead(this.#file, line);
  }

  #openFile(line: string): void {
    const commit = this.commits.at(-1);
    this.#file = null;
    if (!commit || commit.files.length >= filesOfCommitMax) return;
    // Replaced by the lines below it, which are unambiguous; those are missing where no line changed.
    const path = /^diff --git a\/(.+) b\/\1$/.exec(line)?.[1] ?? "";
    this.#file = { kind: "changed", path, formerPath: null, hunks: [], isPartial: false };
    this.#kept = 0;
    commit.files.push(this.#file);
  }

  #readFileHead(file: FileChange, line: string): void {
    if (line.startsWith("new file mode")) file.kind = "created";
    else if (line.startsWith("deleted file mode")) file.kind = "deleted";
    else if (line.startsWith("rename from ")) file.formerPath = unquoted(line.slice(12));
    else if (line.startsWith("rename to ")) {
      file.kind = "renamed";
      file.path = unquoted(line.slice(10));
    } else if (line.startsWith("Binary files ")) file.isPartial = true;
    else if (line.startsWith("--- ")) {
      const path = placeOf(line.slice(4));
      if (path !== null && file.path === "") file.path = path;
    } else if (line.startsWith("+++ ")) {
      const path = placeOf(line.slice(4));
      if (path !== null) file.path = path;
    } else if (line.startsWith("@@ ")) this.#openHunk(file, line);
  }

  #openHunk(file: FileChange, line: string): void {
    const match = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.*)$/.exec(line);
    if (!match) return;
    this.#before = Number(match[1]);
    this.#after = Number(match[3]);
    this.#beforeLeft = Number(match[2] ?? 1);
    this.#afterLeft = Number(match[4] ?? 1);
    this.#hunk = { heading: (match[5] ?? "").trim().slice(0, 200), lines: [] };
    file.hunks.push(this.#hunk);
  }

  #readHunkLine(line: string): boolean {
    const mark = line[0] ?? " ";
    if (mark === "\\") return true;
    const text = line.slice(1).replace(/\r$/, "");
    if (mark === " ") {
      this.#keep({ kind: "kept", text, before: this.#before++, after: this.#after++ });
      this.#beforeLeft -= 1;
      this.#afterLeft -= 1;
    } else if (mark === "-") {
      this.#keep({ kind: "removed", text, before: this.#before++, after: null });
      this.#beforeLeft -= 1;
    } else if (mark === "+") {
      this.#keep({ kind: "added", text, before: null, after: this.#after++ });
      this.#afterLeft -= 1;
    } else return false;
    return true;
  }

  #keep(line: Hunk["lines"][number]): void {
    this.#kept += 1;
    if (this.#kept <= linesOfFileMax) this.#hunk?.lines.push(line);
    else if (this.#file) this.#file.isPartial = true;
  }
}

/** `a/x` or `b/x` of a `---` or `+++` line; null for `/dev/null`. */
function placeOf(name: string): string | null {
  const path = unquoted(name.replace(/\t$/, ""));
  return path === "/dev/null" ? null : path.slice(2);
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Git writes a name with unusual characters in quotes, its bytes as octal numbers. */
export function unquoted(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"') || name.length < 2) return name;
  const bytes: number[] = [];
  for (const part of name.slice(1, -1).match(/\\[0-7]{3}|\\.|[^\\]+/g) ?? []) {
    if (!part.startsWith("\\")) bytes.push(...Buffer.from(part));
    else if (part.length === 4) bytes.push(Number.parseInt(part.slice(1), 8));
    else bytes.push(escapes[part[1] ?? ""] ?? part.charCodeAt(1));
  }
  return Buffer.from(bytes).toString("utf8");
}
