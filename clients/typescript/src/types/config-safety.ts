import type { DestinationKind, Open, OpenRecord } from "./values.js";

/** Days that each kind is kept; absent: for ever. */
export interface RetentionProfile extends OpenRecord {
  profile_id: string;
  /** `hide` takes incidents, drafts and receipts out of sight; `delete` erases their texts. */
  mode: "hide" | "delete";
  reports_days?: number;
  evidence_days?: number;
  incidents_days?: number;
  drafts_days?: number;
  receipts_days?: number;
  triage_days?: number;
  runs_days?: number;
}

/** What goes beside secrets and card numbers. `allowed_values` spares values, never a secret. */
export interface RedactionProfile extends OpenRecord {
  profile_id: string;
  personal_data: ("email" | "phone_number" | "iban" | "ip_address")[];
  /** RE2 syntax. */
  patterns?: { name: string; pattern: string; ignore_case?: boolean }[];
  /** `@example.com`: every address there. */
  allowed_values?: string[];
}

export interface SafetyDefaults extends OpenRecord {
  require_approval_for_high_risk: boolean;
  redact_secrets: boolean;
  block_unready_destinations: boolean;
  block_unready_sources: boolean;
  /** Absent: kept forever. */
  retention_days?: number;
  /** Named profiles; the one used where no source or project names one (`default` when absent). */
  retention_profiles?: RetentionProfile[];
  retention_profile?: string;
  minimum_risk_level?: string;
  high_risk_categories: string[];
  high_risk_destination_kinds: Open<DestinationKind>[];
  approval_ttl_ms: number;
  approval_binding: Open<"content" | "draft">;
  publish_on_approval: boolean;
  /** How long what was published waits before it may leave, ms. It can be undone until then. */
  publish_grace_ms: number;
  approvals_required_high_risk: number;
  approvals_required_critical_risk: number;
  /** Ids of the people who may give them, 20 at most; absent is anybody who may approve there. */
  approvers_high_risk?: string[];
  approvers_critical_risk?: string[];
  author_may_not_approve: boolean;
  require_step_up_for_high_risk: boolean;
  /** How often in 24 h; 0 switches it off. */
  break_glass_per_person: number;
  break_glass_overall: number;
  redaction_profile: string;
  /** Profiles beside `standard` and `strict`. */
  redaction_profiles?: RedactionProfile[];
}
