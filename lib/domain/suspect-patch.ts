import type { CommitFacts } from "./triage";

/** A line of a hunk. `before` and `after` are its numbers, from 1, in the file as it was and as it became. */
export type PatchLine =
  | { kind: "kept"; text: string; before: number; after: number }
  | { kind: "removed"; text: string; before: number; after: null }
  | { kind: "added"; text: string; before: null; after: number };

export type Hunk = {
  /** What stands behind the second `@@`: often the function it lies in. */
  heading: string;
  lines: PatchLine[];
};

export type FileChange = {
  kind: "changed" | "created" | "deleted" | "renamed";
  /** As it is called afterwards; of a deleted file, as it was called. */
  path: string;
  /** As it was called before, where that differs. */
  formerPath: string | null;
  hunks: Hunk[];
  /** Lines were left out: a binary file, or too many of them. */
  isPartial: boolean;
};

/** A commit and what it changed, as far as it was read. */
export type CommitPatch = CommitFacts & {
  parents: string[];
  files: FileChange[];
  /** Files it changed in the whole repository; null when that was not read. */
  fileCount: number | null;
};

export const removedOf = (hunk: Hunk): string[] =>
  hunk.lines.filter((line) => line.kind === "removed").map((line) => line.text);

export const addedOf = (hunk: Hunk): string[] =>
  hunk.lines.filter((line) => line.kind === "added").map((line) => line.text);

/** One line, without control characters and the marks that turn text around, at most `limit` characters. */
export function plainLine(text: string, limit: number): string {
  const plain = text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  const points = Array.from(plain.slice(0, limit * 2));
  return points.length <= limit && plain.length <= limit * 2
    ? plain
    : `${points.slice(0, limit - 1).join("")}…`;
}
