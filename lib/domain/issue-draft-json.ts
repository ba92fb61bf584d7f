import type { CoderReadyGate } from "./coder-ready";
import type { JsonObject } from "./config";
import type { GateReport } from "./gate-report";
import type { CoderHandoff, IssueDraft } from "./issue-draft";
import { fieldsOf, type TriageSummary } from "./triage-summary-fields";

/*
 * Triage's records by the contract's names (5.9, 5.12, 5.15): what is stored, what a destination is given
 * (`PayloadSubject.issueDraft`), and what the wire answers are one spelling.
 */

/** A summary as a run keeps it. */
export type SummaryRecord = {
  draftId: string;
  repo: string;
  triageRunId: string;
  summary: TriageSummary;
  /** Asked for and eligible. */
  coderReady: boolean;
  coderReadyGate: CoderReadyGate;
  createdAtMs: number;
};

export const summaryToJson = (record: SummaryRecord) => ({
  draft_id: record.draftId,
  repo: record.repo,
  triage_run_id: record.triageRunId,
  ...summaryFieldsToJson(record.summary),
  coder_ready: record.coderReady,
  coder_ready_gate: coderGateToJson(record.coderReadyGate),
  created_at_ms: record.createdAtMs,
});

/** Every field of the contract's, and what we know about it: origins by the contract's names, model text, cuts. */
export function summaryFieldsToJson(summary: TriageSummary) {
  const { coderReady: _asked, ...fields } = fieldsOf(summary);
  const named = Object.fromEntries(Object.entries(fields).map(([field, value]) => [snake(field), value]));
  return {
    ...(named as SummaryJson),
    origins: Object.fromEntries(
      Object.entries(summary.origins).map(([field, origin]) => [snake(field), origin]),
    ),
    model_text: summary.modelText.map(snake),
    cut: summary.cut.map((each) => ({ ...each, field: snake(each.field) })),
  };
}

type SnakeName<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeName<Tail>}`
  : Name;
type Fields = Required<Omit<ReturnType<typeof fieldsOf>, "coderReady">>;
export type SummaryJson = { [Field in keyof Fields as SnakeName<Field>]: Fields[Field] };

/** `failureType` -> `failure_type`: the fields' names on the wire. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Gates (b) and (c) of the contract: the reason is there and null where it passed. */
export const gateToJson = (gate: GateReport) => ({
  stage: gate.stage,
  status: gate.status,
  passed: gate.passed,
  passed_count: gate.passedCount,
  total_count: gate.totalCount,
  gates: gate.gates,
  missing: gate.missing,
  blocked_reason: gate.blockedReason ?? null,
});

export const coderGateToJson = (gate: CoderReadyGate) => ({
  ...gateToJson(gate),
  requested_coder_ready: gate.requestedCoderReady,
});

export const handoffToJson = (handoff: CoderHandoff) => ({
  handoff_type: handoff.handoffType,
  source: handoff.source,
  repo: handoff.repo,
  triage_run_id: handoff.triageRunId,
  workflow_run_id: handoff.workflowRunId,
  incident_id: handoff.incidentId,
  draft_id: handoff.draftId,
  failure_type: handoff.failureType,
  likely_files_to_edit: handoff.likelyFilesToEdit,
  acceptance_criteria: handoff.acceptanceCriteria,
  verification_steps: handoff.verificationSteps,
  risk_level: handoff.riskLevel,
  coder_ready: handoff.coderReady,
  coder_ready_gate: coderGateToJson(handoff.coderReadyGate),
  required_tool_scopes: handoff.requiredToolScopes,
  missing_tool_scopes: handoff.missingToolScopes,
  permissions_available: handoff.permissionsAvailable,
});

/** Fit for `PayloadSubject.issueDraft`; of JSON values only. */
export function issueDraftToJson(draft: IssueDraft) {
  const { notes: _notes, ...fields } = summaryFieldsToJson(draft.summary);
  return {
    draft_id: draft.draftId,
    repo: draft.repo,
    triage_run_id: draft.triageRunId,
    template_source: draft.templateSource,
    template_sha256: draft.templateSha256,
    ...fields,
    suggested_title: draft.suggestedTitle,
    coder_ready: draft.coderReady,
    coder_ready_gate: coderGateToJson(draft.coderReadyGate),
    proposal_quality_gate: gateToJson(draft.proposalQualityGate),
    coder_handoff: draft.coderHandoff && handoffToJson(draft.coderHandoff),
    triage_summary: summaryToJson(draft),
    rendered_body: draft.renderedBody,
    proposed_labels: draft.proposedLabels,
    proposed_assignees: draft.proposedAssignees,
    created_at_ms: draft.createdAtMs,
  } satisfies JsonObject;
}
