import { type CoderReadyGate, judgeCoderReady } from "./coder-ready";
import { isDuplicate } from "./duplicate-summary";
import { handoffToJson } from "./issue-draft-json";
import { draftMarkerLines } from "./issue-draft-markers";
import { renderSections, type SectionBounds, sectionBoundSteps } from "./issue-draft-sections";
import {
  type IssueDraftPlaceholder,
  type IssueDraftTemplate,
  type IssueSection,
  issueDraftPlaceholders,
  issueSections,
  leadingSections,
  type RepositoryTemplate,
  readIssueTemplate,
  sectionTitles,
} from "./issue-draft-template";
import { byteLength, cutMarkdown, cutUnits, inlineText, neutraliseMarkdown, plainText } from "./issue-text";
import { fillMarkdownTemplate, problemsOfTemplate } from "./markdown-template";
import type { Reason } from "./reason";
import type { SimilarRecord, TriageSubject } from "./triage";
import { judgeProposal, type PhaseOutputs, type ProposalGate } from "./triage-gates";
import type { FailureType, SummaryRisk, TriageSummary } from "./triage-summary-fields";

/** Of the whole body, in bytes of UTF-8: what a destination takes. */
export const issueDraftByteLimit = 12_000;
/** Kept free for what a destination writes around the text: its three markers, and the line of a regression. */
const destinationBytes = 500;
const titleMax = 240;

export type IssueDraftInput = {
  subject: Pick<TriageSubject, "draftId" | "incidentId" | "repo" | "title" | "riskLevel" | "evidenceRefs">;
  triageRunId: string;
  workflowRunId?: string | null;
  /** With the edits of people applied (`applyEdits`). */
  summary: TriageSummary;
  outputs: PhaseOutputs;
  similar: readonly SimilarRecord[];
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

/** The issue a draft would become, or the gate that says what is missing: nothing weak is proposed (case 118). */
export function composeIssueDraft(
  input: IssueDraftInput,
): { ok: true; issueDraft: IssueDraft } | { ok: false; gate: ProposalGate } {
  const issueDraft = previewIssueDraft(input);
  const gate = issueDraft.proposalQualityGate;
  return gate.passed ? { ok: true, issueDraft } : { ok: false, gate };
}

/** The same, whatever the gate says: what people look at while they edit. Equal input gives equal bytes. */
export function previewIssueDraft(input: IssueDraftInput): IssueDraft {
  const { subject, summary, template, triageRunId } = input;
  const ready = judgeCoderReady(summary, {
    draftRiskLevel: subject.riskLevel,
    isDuplicate: isDuplicate(input.similar),
  });
  const coderHandoff = ready.coderReady ? handoffOf(input, ready.gate) : null;
  const file = template?.kind === "repository" ? readIssueTemplate(template.text) : null;
  return {
    draftId: subject.draftId,
    repo: subject.repo,
    triageRunId,
    templateSource: template?.kind === "repository" ? template.path : template ? "project" : null,
    suggestedTitle: titleOf(file?.titlePrefix ?? "", summary.suggestedTitle ?? subject.title),
    proposedLabels: file?.labels ?? [],
    proposedAssignees: file?.assignees ?? [],
    summary,
    coderReady: ready.coderReady,
    coderReadyGate: ready.gate,
    proposalQualityGate: judgeProposal(summary, input.outputs),
    coderHandoff,
    renderedBody: renderBody(input, file, coderHandoff),
    createdAtMs: input.createdAtMs,
  };
}

/** What is wrong with a project's template; empty when it can be used. */
export const issueDraftTemplateProblems = (template: string): Reason[] =>
  problemsOfTemplate(template, issueDraftPlaceholders, "The issue template");

function titleOf(prefix: string, title: string): string {
  const line = plainText(`${prefix} ${title}`.toWellFormed()).replace(/\s+/g, " ").trim();
  return cutUnits(line, titleMax) || "Untitled failure";
}

/** Long parts shrink step by step until everything fits; what is still too long is cut, the markers never. */
function renderBody(
  input: IssueDraftInput,
  file: RepositoryTemplate | null,
  handoff: CoderHandoff | null,
): string {
  const markers = draftMarkerLines({
    fingerprint: input.fingerprintMarker,
    triageRunId: input.triageRunId,
    coderHandoff: handoff && handoffToJson(handoff),
  }).join("\n");
  const room = issueDraftByteLimit - destinationBytes - (markers ? byteLength(markers) + 2 : 0);
  let text = "";
  for (const bounds of sectionBoundSteps) {
    // As a destination reads it, so that what is shown here is what is filed.
    text = neutraliseMarkdown(layOut(input, file, bounds).trim());
    if (byteLength(text) <= room) break;
  }
  const body = cutMarkdown(text, room);
  return markers ? `${body}\n\n${markers}` : body;
}

function layOut(input: IssueDraftInput, file: RepositoryTemplate | null, bounds: SectionBounds): string {
  const sections = renderSections(input.summary, input.subject.evidenceRefs, bounds);
  if (file && file.headings.length > 0) return layOutFile(file, sections);
  const standard = () => joined(issueSections, sections);
  if (input.template?.kind !== "project" || input.template.text.trim() === "") return standard();
  return fillMarkdownTemplate(input.template.text, issueDraftPlaceholders, (name) =>
    name === "body" ? standard() : valueOf(name, input, sections),
  );
}

/** The file's headings in its order, then what it does not ask for in ours. */
function layOutFile(file: RepositoryTemplate, sections: Record<IssueSection, string>): string {
  const asked = new Set(file.headings.map(({ section }) => section));
  const first = file.headings.map(
    ({ line, section }) => `${line}\n\n${(section && sections[section]) || notKnown}`,
  );
  const rest = issueSections.filter((section) => !asked.has(section));
  return [...first, joined(rest, sections)].filter(Boolean).join("\n\n");
}

const notKnown = "Not known.";

function joined(order: readonly IssueSection[], sections: Record<IssueSection, string>): string {
  return order
    .filter((section) => sections[section] !== "" || leadingSections.includes(section))
    .map((section) => `## ${sectionTitles[section]}\n\n${sections[section] || notKnown}`)
    .join("\n\n");
}

function valueOf(
  name: Exclude<IssueDraftPlaceholder, "body">,
  { subject, summary, triageRunId }: IssueDraftInput,
  sections: Record<IssueSection, string>,
): string {
  switch (name) {
    case "title":
      return inlineText(summary.suggestedTitle ?? subject.title, titleMax);
    case "repo":
      return inlineText(subject.repo, 200);
    case "confidence":
      return summary.rootCauseConfidence;
    case "risk_level":
      return summary.riskLevel;
    case "failure_type":
      return summary.failureType;
    case "draft_id":
      return inlineText(subject.draftId, 200);
    case "incident_id":
      return inlineText(subject.incidentId, 200);
    case "triage_run_id":
      return inlineText(triageRunId, 200);
    default:
      return sections[name];
  }
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
