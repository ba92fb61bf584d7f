import type { LogAssembler, LogCandidate, LogInterest, QuarantinedRecord } from "@/lib/domain/log-reading";
import type { LogSourceErrorCode } from "@/lib/domain/log-source-state";

// The words of this room, from a path to what was found behind it. All offsets and sizes are bytes.

/** Where a source's file may lie. Roots are absolute; `path` is absolute or relative to `workspaceRoot`. */
export type SourcePlace = {
  workspaceRoot: string;
  path: string;
  /** A workspace root must be one of these or lie in one. */
  allowedRoots: readonly string[];
  /** Never a root, and nothing in them is opened whatever the root: the product's own folder. */
  refusedFolders: readonly string[];
};

/** Why something cannot be read. `detail` is a sentence for a person; it names paths, never content. */
export type SourceRefusal = { ok: false; code: LogSourceErrorCode; detail: string };

/** What is known of an opened file. `id` is `device:inode`. */
export type FileFacts = { id: string; size: number; modifiedAtMs: number };

/**
 * Where a source stands, to be stored with what was found before it. (generation, offset) names a byte of a source for
 * ever: the same bytes read again have the same. Everything before `offset` is accounted for.
 */
export type TailPosition = {
  /** Of the file `offset` is in; null only where that file was never seen. */
  fileId: string | null;
  /** Counts the files of this source: rotation, truncation and replacement each begin the next. */
  generation: number;
  offset: number;
  /** SHA-256, hex, over the `guardBytes` (at most 4,096) bytes read last: before `offset`, or at 0 the end of the file before. */
  guardHash: string | null;
  guardBytes: number;
  /**
   * Rotated files last modified until this (ms with fractions) are read to their end, but those of the same instant that come
   * after the one the guard knows. Null where it was not kept: then no other file is taken for unread.
   */
  finishedUntilMs: number | null;
};

/** A file was read to its end, or to where it is gone, and the next one follows. */
export type TailRotation = {
  /** `moved`: another file lies under the path. `cut`: the same file was truncated. `missed`: rotated while nobody read. */
  how: "moved" | "cut" | "missed";
  fromGeneration: number;
  /** The end of the file before could not be read any more (`rotated_file_lost`): from where, and how much if known. */
  lost: { fromOffset: number; bytes: number | null } | null;
};

/** What one call of `next` found; never of more than one generation. */
export type TailWindow = {
  kind: "window";
  /**
   * Of everything found in this window. `position` has the same, or the next where this is the last of its file; or a later
   * one, and does not move, where somebody wrote to a file that was left already.
   */
  generation: number;
  /** The file of that generation, `device:inode`. */
  fileId: string;
  /** In order of offsets; at most `candidateMax` together with `quarantined`. */
  candidates: LogCandidate[];
  quarantined: QuarantinedRecord[];
  /** To commit together with what was found. */
  position: TailPosition;
  /** `position` is another than the last one given: commit it even where nothing was found. */
  moved: boolean;
  rotation: TailRotation | null;
  bytesRead: number;
  /** Whole lines passed, interesting or not. */
  lines: number;
  /** Of these, how many were longer than the source's cap. */
  oversizeLines: number;
  /** How far was read; `position.offset` lies before it while a line or a record is unfinished. */
  readOffset: number;
  /** Of the file being read; for a compressed one how much has come out of it so far. */
  fileSize: number;
  fileModifiedAtMs: number;
  /** Bytes from `readOffset` to the end of the newest file, rotated files in between included as large as they lie on disk. */
  lagBytes: number;
  /** More can be read at once: commit and call `next` again. */
  behind: boolean;
  /** Nothing to read, nothing open, nothing to commit. */
  idle: boolean;
  /** Something is open that becomes whole by waiting: call `next` again after this; null when nothing is. */
  settlesInMs: number | null;
  /** The file we read lies no longer under the path, and no other does yet. */
  pathMissing: boolean;
  /** Where the file really lies, links resolved: what to watch besides the path. */
  realPath: string;
};

/** The source could not be read; `next` may be called again and tries anew. `position` is what was last given. */
export type TailError = { kind: "error"; code: LogSourceErrorCode; detail: string };

export type TailSettings = {
  place: SourcePlace;
  /** Called once at first and again for each generation. */
  createAssembler: () => LogAssembler;
  interest: LogInterest;
  /** Where to go on; null when the source was never read. */
  position: TailPosition | null;
  /** What a source that was never read begins with; all later files are read from their beginning. */
  startPosition: "beginning" | "end";
  /** A longer line is cut and marked; default 256 KiB. */
  maxLineBytes?: number;
  /** About as much is read for one window; default 4 MiB. */
  windowBytes?: number;
  /** What is found beyond it waits for the next window; default 500. */
  candidateMax?: number;
  /** After this much quiet an open record is whole; default 400. */
  settleMs?: number;
  /** After this much quiet a file that another has followed is at its end; default 1,000. */
  drainMs?: number;
  nowMs: () => number;
};

/**
 * A source being read. One call at a time. The caller commits a window before it asks for the next; when a commit fails it
 * closes the tail and opens another at the position it has stored. What goes wrong with files is a TailError, never thrown.
 */
export type LogTail = {
  next: () => Promise<TailWindow | TailError>;
  close: () => Promise<void>;
};
