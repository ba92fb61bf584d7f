/** A value of the contract's list, or one a newer server may send. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

export type JsonObject = Record<string, unknown>;

/** Answers keep every key the server sent, also those this version does not know. */
export interface OpenRecord {
  [key: string]: unknown;
}

export type SourceKind =
  | "customer_system"
  | "tandem_runtime"
  | "tandem_monitor"
  | "external_app"
  | "ci"
  | "agent_runtime"
  | "mcp_gateway";

export type DestinationKind =
  | "github_issue"
  | "linear_issue"
  | "webhook"
  | "telemetry"
  | "mcp_tool"
  | "internal_memory";

export type ApprovalPolicy = "inherit" | "always" | "high_risk" | "never";

export type Severity = "low" | "medium" | "high" | "critical";

/** Why something was decided: a stable code, words for people, and the values it was decided on. */
export interface Reason extends OpenRecord {
  code: string;
  message: string;
  fields?: Record<string, string | number | boolean | null>;
}

export interface ActorRef extends OpenRecord {
  kind: string;
  id: string;
  name: string;
}

/** Why grouped: one part of the identity of a failure. */
export interface IdentityPart extends OpenRecord {
  name: string;
  value: string;
}

export interface QualityGate extends OpenRecord {
  key: string;
  label: string;
  passed: boolean;
  detail?: unknown;
}

/** The intake, proposal and coder-ready gates share this shape. */
export interface QualityGateReport extends OpenRecord {
  stage: Open<"intake_to_draft" | "draft_to_proposal" | "proposal_to_coder_ready">;
  status: Open<"passed" | "blocked">;
  passed: boolean;
  passed_count: number;
  total_count: number;
  gates: QualityGate[];
  /** Keys of the failed gates. */
  missing: string[];
  blocked_reason?: string | null;
}

export interface ArtifactRef extends OpenRecord {
  id: string;
  ts_ms: number;
  path: string;
  artifact_type: string;
  step_id?: string;
  source_event_id?: string;
}

export interface DuplicateSummary extends OpenRecord {
  reason: string;
  match_count: number;
  max_recurrence_count: number;
  linked_issue_numbers: number[];
  best_match: JsonObject | null;
  matches: JsonObject[];
}

/** Scalars that incidents and drafts share; absent when unset. */
export interface SafetyFields {
  confidence?: string;
  risk_level?: string;
  actor?: string;
  model?: string;
  tool_name?: string;
  action?: string;
  policy?: string;
  approval_state?: string;
  risk_category?: string;
  blast_radius?: string;
  expected_destination?: string;
  tenant_id?: string;
  workspace_id?: string;
  event_schema_version?: string;
  release?: string;
  environment?: string;
  redaction_profile?: string;
  retention_profile?: string;
  source_approval_policy?: Open<ApprovalPolicy>;
}

/** Lists that incidents and drafts share; never null. */
export interface RecordLists {
  external_correlation_ids: string[];
  route_tags: string[];
  allowed_destination_ids: string[];
  default_destination_ids: string[];
  evidence_refs: string[];
}

/** Milliseconds since 1970, or an ISO 8601 date or time with its zone. */
export type Time = number | string;

/** Which page of a list. `limit` is 1 to 200, 50 when absent. */
export interface PageQuery {
  limit?: number;
  /** `next_cursor` of the page before, with the same filters. */
  cursor?: string;
}

/** On the time that orders the list: since it, and before it. */
export interface SpanQuery {
  since?: Time;
  until?: Time;
}

export type SeverityWord = Severity | "info";

/** Filters that mean the same on every list of records. */
export interface RecordQuery extends PageQuery, SpanQuery {
  /** Part of a title, detail, fingerprint, id, source, component or event; any case. */
  q?: string;
  /** Exactly this risk level; `risk` is this one or a higher. */
  severity?: Open<SeverityWord>;
  risk?: Open<SeverityWord>;
  project?: string;
  /** A log source's id, or what a report called its source. */
  source?: string;
  destination?: string;
  fingerprint?: string;
}

export interface Page {
  /** Rows in this answer. */
  count: number;
  /** Opaque; absent on the last page. */
  next_cursor?: string;
  /** All rows that match, not only this page's. */
  total?: number;
}

export interface OkDeleted extends OpenRecord {
  ok: true;
  deleted: number;
}

/** `all: true` takes everything the caller may see and ignores `ids`. */
export interface BulkDelete {
  ids?: string[];
  all?: boolean;
  /** Why, for the record. */
  reason?: string;
}
