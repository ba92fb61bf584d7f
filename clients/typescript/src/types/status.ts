import type { Config, Destination } from "./config.js";
import type { ActorRef, DestinationKind, JsonObject, Open, OpenRecord, SourceKind } from "./values.js";

export interface Health extends OpenRecord {
  ready: boolean;
  healthy?: boolean;
  version?: string;
}

export interface DestinationReadiness extends OpenRecord {
  destination_id: string;
  kind: Open<DestinationKind>;
  enabled: boolean;
  ready: boolean;
  publish_ready: boolean;
  requires_approval: boolean;
  missing: string[];
  detail?: string;
  /** Its last attempts met nobody: deliveries wait until it answers. Absent while it does. */
  circuit?: Open<"open" | "half_open">;
}

export interface SourceReadinessFinding extends OpenRecord {
  finding_id: string;
  rule_id: string;
  category: string;
  severity: string;
  title: string;
  detail: string;
  recommendation: string;
  evidence_refs: string[];
}

/** One row a project (without source_id) and one a log source. */
export interface SourceReadiness extends OpenRecord {
  project_id: string;
  source_kind: Open<SourceKind>;
  enabled: boolean;
  ready: boolean;
  governance_ready: boolean;
  lineage_ready: boolean;
  freshness_ready: boolean;
  schema_ready: boolean;
  protection_ready: boolean;
  missing: string[];
  warnings: string[];
  findings: SourceReadinessFinding[];
  source_id?: string;
  last_observed_at_ms?: number;
  stale_after_ms?: number;
  detail?: string;
}

export interface LogSourceRuntime extends OpenRecord {
  project_id: string;
  source_id: string;
  path: string;
  healthy: boolean;
  offset: number;
  consecutive_errors: number;
  total_bytes_read: number;
  total_candidates: number;
  total_submitted: number;
  inode?: string;
  file_size?: number;
  last_poll_at_ms?: number;
  last_candidate_at_ms?: number;
  last_submitted_at_ms?: number;
  last_error?: string;
}

export interface LogWatcherStatus extends OpenRecord {
  running: boolean;
  enabled_projects: number;
  enabled_sources: number;
  sources: LogSourceRuntime[];
  last_poll_at_ms?: number;
  last_error?: string;
}

export interface MonitorRuntime extends OpenRecord {
  monitoring_active: boolean;
  paused: boolean;
  pending_incidents: number;
  total_incidents: number;
  pending_posts: number;
  last_processed_at_ms?: number;
  last_incident_event_type?: string;
  last_runtime_error?: string;
  last_post_result?: string;
}

export interface Status extends OpenRecord {
  config: Config;
  /** Every value is a boolean: config_valid, ingest_ready, publish_ready, enabled, ... */
  readiness: Record<string, boolean>;
  runtime: MonitorRuntime;
  log_watcher: LogWatcherStatus;
  required_capabilities: Record<string, boolean>;
  missing_required_capabilities: string[];
  resolved_capabilities: JsonObject[];
  discovered_mcp_tools: string[];
  selected_server_binding_candidates: JsonObject[];
  /** The effective destinations, the synthesised one included. */
  destinations: Destination[];
  destination_readiness: DestinationReadiness[];
  source_readiness: SourceReadiness[];
  binding_source_version?: string;
  bindings_last_merged_at_ms?: number;
  selected_model?: { provider_id: string; model_id: string };
  pending_drafts: number;
  pending_posts: number;
  last_activity_at_ms?: number;
  last_error?: string;
}

export interface StatusResponse extends OpenRecord {
  status: Status;
}

export interface DebugResponse extends StatusResponse {
  selected_server_tools: JsonObject[];
  canonicalized_discovered_tools: JsonObject[];
}

/** The strip's counts and what needs a person. */
export interface Overview extends OpenRecord {
  now_ms: number;
  counts: {
    occurrences_24h: number;
    incidents: number;
    drafts_open: number;
    approvals_due: number;
    approved_waiting: number;
    held: number;
    leaving: number;
    published_24h: number;
    failed: number;
    break_glass_open: number;
  };
  /** Occurrences an hour over the last 24 h, oldest first. */
  hourly: { from_ms: number; count: number }[];
  /** Emergency approvals that nobody has judged; `own`: by the caller, who may not judge it. */
  break_glass_reviews: {
    break_glass_id: string;
    draft_id: string;
    title: string;
    by: string;
    used_at_ms: number;
    due_at_ms: number;
    overdue: boolean;
    own: boolean;
  }[];
  approvals_due: {
    draft_id: string;
    title: string;
    risk_level?: string;
    source?: string;
    occurrence_count: number;
    last_seen_at_ms: number;
    approved_by_you?: true;
    /** Settings name the people who must approve it, and the caller is none of them. */
    asks_others?: true;
  }[];
  failed_deliveries: {
    post_id: string;
    draft_id: string;
    title: string;
    destination_id: string;
    state: Open<"failed" | "blocked" | "ambiguous">;
    reason: string;
    ended_at_ms: number;
  }[];
  unready_destinations: {
    destination_id: string;
    name: string;
    kind: Open<DestinationKind>;
    missing: string[];
  }[];
  silent_sources: {
    project_id: string;
    source_id: string;
    state: Open<"silent" | "unreadable">;
    advice?: string;
    since_ms?: number;
  }[];
  /** Ending within 14 days or ended within 30; for those who may manage them. */
  expiring_keys: {
    kind: Open<"intake_key" | "api_token">;
    id: string;
    name: string;
    project_id?: string;
    expires_at_ms: number;
  }[];
  checklist: { key: string; label: string; done: boolean }[];
  paused: boolean;
  enabled: boolean;
}

export interface Session extends OpenRecord {
  actor: ActorRef & { email?: string };
  role?: string;
  permissions: string[];
}

export interface RedactionTest extends OpenRecord {
  text: string;
  redactions: { kind: string; count: number; rule: Open<"secret" | "personal_data" | "pattern"> }[];
  profile: string;
  /** false: there is no profile of that name, so the strictest was used. */
  profile_known: boolean;
}

export interface DestinationTest extends OpenRecord {
  destination_id: string;
  ok: boolean;
  outcome: Open<"published" | "retryable" | "rejected" | "ambiguous" | "not_ready">;
  message: string;
  status_code?: number;
  duration_ms: number;
  response_excerpt?: string;
}
