import type { SafetyDefaults } from "./config-safety.js";
import type { Route } from "./route.js";
import type {
  ActorRef,
  ApprovalPolicy,
  DestinationKind,
  JsonObject,
  Open,
  OpenRecord,
  Page,
  PageQuery,
  SourceKind,
  SpanQuery,
} from "./values.js";

export interface DataReadiness extends OpenRecord {
  source_owner?: string;
  system_of_record?: string;
  data_classification?: string;
  allowed_use?: string;
  source_of_truth?: string;
  lineage_ref?: string;
  expected_schema_version?: string;
  schema_drift_status?: string;
  quality_notes?: string;
  legal_basis?: string;
  authorization_marker?: string;
  freshness_sla_ms?: number;
  last_observed_at_ms?: number;
}

interface SourceIdentity {
  allowed_destination_ids: string[];
  default_destination_ids: string[];
  default_route_tags: string[];
  tenant_id?: string;
  workspace_id?: string;
  event_schema_version?: string;
  redaction_profile?: string;
  retention_profile?: string;
  approval_policy: Open<ApprovalPolicy>;
  /** How many different people must approve, 1 to 5; absent is one. */
  approvals_required?: number;
  /** Ids of the people who may give them, 20 at most; absent is anybody who may approve there. */
  approvers?: string[];
  data_readiness: DataReadiness;
}

export type LogSourceFormat = "auto" | "json" | "plaintext" | "logfmt" | "syslog" | "cri" | "docker";

/** What can be found in a line of a log. */
export type LogField =
  | ("level" | "message" | "event" | "component" | "process" | "stack" | "timestamp" | "fingerprint")
  | ("risk_level" | "confidence" | "schema_version" | "actor" | "model" | "tool_name" | "action")
  | ("policy" | "approval_state" | "risk_category" | "blast_radius" | "external_correlation_ids")
  | ("run_id" | "session_id" | "correlation_id" | "release" | "environment");

/** How the lines of a log are read, beyond the contract; a PATCH that leaves it out keeps it, null clears it. */
export interface LogReading extends OpenRecord {
  /** By what is looked for: the keys to look under first, dotted for nested. */
  field_mapping?: { [Field in LogField]?: string[] };
  /** By the log's own level words. */
  risk_by_level?: Record<string, string>;
  /** The bounds of what a line may say of its own risk. */
  minimum_risk_level?: string;
  maximum_risk_level?: string;
  /** Linear-time patterns: what they match is no failure, or is one. */
  ignore_patterns?: string[];
  trigger_patterns?: string[];
  /** A longer line is cut and marked. */
  max_line_bytes?: number;
  /** After so long without a record the source is silent, and says so. */
  expected_interval_seconds?: number;
  /** A failure without one of them is set aside for a person. */
  required_fields?: LogField[];
}

export interface LogSource extends SourceIdentity, OpenRecord {
  source_id: string;
  /** Absolute, or relative to the project's workspace_root. */
  path: string;
  source_kind?: Open<SourceKind>;
  format: Open<LogSourceFormat>;
  minimum_level: Open<"error" | "warn">;
  watch_interval_seconds: number;
  enabled: boolean;
  paused: boolean;
  start_position: Open<"end" | "beginning">;
  max_bytes_per_poll: number;
  max_candidates_per_poll: number;
  fingerprint_cooldown_ms: number;
  reading?: LogReading;
}

export interface MonitoredProject extends SourceIdentity, OpenRecord {
  project_id: string;
  name: string;
  repo: string;
  workspace_root: string;
  enabled: boolean;
  paused: boolean;
  source_kind: Open<SourceKind>;
  mcp_server?: string;
  model_policy?: JsonObject;
  auto_create_new_issues: boolean;
  require_approval_for_new_issues: boolean;
  auto_comment_on_matched_open_issues: boolean;
  /** Markdown with `{{placeholders}}` that issue drafts follow; absent: the repository's own form, else the built-in one. */
  issue_template?: string;
  log_sources: LogSource[];
}

export interface Destination extends OpenRecord {
  destination_id: string;
  name: string;
  kind: Open<DestinationKind>;
  enabled: boolean;
  require_approval: boolean;
  repo?: string;
  mcp_server?: string;
  linear_team?: string;
  linear_project?: string;
  webhook_url?: string;
  /** A reference (`env:NAME`, `file:NAME`), never the secret. */
  webhook_secret_ref?: string;
  telemetry_path?: string;
  mcp_tool?: string;
  memory_category?: string;
  route_tags: string[];
  config?: JsonObject;
}

export interface Reassessment extends OpenRecord {
  cadence_ms: number;
  overdue_grace_ms: number;
  change_triggers_enabled: boolean;
}

export interface Config extends OpenRecord {
  enabled: boolean;
  paused: boolean;
  workspace_root?: string;
  /** `owner/repo`; only GitHub needs one. */
  repo?: string;
  mcp_server?: string;
  provider_preference: Open<"auto" | "official_github" | "composio" | "arcade">;
  model_policy?: JsonObject;
  auto_create_new_issues: boolean;
  require_approval_for_new_issues: boolean;
  auto_comment_on_matched_open_issues: boolean;
  label_mode: Open<"reporter_only">;
  /** Null is a value: no deadline. */
  triage_timeout_ms: number | null;
  monitored_projects: MonitoredProject[];
  destinations: Destination[];
  routes: Route[];
  default_destination_ids: string[];
  safety_defaults: SafetyDefaults;
  reassessment: Reassessment;
  updated_at_ms: number;
}

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };
/** The request form of a record: what is not required may be absent (kept) or null (reset to its default). */
type RequestOf<T, Required extends keyof Known<T>> = Pick<Known<T>, Required> & {
  [Key in Exclude<keyof Known<T>, Required>]?: Known<T>[Key] | null;
};

export type DataReadinessInput = RequestOf<DataReadiness, never>;
export type LogReadingInput = RequestOf<LogReading, never>;
export type LogSourceInput = Omit<
  RequestOf<LogSource, "source_id" | "path">,
  "data_readiness" | "reading"
> & {
  data_readiness?: DataReadinessInput | null;
  reading?: LogReadingInput | null;
};
export type MonitoredProjectInput = Omit<
  RequestOf<MonitoredProject, "project_id" | "name" | "repo" | "workspace_root">,
  "data_readiness" | "log_sources"
> & { data_readiness?: DataReadinessInput | null; log_sources?: LogSourceInput[] | null };
export type DestinationInput = RequestOf<Destination, "destination_id" | "name">;
export type RouteInput = RequestOf<Route, "route_id" | "name">;
export type SafetyDefaultsInput = RequestOf<SafetyDefaults, never>;
export type ReassessmentInput = RequestOf<Reassessment, never>;

/** Merged at top level: a present key replaces that key, an absent one is kept, null resets it. */
export type ConfigPatch = Omit<
  RequestOf<Config, never>,
  "monitored_projects" | "destinations" | "routes" | "safety_defaults" | "reassessment"
> & {
  monitored_projects?: MonitoredProjectInput[] | null;
  destinations?: DestinationInput[] | null;
  routes?: RouteInput[] | null;
  safety_defaults?: SafetyDefaultsInput | null;
  reassessment?: ReassessmentInput | null;
};

export interface ConfigIssue extends OpenRecord {
  /** `destinations[1].webhook_url` */
  path: string;
  code: string;
  message: string;
}

export interface ConfigResponse extends OpenRecord {
  incident_monitor: Config;
}

/** One difference. URLs, secret references and free values are only `set`. */
export interface ConfigChange extends OpenRecord {
  path: string;
  kind: Open<"added" | "removed" | "changed">;
  before?: unknown;
  after?: unknown;
}

/** What every change answers besides itself. With `dry_run` nothing of it was stored. */
export interface ConfigOutcome {
  dry_run?: boolean;
  diff?: ConfigChange[];
  /** What was saved and will not work as it is: an unset secret, an unknown destination. */
  warnings?: ConfigIssue[];
}

export interface ConfigChangeResponse extends ConfigOutcome, ConfigResponse {}

export interface PauseResponse extends ConfigOutcome, ConfigResponse {
  ok: true;
}

interface Tagged extends OpenRecord {
  /** Give it as `ifMatch` to change just what was read. Null when nothing was stored. */
  etag: string | null;
}

/** One row, under the name of its kind. */
export type ConfigRow<Name extends string, Row> = Tagged & { [Key in Name]: Row };

export type SavedConfigRow<Name extends string, Row> = ConfigRow<Name, Row> &
  ConfigOutcome & {
    created: boolean;
    /** Of the configuration, for a PATCH that follows. */
    updated_at_ms: number;
  };

/** All rows of one kind, in their order. */
export type ConfigRows<Name extends string, Row> = Tagged & { [Key in Name]: Row[] } & { count: number };

export interface RemovedConfigRow extends ConfigOutcome, OpenRecord {
  ok: true;
  deleted: number;
  /** What changed of other rows. */
  also_changed: ConfigChange[];
  updated_at_ms: number;
}

export interface ConfigRevision extends OpenRecord {
  version: number;
  at_ms: number;
  actor: ActorRef;
  summary: string;
  diff: ConfigChange[];
}

export interface ConfigHistory extends Page, OpenRecord {
  revisions: ConfigRevision[];
}

/** A revision with the configuration as it left it. */
export interface ConfigRevisionResponse extends ConfigResponse, Tagged {
  revision: ConfigRevision;
}

export interface ConfigHistoryQuery extends PageQuery, SpanQuery {
  /** Part of the summary or of the actor's name. */
  q?: string;
  /** Revisions that changed one of these keys, by commas: `destinations,mcp_server`. */
  keys?: string;
}
