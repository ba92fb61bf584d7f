import { durationWords } from "@/components/layout/format-time";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { byteWords } from "./byte-words";

export type HealthState = LogSourceHealthWire["state"];

/** What needs somebody first comes first; what is only switched off comes last. */
const worst: readonly HealthState[] = [
  "unreadable",
  "silent",
  "quarantining",
  "behind",
  "waiting",
  "healthy",
  "stopped",
];

/** The source of a project that says most about how it is doing; undefined where none is known. */
export function worstHealth(rows: readonly LogSourceHealthWire[]): LogSourceHealthWire | undefined {
  return rows.toSorted((one, other) => worst.indexOf(one.state) - worst.indexOf(other.state))[0];
}

export function healthOf(
  rows: readonly LogSourceHealthWire[] | undefined,
  projectId: string,
  sourceId: string,
): LogSourceHealthWire | undefined {
  return rows?.find((row) => row.project_id === projectId && row.source_id === sourceId);
}

/** Has it been opened at all? Before that its figures are only noughts. */
export function hasBeenRead(
  row: Pick<LogSourceHealthWire, "file_size" | "last_poll_at_ms" | "total_bytes_read">,
): boolean {
  return row.last_poll_at_ms !== undefined && (row.file_size !== undefined || row.total_bytes_read > 0);
}

/** "all read", "1.1 MB behind, for 12 s". */
export function lagWords({
  lag_bytes: bytes,
  lag_ms: ms,
}: Pick<LogSourceHealthWire, "lag_bytes" | "lag_ms">): string {
  if (bytes === 0) return "all read";
  return ms >= 1_000 ? `${byteWords(bytes)} behind, for ${durationWords(ms)}` : `${byteWords(bytes)} behind`;
}

/** "12 kB and 40 records a minute": over the last minute or so. */
export function rateWords(row: Pick<LogSourceHealthWire, "bytes_per_second" | "records_per_minute">): string {
  const bytes = Math.round(row.bytes_per_second);
  const records = Math.round(row.records_per_minute);
  if (bytes === 0 && records === 0) return "nothing in the last minute";
  return `${byteWords(bytes)} a second, ${records.toLocaleString("en-GB")} ${records === 1 ? "record" : "records"} a minute`;
}

/** How much of the file is read, 0 to 1; null while its size is not known. */
export function readShare({
  offset,
  file_size: size,
}: Pick<LogSourceHealthWire, "offset" | "file_size">): number | null {
  if (size === undefined) return null;
  return size === 0 ? 1 : Math.min(1, offset / size);
}

export const watchingWords: Record<LogSourceHealthWire["watching"], string> = {
  notified: "told by the system when the file changes",
  polling: "looks at intervals",
  none: "not watched now",
};

export const quarantineWords = {
  not_in_format: "Not in the source's format",
  required_field_missing: "A required field is missing",
  schema_version_mismatch: "Another schema version",
} as const;
