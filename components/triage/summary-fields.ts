import type { TriageSummaryWire } from "@/lib/contracts/triage";

type Text = { kind: "text"; max: number; lines: 1 | 2 | 3; help?: string };
type Rows = { kind: "rows"; rowsMax: number; max: number; noun: string; mono?: true; help?: string };
/** Entries of any shape: a person adds text, and moves or takes away what was found. */
type Shaped = { kind: "shaped"; rowsMax: number; max: number; noun: string; help?: string };
type Choice = { kind: "choice"; options: readonly { value: string; label: string }[]; help?: string };

export type SummaryFieldSpec = { name: SummaryFieldName; label: string } & (Text | Rows | Shaped | Choice);
export type SummaryFieldName = Exclude<
  keyof TriageSummaryWire,
  | ("draft_id" | "repo" | "triage_run_id" | "created_at_ms" | "coder_ready_gate")
  | ("origins" | "model_text" | "cut")
>;

const levels = [
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
];
const yesNo = (unsaid: string) => [
  { value: "", label: unsaid },
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];
const failureTypes = [
  { value: "code_defect", label: "Defect in the code" },
  { value: "missing_config", label: "Missing configuration" },
  { value: "missing_capability", label: "Missing capability" },
  { value: "model_error", label: "Error of a model" },
  { value: "tool_error", label: "Error of a tool" },
  { value: "validation_error", label: "Validation error" },
  { value: "timeout", label: "Timeout" },
  { value: "external_dependency", label: "External dependency" },
  { value: "unknown", label: "Not known" },
];

/** Every field of a summary that people edit (contract 5.8), in groups as the form has them, with their bounds. */
export const summaryGroups: readonly { title: string; fields: readonly SummaryFieldSpec[] }[] = [
  {
    title: "What and why",
    fields: [
      { name: "suggested_title", label: "Title of the issue", kind: "text", max: 300, lines: 1 },
      { name: "what_happened", label: "What happened", kind: "text", max: 8_000, lines: 3 },
      { name: "why_it_likely_happened", label: "Why it likely happened", kind: "text", max: 8_000, lines: 3 },
      { name: "root_cause_confidence", label: "Confidence in the cause", kind: "choice", options: levels },
      { name: "failure_type", label: "Kind of failure", kind: "choice", options: failureTypes },
      { name: "expected_behavior", label: "What was expected", kind: "text", max: 4_000, lines: 2 },
    ],
  },
  {
    title: "Where and how to see it",
    fields: [
      {
        name: "affected_components",
        label: "Affected components",
        kind: "rows",
        rowsMax: 20,
        max: 300,
        noun: "component",
      },
      {
        name: "likely_files_to_edit",
        label: "Files to edit",
        kind: "rows",
        rowsMax: 30,
        max: 500,
        noun: "file",
        mono: true,
      },
      {
        name: "steps_to_reproduce",
        label: "Steps to reproduce",
        kind: "rows",
        rowsMax: 8,
        max: 1_000,
        noun: "step",
      },
      { name: "environment", label: "Environment", kind: "rows", rowsMax: 12, max: 500, noun: "line" },
      {
        name: "logs",
        label: "Log lines",
        kind: "rows",
        rowsMax: 20,
        max: 2_000,
        noun: "log line",
        mono: true,
      },
    ],
  },
  {
    title: "What to do",
    fields: [
      { name: "recommended_fix", label: "Recommended fix", kind: "text", max: 8_000, lines: 3 },
      {
        name: "fix_points",
        label: "Places to change",
        kind: "shaped",
        rowsMax: 30,
        max: 1_000,
        noun: "place",
      },
      {
        name: "acceptance_criteria",
        label: "Acceptance criteria",
        kind: "rows",
        rowsMax: 20,
        max: 1_000,
        noun: "criterion",
      },
      {
        name: "verification_steps",
        label: "Verification steps",
        kind: "rows",
        rowsMax: 20,
        max: 1_000,
        noun: "verification step",
      },
      { name: "risk_level", label: "Risk of the change", kind: "choice", options: levels },
      { name: "notes", label: "Notes", kind: "text", max: 4_000, lines: 2 },
    ],
  },
  {
    title: "Sources",
    fields: [
      {
        name: "related_existing_issues",
        label: "Related issues",
        kind: "shaped",
        rowsMax: 30,
        max: 1_000,
        noun: "issue",
      },
      {
        name: "related_failure_patterns",
        label: "Known failure patterns",
        kind: "shaped",
        rowsMax: 30,
        max: 1_000,
        noun: "pattern",
      },
      {
        name: "research_sources",
        label: "Research sources",
        kind: "shaped",
        rowsMax: 30,
        max: 1_000,
        noun: "source",
      },
      {
        name: "file_references",
        label: "File references",
        kind: "shaped",
        rowsMax: 30,
        max: 1_000,
        noun: "reference",
      },
    ],
  },
  {
    title: "Handing it to a coding agent",
    fields: [
      {
        name: "coder_ready",
        label: "Ready for a coding agent",
        kind: "choice",
        options: yesNo("As the gate finds it"),
      },
      {
        name: "required_tool_scopes",
        label: "Tool scopes it needs",
        kind: "rows",
        rowsMax: 20,
        max: 200,
        noun: "scope",
        mono: true,
      },
      {
        name: "missing_tool_scopes",
        label: "Tool scopes that are missing",
        kind: "rows",
        rowsMax: 20,
        max: 200,
        noun: "missing scope",
        mono: true,
      },
      {
        name: "permissions_available",
        label: "Permissions are there",
        kind: "choice",
        options: yesNo("Not known"),
      },
    ],
  },
];

export const summaryFields: readonly SummaryFieldSpec[] = summaryGroups.flatMap(({ fields }) => fields);

const labels = new Map<string, string>(summaryFields.map(({ name, label }) => [name, label]));

/** A field's words by its name on the wire. */
export const summaryLabel = (name: string): string => labels.get(name) ?? name.replaceAll("_", " ");
