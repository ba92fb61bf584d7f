import type { LogReadingInput, LogSourceFormat } from "./config.js";
import type { Draft } from "./draft.js";
import type { Incident } from "./incident.js";
import type { Open, OpenRecord, Page, PageQuery, SpanQuery } from "./values.js";

/** How a log source stands: the first of the states that holds. */
export interface LogSourceHealth extends OpenRecord {
  project_id: string;
  source_id: string;
  path: string;
  state: Open<"stopped" | "waiting" | "unreadable" | "quarantining" | "silent" | "behind" | "healthy">;
  /** What to do about it, in one sentence; absent when nothing is. */
  advice?: string;
  error_code?: string;
  last_error?: string;
  last_error_at_ms?: number;
  consecutive_errors: number;
  offset: number;
  file_size?: number;
  /** Which file of this source is read, counted. */
  generation: number;
  lag_bytes: number;
  lag_ms: number;
  bytes_per_second: number;
  records_per_minute: number;
  total_bytes_read: number;
  total_lines: number;
  total_candidates: number;
  total_submitted: number;
  total_quarantined: number;
  total_oversize_lines: number;
  /** Set aside and not replayed yet. */
  open_quarantined: number;
  last_poll_at_ms?: number;
  last_record_at_ms?: number;
  last_submitted_at_ms?: number;
  /** From when on its silence is an alarm. */
  silent_after_ms?: number;
  watching: Open<"notified" | "polling" | "none">;
}

export interface LogSourceHealthQuery {
  project?: string;
  state?: LogSourceHealth["state"];
}

export interface LogSourceHealthList extends OpenRecord {
  sources: LogSourceHealth[];
  count: number;
}

export interface LogSourceState extends OpenRecord {
  project_id: string;
  source_id: string;
  path: string;
  offset: number;
  updated_at_ms: number;
  consecutive_errors: number;
  total_bytes_read: number;
  total_candidates: number;
  total_submitted: number;
  recent_fingerprints: Record<string, number>;
  inode?: string;
  partial_line?: string;
  partial_line_offset_start?: number;
  last_line_hash?: string;
  positioned_at_ms?: number;
  last_error?: string;
}

/** What reading a log again would do. */
export interface RereadPlan extends OpenRecord {
  project_id: string;
  source_id: string;
  offset_start: number;
  offset_end: number;
  bytes: number;
  lines: number;
  candidates: number;
  /** Counted before: they change nothing. */
  already_counted: number;
  merged: number;
  new_incidents: number;
  quarantined: number;
  /** The counts are of the first `bytes`. */
  partial: boolean;
}

export interface LogSourceResetResponse extends OpenRecord {
  project_id: string;
  source_id: string;
  state: LogSourceState;
  dry_run: boolean;
  /** On a dry run; null where the file cannot be read. */
  plan?: RereadPlan | null;
}

/** The sighting that is counted again. */
export interface ReplayPlan extends OpenRecord {
  project_id: string;
  source_id: string;
  incident_id: string;
  occurrence_id: string;
  offset_start: number;
  offset_end: number;
  received_at_ms: number;
  title: string;
  excerpt: string[];
}

export interface LogSourceReplayResponse extends OpenRecord {
  project_id: string;
  source_id: string;
  /** As it was before the replay. */
  incident: Incident;
  draft: Draft | null;
  dry_run: boolean;
  plan: ReplayPlan;
}

export interface BackfillInput {
  from_ms: number;
  to_ms: number;
  /** An earlier answer's `next_cursor`. */
  cursor?: string | null;
}

export interface BackfilledFile extends OpenRecord {
  path: string;
  size: number;
  bytes: number;
  candidates: number;
  /** Why it was left out. */
  skipped?: string;
}

export interface BackfillResponse extends OpenRecord {
  project_id: string;
  source_id: string;
  from_ms: number;
  to_ms: number;
  dry_run: boolean;
  files: BackfilledFile[];
  bytes: number;
  lines: number;
  candidates: number;
  already_counted: number;
  merged: number;
  new_incidents: number;
  /** Failures that do not say when they happened are left out. */
  untimed: number;
  /** Call again with it: one call reads so much and no more. */
  next_cursor?: string;
}

/** A record that looked like a failure but not like its source's records. */
export interface QuarantinedLog extends OpenRecord {
  quarantine_id: string;
  project_id: string;
  source_id: string;
  generation: number;
  offset_start: number;
  offset_end: number;
  reason: Open<"not_in_format" | "required_field_missing" | "schema_version_mismatch">;
  detail: string;
  excerpt: string[];
  created_at_ms: number;
  replayed_at_ms?: number;
}

export interface QuarantineQuery extends PageQuery, SpanQuery {
  reason?: "not_in_format" | "required_field_missing" | "schema_version_mismatch";
  /** `false`: what still waits. */
  replayed?: boolean;
}

export interface QuarantineList extends Page, OpenRecord {
  quarantined: QuarantinedLog[];
}

/** Some by id, or all that wait. */
export interface ReplayQuarantineInput {
  ids?: string[] | null;
  all?: boolean | null;
}

export interface ReplayedQuarantine extends OpenRecord {
  project_id: string;
  source_id: string;
  dry_run: boolean;
  submitted: number;
  already_counted: number;
  still_quarantined: number;
  /** No failure any more by the rules as they are now. */
  dropped: number;
  results: Array<{
    quarantine_id: string;
    outcome: Open<"submitted" | "already_counted" | "still_quarantined" | "dropped" | "not_found">;
    incident_id?: string;
    detail?: string;
  }>;
  more: boolean;
}

/** A log source as it may be saved one day. */
export interface PreviewLogSourceInput {
  workspace_root: string;
  path: string;
  project_id?: string | null;
  source_id?: string | null;
  project_name?: string | null;
  format?: LogSourceFormat | null;
  minimum_level?: "error" | "warn" | null;
  event_schema_version?: string | null;
  reading?: LogReadingInput | null;
  /** How many of the last lines; 50 unless told. */
  lines?: number | null;
}

export interface PreviewedLine extends OpenRecord {
  text: string;
  offset_start: number;
  format: string | null;
  level: string | null;
  message: string | null;
  component: string | null;
  occurred_at_ms: number | null;
  /** A position in `candidates`. */
  candidate: number | null;
  verdict: Open<
    "candidate" | "part_of_candidate" | "below_level" | "ignored" | "not_a_record" | "quarantined"
  >;
}

export interface LogPreview extends OpenRecord {
  path: string;
  file_size: number;
  modified_at_ms: number;
  detected_format: string | null;
  found_fields: Array<{ field: string; key: string; example: string }>;
  lines: PreviewedLine[];
  candidates: Array<{
    title: string;
    fingerprint: string;
    wire_fingerprint: string;
    level: string | null;
    risk_level: string;
    component: string | null;
    occurrences: number;
    excerpt: string[];
    /** The live incident it would be counted for. */
    incident_id: string | null;
  }>;
}

export interface BrowsedFolder extends OpenRecord {
  root: string;
  path: string;
  entries: Array<{
    name: string;
    path: string;
    kind: Open<"directory" | "file" | "refused">;
    refused_because: string | null;
    size: number | null;
    modified_at_ms: number | null;
  }>;
  truncated: boolean;
}

export interface AllowedRoots extends OpenRecord {
  roots: Array<{ path: string; readable: boolean; problem?: string }>;
}

/** Redacted, as it was kept. */
export interface Evidence extends OpenRecord {
  evidence_id: string;
  reference: string;
  kind: string;
  project_id: string;
  source_id: string;
  incident_id?: string;
  draft_id?: string;
  content_type: string;
  content: unknown;
  sha256: string;
  /** The hash was computed again and is the same. */
  verified: boolean;
  redactions: Record<string, number>;
  created_at_ms: number;
  expires_at_ms?: number;
}
