import type { Silenced } from "./silence.js";
import type {
  ActorRef,
  DestinationKind,
  DuplicateSummary,
  IdentityPart,
  JsonObject,
  Open,
  OpenRecord,
  Page,
  QualityGateReport,
  Reason,
  RecordLists,
  RecordQuery,
  SafetyFields,
  SourceKind,
} from "./values.js";

export type DeliveryState = Open<
  "due" | "sending" | "retrying" | "published" | "failed" | "ambiguous" | "blocked" | "cancelled"
>;

export interface Draft extends RecordLists, SafetyFields, OpenRecord {
  draft_id: string;
  fingerprint: string;
  repo: string;
  status: string;
  created_at_ms: number;
  project_id?: string;
  log_source_id?: string;
  title?: string;
  detail?: string;
  triage_run_id?: string;
  source_kind?: Open<SourceKind>;
  approval_granted_at_ms?: number;
  issue_number?: number;
  matched_issue_number?: number;
  matched_issue_state?: string;
  /** The newest word about its publication, whatever the destination's kind. */
  github_status?: string;
  github_issue_url?: string;
  github_comment_url?: string;
  github_posted_at_ms?: number;
  evidence_digest?: string;
  quality_gate?: QualityGateReport;
  last_post_error?: string;
  recovery_attempts?: number;
  next_recovery_at_ms?: number;
  incident_id?: string;
  revision?: number;
  facets?: {
    approval: Open<"not_required" | "required" | "granted" | "denied" | "voided" | "expired">;
    triage: Open<"none" | "queued" | "running" | "ready" | "blocked" | "timed_out" | "failed">;
    issue: Open<"none" | "ready" | "blocked">;
  };
  held?: boolean;
  /** Nothing of it leaves while this is there. */
  silenced?: Silenced;
  /** In lists: the caller's own approval stands, and those of others are missing. */
  approved_by_you?: true;
  /** In lists: settings name the people who must approve it, and the caller is none of them. */
  asks_others?: true;
  /** Who is on it, since when, and when that lapses unless it is renewed. */
  claim?: { by: ActorRef; since_ms: number; until_ms: number };
  /** The incident that its own one was merged into: it is closed while that stands. */
  superseded_by?: string;
  provenance?: string;
  event_type?: string;
  source?: string;
  component?: string;
  level?: string;
  excerpt?: string[];
  occurrence_count?: number;
  first_seen_at_ms?: number;
  last_seen_at_ms?: number;
  updated_at_ms?: number;
  /** Why grouped. */
  identity?: IdentityPart[];
  fingerprint_version?: number;
  redactions?: Record<string, number>;
  newest_delivery?: {
    destination_id: string;
    kind: Open<DestinationKind>;
    state: DeliveryState;
    ended_at_ms?: number;
    error?: string;
  };
}

type Facets = NonNullable<Draft["facets"]>;

export interface DraftQuery extends RecordQuery {
  /** A group of the queue; `status` is the wire's word, the facets are themselves. */
  state?: Open<"open" | "approval_due" | "approved" | "sending" | "failed" | "published" | "denied" | "held">;
  status?: string;
  approval?: Facets["approval"];
  triage?: Facets["triage"];
  issue?: Facets["issue"];
  /** The state of its newest delivery. */
  delivery?: DeliveryState;
  held?: boolean;
  incident?: string;
  /** What ranks alike is newest first. */
  sort?: Open<"newest" | "oldest" | "risk" | "occurrences">;
  quiet?: boolean;
}

export interface DraftList extends Page, OpenRecord {
  drafts: Draft[];
}

/** Body of approve and deny beyond a bare reason. */
export interface Decision {
  reason?: string | null;
  /** Approve only: the destinations covered; all effective ones when absent. */
  destination_ids?: string[] | null;
  /** `digest` of the review that was looked at: 409 when the draft is no longer that. */
  digest?: string | null;
  /** Approve only: how long it holds, ms. */
  expires_in_ms?: number | null;
  /** Approve only, where that publishes: how long it can be undone before it leaves, ms. */
  grace_ms?: number | null;
}

export interface Approval extends OpenRecord {
  approval_id: string;
  state: Open<"granted" | "denied" | "withdrawn" | "voided" | "expired">;
  binding: Open<"content" | "draft">;
  actor: ActorRef;
  reason?: string;
  digest: string;
  policy_version: string;
  destination_ids: string[];
  because: Reason[];
  created_at_ms: number;
  expires_at_ms?: number;
  ended_at_ms?: number;
  ended_reason?: Reason[];
  /** How many different people it took when this one was given. */
  needed?: number;
  /** Given by one admin alone, around the rules. */
  break_glass?: boolean;
  /** What read differently when it ended. */
  ended_diff?: TextChange[];
}

/** A text that reads differently; null where there was none, or is none any more. */
export interface TextChange extends OpenRecord {
  name: string;
  before: string | null;
  after: string | null;
}

/** One admin approved alone; somebody else must judge it by `due_at_ms`. */
export interface BreakGlassUse extends OpenRecord {
  break_glass_id: string;
  approval_id: string;
  draft_id: string;
  draft_title: string;
  project_id?: string;
  actor: ActorRef;
  reason: string;
  /** The rules that it went around. */
  overridden: Reason[];
  used_at_ms: number;
  due_at_ms: number;
  overdue: boolean;
  verdict?: Open<"justified" | "not_justified">;
  note?: string;
  reviewed_by?: ActorRef;
  reviewed_at_ms?: number;
}

export interface BreakGlassQuery {
  state?: "open" | "overdue" | "reviewed";
  limit?: number;
  cursor?: string;
}

/** `open` and `overdue` count over all that the caller may see, whatever the filter. */
export interface BreakGlassList extends OpenRecord {
  reviews: BreakGlassUse[];
  count: number;
  total: number;
  open: number;
  overdue: number;
  next_cursor?: string;
}

/** Body of a report. Everything is optional; strings are trimmed and blank is as good as absent. */
export interface Submission {
  repo?: string | null;
  title?: string | null;
  detail?: string | null;
  source?: string | null;
  event?: string | null;
  level?: string | null;
  confidence?: string | null;
  risk_level?: string | null;
  expected_destination?: string | null;
  fingerprint?: string | null;
  excerpt?: string[] | null;
  evidence_refs?: string[] | null;
  run_id?: string | null;
  session_id?: string | null;
  correlation_id?: string | null;
  file_name?: string | null;
  process?: string | null;
  component?: string | null;
  workspace_root?: string | null;
  actor?: string | null;
  model?: string | null;
  tool_name?: string | null;
  action?: string | null;
  policy?: string | null;
  approval_state?: string | null;
  risk_category?: string | null;
  blast_radius?: string | null;
  external_correlation_ids?: string[] | null;
  project_id?: string | null;
  log_source_id?: string | null;
  source_kind?: SourceKind | null;
  route_tags?: string[] | null;
  allowed_destination_ids?: string[] | null;
  default_destination_ids?: string[] | null;
  tenant_id?: string | null;
  workspace_id?: string | null;
  event_schema_version?: string | null;
  release?: string | null;
  environment?: string | null;
  source_approval_policy?: "inherit" | "always" | "high_risk" | "never" | null;
  redaction_profile?: string | null;
  retention_profile?: string | null;
  /** When it happened. */
  occurred_at_ms?: number | null;
}

/** A repeat after approval is `suppressed` and still has its draft here; a server may leave the draft out. */
export interface ReportResponse extends OpenRecord {
  draft?: Draft;
  duplicate_summary: DuplicateSummary;
  duplicate_matches: JsonObject[];
  suppressed?: boolean;
  reason?: string;
  held?: boolean;
  incident_id?: string;
  outcome?: Open<"new" | "recurrence" | "regression">;
}
