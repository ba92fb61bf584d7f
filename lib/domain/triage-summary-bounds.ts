import { byteLength, cutUnits, plainText } from "./issue-text";
import { boundJsonValue, saysSomething } from "./json-bounds";
import {
  failureTypes,
  type SummaryCut,
  type SummaryField,
  type SummaryFields,
  type TriageSummaryInput,
} from "./triage-summary-fields";

/** Bytes of UTF-8 that a summary's fields may take as JSON. Texts alone never reach it. */
export const summaryByteLimit = 128 * 1024;

/** UTF-16 units of a text; the mark of a cut included. */
const textMax = {
  suggestedTitle: 300,
  whatHappened: 8_000,
  whyItLikelyHappened: 8_000,
  expectedBehavior: 4_000,
  recommendedFix: 8_000,
  notes: 4_000,
} as const satisfies Partial<Record<SummaryField, number>>;

/** Rows of a list (contract 5.8), and units of a row. */
const rowMax = {
  affectedComponents: [20, 300],
  likelyFilesToEdit: [30, 500],
  stepsToReproduce: [8, 1_000],
  environment: [12, 500],
  logs: [20, 2_000],
  acceptanceCriteria: [20, 1_000],
  verificationSteps: [20, 1_000],
  requiredToolScopes: [20, 200],
  missingToolScopes: [20, 200],
} as const satisfies Partial<Record<SummaryField, readonly [number, number]>>;

/** Kept in the shape they have (contract 5.8), within these: entries of a list, and bytes, depth and members of each. */
const shapedLists = [
  "relatedExistingIssues",
  "relatedFailurePatterns",
  "researchSources",
  "fileReferences",
  "fixPoints",
] as const satisfies readonly SummaryField[];
export const shapedBounds = { entries: 30, bytes: 2_000, depth: 4, members: 20, text: 1_000 };

export type BoundedFields = {
  fields: Partial<SummaryFields>;
  /** Fields that say something. */
  filled: SummaryField[];
  cut: SummaryCut[];
};

/** Trims, drops blanks and exact repeats, takes out control characters, and cuts to the bounds; nothing is assumed here. */
export function boundFields(input: TriageSummaryInput): BoundedFields {
  const fields: Record<string, unknown> = {};
  const cut: SummaryCut[] = [];
  for (const [field, max] of Object.entries(textMax) as Array<[keyof typeof textMax, number]>) {
    const text = cleanText(input[field]);
    if (text === "") continue;
    if (text.length > max) cut.push({ field, unit: "characters", kept: max, given: text.length });
    fields[field] = cutUnits(text, max);
  }
  for (const [field, [count, max]] of Object.entries(rowMax) as Array<
    [keyof typeof rowMax, readonly [number, number]]
  >) {
    const rows = rowsOf(input[field]);
    const whole = [...new Set(rows.map(field === "logs" ? cleanLog : cleanText).filter(Boolean))];
    noteRows(field, whole.length, count);
    const kept = whole.slice(0, count);
    const longest = Math.max(0, ...kept.map((row) => row.length));
    if (longest > max) cut.push({ field, unit: "characters", kept: max, given: longest });
    if (kept.length > 0) fields[field] = [...new Set(kept.map((row) => cutUnits(row, max)))];
  }
  for (const field of shapedLists) {
    const given = rowsOf(input[field]).filter((entry) => saysSomething(entry));
    noteRows(field, given.length, shapedBounds.entries);
    const kept = given.slice(0, shapedBounds.entries).flatMap((entry) => {
      const bounded = boundJsonValue(entry, shapedBounds);
      return bounded === null ? [] : [bounded.value];
    });
    const asked = Math.min(given.length, shapedBounds.entries);
    if (kept.length < asked) cut.push({ field, unit: "rows", kept: kept.length, given: asked });
    if (kept.length > 0) fields[field] = kept;
  }
  const confidence = word(input.rootCauseConfidence);
  if (confidence === "high" || confidence === "medium" || confidence === "low") {
    fields.rootCauseConfidence = confidence;
  }
  const failureType = failureTypes.find((each) => each === word(input.failureType));
  if (failureType) fields.failureType = failureType;
  const risk = word(input.riskLevel);
  if (risk === "low" || risk === "medium" || risk === "high") fields.riskLevel = risk;
  if (typeof input.coderReady === "boolean") fields.coderReady = input.coderReady;
  if (typeof input.permissionsAvailable === "boolean") {
    fields.permissionsAvailable = input.permissionsAvailable;
  }
  shrink(fields, cut);
  return { fields, filled: Object.keys(fields) as SummaryField[], cut };

  function noteRows(field: SummaryField, given: number, kept: number) {
    if (given > kept) cut.push({ field, unit: "rows", kept, given });
  }
}

/** Rows of the largest list go first, from its end, until everything fits. */
function shrink(fields: Record<string, unknown>, cut: SummaryCut[]): void {
  const sizes = new Map(Object.keys(fields).map((field) => [field, jsonBytes(fields[field])]));
  const total = () => [...sizes.values()].reduce((sum, size) => sum + size + 40, 0);
  const given = total();
  if (given <= summaryByteLimit) return;
  while (total() > summaryByteLimit) {
    const lists = [...sizes].filter(([field]) => Array.isArray(fields[field]));
    const [largest] = lists.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (!largest) break;
    const [field] = largest;
    const rows = (fields[field] as unknown[]).slice(0, -1);
    fields[field] = rows;
    sizes.set(field, jsonBytes(rows));
    if (rows.length > 0) continue;
    delete fields[field];
    sizes.delete(field);
  }
  cut.push({ field: "all", unit: "bytes", kept: total(), given });
}

const jsonBytes = (value: unknown): number => byteLength(JSON.stringify(value));

const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const cleanText = (value: unknown): string =>
  typeof value === "string" ? plainText(value.toWellFormed()).trim() : "";

/** A log's row keeps its indentation. */
const cleanLog = (value: unknown): string =>
  typeof value === "string" ? plainText(value.toWellFormed()).trimEnd().replace(/^\n+/, "") : "";

const word = (value: unknown): string => (typeof value === "string" ? value.trim().toLowerCase() : "");
