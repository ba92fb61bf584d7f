import type { ActorRef, JsonObject, Open, OpenRecord, Severity } from "./values.js";

/** In security answers evidence is a reference object; in records it is a string. */
export interface EvidenceObject extends OpenRecord {
  kind?: string;
  path?: string;
  id?: string;
}

export interface SecurityScope extends OpenRecord {
  source: string;
  read_only?: boolean;
  dry_run?: boolean;
  tenant_context?: JsonObject;
}

export interface SecurityAnswer extends OpenRecord {
  schema_version: number;
  generated_at_ms: number;
  scope: SecurityScope;
}

export interface SensitiveValues extends OpenRecord {
  policy: string;
  omitted_fields: string[];
  /** Sections that this reader may not see: empty, and counted as 0. */
  withheld_sections?: string[];
}

export type EvidencePack =
  | ({
      persisted: true;
      kind: string;
      context_run_id: string;
      artifact_id: string;
      artifact_type: string;
      path: string;
      /** Of what is kept, hex. */
      sha256?: string;
    } & OpenRecord)
  | ({ persisted: false; reason: string } & OpenRecord);

/** What the deployment knows about who and what may act. Subsystems that are absent answer empty lists. */
export interface AuthorityInventory extends SecurityAnswer {
  inventory: {
    workflows: JsonObject[];
    automation_specs: JsonObject[];
    mcp: JsonObject;
    incident_monitor: JsonObject;
    destinations: JsonObject[];
    routes: JsonObject[];
    monitored_sources: JsonObject[];
    scoped_intake_keys: JsonObject[];
    approval_rules: JsonObject[];
    pending_approvals: JsonObject[];
    governance_approval_requests: JsonObject[];
    policy_decisions: JsonObject[];
    external_publish_surfaces: JsonObject;
    agents: JsonObject[];
    tool_policies: JsonObject[];
    runtimes: JsonObject[];
    users: JsonObject[];
    roles: JsonObject[];
    tokens: JsonObject[];
  } & OpenRecord;
  counts: Record<string, number>;
  sensitive_values: SensitiveValues;
}

/** camelCase wins over snake_case when both are given. */
export interface PostureChecksQuery {
  mode?: Open<"dry_run" | "enabled" | "disabled">;
  rules?: string[] | string;
  disabledRules?: string[] | string;
  disabled_rules?: string[] | string;
  minSeverity?: Open<Severity>;
  min_severity?: Open<Severity>;
}

export interface PostureFix extends OpenRecord {
  kind: Open<"setting" | "registration" | "record">;
  code: string;
  field?: string;
  /** Read `path`, make the change and send it back. Without `value` it is for a person to choose. */
  api_call?: { method: Open<"PUT" | "PATCH">; path: string; change: { field: string; value?: boolean } };
}

/** What became of a finding: the same incident every time. */
export interface PostureDraft extends OpenRecord {
  fingerprint: string;
  incident_id: string;
  draft_id?: string;
  outcome: Open<"new" | "recurrence" | "blocked">;
}

export interface PostureFinding extends OpenRecord {
  finding_id: string;
  fingerprint: string;
  rule_id: string;
  category: string;
  severity: Open<Severity>;
  title: string;
  detail?: string;
  recommendation?: string;
  affected_objects?: JsonObject[];
  evidence_refs?: EvidenceObject[];
  /** The setting that would end it, and the call that changes it where one does. */
  fix?: PostureFix;
  route_suggestion?: JsonObject;
  destination_suggestion?: JsonObject;
  /** null in a report that was made without suggestions. */
  incident_draft_suggestion?: JsonObject | null;
  dry_run?: boolean;
}

export interface PostureChecks extends SecurityAnswer {
  baseline_policy: {
    mode: string;
    dry_run: boolean;
    read_only: boolean;
    supported_modes: string[];
    enabled_rule_ids: string[];
    disabled_rule_ids: string[];
    min_severity: string;
  } & OpenRecord;
  rules: ({
    rule_id: string;
    category: string;
    default_severity: string;
    enabled: boolean;
    dry_run: boolean;
  } & OpenRecord)[];
  counts: {
    findings: number;
    by_severity: Record<string, number>;
    by_category: Record<string, number>;
    active_rules: number;
  } & OpenRecord;
  findings: PostureFinding[];
  authority_inventory: JsonObject;
  draft_conversion: JsonObject;
  sensitive_values: JsonObject;
}

export interface AssessmentProbesInput {
  mode?: Open<"dry_run" | "disabled">;
  probes?: string[];
  include_draft_suggestions?: boolean;
  /** The same as include_draft_suggestions, which wins. */
  includeDraftSuggestions?: boolean;
  [key: string]: unknown;
}

export interface ProbeResult extends OpenRecord {
  probe_id: string;
  target?: JsonObject;
  expected_behavior?: string;
  observed_behavior?: string;
  status: Open<"pass" | "fail" | "blocked">;
  passed?: boolean;
  blocked?: boolean;
  fingerprint?: string;
  finding_id?: string | null;
  evidence_refs?: EvidenceObject[];
  source_finding?: JsonObject | null;
  incident_draft_suggestion?: JsonObject | null;
  dry_run?: boolean;
}

export interface AssessmentProbes extends SecurityAnswer {
  probe_policy: JsonObject;
  counts: {
    results: number;
    pass: number;
    fail: number;
    blocked: number;
    by_status: Record<string, number>;
    draft_suggestions: number;
  } & OpenRecord;
  results: ProbeResult[];
  authority_inventory: JsonObject;
  evidence_pack: EvidencePack;
  draft_conversion: JsonObject;
  sensitive_values: JsonObject;
}

/** A kept run. `verified`: hashed again, it is still what `sha256` says. */
export interface ProbeRunSummary extends OpenRecord {
  probe_run_id: string;
  created_at_ms: number;
  actor: ActorRef;
  selected_probe_ids: string[];
  counts: AssessmentProbes["counts"];
  sha256: string;
  verified: boolean;
}

export interface ProbeRun extends ProbeRunSummary {
  probe_policy: JsonObject;
  results: ProbeResult[];
  authority_inventory: JsonObject;
}

export interface ProbeRunList extends OpenRecord {
  runs: ProbeRunSummary[];
  kept_at_most: number;
}
