import type {
  ArtifactRefWire,
  DuplicateMatchWire,
  IssueDraftWire,
  ProposalQualityGateWire,
  SummaryChangeWire,
  TriageDuplicatesWire,
  TriageSummaryInputWire,
  TriageSummaryWire,
} from "@/lib/contracts/triage";
import type { DuplicateMatch, DuplicateSummary } from "@/lib/domain/duplicate-summary";
import type { GateReport } from "@/lib/domain/gate-report";
import type { IssueDraft } from "@/lib/domain/issue-draft";
import {
  gateToJson,
  issueDraftToJson,
  type SummaryRecord,
  summaryToJson,
} from "@/lib/domain/issue-draft-json";
import type { SummaryChange } from "@/lib/domain/summary-diff";
import type { ArtifactRef } from "@/lib/domain/triage-run-facts";
import type { TriageSummaryInput } from "@/lib/domain/triage-summary-fields";
import { snakeName } from "./casing";
import { present } from "./record-parts";

/** The keys of the lists' entries are somebody else's and stay; only the fields' own names change. */
export function summaryInputFromWire(body: TriageSummaryInputWire): TriageSummaryInput {
  return {
    suggestedTitle: body.suggested_title,
    whatHappened: body.what_happened,
    whyItLikelyHappened: body.why_it_likely_happened,
    rootCauseConfidence: body.root_cause_confidence,
    failureType: body.failure_type,
    affectedComponents: body.affected_components,
    likelyFilesToEdit: body.likely_files_to_edit,
    expectedBehavior: body.expected_behavior,
    stepsToReproduce: body.steps_to_reproduce,
    environment: body.environment,
    logs: body.logs,
    relatedExistingIssues: body.related_existing_issues,
    relatedFailurePatterns: body.related_failure_patterns,
    researchSources: body.research_sources,
    fileReferences: body.file_references,
    fixPoints: body.fix_points,
    recommendedFix: body.recommended_fix,
    acceptanceCriteria: body.acceptance_criteria,
    verificationSteps: body.verification_steps,
    coderReady: body.coder_ready,
    riskLevel: body.risk_level,
    requiredToolScopes: body.required_tool_scopes,
    missingToolScopes: body.missing_tool_scopes,
    permissionsAvailable: body.permissions_available,
    notes: body.notes,
  };
}

export const triageSummaryToWire = (record: SummaryRecord): TriageSummaryWire => summaryToJson(record);
export const issueDraftToWire = (draft: IssueDraft): IssueDraftWire => issueDraftToJson(draft);
export const proposalGateToWire = (gate: GateReport): ProposalQualityGateWire => gateToJson(gate);
export const artifactRefToWire = (artifact: ArtifactRef): ArtifactRefWire => ({
  id: artifact.id,
  ts_ms: artifact.atMs,
  path: artifact.path,
  artifact_type: artifact.artifactType,
  ...present({ step_id: artifact.stepId, source_event_id: artifact.sourceEventId }),
});

/** What the reference keeps of a match and we do not is null. */
export const duplicateMatchToWire = (match: DuplicateMatch): DuplicateMatchWire => ({
  source: match.source,
  fingerprint: match.fingerprint,
  summary: match.summary,
  match_reason: match.matchReason,
  score: match.score,
  recurrence_count: match.recurrenceCount,
  linked_issue_numbers: match.linkedIssueNumbers,
  run_id: match.runId,
  memory_id: match.memoryId,
  artifact_refs: match.artifactRefs,
  artifact_path: null,
  candidate_id: match.candidateId,
  linked_context_run_id: null,
  source_coder_run_id: null,
});

export const duplicateSummaryToWire = (summary: DuplicateSummary): TriageDuplicatesWire => ({
  reason: summary.reason,
  match_count: summary.matchCount,
  max_recurrence_count: summary.maxRecurrenceCount,
  linked_issue_numbers: summary.linkedIssueNumbers,
  best_match: summary.bestMatch && duplicateMatchToWire(summary.bestMatch),
  matches: summary.matches.map(duplicateMatchToWire),
});

export const summaryChangeToWire = (change: SummaryChange): SummaryChangeWire => ({
  field: snakeName(change.field),
  before: change.before,
  after: change.after,
  before_origin: change.beforeOrigin,
  after_origin: change.afterOrigin,
  ...present({ rows: change.rows }),
});
