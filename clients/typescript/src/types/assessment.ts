import type { GovernanceMetrics } from "./governance.js";
import type { ScenarioResult } from "./scenarios.js";
import type {
  EvidencePack,
  PostureFinding,
  ProbeResult,
  SecurityAnswer,
  SensitiveValues,
} from "./security.js";
import type { ActorRef, JsonObject, Open, OpenRecord, Severity, SourceKind } from "./values.js";

/** Each camelCase key is the same as its snake_case one, which wins. */
export interface AssessmentReportInput {
  from_ms?: number | null;
  to_ms?: number | null;
  /** Of incidents alone. */
  source_kind?: Open<SourceKind> | null;
  /** Of the findings that are listed; the residual risk counts all of them. */
  min_severity?: Open<Severity> | null;
  probes?: string[] | null;
  include_probe_results?: boolean | null;
  includeProbeResults?: boolean | null;
  include_draft_suggestions?: boolean | null;
  includeDraftSuggestions?: boolean | null;
  /** false: nothing is kept, and nothing at all is written. */
  persist_artifact?: boolean | null;
  persistArtifact?: boolean | null;
  route_destination_ids?: string[] | null;
  routeDestinationIds?: string[] | null;
  /** Never honoured: the report says that it was asked for. */
  include_raw_payloads?: boolean | null;
  includeRawPayloads?: boolean | null;
  [key: string]: unknown;
}

type Counts = Record<string, number>;
type About = { kind: string; id: string };

/** `name` is `unassigned` where nobody is named. */
export interface Owner extends OpenRecord {
  assigned: boolean;
  name: string;
  basis: Open<"source_owner" | "project_owner" | "registered_creator" | "destination_sources" | "none">;
}

export interface Mitigation extends OpenRecord {
  source: Open<
    "posture_finding" | "assessment_probe" | "safety_defaults" | "adversarial_scenario" | "governance_metric"
  >;
  recommendation: string;
  severity: Open<Severity>;
  about: About;
  finding_id: string | null;
  rule_id: string | null;
  owner: Owner;
}

/** Something that the evidence cannot answer, and why not. */
export interface OpenQuestion extends OpenRecord {
  code: string;
  about: About;
  question: string;
  why: string;
  owner: Owner;
}

export interface ResidualRisk extends OpenRecord {
  risk: "high" | "medium" | "low";
  critical_or_high_findings: number;
  failed_probes: number;
  blocked_probes: number;
  failed_scenarios: number;
  blocked_scenarios: number;
  metric_breaches: number;
  drift_flags: number;
  because: Array<{ code: string; count: number; weight: "high" | "medium" }>;
  follow_up_actions: string[];
}

/** Counts are of all in the window; the newest 200 are listed. */
export interface AssessedIncident extends OpenRecord {
  incident_id: string;
  project_id: string | null;
  log_source_id: string | null;
  source_kind: string | null;
  status: string;
  held: boolean;
  event_type: string;
  risk_level: string | null;
  risk_category: string | null;
  route_tags: string[];
  evidence_refs: string[];
  occurrence_count: number;
  draft_id: string | null;
  last_error_present: boolean;
  created_at_ms: number;
  updated_at_ms: number;
}

export interface AssessedReceipt extends OpenRecord {
  post_id: string;
  draft_id: string;
  incident_id: string;
  destination_id: string;
  destination_kind: string;
  operation: string;
  status: string;
  payload_digest: string;
  idempotency_key_present: boolean;
  receipt_present: boolean;
  external_id_present: boolean;
  error_present: boolean;
  created_at_ms: number;
  updated_at_ms: number;
}

export interface AssessmentSections extends OpenRecord {
  assessment_scope: {
    time_window: { from_ms: number | null; to_ms: number | null };
    source_kind: string | null;
    min_severity: string;
    project_ids: string[] | null;
  } & OpenRecord;
  monitored_systems_and_sources: {
    source_kind_counts: Counts;
    source_readiness: JsonObject;
    sources: JsonObject[];
  } & OpenRecord;
  authority_inventory: { counts: Counts; destinations: JsonObject[]; routes: JsonObject[] } & OpenRecord;
  approval_coverage: JsonObject;
  tenant_workspace_context_coverage: Counts & OpenRecord;
  detected_findings: { counts: JsonObject; findings: PostureFinding[] } & OpenRecord;
  controlled_probe_results: {
    selected_probe_ids: string[];
    counts: JsonObject;
    results: ProbeResult[];
  } & OpenRecord;
  /** `run_id` null: played for this report, which is all that is kept of it. */
  adversarial_scenario_packs: {
    pack_id: string;
    version: string;
    counts: { total: number; passed: number; failed: number; blocked: number };
    run_id: string | null;
    state: Open<"played" | "kept" | "busy" | "withheld">;
    results: ScenarioResult[];
    unproved_in_stored_packs: JsonObject[];
  } & OpenRecord;
  governance_maturity_metrics: GovernanceMetrics["governance_maturity"];
  incidents_and_evidence_refs: {
    counts: { incidents: number; by_source_kind: Counts };
    incidents: AssessedIncident[];
  } & OpenRecord;
  destination_receipts: {
    counts: { receipts: number; by_destination_kind: Counts; by_status: Counts };
    receipts: AssessedReceipt[];
  } & OpenRecord;
  recommended_mitigations: Mitigation[];
  residual_risk_and_follow_up: ResidualRisk;
  self_monitoring_boundary: {
    source_kinds: string[];
    self_observed_incidents: number;
    external_system_incidents: number;
    incidents_of_unknown_source: number;
    protected_monitor_audit_events: number;
    failed_controlled_probes: number;
    evidence_claim: string;
    non_claim: string;
    external_export_required_for_high_assurance: true;
  } & OpenRecord;
  external_audit_export: {
    available: boolean;
    customer_owned_systems: string[];
    route_preview: {
      requested_destination_ids: string[];
      effective_destination_ids: string[];
      approval_required: boolean;
      blocked: boolean;
      blocked_reasons: string[];
    } & OpenRecord;
    /** Names of what each entry of the audit holds; no values. */
    records: JsonObject[];
  } & OpenRecord;
  open_questions: OpenQuestion[];
}

/** What is hashed and kept: an answer without its `evidence_pack`. */
export interface AssessmentDocument extends SecurityAnswer {
  counts: Counts;
  sections: AssessmentSections;
  markdown_summary: string;
  sensitive_values: SensitiveValues;
}

export interface AssessmentReport extends AssessmentDocument {
  evidence_pack: EvidencePack;
}

/** A kept report without what it says; `project_ids` empty: of the whole deployment. */
export interface AssessmentSummary extends OpenRecord {
  report_id: string;
  created_at_ms: number;
  actor: ActorRef;
  project_ids: string[];
  risk: "high" | "medium" | "low";
  counts: Counts;
  sha256: string;
}

export interface AssessmentList extends OpenRecord {
  reports: AssessmentSummary[];
  total: number;
  kept_at_most: number;
}

/** `verified`: hashed again, the report is still what `sha256` says. */
export interface KeptAssessment extends AssessmentSummary {
  verified: boolean;
  report: AssessmentDocument;
}
