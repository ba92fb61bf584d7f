import {
  type IssueDraftPlaceholder,
  type IssueDraftTemplate,
  type IssueSection,
  issueDraftPlaceholders,
  issueSections,
  readIssueTemplate,
  sectionTitles,
} from "./issue-draft-template";
import { namesIn, problemsOfTemplate } from "./markdown-template";
import { type Reason, reason } from "./reason";

/*
 * The template that a monitored project may have of its own. It goes before the repository's file, and that before the built-in
 * form. It arranges what triage found; what every issue must have (bounds, redaction, evidence, markers) is not up to it.
 */

/** What is wrong with a project's template; empty when it can be used. */
export function projectTemplateProblems(template: string): Reason[] {
  const problems = problemsOfTemplate(template, issueDraftPlaceholders, "issue_template", "issue_template");
  if (problems.length > 0) return problems;
  const named = namesIn(template);
  if (named.has("body") || issueSections.some((section) => named.has(section))) return [];
  // Headings alone, as a repository's file has them, would say the same of every failure.
  const words =
    "issue_template names no part of the issue: write {{body}} for all of it, or a section such as {{what_happened}}.";
  return [reason("issue_template_without_content", words)];
}

/** Whether it shows the evidence by itself: `{{body}}` or `{{evidence}}` on a line of its own, where nothing hides it. */
export const placesEvidence = (template: string): boolean =>
  /^ {0,3}\{\{\s*(?:body|evidence)\s*\}\}[ \t]*$/m.test(template);

/** Which form an issue draft follows: the project's own, else the repository's, else (null) the built-in one. */
export const chooseIssueTemplate = (
  own: IssueDraftTemplate | null,
  repository: IssueDraftTemplate | null,
): IssueDraftTemplate | null => (own && own.text.trim() !== "" ? own : repository);

/** The built-in form, to start from. */
export const builtInTemplate = (): string => issueSections.map(sectionBlock).join("\n\n");

/** A repository's form as a template, to start from: its headings with what triage puts under them, then the other sections. */
export function templateOfRepository(text: string): string {
  const { headings } = readIssueTemplate(text);
  const asked = new Set(headings.map(({ section }) => section));
  const own = headings.map(({ line, section }) => `${line}\n\n${section ? `{{${section}}}` : "Not known."}`);
  const rest = issueSections.filter((section) => !asked.has(section)).map(sectionBlock);
  return [...own.map(inert), ...rest].join("\n\n");
}

const sectionBlock = (section: IssueSection): string => `## ${sectionTitles[section]}\n\n{{${section}}}`;

/** A heading that somebody pushed must not make the template one that cannot be saved. */
function inert(block: string): string {
  const [line = "", ...rest] = block.split("\n");
  return [line.replace(/\{\{|\}\}/g, "").replace(/tandem(?=:[a-z_]+:v\d)/gi, ""), ...rest].join("\n");
}

export type PlaceholderGuide = { name: IssueDraftPlaceholder; isSection: boolean; words: string };

const factWords: Record<Exclude<IssueDraftPlaceholder, IssueSection>, string> = {
  body: "All sections, each under its heading",
  title: "Title of the issue",
  repo: "Repository, owner/repo",
  confidence: "Confidence in the cause: high, medium, low",
  risk_level: "Risk: low, medium, high",
  failure_type: "Type of the failure",
  draft_id: "Id of the draft",
  incident_id: "Id of the incident",
  triage_run_id: "Id of the triage run",
};

/** What a template may name, for people. */
export const placeholderGuide: readonly PlaceholderGuide[] = issueDraftPlaceholders.map((name) =>
  isSection(name)
    ? { name, isSection: true, words: sectionTitles[name] }
    : { name, isSection: false, words: factWords[name] },
);

function isSection(name: IssueDraftPlaceholder): name is IssueSection {
  return (issueSections as readonly string[]).includes(name);
}
