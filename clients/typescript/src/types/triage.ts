import type { Draft } from "./draft.js";
import type { Incident } from "./incident.js";
import type { TriageParts } from "./post.js";
import type { ArtifactRef, JsonObject, Open, OpenRecord, QualityGateReport } from "./values.js";

export interface TriageSummaryInput {
  suggested_title?: string | null;
  what_happened?: string | null;
  why_it_likely_happened?: string | null;
  root_cause_confidence?: Open<"high" | "medium" | "low"> | null;
  failure_type?: Open<
    | "code_defect"
    | "missing_config"
    | "missing_capability"
    | "model_error"
    | "tool_error"
    | "validation_error"
    | "timeout"
    | "external_dependency"
    | "unknown"
  > | null;
  affected_components?: string[] | null;
  likely_files_to_edit?: string[] | null;
  expected_behavior?: string | null;
  steps_to_reproduce?: string[] | null;
  environment?: string[] | null;
  logs?: string[] | null;
  related_existing_issues?: unknown[] | null;
  related_failure_patterns?: unknown[] | null;
  research_sources?: unknown[] | null;
  file_references?: unknown[] | null;
  fix_points?: unknown[] | null;
  recommended_fix?: string | null;
  acceptance_criteria?: string[] | null;
  verification_steps?: string[] | null;
  coder_ready?: boolean | null;
  risk_level?: Open<"low" | "medium" | "high"> | null;
  required_tool_scopes?: string[] | null;
  missing_tool_scopes?: string[] | null;
  permissions_available?: boolean | null;
  notes?: string | null;
}

/** What a summary became: normalised, with the computed gate. */
export interface TriageSummary extends OpenRecord {
  draft_id: string;
  repo: string;
  triage_run_id: string;
  what_happened: string;
  created_at_ms: number;
  suggested_title?: string | null;
  why_it_likely_happened?: string | null;
  recommended_fix?: string | null;
  notes?: string | null;
  permissions_available?: boolean | null;
  coder_ready?: boolean;
  coder_ready_gate?: QualityGateReport;
}

/** The issue somebody could file. */
export interface IssueDraft extends OpenRecord {
  draft_id?: string;
  repo?: string;
  triage_run_id?: string;
  template_source?: string | null;
  suggested_title?: string;
  what_happened?: string;
  expected_behavior?: string;
  steps_to_reproduce?: string[];
  environment?: string[];
  logs?: string[];
  why_it_likely_happened?: string;
  root_cause_confidence?: string;
  failure_type?: string;
  affected_components?: string[];
  likely_files_to_edit?: string[];
  related_existing_issues?: unknown[];
  related_failure_patterns?: unknown[];
  research_sources?: unknown[];
  file_references?: unknown[];
  fix_points?: unknown[];
  recommended_fix?: string;
  acceptance_criteria?: string[];
  verification_steps?: string[];
  coder_ready?: boolean;
  coder_ready_gate?: QualityGateReport;
  proposal_quality_gate?: QualityGateReport;
  risk_level?: string;
  required_tool_scopes?: string[];
  missing_tool_scopes?: string[];
  permissions_available?: boolean | null;
  coder_handoff?: JsonObject;
  triage_summary?: JsonObject;
  /** Markdown. */
  rendered_body?: string;
  created_at_ms?: number;
}

export interface TriageRun extends OpenRecord {
  run_id: string;
  status: Open<
    | "queued"
    | "planning"
    | "running"
    | "awaiting_approval"
    | "paused"
    | "blocked"
    | "failed"
    | "completed"
    | "cancelled"
  >;
  created_at_ms: number;
  updated_at_ms: number;
}

export interface TriageRunResponse extends TriageParts, OpenRecord {
  ok: true;
  draft: Draft;
  run: TriageRun | null;
  /** A live run was found and is used. */
  deduped: boolean;
  triage_summary: TriageSummary | JsonObject | null;
}

export interface ReplayResponse extends TriageRunResponse {
  /** As it was before. */
  incident: Incident;
}

export interface TriageSummaryResponse extends OpenRecord {
  ok: true;
  draft: Draft;
  triage_summary: TriageSummary;
  triage_summary_artifact: ArtifactRef | JsonObject | null;
  failure_pattern_memory: JsonObject | null;
  regression_signal_memory: JsonObject | null;
  issue_draft: IssueDraft;
  issue_draft_artifact: ArtifactRef | JsonObject | null;
  duplicate_matches_artifact: ArtifactRef | JsonObject | null;
}

export interface IssueDraftResponse extends Omit<TriageParts, "issue_draft">, OpenRecord {
  ok: true;
  draft: Draft | null;
  triage_summary: TriageSummary | JsonObject | null;
  issue_draft: IssueDraft;
}
