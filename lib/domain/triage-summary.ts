import { canonicalJson } from "./canonical-json";
import { boundFields } from "./triage-summary-bounds";
import {
  fieldsOf,
  isEmpty,
  type SummaryField,
  type SummaryFields,
  substanceFields,
  type TriageSummary,
  type TriageSummaryInput,
} from "./triage-summary-fields";

export const assumedSummary = {
  whatHappened: "A failure was reported.",
  expectedBehavior: "It completes without this failure.",
  rootCauseConfidence: "low",
  failureType: "unknown",
  riskLevel: "medium",
} as const;

export type SummaryAuthor = {
  /** Whose words they are; a model's stay marked wherever they are shown. */
  writtenBy?: "person" | "model";
  /** The draft's title: what happened, where nothing better is said. */
  draftTitle?: string;
};

/**
 * Reads a summary that somebody sent: trimmed, blanks dropped, lists and texts bounded, words outside the vocabularies
 * read as the most careful one. Everything in it counts as given. Without substance nothing in it should be kept but its
 * wishes (`coderReady`); what to write then, `summaryFromArtifacts` knows.
 */
export function readSummary(
  input: TriageSummaryInput,
  author: SummaryAuthor = {},
): { substance: boolean; summary: TriageSummary } {
  const { fields, cut, filled } = boundFields(input);
  const origins: TriageSummary["origins"] = {};
  for (const field of filled) origins[field] = "given";
  const summary = composeSummary({ fields, origins, cut }, author.draftTitle);
  summary.modelText = author.writtenBy === "model" ? filled.filter(isWritten) : [];
  return { substance: substanceFields.some((field) => filled.includes(field)), summary };
}

/** Whole, with what is assumed where nothing was said. An assumed text is synthesised; an assumed level has no origin. */
export function composeSummary(
  { fields, origins, cut }: Pick<TriageSummary, "origins" | "cut"> & { fields: Partial<SummaryFields> },
  draftTitle?: string,
): TriageSummary {
  const whole: TriageSummary = {
    suggestedTitle: null,
    whatHappened: "",
    whyItLikelyHappened: null,
    rootCauseConfidence: assumedSummary.rootCauseConfidence,
    failureType: assumedSummary.failureType,
    affectedComponents: [],
    likelyFilesToEdit: [],
    expectedBehavior: "",
    stepsToReproduce: [],
    environment: [],
    logs: [],
    relatedExistingIssues: [],
    relatedFailurePatterns: [],
    researchSources: [],
    fileReferences: [],
    fixPoints: [],
    recommendedFix: null,
    acceptanceCriteria: [],
    verificationSteps: [],
    coderReady: null,
    riskLevel: assumedSummary.riskLevel,
    requiredToolScopes: [],
    missingToolScopes: [],
    permissionsAvailable: null,
    notes: null,
    ...fields,
    origins: { ...origins },
    modelText: [],
    cut,
  };
  if (whole.whatHappened === "") {
    const title = boundFields({ whatHappened: draftTitle }).fields.whatHappened;
    whole.whatHappened = title ?? assumedSummary.whatHappened;
    whole.origins.whatHappened = "synthesised";
  }
  if (whole.expectedBehavior === "") {
    whole.expectedBehavior = assumedSummary.expectedBehavior;
    whole.origins.expectedBehavior = "synthesised";
  }
  return whole;
}

/** Said to be so, said not to be so, or not said: null takes back what was said before. */
const isFlag = (field: SummaryField): boolean => field === "coderReady" || field === "permissionsAvailable";

/** Levels, types and wishes are chosen, not written. */
const isWritten = (field: SummaryField): boolean =>
  !["rootCauseConfidence", "failureType", "riskLevel", "coderReady", "permissionsAvailable"].includes(field);

/**
 * The summary with a person's edits over it. An edit wins over what was found, also after a new run found something else;
 * a blank one clears its field, and so does null where a field is a yes or no. A field sent back as it was keeps its origin, so that saving a form does not turn what was
 * synthesised into something somebody said. `edits` are those that changed something, to be kept and applied again.
 */
export function applyEdits(
  found: TriageSummary,
  edits: TriageSummaryInput,
  author: SummaryAuthor = {},
): { summary: TriageSummary; edits: TriageSummaryInput } {
  const given = boundFields(edits);
  const fields = fieldsOf(found);
  const origins = { ...found.origins };
  const kept: Record<string, unknown> = {};
  const changed = new Set<SummaryField>();
  for (const field of Object.keys(fields) as SummaryField[]) {
    if (edits[field] === undefined || (edits[field] === null && !isFlag(field))) continue;
    const value = given.fields[field];
    const isSame = value !== undefined && canonicalJson(value) === canonicalJson(found[field]);
    if (isSame || (value === undefined && isEmpty(found[field]))) continue;
    changed.add(field);
    kept[field] = value ?? edits[field];
    Reflect.deleteProperty(fields, field);
    delete origins[field];
    if (value === undefined) continue;
    Object.assign(fields, { [field]: value });
    origins[field] = "given";
  }
  const cut = [
    ...found.cut.filter((each) => each.field === "all" || !changed.has(each.field)),
    ...given.cut.filter((each) => each.field === "all" || changed.has(each.field)),
  ];
  // Together they may be too long again, though each alone is not.
  const together = boundFields(fields);
  const summary = composeSummary(
    { fields: together.fields, origins, cut: [...cut, ...together.cut] },
    author.draftTitle,
  );
  for (const field of Object.keys(origins) as SummaryField[]) {
    if (!together.filled.includes(field)) delete summary.origins[field];
  }
  if (summary.origins.whatHappened === undefined) summary.origins.whatHappened = "synthesised";
  if (summary.origins.expectedBehavior === undefined) summary.origins.expectedBehavior = "synthesised";
  const wrote = author.writtenBy === "model" ? [...changed].filter(isWritten) : [];
  summary.modelText = [...found.modelText.filter((field) => !changed.has(field)), ...wrote].filter(
    (field) => summary.origins[field] !== undefined,
  );
  return { summary, edits: kept };
}
