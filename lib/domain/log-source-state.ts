import type { LogField, LogFormat, LogRecord, QuarantineReason } from "./log-reading";

// What is known of a log source at run time, and what the verbs about it answer.

/** First that holds. `silent`: readable, and no record for longer than the source promised. */
export const logSourceHealthStates = [
  "stopped",
  "waiting",
  "unreadable",
  "quarantining",
  "silent",
  "behind",
  "healthy",
] as const;
export type LogSourceHealthState = (typeof logSourceHealthStates)[number];

/** Why a source cannot be read; each has its advice at the edge. */
export const logSourceErrorCodes = [
  "not_found",
  "permission_denied",
  "outside_root",
  "root_not_allowed",
  "symlink_refused",
  "not_a_file",
  "io_error",
  "rotated_file_lost",
] as const;
export type LogSourceErrorCode = (typeof logSourceErrorCodes)[number];

export type LogSourceHealth = {
  projectId: string;
  sourceId: string;
  path: string;
  state: LogSourceHealthState;
  /** What to do about it, in one sentence; null when nothing is. */
  advice: string | null;
  errorCode: LogSourceErrorCode | null;
  lastError: string | null;
  lastErrorAtMs: number | null;
  consecutiveErrors: number;
  offset: number;
  fileSize: number | null;
  generation: number;
  lagBytes: number;
  /** How long ago the oldest unread byte can have been written; 0 when all is read. */
  lagMs: number;
  /** Over the last minute or so. */
  bytesPerSecond: number;
  recordsPerMinute: number;
  totalBytesRead: number;
  totalLines: number;
  totalCandidates: number;
  totalSubmitted: number;
  totalQuarantined: number;
  totalOversizeLines: number;
  openQuarantined: number;
  lastPollAtMs: number | null;
  lastRecordAtMs: number | null;
  lastSubmittedAtMs: number | null;
  /** When silence is an alarm; null without an expected interval. */
  silentAfterMs: number | null;
  /** Change notification, or only looking at intervals (`polling`). */
  watching: "notified" | "polling" | "none";
};

/** The contract's LogSourceState (5.18). */
export type LogSourceState = {
  projectId: string;
  sourceId: string;
  path: string;
  offset: number;
  inode: string | null;
  partialLine: string | null;
  partialLineOffsetStart: number | null;
  recentFingerprints: Record<string, number>;
  positionedAtMs: number | null;
  updatedAtMs: number;
  lastError: string | null;
  consecutiveErrors: number;
  totalBytesRead: number;
  totalCandidates: number;
  totalSubmitted: number;
};

/** What reading a range again would do, counted by doing it without writing. */
export type RereadPlan = {
  projectId: string;
  sourceId: string;
  offsetStart: number;
  offsetEnd: number;
  bytes: number;
  lines: number;
  candidates: number;
  /** Candidates that were counted before: read again they change nothing. */
  alreadyCounted: number;
  /** Candidates of incidents that exist: counted once more, no new draft. */
  merged: number;
  /** Incidents that would be made. */
  newIncidents: number;
  quarantined: number;
  /** The file is larger than what was looked at: counts are of the first `bytes`. */
  partial: boolean;
};

/** The sighting that replay would submit again. */
export type ReplayPlan = {
  projectId: string;
  sourceId: string;
  incidentId: string;
  occurrenceId: string;
  offsetStart: number;
  offsetEnd: number;
  receivedAtMs: number;
  title: string;
  excerpt: string[];
};

export type QuarantinedLog = {
  quarantineId: string;
  projectId: string;
  sourceId: string;
  generation: number;
  offsetStart: number;
  offsetEnd: number;
  reason: QuarantineReason;
  detail: string;
  excerpt: string[];
  createdAtMs: number;
  replayedAtMs: number | null;
};

/** One line as the watcher sees it, for the wizard. */
export type PreviewedLine = {
  text: string;
  offsetStart: number;
  format: LogRecord["format"] | null;
  level: string | null;
  message: string | null;
  component: string | null;
  occurredAtMs: number | null;
  /** Which failure it is part of, as a position in `candidates`; null for none. */
  candidate: number | null;
  verdict: "candidate" | "part_of_candidate" | "below_level" | "ignored" | "not_a_record" | "quarantined";
};

export type LogPreview = {
  path: string;
  fileSize: number;
  modifiedAtMs: number;
  /** What most of the lines are. */
  detectedFormat: Exclude<LogFormat, "auto"> | null;
  /** Mapped fields found in at least one line, with an example each, redacted. */
  foundFields: Array<{ field: LogField; key: string; example: string }>;
  lines: PreviewedLine[];
  candidates: Array<{
    title: string;
    fingerprint: string;
    wireFingerprint: string;
    level: string | null;
    riskLevel: string;
    component: string | null;
    occurrences: number;
    excerpt: string[];
    /** The live incident it would be counted for; null when it would be new. */
    incidentId: string | null;
  }>;
};

export type BrowsedEntry = {
  name: string;
  path: string;
  kind: "directory" | "file" | "refused";
  /** Why it cannot be chosen: a device, a link that leaves the root. */
  refusedBecause: LogSourceErrorCode | null;
  size: number | null;
  modifiedAtMs: number | null;
};
export type BrowsedFolder = {
  root: string;
  /** Relative to the root; "" is the root itself. */
  path: string;
  entries: BrowsedEntry[];
  /** More entries than are listed. */
  truncated: boolean;
};
