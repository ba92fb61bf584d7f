import { type PhaseContent, phaseContent, plainKey } from "./phase-output";
import type { TriageSubject } from "./triage";
import { type TriagePhase, triagePhases } from "./triage";
import type { FoundArtifacts } from "./triage-evidence";
import { donePhases, type PhaseOutputs } from "./triage-gates";
import { applyEdits, readSummary, type SummaryAuthor } from "./triage-summary";
import {
  type SummaryField,
  summaryFieldOrder,
  type TriageSummary,
  type TriageSummaryInput,
} from "./triage-summary-fields";
import { summaryFromArtifacts } from "./triage-summary-found";

export type SummarisedRun = {
  /** Artifacts that this product's own phases made. Who made one, the run's record says, never its shape. */
  own: FoundArtifacts;
  /** What an external agent submitted for a phase. */
  byAgent: PhaseOutputs;
  subject: TriageSubject;
};

/**
 * The summary of a run, given what somebody posted for it (contract 4.10): a summary of substance stands as it was posted;
 * otherwise it is made of what the phases found and what an agent submitted, with the rest of the post over it.
 */
export function summariseRun(
  { own, byAgent, subject }: SummarisedRun,
  posted: TriageSummaryInput = {},
  author: SummaryAuthor = {},
): { substance: boolean; summary: TriageSummary } {
  const read = readSummary(posted, { ...author, draftTitle: subject.title });
  if (read.substance) return read;
  const found = summaryFromArtifacts(own, subject, donePhases(byAgent));
  const submitted = applyEdits(found, summaryInputFromOutputs(byAgent), {
    writtenBy: "model",
    draftTitle: subject.title,
  });
  const summary = applyEdits(submitted.summary, posted, { ...author, draftTitle: subject.title }).summary;
  return { substance: false, summary };
}

/** Names that agents use for a field in the output of a phase, beside the contract's own for it. */
const aliases: Record<TriagePhase, Partial<Record<SummaryField, readonly string[]>>> = {
  inspect: { whatHappened: ["detail", "summary"], affectedComponents: ["components"] },
  research: {
    whyItLikelyHappened: ["likely_cause", "root_cause", "likely_root_cause", "summary"],
    researchSources: ["sources", "findings"],
    relatedExistingIssues: ["related_issues"],
    relatedFailurePatterns: ["related_patterns"],
  },
  validate: {
    stepsToReproduce: ["steps", "reproduction"],
    logs: ["errors", "evidence"],
    rootCauseConfidence: ["confidence"],
    notes: ["decision", "summary"],
  },
  propose: {
    verificationSteps: ["smoke_steps", "smoke_test_steps"],
    likelyFilesToEdit: ["files"],
    riskLevel: ["risk"],
  },
};

/**
 * A summary as an agent's outputs say it, phase by phase: the contract's fields by their names, then by what agents call
 * them. Only phases with content are read, and a later phase's word for a field wins.
 */
export function summaryInputFromOutputs(outputs: PhaseOutputs): TriageSummaryInput {
  const input: Record<string, unknown> = {};
  for (const phase of triagePhases) {
    const content = phaseContent(phase, outputs[phase]);
    if (!content) continue;
    for (const field of summaryFieldOrder) {
      // Whether it is ready for a coding agent, an agent may not say of its own work.
      if (field === "coderReady") continue;
      const value = fieldOf(field, phase, content);
      if (value !== undefined) input[field] = value;
    }
  }
  return input;
}

const texts: ReadonlySet<SummaryField> = new Set<SummaryField>([
  ...(["suggestedTitle", "whatHappened", "whyItLikelyHappened", "expectedBehavior"] as const),
  ...(["rootCauseConfidence", "failureType", "recommendedFix", "riskLevel", "notes"] as const),
]);
const shapedLists: ReadonlySet<SummaryField> = new Set<SummaryField>([
  ...(["relatedExistingIssues", "relatedFailurePatterns", "researchSources"] as const),
  ...(["fileReferences", "fixPoints"] as const),
]);

function fieldOf(field: SummaryField, phase: TriagePhase, content: PhaseContent): unknown {
  for (const name of [field, ...(aliases[phase][field] ?? [])]) {
    const value = valueAs(field, content.get(plainKey(name)));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** In the form that the field has, or nothing: an agent's list of one may be a bare text, and its rows may be objects. */
function valueAs(field: SummaryField, value: unknown): unknown {
  if (field === "permissionsAvailable") return typeof value === "boolean" ? value : undefined;
  if (texts.has(field)) return typeof value === "string" && value.trim() !== "" ? value : undefined;
  const rows: unknown[] = (Array.isArray(value) ? value : [value]).slice(0, 200);
  const kept = shapedLists.has(field)
    ? rows.filter((row) => typeof row === "string" || (typeof row === "object" && row !== null))
    : rows.map(wordsOf).filter((row) => row !== "");
  return kept.length > 0 ? kept : undefined;
}

/** A row's own words, where the row is an object that says what it is. */
function wordsOf(row: unknown): string {
  if (typeof row === "string") return row;
  if (typeof row !== "object" || row === null) return "";
  const facts = row as Record<string, unknown>;
  const names = [
    "step",
    "text",
    "description",
    "criterion",
    "action",
    "title",
    "path",
    "file",
    "name",
    "message",
  ];
  const said = names
    .map((name) => facts[name])
    .find((each) => typeof each === "string" && each.trim() !== "");
  return typeof said === "string" ? said : "";
}
