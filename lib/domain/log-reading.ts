import type { JsonObject } from "./config";

// The words that reading a log is described in, from bytes to a failure. Types alone: what decides is in the
// neighbouring `log-*` files, what touches files in lib/sources.

/** How the lines of a source are written. `auto` looks at each line; the container forms hold one of the others. */
export const logFormats = ["auto", "json", "plaintext", "logfmt", "syslog", "cri", "docker"] as const;
export type LogFormat = (typeof logFormats)[number];

/** What can be found in a line. A mapping may name the keys to look under for each; nested and flat keys both match. */
export const logFields = [
  "level",
  "message",
  "event",
  "component",
  "process",
  "stack",
  "timestamp",
  "fingerprint",
  "risk_level",
  "confidence",
  "schema_version",
  "actor",
  "model",
  "tool_name",
  "action",
  "policy",
  "approval_state",
  "risk_category",
  "blast_radius",
  "external_correlation_ids",
  "run_id",
  "session_id",
  "correlation_id",
  "release",
  "environment",
] as const;
export type LogField = (typeof logFields)[number];

/** How a source is read, beyond the contract's fields; absent where unset, and then the defaults of log-reading-rules hold. */
export type LogReading = {
  /** Keys to look under, in order, before the usual ones; dotted for nested. */
  fieldMapping?: Partial<Record<LogField, string[]>>;
  /** Risk by level word (`fatal` -> `critical`); the line's own risk comes first. */
  riskByLevel?: Record<string, string>;
  /** The bounds of what a line may say of its own risk. */
  minimumRiskLevel?: string;
  maximumRiskLevel?: string;
  /** Linear-time patterns (re2): a record that any of them matches is no failure. */
  ignorePatterns?: string[];
  /** Linear-time patterns (re2): a plaintext line that any of them matches starts a failure, whatever its words. */
  triggerPatterns?: string[];
  /** A line longer than this is cut and marked; bytes, 1 KiB to 1 MiB, default 256 KiB. */
  maxLineBytes?: number;
  /** At least one record is expected in this time; after it the source is silent and says so. */
  expectedIntervalSeconds?: number;
  /** Fields a failure must have here; one without them is set aside for a person (quarantine). */
  requiredFields?: LogField[];
};

/** One whole line, decoded. Offsets are bytes in the file, the end one past its terminator. */
export type LogLine = {
  text: string;
  offsetStart: number;
  offsetEnd: number;
  /** It was longer than the source's cap: `text` is its beginning. */
  truncated: boolean;
};

/** What one record of a log says: a line, or a line with its trace, its envelope taken off. Nothing defaulted. */
export type LogRecord = {
  format: Exclude<LogFormat, "auto">;
  /** The level in the line's own words, lower case; null where it has none. */
  level: string | null;
  /** domain/severity's rank of it, or the one inferred from a number or an exception; 0 unknown. */
  levelRank: number;
  message: string;
  /** The exception's text, outermost line first; without the message where that is its first line. */
  stack: string[];
  event?: string;
  component?: string;
  process?: string;
  fingerprint?: string;
  riskLevel?: string;
  confidence?: string;
  schemaVersion?: string;
  /** When the line says it happened, epoch ms. */
  occurredAtMs?: number;
  /** actor, model, toolName, action, policy, approvalState, riskCategory, blastRadius, runId, sessionId, correlationId. */
  attributes: Partial<Record<string, string>>;
  externalCorrelationIds: string[];
  /** The parsed object of a structured line, for required fields; null for text. */
  fields: JsonObject | null;
};

/** A failure found in a log, from its first byte to one past its last. */
export type LogCandidate = {
  offsetStart: number;
  offsetEnd: number;
  record: LogRecord;
  /** The lines it was made of, at most 200; the trigger first. */
  lines: string[];
  /** Lines before the trigger, at most five. Shown, never part of the identity (W-25). */
  context: string[];
  truncated: boolean;
};

/** A record that looked like a failure but not like this source's records: kept for a person, never drafted. */
export type QuarantinedRecord = {
  offsetStart: number;
  offsetEnd: number;
  reason: QuarantineReason;
  /** The field at fault, or the version found. */
  detail: string;
  lines: string[];
};
export const quarantineReasons = [
  "not_in_format",
  "required_field_missing",
  "schema_version_mismatch",
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/**
 * Puts lines together into records, across any number of calls. Lines come in order of their offsets; gaps are lines that
 * cannot matter. What is open is not lost but not reported either: `openStart` is where reading must begin again to see it.
 */
export type LogAssembler = {
  push: (line: LogLine) => void;
  /** Nothing more comes for now (a quiet file, or its end): what is open is whole. */
  flush: () => void;
  /** Takes what has become whole since the last call, in order of offsets. */
  take: () => { candidates: LogCandidate[]; quarantined: QuarantinedRecord[] };
  /** Offset of the first line of what is still open; null when nothing is. Until then every line must be pushed. */
  openStart: () => number | null;
  /** Lines the next record may want as context, oldest first: given by the caller after it has skipped lines. */
  recall: (lines: readonly LogLine[]) => void;
  /** The same, asked for while the next line is pushed, and only if that begins a failure: most lines do not. */
  recallIfWanted?: (ask: () => readonly LogLine[]) => void;
};

/** What the reader of bytes must know of a source to leave out lines that cannot matter, without parsing them. */
export type LogInterest = {
  /**
   * Matches, over latin1 text of raw bytes, in every line that may be, begin, or belong to a failure; null when no line may be
   * left out. Matching too much costs time, matching too little loses failures.
   */
  pattern: RegExp | null;
  /** How many lines before an interesting one are wanted (context, pieces of a split line). */
  linesBefore: number;
};
