import { inlineText, neutraliseLinks, plainText } from "./issue-text";

/** Sections of an issue draft, in the contract's order (5.15); the last two are ours. */
export const issueSections = [
  "what_happened",
  "expected_behavior",
  "steps_to_reproduce",
  "environment",
  "logs",
  "root_cause",
  "recommended_fix",
  "files",
  "components",
  "acceptance_criteria",
  "verification_steps",
  "related",
  "research_sources",
  "file_references",
  "fix_points",
  "notes",
  "evidence",
] as const;
export type IssueSection = (typeof issueSections)[number];

/** Shown even where nothing is known of them. */
export const leadingSections: readonly IssueSection[] = issueSections.slice(0, 5);

export const sectionTitles: Record<IssueSection, string> = {
  what_happened: "What happened",
  expected_behavior: "What did you expect",
  steps_to_reproduce: "Steps to reproduce",
  environment: "Environment",
  logs: "Logs",
  root_cause: "Suspected root cause",
  recommended_fix: "Recommended fix",
  files: "Files likely involved",
  components: "Affected components",
  acceptance_criteria: "Acceptance criteria",
  verification_steps: "Verification steps",
  related: "Related issues and failure patterns",
  research_sources: "Research sources",
  file_references: "File references",
  fix_points: "Potential fix points",
  notes: "Notes",
  evidence: "Evidence",
};

/**
 * Where a draft's form comes from: a file of the repository, or Markdown of the project's with placeholders. `sha256` is the
 * text's digest in hex, where whoever read it took one.
 */
export type IssueDraftTemplate = (
  | { kind: "repository"; path: string; text: string }
  | { kind: "project"; text: string }
) & { sha256?: string };

/** What a project's template may name besides `body`, which is everything in the standard form. */
export const issueDraftPlaceholders = [
  "body",
  ...issueSections,
  "title",
  "repo",
  "confidence",
  "risk_level",
  "failure_type",
  "draft_id",
  "incident_id",
  "triage_run_id",
] as const;
export type IssueDraftPlaceholder = (typeof issueDraftPlaceholders)[number];

export type TemplateHeading = {
  /** As it is written into the issue, marks included. */
  line: string;
  /** What goes under it; null where it asks for something that triage does not know. */
  section: IssueSection | null;
};

export type RepositoryTemplate = {
  titlePrefix: string;
  /** What the file would label and assign. Proposals: what is applied, the destination's configuration says. */
  labels: string[];
  assignees: string[];
  headings: TemplateHeading[];
};

const bounds = {
  text: 64_000,
  line: 400,
  lines: 1_000,
  headings: 30,
  heading: 120,
  prefix: 60,
  labels: 20,
  assignees: 10,
};

/**
 * Reads a repository's issue template: its front matter (title, labels, assignees) and its headings, `## such` or
 * `**such**`. Its prose asks the reporter for something and is left out. The file is anybody's who can push: bounded, and
 * never more than words.
 */
export function readIssueTemplate(text: string): RepositoryTemplate {
  const lines = plainText(text.slice(0, bounds.text)).split("\n").slice(0, bounds.lines);
  const { front, rest } = splitFrontMatter(lines);
  const body = rest.join("\n").replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  return {
    titlePrefix: cutLine(front.get("title")?.[0] ?? "", bounds.prefix),
    labels: [...new Set((front.get("labels") ?? []).map((each) => cutLine(each, 50)).filter(Boolean))].slice(
      0,
      bounds.labels,
    ),
    assignees: [...new Set(front.get("assignees") ?? [])]
      .filter((each) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(each))
      .slice(0, bounds.assignees),
    headings: readHeadings(body.split("\n")),
  };
}

function readHeadings(lines: string[]): TemplateHeading[] {
  const headings: TemplateHeading[] = [];
  const used = new Set<IssueSection>();
  let fence = "";
  for (const line of lines) {
    const [mark = ""] = /^(?:`{3,}|~{3,})/.exec(line.trimStart()) ?? [];
    if (mark !== "") fence = fence === "" ? mark : mark.startsWith(fence) ? "" : fence;
    if (fence !== "" || mark !== "" || headings.length >= bounds.headings) continue;
    if (line.length > bounds.line) continue;
    const [, marks = "", hashed = ""] = /^(#{1,6})[ \t]+(\S.*)$/.exec(line.trimEnd()) ?? [];
    const words = hashed.replace(/[ \t]+#+$/, "");
    const [, bold = ""] = /^\*\*([^*]{1,400})\*\*[ \t]*:?$/.exec(line.trimEnd()) ?? [];
    const said = neutraliseLinks(inlineText(words || bold, bounds.heading));
    if (said === "") continue;
    const found = sectionOf(words || bold);
    const section = found !== null && !used.has(found) ? found : null;
    if (section) used.add(section);
    headings.push({ line: bold ? `**${said.replaceAll("*", "")}**` : `${marks} ${said}`, section });
  }
  return headings;
}

/** By the words people use for it; the narrower ones first. */
const sectionWords: ReadonlyArray<[IssueSection, RegExp]> = [
  ["steps_to_reproduce", /\breproduc|\brepro\b|\bsteps\b/i],
  ["expected_behavior", /\bexpect/i],
  ["acceptance_criteria", /\bacceptance\b|\bdefinition of done\b/i],
  ["verification_steps", /\bverif|\btest plan\b|\bhow to test\b/i],
  ["root_cause", /\bcause\b|\banalysis\b|\bwhy\b/i],
  ["recommended_fix", /\b(?:possible|proposed|suggested|recommended|potential)\b.{0,20}\b(?:fix|solution)/i],
  ["logs", /\blogs?\b|\bscreenshots?\b|\bstack ?trace|\btrace ?back|\berror output\b/i],
  ["environment", /\benvironment\b|\bversions?\b|\bdesktop\b|\bplatform\b|\bsystem\b|\bsetup\b/i],
  ["files", /\bfiles?\b/i],
  ["components", /\bcomponents?\b|\bmodules?\b|\barea\b/i],
  ["related", /\brelated\b|\bduplicates?\b/i],
  ["notes", /\badditional\b|\bcontext\b|\bnotes?\b|\banything else\b/i],
  [
    "what_happened",
    /\bwhat happen|\bdescri|\bsummary\b|\bactual\b|\bcurrent\b|\bbug\b|\bproblem\b|\bissue\b/i,
  ],
];

const sectionOf = (heading: string): IssueSection | null =>
  sectionWords.find(([, pattern]) => pattern.test(heading))?.[0] ?? null;

/** Lines between `---` and `---` at the very top; `key: value`, `key: a, b`, `key: [a, b]`, or rows with a dash below it. */
function splitFrontMatter(lines: string[]): { front: Map<string, string[]>; rest: string[] } {
  const front = new Map<string, string[]>();
  const end =
    lines[0]?.trim() === "---" ? lines.findIndex((line, at) => at > 0 && line.trim() === "---") : -1;
  if (end === -1) return { front, rest: lines };
  let key = "";
  for (const line of lines.slice(1, end).filter((each) => each.length <= bounds.line)) {
    const [, row] = /^\s*-\s+(.{1,400})$/.exec(line) ?? [];
    if (row !== undefined && key !== "") {
      front.set(key, [...(front.get(key) ?? []), unquoted(row)].filter(Boolean));
      continue;
    }
    const [, name = "", value = ""] = /^([A-Za-z][\w-]{0,40}):[ \t]*(.{0,400})$/.exec(line) ?? [];
    if (name === "") continue;
    key = name.toLowerCase();
    front.set(key, key === "title" ? [unquoted(value)] : listOf(value));
  }
  return { front, rest: lines.slice(end + 1) };
}

const listOf = (value: string): string[] =>
  unquoted(value.trim().replace(/^\[(.*)\]$/, "$1"))
    .split(",")
    .map(unquoted)
    .filter(Boolean);

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, "$2");

const cutLine = (text: string, max: number): string =>
  text.replace(/\s+/g, " ").trim().slice(0, max).toWellFormed();
