import type { Draft, Submission } from "./draft.js";
import type { Incident } from "./incident.js";
import type { JsonObject, Open, OpenRecord, PageQuery, QualityGateReport, SpanQuery } from "./values.js";

/** What a scoped key sends: the failure, and for which project and source. */
export interface IntakeReport {
  project_id: string;
  source_id?: string | null;
  report: Submission;
}

export interface IntakeResponse extends OpenRecord {
  draft: Draft;
  incident: Incident;
  held?: boolean;
  outcome?: Open<"new" | "recurrence" | "regression">;
}

/** A report of a batch: bare, or with its own source. */
export type BatchReport = Submission | { report: Submission; source_id?: string | null };

export interface BatchQuery {
  /** With a scoped key: the key's project. */
  project_id?: string;
  source_id?: string;
}

/** `status` is what the single call would have answered; `index` is the place in what was sent. */
export interface BatchItem extends OpenRecord {
  index: number;
  status: number;
  draft_id?: string;
  incident_id?: string;
  outcome?: Open<"new" | "recurrence" | "regression" | "blocked">;
  held?: boolean;
  code?: string;
  error?: string;
  field?: string;
  quality_gate?: QualityGateReport;
}

export interface BatchResponse extends OpenRecord {
  results: BatchItem[];
  accepted: number;
  rejected: number;
}

export interface IntakeKey extends OpenRecord {
  key_id: string;
  project_id: string;
  name: string;
  /** Always `[redacted]`. */
  key_hash: string;
  enabled: boolean;
  scopes: string[];
  created_at_ms?: number;
  last_used_at_ms?: number;
  prefix?: string;
  source_ids?: string[];
  rate_per_second?: number;
  burst?: number;
  rejected_count?: number;
  /** Reports a UTC day at most; absent: as many as its rate allows. */
  daily_quota?: number;
  expires_at_ms?: number;
  disabled_at_ms?: number;
  /** The key it takes over from. */
  rotated_from_id?: string;
}

export interface IntakeKeyList extends OpenRecord {
  /** All of them, unless a `limit` asked for pages. */
  keys: IntakeKey[];
  next_cursor?: string;
}

export interface IntakeKeyQuery extends PageQuery, SpanQuery {
  /** Part of the name, the prefix or the id. */
  q?: string;
  project?: string;
  enabled?: boolean;
}

export interface CreateIntakeKey {
  project_id: string;
  name: string;
  scopes?: string[] | null;
  source_ids?: string[] | null;
  expires_at_ms?: number | null;
  rate_per_second?: number | null;
  burst?: number | null;
  /** Reports a UTC day at most. */
  daily_quota?: number | null;
}

export interface RotateIntakeKey {
  /** How long the old key still works; 7 days unless told, 0 ends it at once. */
  overlap_ms?: number | null;
  /** Of the new key. Absent: as long as the old one was made for; null: it does not expire. */
  expires_at_ms?: number | null;
}

export interface RotatedIntakeKey extends CreatedIntakeKey {
  /** The old key with its new end. */
  previous: IntakeKey;
}

export interface CreatedIntakeKey extends OpenRecord {
  key: IntakeKey;
  /** Answered here once and nowhere else. */
  raw_key: string;
}

/** A line of a runtime's log; only lines of the event's own run or session become evidence. */
export interface RuntimeLogLine {
  message: string;
  run_id?: string | null;
  session_id?: string | null;
}

/** One event of an agent runtime's bus: `type` says what happened, `properties` whatever the runtime tells of it. */
export interface RuntimeEvent {
  /** The sender's name of the event: the same one again is answered and not counted again. */
  id?: string | number | null;
  type: string;
  properties?: JsonObject | null;
  logs?: RuntimeLogLine[] | null;
  occurred_at_ms?: number | null;
}

export interface EventAnswer extends OpenRecord {
  index: number;
  /** What the event sent alone would have been answered with. */
  status: number;
  decision: Open<"accepted" | "already_counted" | "blocked" | "ignored" | "refused">;
  /** Why it is ignored. */
  reason?: string;
  message?: string;
  outcome?: Open<"new" | "recurrence" | "regression" | "blocked">;
  incident_id?: string;
  draft_id?: string;
  held?: boolean;
  code?: string;
  error?: string;
  field?: string;
  quality_gate?: QualityGateReport;
}

export interface EventsResponse extends OpenRecord {
  /** One an event, in the order sent. */
  results: EventAnswer[];
  considered: number;
  accepted: number;
  already_counted: number;
  blocked: number;
  ignored: number;
  refused: number;
}
