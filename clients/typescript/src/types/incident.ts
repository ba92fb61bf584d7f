import type { IncidentMember, Mute, Release, Resolution, Snooze, Woke } from "./grouping.js";
import type { Silenced } from "./silence.js";
import type {
  ActorRef,
  DuplicateSummary,
  IdentityPart,
  JsonObject,
  Open,
  OpenRecord,
  Page,
  PageQuery,
  QualityGateReport,
  RecordLists,
  RecordQuery,
  SafetyFields,
  SourceKind,
  SpanQuery,
} from "./values.js";

export interface Incident extends RecordLists, SafetyFields, OpenRecord {
  incident_id: string;
  fingerprint: string;
  event_type: string;
  status: string;
  repo: string;
  workspace_root: string;
  title: string;
  occurrence_count: number;
  created_at_ms: number;
  updated_at_ms: number;
  excerpt: string[];
  project_id?: string;
  log_source_id?: string;
  detail?: string;
  source?: string;
  run_id?: string;
  session_id?: string;
  correlation_id?: string;
  component?: string;
  level?: string;
  draft_id?: string;
  triage_run_id?: string;
  last_error?: string;
  source_kind?: Open<SourceKind>;
  last_seen_at_ms?: number;
  quality_gate?: QualityGateReport;
  duplicate_summary?: DuplicateSummary;
  duplicate_matches?: JsonObject[];
  event_payload?: JsonObject;
  first_seen_at_ms?: number;
  /** Taken in while paused or disabled: nothing goes on until resumed. */
  held?: boolean;
  /** Nothing of it leaves while this is there. */
  silenced?: Silenced;
  provenance?: string;
  /** Why grouped. */
  identity?: IdentityPart[];
  fingerprint_version?: number;
  /** The incident that its sightings count for too. */
  merged_into?: string;
  snooze?: Snooze;
  mute?: Mute;
  woke?: Woke;
  resolution?: Resolution;
  /** What is merged into it; the record itself says so, lists do not. */
  members?: IncidentMember[];
  /** The earliest first; the record itself says so, lists do not. */
  releases?: Release[];
  /** Values removed before storage, by kind. */
  redactions?: Record<string, number>;
}

export interface IncidentQuery extends RecordQuery {
  /** One of the wire's words, or `drafted` or `held`. */
  status?: Open<"drafted" | "held" | "quality_gate_blocked">;
  held?: boolean;
  attention?: Open<"awake" | "snoozed" | "muted" | "resolved" | "regressed" | "merged">;
}

export interface IncidentList extends Page, OpenRecord {
  incidents: Incident[];
}

export interface Occurrence extends OpenRecord {
  occurrence_id: string;
  received_at_ms: number;
  occurred_at_ms?: number;
  provenance: string;
  reporter: ActorRef;
  sighting: JsonObject;
}

/** The filters narrow the sightings; the buckets count them all. */
export interface OccurrenceQuery extends PageQuery, SpanQuery {
  bucket?: "minute" | "hour" | "day";
  source?: string;
  provenance?: Open<
    "report" | "operator" | "intake_key" | "log_source" | "runtime_event" | "self_monitoring"
  >;
}

export interface Occurrences extends Page, OpenRecord {
  /** Newest first. */
  occurrences: Occurrence[];
  /** Counts over time, oldest first. */
  buckets: { from_ms: number; count: number }[];
  bucket_ms: number;
}
