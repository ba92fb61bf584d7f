import type { Confidence } from "./triage";

export const failureTypes = [
  "code_defect",
  "missing_config",
  "missing_capability",
  "model_error",
  "tool_error",
  "validation_error",
  "timeout",
  "external_dependency",
  "unknown",
] as const;
export type FailureType = (typeof failureTypes)[number];
export type SummaryRisk = "low" | "medium" | "high";

/** A summary of a triage run (contract 5.8), normalised. A text that nobody wrote is null, a list nobody filled is empty. */
export type SummaryFields = {
  suggestedTitle: string | null;
  whatHappened: string;
  whyItLikelyHappened: string | null;
  rootCauseConfidence: Confidence;
  failureType: FailureType;
  affectedComponents: string[];
  likelyFilesToEdit: string[];
  expectedBehavior: string;
  stepsToReproduce: string[];
  environment: string[];
  logs: string[];
  relatedExistingIssues: unknown[];
  relatedFailurePatterns: unknown[];
  researchSources: unknown[];
  fileReferences: unknown[];
  fixPoints: unknown[];
  recommendedFix: string | null;
  acceptanceCriteria: string[];
  verificationSteps: string[];
  /** What was asked for; whether it is, the coder-ready gate says. */
  coderReady: boolean | null;
  riskLevel: SummaryRisk;
  requiredToolScopes: string[];
  missingToolScopes: string[];
  permissionsAvailable: boolean | null;
  notes: string | null;
};
export type SummaryField = keyof SummaryFields;

/** In the contract's order; a stored summary may have lost it. */
export const summaryFieldOrder = [
  ...["suggestedTitle", "whatHappened", "whyItLikelyHappened", "rootCauseConfidence", "failureType"],
  ...[
    "affectedComponents",
    "likelyFilesToEdit",
    "expectedBehavior",
    "stepsToReproduce",
    "environment",
    "logs",
  ],
  ...["relatedExistingIssues", "relatedFailurePatterns", "researchSources", "fileReferences", "fixPoints"],
  ...["recommendedFix", "acceptanceCriteria", "verificationSteps", "coderReady", "riskLevel"],
  ...["requiredToolScopes", "missingToolScopes", "permissionsAvailable", "notes"],
] as const as readonly SummaryField[];

/**
 * given: a person or a program wrote it. found: a phase found it, with evidence beyond the report. synthesised: put together
 * from the report's own words; shown, marked, and never enough for a gate (W-48).
 */
export type SummaryOrigin = "given" | "found" | "synthesised";

export type TriageSummary = SummaryFields & {
  /** Of every field that says something. A level or type that was only assumed has none. */
  origins: Partial<Record<SummaryField, SummaryOrigin>>;
  /** Fields whose words are a model's. */
  modelText: SummaryField[];
  /** What was too long, and how much of it was kept. */
  cut: SummaryCut[];
};

/** As it comes in. Absent, null and blank say nothing. */
export type TriageSummaryInput = {
  [Field in SummaryField]?: SummaryFields[Field] extends infer Value
    ? (Value extends string ? string : Value extends boolean ? boolean : Value) | null
    : never;
};

/** Any of these, and a summary has substance; without one the server writes it from what the phases found (contract 5.8). */
export const substanceFields = [
  "suggestedTitle",
  "whatHappened",
  "whyItLikelyHappened",
  "affectedComponents",
  "likelyFilesToEdit",
  "stepsToReproduce",
  "logs",
  "relatedExistingIssues",
  "relatedFailurePatterns",
  "researchSources",
  "fileReferences",
  "fixPoints",
  "recommendedFix",
  "acceptanceCriteria",
  "verificationSteps",
] as const satisfies readonly SummaryField[];

/** What was too long: how much was kept of how much, in characters of a text or rows of a list; `all` in bytes. */
export type SummaryCut = {
  field: SummaryField | "all";
  unit: "characters" | "rows" | "bytes";
  kept: number;
  given: number;
};

/** Only what the contract names, without what we know about it. */
export function fieldsOf(summary: TriageSummary): Partial<SummaryFields> {
  return Object.fromEntries(summaryFieldOrder.map((field) => [field, summary[field]]));
}

/** Something was said here, by somebody or by a phase, and it was not put together from the report. */
export function isSaid(summary: TriageSummary, field: SummaryField): boolean {
  const origin = summary.origins[field];
  return !isEmpty(summary[field]) && (origin === "given" || origin === "found");
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);
