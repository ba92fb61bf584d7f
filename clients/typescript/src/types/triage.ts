import type { Draft } from "./draft.js";
import type { Incident } from "./incident.js";
import type { TriageParts } from "./post.js";
import type {
  ActorRef,
  ArtifactRef,
  JsonObject,
  Open,
  OpenRecord,
  QualityGateReport,
  Reason,
} from "./values.js";

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
  coder_ready: boolean;
  coder_ready_gate: TriageGate;
  origins?: Record<string, SummaryOrigin>;
}

/** The proposal gate or the coder-ready gate: `blocked_reason` is null where it passed. */
export type TriageGate = Omit<QualityGateReport, "blocked_reason"> & { blocked_reason: string | null };

/** How a field of a summary came to be: written by somebody, found by a phase, or put together from the report. */
export type SummaryOrigin = Open<"given" | "found" | "synthesised">;

/** What another program needs to take the work on. */
export interface CoderHandoff extends OpenRecord {
  handoff_type: string;
  source: string;
  repo: string;
  triage_run_id: string;
  draft_id: string;
}

/** The issue somebody could file. */
export interface IssueDraft extends OpenRecord {
  draft_id: string;
  repo: string;
  triage_run_id: string;
  /** The repository's file, `project`, or null for the built-in form. */
  template_source: string | null;
  /** Digest of that template's text, in hex; null for the built-in form. */
  template_sha256?: string | null;
  suggested_title: string;
  what_happened: string;
  expected_behavior: string;
  steps_to_reproduce: string[];
  environment: string[];
  logs: string[];
  why_it_likely_happened: string | null;
  root_cause_confidence: string;
  failure_type: string;
  affected_components: string[];
  likely_files_to_edit: string[];
  related_existing_issues: unknown[];
  related_failure_patterns: unknown[];
  research_sources: unknown[];
  file_references: unknown[];
  fix_points: unknown[];
  recommended_fix: string | null;
  acceptance_criteria: string[];
  verification_steps: string[];
  coder_ready: boolean;
  coder_ready_gate: TriageGate;
  proposal_quality_gate: TriageGate;
  risk_level: string;
  required_tool_scopes: string[];
  missing_tool_scopes: string[];
  permissions_available: boolean | null;
  /** null unless it is coder-ready. */
  coder_handoff: CoderHandoff | null;
  triage_summary: TriageSummary;
  /** Markdown. */
  rendered_body: string;
  created_at_ms: number;
}

/** One phase of a run: how far it is. */
export interface TriagePhaseProgress extends OpenRecord {
  phase: Open<"inspect" | "research" | "validate" | "propose">;
  state: Open<"pending" | "running" | "done" | "blocked" | "failed" | "skipped">;
  attempts: number;
  timeout_ms: number;
  started_at_ms?: number;
  ended_at_ms?: number;
  note?: string;
}

export interface TriageRun extends OpenRecord {
  run_id: string;
  status: Open<"queued" | "running" | "completed" | "blocked" | "failed" | "cancelled">;
  /** What `status` has one word for, told apart. */
  state: Open<"queued" | "running" | "ready" | "blocked" | "timed_out" | "failed" | "cancelled">;
  draft_id: string;
  phases: TriagePhaseProgress[];
  steps: Array<{ step_id: string; title: string; status: string }>;
  /** The external agent that works on it; null while it is a worker of the server, or nobody. */
  taken_by: ActorRef | null;
  revision: number;
  created_at_ms: number;
  updated_at_ms: number;
  started_at_ms?: number;
  ended_at_ms?: number;
  last_error?: string;
}

/** `agent`: workers leave a new run alone for ten minutes, for an external agent to claim it. */
export interface CreateTriageRun {
  executor?: "worker" | "agent" | null;
}

export interface TriageRunResponse extends TriageParts, OpenRecord {
  ok: true;
  draft: Draft;
  run: TriageRun | null;
  /** A live run was found and is used. */
  deduped: boolean;
  triage_summary: TriageSummary | null;
}

export interface ReplayResponse extends TriageRunResponse {
  /** As it was before. */
  incident: Incident;
}

export interface TriageSummaryResponse extends OpenRecord {
  ok: true;
  draft: Draft;
  triage_summary: TriageSummary;
  triage_summary_artifact: ArtifactRef | null;
  failure_pattern_memory: JsonObject | null;
  regression_signal_memory: JsonObject | null;
  issue_draft: IssueDraft;
  issue_draft_artifact: ArtifactRef | null;
  duplicate_matches_artifact: ArtifactRef | null;
}

export interface IssueDraftResponse extends Omit<TriageParts, "issue_draft">, OpenRecord {
  ok: true;
  draft: Draft | null;
  triage_summary: TriageSummary | null;
  issue_draft: IssueDraft;
}

/** Something a run left, with what it says: redacted before it was stored. */
export interface TriageArtifact extends ArtifactRef {
  /** `agent`: handed in by an external agent; nothing of it is a fact of the server's. */
  made_by: string;
  sha256: string;
  redactions: Record<string, number>;
  content?: unknown;
}

/** What somebody changed of a draft's summary. */
export interface DraftRevision extends OpenRecord {
  revision: number;
  actor: ActorRef;
  created_at_ms: number;
  changes: Array<{ field: string; before?: unknown; after?: unknown }>;
}

/** A run with everything it left, oldest first, and the edits of its draft, newest first. */
export interface TriageRunDetail extends OpenRecord {
  run: TriageRun;
  draft: Draft;
  trigger: Open<"manual" | "replay" | "automatic">;
  requested_by: ActorRef;
  summary_by: Open<"enrichers" | "agent" | "person" | "synthesis"> | null;
  claim: {
    kind: Open<"worker" | "agent">;
    by: string;
    claimed_at_ms: number;
    lease_until_ms: number;
  } | null;
  deadline_at_ms: number | null;
  next_attempt_at_ms: number | null;
  claim_count: number;
  recovery_count: number;
  cancelled_by: ActorRef | null;
  reason: Reason | null;
  artifacts: TriageArtifact[];
  revisions: DraftRevision[];
}

/** One phase's result, whose it is, and what was blacked out in it. */
export interface TriagePhaseResult extends OpenRecord {
  artifact_id: string;
  made_by: string;
  at_ms: number;
  redactions: Record<string, number>;
  content: JsonObject;
}

export interface TriageAction extends OpenRecord {
  allowed: boolean;
  /** Why not, and what unlocks it. */
  reason?: string;
}

/** A draft's newest triage run, everything it found and came to, and what the caller may do with it. */
export interface TriageReview extends OpenRecord {
  draft_id: string;
  run: TriageRun | null;
  trigger: TriageRunDetail["trigger"] | null;
  requested_by: ActorRef | null;
  summary_by: TriageRunDetail["summary_by"];
  claim: TriageRunDetail["claim"];
  deadline_at_ms: number | null;
  next_attempt_at_ms: number | null;
  cancelled_by: ActorRef | null;
  reason: Reason | null;
  phases: Record<"inspect" | "research" | "validate" | "propose", TriagePhaseResult | null>;
  triage_summary: TriageSummary | null;
  proposal_quality_gate: QualityGateReport | null;
  issue_draft: IssueDraft | null;
  revisions: DraftRevision[];
  earlier_runs: Array<{ run_id: string; state: string; created_at_ms: number; ended_at_ms?: number }>;
  actions: Record<"start" | "cancel" | "take_back" | "edit", TriageAction>;
}

/** Until when the claim holds without a heartbeat; 15 s to 10 min, two minutes unless told. */
export interface ClaimTriageRun {
  lease_ms?: number | null;
}

export interface ChangedTriageRun extends OpenRecord {
  ok: true;
  run: TriageRun;
  draft: Draft;
}

export interface ClaimedTriageRun extends ChangedTriageRun {
  /** The proof of the claim, for every further call. */
  claim_id: string;
  lease_until_ms: number;
}

export interface TriageHeartbeat extends OpenRecord {
  ok: true;
  lease_until_ms: number;
  run: TriageRun;
}

/** What an agent found in one phase; the server keeps every statement in it as a model's. */
export interface SubmitTriageArtifact {
  claim_id: string;
  phase: "inspect" | "research" | "validate" | "propose";
  artifact: JsonObject;
}

export interface SubmittedTriageArtifact extends OpenRecord {
  ok: true;
  run: TriageRun;
  artifact: ArtifactRef;
}

/** `released` gives the run back to the queue with what was submitted. */
export interface CompleteTriageRun {
  claim_id: string;
  outcome?: "completed" | "released" | null;
}
