import type { EvidenceObject, SecurityAnswer, SecurityScope } from "./security.js";
import type { JsonObject, OpenRecord } from "./values.js";

/** What operators say about a card. */
export interface CardMetadata extends OpenRecord {
  intended_purpose?: string;
  /** The same as intended_purpose. */
  purpose?: string;
  business_owner?: string;
  accountable_team?: string;
  autonomy_level?: string;
  data_classification?: string;
  approval_protocol?: string;
  escalation_protocol?: string;
  allowed_actions?: string[];
  prohibited_actions?: string[];
  known_limitations?: string[];
  residual_risks?: string[];
  evidence_refs?: string[];
  review_cadence_days?: number;
  next_reassessment_at_ms?: number;
}

export interface DeploymentCardsInput {
  defaults?: CardMetadata;
  /** By card_id or target id. */
  metadata?: Record<string, CardMetadata>;
  include_markdown?: boolean;
  /** The same as include_markdown, which wins. */
  includeMarkdown?: boolean;
  include_raw_inventory?: boolean;
  /** The same as include_raw_inventory, which wins. */
  includeRawInventory?: boolean;
  [key: string]: unknown;
}

export interface DeploymentCard extends OpenRecord {
  card_id: string;
  card_kind: string;
  target: { kind: string; id: string; name: string } & OpenRecord;
  system_boundary: string;
  source_kind: string | null;
  intended_purpose: string | null;
  business_owner: string | null;
  accountable_team: string | null;
  autonomy_level: string | null;
  allowed_actions: string[];
  prohibited_actions: string[];
  authority: JsonObject;
  data: { classification: string | null; tenant_scope: unknown } & OpenRecord;
  approval_and_escalation: {
    approval_protocol: string | null;
    escalation_protocol: string | null;
  } & OpenRecord;
  known_limitations: string[];
  residual_risks: string[];
  review: { review_cadence_days: number | null; next_reassessment_at_ms: number | null } & OpenRecord;
  linked_evidence: JsonObject;
}

export interface CardFinding extends OpenRecord {
  finding_id: string;
  /** The same whenever the same field of the same card is missing. */
  fingerprint: string;
  rule_id: string;
  category: string;
  severity: "high" | "medium";
  title: string;
  detail: string;
  recommendation: string;
  affected_objects: ({ kind: string; id: string; card_id: string; field: string } & OpenRecord)[];
  evidence_refs: ({ kind: string; card_id: string } & OpenRecord)[];
  dry_run: boolean;
}

export interface DeploymentCards extends SecurityAnswer {
  card_policy: {
    required_fields: string[];
    metadata_card_ids: string[];
    metadata_keys: string[];
  } & OpenRecord;
  counts: {
    cards: number;
    by_card_kind: Record<string, number>;
    findings: number;
    missing_required_fields: number;
    posture_findings_linked: number;
  } & OpenRecord;
  reassessment: { overdue_scopes: number; schedule: ReassessmentSchedule[] } & OpenRecord;
  cards: DeploymentCard[];
  findings: CardFinding[];
  markdown_export: string | null;
  authority_inventory: JsonObject;
  sensitive_values: JsonObject;
}

export interface GovernanceMetricsInput {
  to_ms?: number;
  window_ms?: number;
  /** So many windows up to this one are answered as `trend`. */
  trend_windows?: number;
  thresholds?: {
    governance_confidence_min?: number;
    authority_boundary_compliance_min?: number;
    escalation_utilization_min?: number;
    route_readiness_min?: number;
    receipt_completeness_min?: number;
    drift_rate_delta_max?: number;
    /** Fewer cases than these say nothing. */
    metric_samples_min?: number;
    drift_samples_min?: number;
  };
}

export interface GovernanceMetric extends OpenRecord {
  metric_id: string;
  name: string;
  numerator: number;
  denominator: number;
  rate: number | null;
  threshold: number | null;
  breached: boolean;
  evaluable: boolean;
  missing_evidence_reasons: string[];
  evidence_refs: EvidenceObject[];
}

export interface DriftSignal extends OpenRecord {
  signal: string;
  current_rate: number | null;
  baseline_rate: number | null;
  delta: number | null;
  delta_max: number;
  drift_flagged: boolean;
  evaluable: boolean;
}

export interface GovernanceMetrics extends OpenRecord {
  scope: SecurityScope;
  governance_maturity: {
    schema_version: number;
    mode: string;
    window: JsonObject;
    thresholds: Record<string, number>;
    metrics: GovernanceMetric[];
    behavioral_drift: DriftSignal[];
    threshold_findings: JsonObject[];
    counts: Record<string, number>;
    /** As many windows as were asked for, the oldest first. */
    trend?: JsonObject[];
  } & OpenRecord;
}

/** One cause of a reassessment. */
export interface ReassessmentCause extends OpenRecord {
  trigger_id: string;
  trigger: string;
  detail: string[];
  actor: JsonObject;
  created_at_ms: number;
}

export interface ReassessmentRecord extends OpenRecord {
  schema_version: number;
  record_id: string;
  scope_key: string;
  scope: string;
  version: number;
  trigger: string;
  trigger_detail?: string;
  /** Every cause; `trigger` is the weightiest. */
  triggers?: ReassessmentCause[];
  generated_at_ms: number;
  mode: string;
  findings: JsonObject[];
  comparison: {
    previous_record_id?: string;
    previous_version?: number;
    new_fingerprints: string[];
    recurring_fingerprints: string[];
    resolved_fingerprints: string[];
  } & OpenRecord;
  evidence_refs: string[];
}

export interface ReassessmentSchedule extends OpenRecord {
  scope_key: string;
  scope: string;
  last_completed_at_ms?: number;
  next_due_at_ms: number;
  overdue: boolean;
  last_version?: number;
}

export interface ReassessmentList extends OpenRecord {
  scope: SecurityScope;
  counts: { records: number; overdue_scopes: number } & OpenRecord;
  schedule: ReassessmentSchedule[];
  records: ReassessmentRecord[];
  /** Causes that no record names yet. */
  waiting?: (ReassessmentCause & { scope_key: string })[];
}

/** Without a key every scope is assessed. */
export interface RunReassessmentInput {
  scope_key?: string;
}

export interface ReassessmentRun extends OpenRecord {
  scope: SecurityScope;
  reassessment: ReassessmentRecord;
  /** Of every scope that was assessed. */
  reassessments?: ReassessmentRecord[];
  schedule: ReassessmentSchedule[];
}
