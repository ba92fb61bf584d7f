import { type CoderReadyGate, judgeCoderReady } from "./coder-ready";
import { isDuplicate } from "./duplicate-summary";
import { issueTitleMax, renderIssueBody } from "./issue-draft-body";
import { type IssueDraftTemplate, readIssueTemplate } from "./issue-draft-template";
import { cutUnits, plainText } from "./issue-text";
import type { Research, TriageSubject } from "./triage";
import { judgeProposal, type PhaseOutputs, type ProposalGate } from "./triage-gates";
import type { FailureType, SummaryRisk, TriageSummary } from "./triage-summary-fields";

export type IssueDraftInput = {
  subject: Pick<TriageSubject, "draftId" | "incidentId" | "repo" | "title" | "riskLevel" | "evidenceRefs">;
  triageRunId: string;
  workflowRunId?: string | null;
  /** With the edits of people applied (`applyEdits`). */
  summary: TriageSummary;
  outputs: PhaseOutputs;
  similar: Research["similar"];
  filedBefore?: Research["filedBefore"];
  /** null: the standard form. */
  template: IssueDraftTemplate | null;
  /** The digest that the destinations mark this failure with: 64 hex digits. */
  fingerprintMarker: string;
  createdAtMs: number;
};

/** What another program needs to take the work on (contract 5.15). */
export type CoderHandoff = {
  handoffType: "tandem_autonomous_coder_issue";
  source: "incident_monitor";
  repo: string;
  triageRunId: string;
  workflowRunId: string | null;
  incidentId: string | null;
  draftId: string;
  failureType: FailureType;
  likelyFilesToEdit: string[];
  acceptanceCriteria: string[];
  verificationSteps: string[];
  riskLevel: SummaryRisk;
  coderReady: true;
  coderReadyGate: CoderReadyGate;
  requiredToolScopes: string[];
  missingToolScopes: string[];
  permissionsAvailable: boolean | null;
};

export type IssueDraft = {
  draftId: string;
  repo: string;
  triageRunId: string;
  /** Path of the repository's file, `project`, or null for the standard form. */
  templateSource: string | null;
  /** Digest of the text of that file or template, in hex; null for the standard form. */
  templateSha256: string | null;
  suggestedTitle: string;
  /** What the repository's file would label and assign: shown, never applied by this. */
  proposedLabels: string[];
  proposedAssignees: string[];
  summary: TriageSummary;
  coderReady: boolean;
  coderReadyGate: CoderReadyGate;
  proposalQualityGate: ProposalGate;
  /** null unless it is coder-ready. */
  coderHandoff: CoderHandoff | null;
  renderedBody: string;
  createdAtMs: number;
};

/**
 * The issue a draft would become, whatever its gate says of it: what people look at while they edit, and proposed only once
 * the gate passes (case 118). Equal input gives equal bytes.
 */
export function previewIssueDraft(input: IssueDraftInput): IssueDraft {
  const { subject, summary, template, triageRunId } = input;
  const ready = judgeCoderReady(summary, {
    draftRiskLevel: subject.riskLevel,
    isDuplicate: isDuplicate(input),
  });
  const coderHandoff = ready.coderReady ? handoffOf(input, ready.gate) : null;
  const file = template?.kind === "repository" ? readIssueTemplate(template.text) : null;
  return {
    draftId: subject.draftId,
    repo: subject.repo,
    triageRunId,
    templateSource: template?.kind === "repository" ? template.path : template ? "project" : null,
    templateSha256: template?.sha256 ?? null,
    suggestedTitle: titleOf(file?.titlePrefix ?? "", summary.suggestedTitle ?? subject.title),
    proposedLabels: file?.labels ?? [],
    proposedAssignees: file?.assignees ?? [],
    summary,
    coderReady: ready.coderReady,
    coderReadyGate: ready.gate,
    proposalQualityGate: judgeProposal(summary, input.outputs),
    coderHandoff,
    renderedBody: renderIssueBody(input, file, coderHandoff),
    createdAtMs: input.createdAtMs,
  };
}

function titleOf(prefix: string, title: string): string {
  const line = plainText(`${prefix} ${title}`.toWellFormed()).replace(/\s+/g, " ").trim();
  return cutUnits(line, issueTitleMax) || "Untitled failure";
}

function handoffOf(
  { subject, summary, triageRunId, workflowRunId }: IssueDraftInput,
  gate: CoderReadyGate,
): CoderHandoff {
  return {
    handoffType: "tandem_autonomous_coder_issue",
    source: "incident_monitor",
    repo: subject.repo,
    triageRunId,
    workflowRunId: workflowRunId ?? null,
    incidentId: subject.incidentId,
    draftId: subject.draftId,
    failureType: summary.failureType,
    likelyFilesToEdit: summary.likelyFilesToEdit,
    acceptanceCriteria: summary.acceptanceCriteria,
    verificationSteps: summary.verificationSteps,
    riskLevel: summary.riskLevel,
    coderReady: true,
    coderReadyGate: gate,
    requiredToolScopes: summary.requiredToolScopes,
    missingToolScopes: summary.missingToolScopes,
    permissionsAvailable: summary.permissionsAvailable,
  };
}
