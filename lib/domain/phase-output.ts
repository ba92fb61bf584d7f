import { saysSomething } from "./json-bounds";
import type { TriagePhase } from "./triage";

/** What a phase must leave to count as done (reference 5.4). Names are compared without case, hyphens or underscores. */
const minima: Record<TriagePhase, { anyOf: readonly string[]; and?: readonly string[] }> = {
  inspect: {
    anyOf: [
      ...["detail", "incident", "payload", "original_failure", "queries", "tool_evidence", "findings"],
      ...["frames", "windows", "mentions", "log_neighbours", "looked_at"],
    ],
  },
  research: {
    anyOf: [
      ...["sources", "research_sources", "related_existing_issues", "related_issues"],
      ...["related_failure_patterns", "related_patterns", "findings", "summary", "queries", "tool_evidence"],
      ...["similar", "history", "looked_at"],
    ],
  },
  validate: {
    anyOf: [
      ...[
        "evidence",
        "errors",
        "steps",
        "steps_to_reproduce",
        "scope",
        "validation_scope",
        "summary",
        "decision",
      ],
      ...["file_references", "tool_evidence", "findings", "claims", "contradictions", "looked_at"],
    ],
  },
  propose: {
    anyOf: ["recommended_fix"],
    and: ["acceptance_criteria", "verification_steps", "smoke_steps", "smoke_test_steps"],
  },
};

/** Keys behind which an output is looked for, beside the phases' own names. */
const wrappers = new Set(
  [
    ...[
      "output",
      "outputs",
      "result",
      "results",
      "content",
      "artifact",
      "artifacts",
      "data",
      "value",
      "response",
    ],
    ...["body", "json", "text", "message", "items", "report", "structured_output", "structured_handoff"],
    ...[
      "handoff",
      "phase_output",
      "node_output",
      "inspection",
      "research",
      "validation",
      "proposal",
      "fix_proposal",
    ],
    ...["inspect_failure_report", "research_likely_root_cause", "validate_failure_scope"],
    ...["propose_fix_and_verification", "incident_monitor_inspection", "incident_monitor_research"],
    ...["incident_monitor_validation", "incident_monitor_fix_proposal"],
  ].map(plainKey),
);

const bounds = { depth: 6, nodes: 2_000, textMax: 200_000 };

/** Whether a phase left something of substance. */
export const isPhaseDone = (phase: TriagePhase, output: unknown): boolean =>
  phaseContent(phase, output) !== null;

/** What of a phase's output has its content, by plain names (`recommendedfix`). */
export type PhaseContent = ReadonlyMap<string, unknown>;

/**
 * The part of a phase's output that holds the least that its kind must: at the top, in a wrapper, in a list, or as JSON text of a
 * tool's answer. What only says what the phase should do (a task's specification) holds nothing, whatever else is in it.
 */
export function phaseContent(phase: TriagePhase, output: unknown): PhaseContent | null {
  const { anyOf, and } = minima[phase];
  let left = bounds.nodes;
  return search(output, bounds.depth);

  function search(value: unknown, depth: number): PhaseContent | null {
    left -= 1;
    if (left < 0 || depth < 0) return null;
    if (typeof value === "string") {
      const parsed = parsedJson(value);
      return parsed === null ? null : search(parsed, depth - 1);
    }
    if (Array.isArray(value)) return first(value, depth);
    if (typeof value !== "object" || value === null) return null;
    const members = plainMembers(value);
    if (isTaskSpec(members)) return null;
    const has = (names: readonly string[]) =>
      names.some((name) => isContent(name, members.get(plainKey(name))));
    if (has(anyOf) && (and === undefined || has(and))) return members;
    return first(
      [...members].flatMap(([key, member]) => (wrappers.has(key) ? [member] : [])),
      depth,
    );
  }

  function first(values: readonly unknown[], depth: number): PhaseContent | null {
    for (const value of values) {
      const found = left > 0 ? search(value, depth - 1) : null;
      if (found) return found;
    }
    return null;
  }
}

function isContent(name: string, value: unknown): boolean {
  if (typeof value === "string") return isWords(value);
  if (name === "looked_at" && Array.isArray(value)) return value.some(wasRead);
  if (name === "history" && isObject(value)) return value.state === undefined || value.state === "read";
  if (Array.isArray(value))
    return value.some((each) => (typeof each === "string" ? isWords(each) : isMeant(each)));
  return isMeant(value);
}

/** Looking and being refused is not having looked. */
const wasRead = (row: unknown): boolean =>
  isObject(row) ? (row.outcome ?? "read") === "read" && saysSomething(row) : isMeant(row);

/** A step that is planned is a step: only what calls itself a specification is none. */
const isMeant = (value: unknown): boolean =>
  saysSomething(value) && !(isObject(value) && isMarkedSpec(plainMembers(value)));

/** A sentence that stands where content should: `TBD`, `Pending triage.`, `n/a`. */
const placeholderSentence =
  /^(?:tbd|tba|todo|n\/?a|none|null|unknown|placeholder|to be (?:determined|done|decided|defined)|not (?:yet )?(?:known|available|determined)|(?:\w+ ){0,3}pending(?: \w+){0,4})[\s.!…]*$/i;

/** Words that say something: not blank and no placeholder. */
export const isWords = (text: string): boolean =>
  text.trim() !== "" && !(text.length <= 120 && placeholderSentence.test(text.trim()));

const specKinds = /task[_\s-]*spec|placeholder/i;
const waiting = new Set([
  "queued",
  "pending",
  "planned",
  "scheduled",
  "waiting",
  "notstarted",
  "todo",
  "running",
]);
const instructionKeys = [
  ...["instructions", "prompt", "expected_output", "output_contract", "output_schema", "objective"],
  ...["allowed_tools", "tool_allowlist", "task_kind", "required_output", "deliverable"],
].map(plainKey);

/** What a phase is told to do, as it is written down before it runs. */
function isTaskSpec(members: PhaseContent): boolean {
  const status = members.get("status");
  return (
    isMarkedSpec(members) ||
    (typeof status === "string" && waiting.has(plainKey(status))) ||
    instructionKeys.filter((key) => members.has(key)).length >= 2
  );
}

function isMarkedSpec(members: PhaseContent): boolean {
  if (["placeholder", "isplaceholder", "taskspec"].some((key) => members.get(key) === true)) return true;
  const kinds = ["kind", "type", "artifacttype", "recordtype", "stage"].map((key) => members.get(key));
  return kinds.some((each) => typeof each === "string" && specKinds.test(each));
}

const plainMembers = (value: object): PhaseContent =>
  new Map(Object.entries(value).map(([key, member]) => [plainKey(key), member]));

function parsedJson(text: string): unknown {
  const start = text.trimStart();
  const fenced = /^```(?:json)?\s*\n([\s\S]*?)\n```\s*$/.exec(start)?.[1] ?? start;
  if (text.length > bounds.textMax || !/^[[{]/.test(fenced)) return null;
  try {
    return JSON.parse(fenced);
  } catch {
    return null;
  }
}

export function plainKey(name: string): string {
  return name.replace(/[\s_-]+/g, "").toLowerCase();
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
