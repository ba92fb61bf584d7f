import type { LogSourceErrorCode, LogSourceHealth } from "@/lib/domain/log-source-state";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";

/** Which log source: a row of the configuration, or one that was. */
export type SourceKey = { projectId: string; sourceId: string };

/** Where in which of its files a source is read up to, as lib/sources says it. */
export type StoredPosition = {
  /** `device:inode` of the file that `offset` is in; null while there was none. */
  fileId: string | null;
  /** Which file of this source it is, counted. With an offset it names a line for good. */
  generation: number;
  /** Everything before it is accounted for. */
  offset: number;
  guardHash: string | null;
  guardBytes: number;
  /** Rotated files last modified at or before this are read to their end; null where unknown. */
  finishedUntilMs: number | null;
};

/** A row of log_source_states: where the tail stands and how it fares. */
export type TailState = SourceKey & {
  path: string;
  /** Moves with every commit and every change of hands: who holds an older one writes nothing. */
  revision: number;
  claimedBy: string | null;
  leaseUntilMs: number | null;
  /** When a place in the file was first settled; null as long as `position` is. */
  positionedAtMs: number | null;
  /** null: never read, `start_position` is still to decide. */
  position: StoredPosition | null;
  /** Where an unfinished line or record begins that was seen and not yet taken; null when there is none. */
  openOffset: number | null;
  fileSize: number | null;
  /** When a fingerprint last left evidence, epoch ms. */
  recentFingerprints: Record<string, number>;
  consecutiveErrors: number;
  errorCode: LogSourceErrorCode | null;
  lastError: string | null;
  lastErrorAtMs: number | null;
  totalBytesRead: number;
  totalLines: number;
  totalCandidates: number;
  totalSubmitted: number;
  totalQuarantined: number;
  totalOversizeLines: number;
  bytesPerSecond: number;
  recordsPerMinute: number;
  watching: LogSourceHealth["watching"];
  lagBytes: number;
  /** Since when there is something unread; null when all is read. */
  behindSinceMs: number | null;
  lastPollAtMs: number | null;
  lastRecordAtMs: number | null;
  lastCandidateAtMs: number | null;
  lastSubmittedAtMs: number | null;
  updatedAtMs: number;
};

export const keyOfSource = ({ projectId, sourceId }: SourceKey): string => `${projectId}/${sourceId}`;

export function tailStateFromRow(row: Row): TailState {
  return {
    projectId: text(row.project_id),
    sourceId: text(row.source_id),
    path: text(row.path),
    revision: count(row.revision),
    claimedBy: textOrNull(row.claimed_by),
    leaseUntilMs: msOrNull(row.lease_until),
    positionedAtMs: msOrNull(row.positioned_at),
    position: row.positioned_at === null ? null : positionFromRow(row),
    openOffset: countOrNull(row.open_offset),
    fileSize: countOrNull(row.file_size),
    recentFingerprints: json(row.recent_fingerprints),
    consecutiveErrors: count(row.consecutive_errors),
    errorCode: textOrNull(row.error_code) as LogSourceErrorCode | null,
    lastError: textOrNull(row.last_error),
    lastErrorAtMs: msOrNull(row.last_error_at),
    totalBytesRead: count(row.total_bytes_read),
    totalLines: count(row.total_lines),
    totalCandidates: count(row.total_candidates),
    totalSubmitted: count(row.total_submitted),
    totalQuarantined: count(row.total_quarantined),
    totalOversizeLines: count(row.total_oversize_lines),
    bytesPerSecond: count(row.bytes_per_second),
    recordsPerMinute: count(row.records_per_minute),
    watching: text(row.watching) as TailState["watching"],
    lagBytes: count(row.lag_bytes),
    behindSinceMs: msOrNull(row.behind_since),
    lastPollAtMs: msOrNull(row.last_poll_at),
    lastRecordAtMs: msOrNull(row.last_record_at),
    lastCandidateAtMs: msOrNull(row.last_candidate_at),
    lastSubmittedAtMs: msOrNull(row.last_submitted_at),
    updatedAtMs: ms(row.updated_at),
  };
}

function positionFromRow(row: Row): StoredPosition {
  return {
    fileId: textOrNull(row.inode),
    generation: count(row.generation),
    offset: count(row.offset),
    guardHash: textOrNull(row.guard_hash),
    guardBytes: count(row.guard_bytes),
    finishedUntilMs: countOrNull(row.finished_until_ms),
  };
}

const countOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
