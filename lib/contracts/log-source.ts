import { z } from "zod";
import { draftSchema } from "./draft";
import { incidentSchema } from "./incident";
import { flagSchema, pageShape, spanShape } from "./list-query";
import { msSchema } from "./record-values";

export type {
  AllowedRootsWire,
  BrowsedFolderWire,
  LogPreviewWire,
  PreviewedLineWire,
  PreviewLogSourceWire,
} from "./log-preview";

/*
 * Log sources as they stand, and what may be done about them (contract 4.18, 5.18, and beyond). `?dry_run=true` on a
 * POST says what it would do and writes nothing; the answer has the same shape then, and `dry_run` true.
 */
export const logSourceHealthStates = [
  "stopped",
  "waiting",
  "unreadable",
  "quarantining",
  "silent",
  "behind",
  "healthy",
] as const;
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
export const quarantineReasons = [
  "not_in_format",
  "required_field_missing",
  "schema_version_mismatch",
] as const;

const count = z.int().min(0);
export const errorCodeSchema = z.enum(logSourceErrorCodes);

/** How a source is doing: the first state that holds, in the order of the list, and what to do about it. */
export const logSourceHealthSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  path: z.string(),
  state: z.enum(logSourceHealthStates),
  /** One sentence; absent when nothing is to be done. */
  advice: z.string().optional(),
  error_code: errorCodeSchema.optional(),
  last_error: z.string().optional(),
  last_error_at_ms: msSchema.optional(),
  consecutive_errors: count,
  offset: count,
  file_size: count.optional(),
  /** Which file of this source is read, counted: each rotation or truncation begins a new one. */
  generation: count,
  lag_bytes: count,
  lag_ms: count,
  bytes_per_second: z.number().min(0),
  records_per_minute: z.number().min(0),
  total_bytes_read: count,
  total_lines: count,
  total_candidates: count,
  total_submitted: count,
  total_quarantined: count,
  total_oversize_lines: count,
  /** Set aside and not replayed yet. */
  open_quarantined: count,
  last_poll_at_ms: msSchema.optional(),
  last_record_at_ms: msSchema.optional(),
  last_submitted_at_ms: msSchema.optional(),
  /** From when on its silence is an alarm; absent where nobody said how often a record is to be expected. */
  silent_after_ms: msSchema.optional(),
  watching: z.enum(["notified", "polling", "none"]),
});
export const logSourceHealthListSchema = z.object({ sources: z.array(logSourceHealthSchema), count });
export const logSourceHealthResponseSchema = z.object({ source: logSourceHealthSchema });
export const logSourceHealthListQuerySchema = z.object({
  project: z.string().max(200).optional(),
  state: z.enum(logSourceHealthStates).optional(),
});

/** LogSourceState of the contract (5.18). */
export const logSourceStateSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  path: z.string(),
  offset: count,
  updated_at_ms: msSchema,
  consecutive_errors: count,
  total_bytes_read: count,
  total_candidates: count,
  total_submitted: count,
  recent_fingerprints: z.record(z.string(), msSchema),
  inode: z.string().optional(),
  partial_line: z.string().optional(),
  partial_line_offset_start: count.optional(),
  positioned_at_ms: msSchema.optional(),
  last_error: z.string().optional(),
});

/** What reading a range of a log again would do, found by doing it without writing. */
export const rereadPlanSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  offset_start: count,
  offset_end: count,
  bytes: count,
  lines: count,
  candidates: count,
  /** Counted before: read again they change nothing. */
  already_counted: count,
  /** Of incidents that exist: counted once more, without a new draft. */
  merged: count,
  /** Incidents that would be made. */
  new_incidents: count,
  quarantined: count,
  /** There is more than was looked at: the counts are of the first `bytes`. */
  partial: z.boolean(),
});

/** `state` is how the source stands now, or would stand. `plan` only on a dry run, and null where the file cannot be read. */
export const resetLogSourceResponseSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  state: logSourceStateSchema,
  dry_run: z.boolean(),
  plan: rereadPlanSchema.nullable().optional(),
});

/** The sighting that is submitted again, and the bytes of the log that it is in. */
export const replayPlanSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  incident_id: z.string(),
  occurrence_id: z.string(),
  offset_start: count,
  offset_end: count,
  received_at_ms: msSchema,
  title: z.string(),
  excerpt: z.array(z.string()),
});

/** `incident` is the record from before the replay (contract 4.18); the stored one was counted once more. */
export const replayLogSourceResponseSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  incident: incidentSchema,
  draft: draftSchema.nullable(),
  dry_run: z.boolean(),
  plan: replayPlanSchema,
});

/**
 * Lines that say they happened from `from_ms` until just before `to_ms`. `cursor` is the answer's before, to go on where it
 * stopped.
 */
export const backfillLogSourceSchema = z.object({
  from_ms: msSchema,
  to_ms: msSchema,
  cursor: z.string().max(2_000).nullish(),
});
export const backfilledFileSchema = z.object({
  path: z.string(),
  size: count,
  bytes: count,
  candidates: count,
  /** Why it was left out; absent where it was read. */
  skipped: z.string().optional(),
});
export const backfillLogSourceResponseSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  from_ms: msSchema,
  to_ms: msSchema,
  dry_run: z.boolean(),
  /** The file and its rotated siblings, oldest first. */
  files: z.array(backfilledFileSchema),
  bytes: count,
  lines: count,
  candidates: count,
  already_counted: count,
  merged: count,
  new_incidents: count,
  /** Records without a time of their own: nobody can say that they belong to the range, so they are left out. */
  untimed: count,
  /** Call again with it: one call reads a bounded number of bytes. Absent when all is done. */
  next_cursor: z.string().optional(),
});

/** A record that looked like a failure but not like this source's records, with its lines redacted. */
export const quarantinedLogSchema = z.object({
  quarantine_id: z.string(),
  project_id: z.string(),
  source_id: z.string(),
  generation: count,
  offset_start: count,
  offset_end: count,
  reason: z.enum(quarantineReasons),
  /** The field at fault, or the version found. */
  detail: z.string(),
  excerpt: z.array(z.string()),
  created_at_ms: msSchema,
  replayed_at_ms: msSchema.optional(),
});
export const quarantineListSchema = z.object({
  quarantined: z.array(quarantinedLogSchema),
  count,
  next_cursor: z.string().optional(),
  total: count,
});
export const quarantineListQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  reason: z.enum(quarantineReasons).optional(),
  /** `false`: what still waits. */
  replayed: flagSchema.optional(),
});

/** Some by id, or all that wait: exactly one of the two. */
export const replayQuarantineSchema = z.object({
  ids: z.array(z.string().max(200)).min(1).max(200).nullish(),
  all: z.boolean().nullish(),
});
/** `submitted` and `already_counted` are settled; `still_quarantined` stay, by the rules as they are now. */
export const replayQuarantineResponseSchema = z.object({
  project_id: z.string(),
  source_id: z.string(),
  dry_run: z.boolean(),
  submitted: count,
  already_counted: count,
  still_quarantined: count,
  /** No failure any more by the rules as they are now: settled without a record. */
  dropped: count,
  results: z.array(
    z.object({
      quarantine_id: z.string(),
      outcome: z.enum(["submitted", "already_counted", "still_quarantined", "dropped", "not_found"]),
      incident_id: z.string().optional(),
      detail: z.string().optional(),
    }),
  ),
  /** More wait than one call replays. */
  more: z.boolean(),
});

export type LogSourceHealthWire = z.infer<typeof logSourceHealthSchema>;
export type LogSourceHealthListWire = z.infer<typeof logSourceHealthListSchema>;
export type LogSourceHealthListQuery = z.infer<typeof logSourceHealthListQuerySchema>;
export type LogSourceStateWire = z.infer<typeof logSourceStateSchema>;
export type RereadPlanWire = z.infer<typeof rereadPlanSchema>;
export type ReplayPlanWire = z.infer<typeof replayPlanSchema>;
export type ResetLogSourceWire = z.infer<typeof resetLogSourceResponseSchema>;
export type ReplayLogSourceWire = z.infer<typeof replayLogSourceResponseSchema>;
export type BackfillLogSourceWire = z.infer<typeof backfillLogSourceSchema>;
export type BackfilledLogSourceWire = z.infer<typeof backfillLogSourceResponseSchema>;
export type QuarantinedLogWire = z.infer<typeof quarantinedLogSchema>;
export type QuarantineListWire = z.infer<typeof quarantineListSchema>;
export type QuarantineListQuery = z.infer<typeof quarantineListQuerySchema>;
export type ReplayQuarantineWire = z.infer<typeof replayQuarantineSchema>;
export type ReplayedQuarantineWire = z.infer<typeof replayQuarantineResponseSchema>;
