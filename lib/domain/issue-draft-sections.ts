import type { IssueSection } from "./issue-draft-template";
import {
  codeSpan,
  cutUnits,
  fencedBlock,
  inlineText,
  neutraliseCode,
  neutraliseLinks,
  neutraliseProse,
  plainText,
} from "./issue-text";
import type { SummaryField, TriageSummary } from "./triage-summary-fields";

/** How much of the long parts is taken: units of a text, rows of a list, units of a row. */
export type SectionBounds = {
  text: number;
  rows: number;
  row: number;
  logRows: number;
  logRow: number;
  logTotal: number;
};

/** From generous to terse: what is too long shrinks step by step before anything has to go. */
export const sectionBoundSteps: readonly SectionBounds[] = [
  { text: 3_000, rows: 30, row: 500, logRows: 20, logRow: 1_000, logTotal: 3_000 },
  { text: 2_000, rows: 20, row: 300, logRows: 20, logRow: 400, logTotal: 2_000 },
  { text: 1_000, rows: 10, row: 200, logRows: 12, logRow: 200, logTotal: 1_200 },
  { text: 500, rows: 6, row: 140, logRows: 6, logRow: 140, logTotal: 600 },
  { text: 240, rows: 3, row: 90, logRows: 3, logRow: 120, logTotal: 300 },
];

/** Every section as Markdown without its heading; empty where nothing is known. */
export function renderSections(
  summary: TriageSummary,
  evidenceRefs: readonly string[],
  bounds: SectionBounds,
): Record<IssueSection, string> {
  const text = (field: SummaryField, value: string | null) =>
    marked(summary, field, value ? proseOf(cutUnits(value, bounds.text)) : "");
  const list = (field: SummaryField, rows: readonly string[], numbered = false) =>
    marked(summary, field, rowsOf(rows.map(rowText(bounds)), bounds, numbered));
  const shaped = (field: SummaryField, rows: readonly unknown[]) =>
    marked(summary, field, rowsOf(rows.map(describer(bounds)), bounds));
  const cause = text("whyItLikelyHappened", summary.whyItLikelyHappened);
  return {
    what_happened: text("whatHappened", summary.whatHappened),
    expected_behavior: text("expectedBehavior", summary.expectedBehavior),
    steps_to_reproduce: list("stepsToReproduce", summary.stepsToReproduce, true),
    environment: list("environment", summary.environment),
    logs: marked(summary, "logs", logsOf(summary.logs, bounds)),
    root_cause: cause === "" ? "" : `${cause}\n\nConfidence: ${summary.rootCauseConfidence}.`,
    recommended_fix: text("recommendedFix", summary.recommendedFix),
    files: marked(
      summary,
      "likelyFilesToEdit",
      rowsOf(summary.likelyFilesToEdit.map(codeRow(bounds)), bounds),
    ),
    components: list("affectedComponents", summary.affectedComponents),
    acceptance_criteria: list("acceptanceCriteria", summary.acceptanceCriteria),
    verification_steps: list("verificationSteps", summary.verificationSteps, true),
    related: [
      shaped("relatedExistingIssues", summary.relatedExistingIssues),
      shaped("relatedFailurePatterns", summary.relatedFailurePatterns),
    ]
      .filter(Boolean)
      .join("\n"),
    research_sources: shaped("researchSources", summary.researchSources),
    file_references: shaped("fileReferences", summary.fileReferences),
    fix_points: shaped("fixPoints", summary.fixPoints),
    notes: text("notes", summary.notes),
    evidence: rowsOf(
      [...new Set(evidenceRefs.filter((each) => each.trim() !== ""))].map(codeRow(bounds)),
      bounds,
    ),
  };
}

/** These say the report again by nature; the others claim something, and a reader must know on what grounds. */
const reported: readonly SummaryField[] = ["suggestedTitle", "whatHappened", "environment", "logs"];

function marked(summary: TriageSummary, field: SummaryField, text: string): string {
  if (text === "") return "";
  if (summary.modelText.includes(field)) {
    return `${text}\n\n_Written by a model: check it before acting on it._`;
  }
  if (summary.origins[field] === "synthesised" && !reported.includes(field)) {
    return `${text}\n\n_Put together from the report alone; nothing was found that confirms it._`;
  }
  return text;
}

const gap = "\u200b";

/**
 * Prose under our headings. Besides what a tracker acts on, it must not open a section of its own, draw a line across, or show
 * a link whose words are not its address.
 */
export function proseOf(text: string): string {
  return neutraliseLinks(neutraliseProse(text))
    .replace(/^([ \t>*+\-.)\d]{0,40})(?=#{1,6}(?:[ \t]|$))/gm, `$1${gap}`)
    .replace(/^(?=[ \t>]{0,40}(?:=+|-+|(?:[-*_][ \t]*){3,})[ \t]*$)/gm, gap);
}

/** A reference to copy. Where its code span is broken up, it still links nothing. */
const referenceOf = (text: string, max: number): string => neutraliseLinks(codeSpan(text, max));

const rowText =
  (bounds: SectionBounds) =>
  (row: string): string =>
    proseOf(inlineText(row, bounds.row));

const codeRow =
  (bounds: SectionBounds) =>
  (row: string): string =>
    plainText(row).trim() === "" ? "" : referenceOf(row, bounds.row);

function rowsOf(rows: readonly string[], bounds: SectionBounds, numbered = false): string {
  const said = rows.filter((row) => row.trim() !== "");
  const shown = said.slice(0, bounds.rows).map((row, at) => `${numbered ? `${at + 1}.` : "-"} ${row}`);
  const left = said.length - shown.length;
  return [...shown, ...(left > 0 ? [`${numbered ? "" : "- "}... and ${left} more`] : [])].join("\n");
}

function logsOf(rows: readonly string[], bounds: SectionBounds): string {
  const text = rows
    .slice(0, bounds.logRows)
    .map((row) => cutUnits(row, bounds.logRow))
    .join("\n");
  return text.trim() === "" ? "" : fencedBlock(neutraliseCode(cutUnits(text, bounds.logTotal)));
}

/** Somebody's own shape in one line: where it is, then what it is. */
const describer =
  (bounds: SectionBounds) =>
  (value: unknown): string => {
    if (typeof value === "string") return rowText(bounds)(value);
    if (typeof value !== "object" || value === null) return rowText(bounds)(String(value));
    const facts = value as Record<string, unknown>;
    const first = (...names: string[]): string => {
      for (const name of names) {
        const fact = facts[name];
        if (typeof fact === "string" && fact.trim() !== "") return fact;
        if (typeof fact === "number") return String(fact);
      }
      return "";
    };
    const path = first("path", "file", "file_path");
    const line = first("line", "line_number", "from_line");
    const hash = first("hash", "commit", "sha").slice(0, 12);
    const place =
      path !== "" ? (line !== "" ? `${path}:${line}` : path) : hash || first("reference", "id", "number");
    const words = first(
      "why",
      "title",
      "subject",
      "summary",
      "what",
      "name",
      "text",
      "reason",
      "description",
    );
    const outcome = first("outcome", "state", "status");
    const url = first("url", "html_url", "link");
    const parts = [
      place === "" ? "" : referenceOf(place, bounds.row),
      words === "" ? "" : rowText(bounds)(words),
      outcome === "" ? "" : `(${rowText(bounds)(outcome)})`,
      url === "" ? "" : referenceOf(url, bounds.row),
    ].filter((each) => each !== "");
    return parts.length > 0 ? parts.join(" ") : referenceOf(JSON.stringify(value), bounds.row);
  };
