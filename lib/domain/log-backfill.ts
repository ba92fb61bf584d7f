/** What a call of backfill read or would read, file by file, and how to go on. */
export type BackfilledFile = {
  path: string;
  size: number;
  bytes: number;
  candidates: number;
  /** Why it was left out; null where it was read. */
  skipped: string | null;
};

export type Backfilled = {
  projectId: string;
  sourceId: string;
  fromMs: number;
  toMs: number;
  dryRun: boolean;
  /** The file and its rotated siblings, oldest first. */
  files: BackfilledFile[];
  bytes: number;
  lines: number;
  candidates: number;
  /** Counted before: read again they change nothing. */
  alreadyCounted: number;
  /** Of incidents that exist: counted once more. */
  merged: number;
  newIncidents: number;
  /** Failures that do not say when they happened: nobody can tell whether they belong to the range. */
  untimed: number;
  /** Where the next call goes on; null when all is done. */
  nextCursor: string | null;
};
