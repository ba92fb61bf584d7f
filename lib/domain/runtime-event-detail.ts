import type { FailureReport } from "./report";
import type { RuntimeEvent } from "./runtime-event";
import { type EventIds, type RuntimePlace, touchedFilesOf } from "./runtime-event-facts";
import {
  firstList,
  firstText,
  isProperties,
  type Properties,
  sanitise,
  saysSomething,
  textOf,
  truncateBytes,
  valueAt,
} from "./runtime-event-fields";

type Told = {
  ids: EventIds;
  reason: string | undefined;
  place: RuntimePlace;
  report: Pick<
    FailureReport,
    | "component"
    | "confidence"
    | "riskLevel"
    | "riskCategory"
    | "expectedDestination"
    | "externalCorrelationIds"
    | "attributes"
  >;
};

const payloadBytes = 4_000;
const textBlockBytes = 800;

/**
 * An event told in full: `label: value` lines, then labelled blocks, then the payload with its secrets masked. An event
 * that says nothing beyond its type has no detail, so that the quality gate can say that evidence is missing (W-11).
 */
export function renderEventDetail(event: RuntimeEvent, told: Told): string | undefined {
  const { properties } = event;
  if (!saysSomething(properties)) return undefined;
  const lines = linesOf(event, told).flatMap(([label, value]) =>
    value ? [`${label}: ${label === "reason" ? value : value.replaceAll("\n", " ")}`] : [],
  );
  return [lines.join("\n"), ...blocksOf(properties), payloadBlock(properties)].join("\n\n");
}

function linesOf(event: RuntimeEvent, told: Told): Array<[string, string | undefined]> {
  const { ids, place, report } = told;
  const { attributes } = report;
  const { properties } = event;
  return [
    ["event_type", event.type],
    ["repo", place.repo],
    ["workspace_root", place.workspaceRoot],
    ["workflow_id", ids.workflow],
    ["automation_id", ids.automation],
    ["routine_id", ids.routine],
    ["run_id", ids.run],
    ["session_id", ids.session],
    ["task_id", ids.task],
    ["stage_id", ids.stage],
    ["node_id", ids.node],
    ["component", report.component],
    ["agent_role", firstText(properties, ["agent_role", "agent.role"], 160)],
    ["attempts", attemptsOf(properties)],
    ["retry_exhausted", retryExhausted(properties)],
    ["confidence", report.confidence],
    ["risk_level", report.riskLevel],
    ["risk_category", report.riskCategory],
    ["actor", attributes.actor],
    ["model", attributes.model],
    ["tool_name", attributes.toolName],
    ["action", attributes.action],
    ["policy", attributes.policy],
    ["approval_state", attributes.approvalState],
    ["blast_radius", attributes.blastRadius],
    ["external_correlation_ids", report.externalCorrelationIds.join(", ")],
    ["expected_destination", report.expectedDestination],
    ["error_kind", errorKindOf(properties)],
    ["reason", told.reason],
  ];
}

const attemptKeys = ["attempt", "attempts", "attempt_count"];
const attemptMaxKeys = ["max_attempts", "attempts_max"];

function attemptsOf(properties: Properties): string | undefined {
  const attempt = firstText(properties, attemptKeys, 80);
  const max = firstText(properties, attemptMaxKeys, 80);
  return attempt && max ? `${attempt} of ${max}` : attempt;
}

/** As the event says, else inferred: no attempt is left. */
export function retryExhausted(properties: Properties): string | undefined {
  const said = textOf(valueAt(properties, "retry_exhausted"));
  if (said) return truncateBytes(said, 80);
  const attempt = Number(firstText(properties, attemptKeys) ?? Number.NaN);
  const max = Number(firstText(properties, attemptMaxKeys) ?? Number.NaN);
  return max > 0 && attempt >= max ? "true" : undefined;
}

const errorKindOf = (properties: Properties) =>
  firstText(
    properties,
    ["error_kind", "failure_kind", "error.kind", "error.type", "error.name", "error.code"],
    160,
  );

/** Chains of attempts keep what earlier attempts found, whatever ended the last one (case 22). */
const chains: ReadonlyArray<[string, readonly string[]]> = [
  ["attempt_evidence", ["attempt_evidence"]],
  ["attempt_verdicts", ["attempt_verdicts", "attempt_verdict", "verdicts"]],
  ["attempt_reviews", ["attempt_reviews", "attempt_review", "reviews"]],
];
const missingFileKeys = ["missing_files", "missing_output_files", "missing_outputs"];

function blocksOf(properties: Properties): string[] {
  const lists: Array<[string, string[]]> = [
    ["files", touchedFilesOf(properties)],
    ["artifacts", firstList(properties, ["artifact_refs", "artifacts"], 20)],
    ["evidence", firstList(properties, ["evidence_refs", "evidence"], 20)],
    ["validation_errors", firstList(properties, ["validation_errors"], 12)],
    ["missing_files", missingFilesOf(properties)],
    ["next_actions", firstList(properties, ["next_actions", "required_next_actions", "next_action"], 20)],
    ...chains.map(([label, keys]): [string, string[]] => [label, firstList(properties, keys, 12)]),
  ];
  return [
    ...lists.flatMap(([label, rows]) =>
      rows.length > 0 ? [[`${label}:`, ...rows.map((row) => `  ${row}`)].join("\n")] : [],
    ),
    ...textBlock("expected_output", valueAt(properties, "expected_output")),
    ...textBlock("tool_args_summary", valueAt(properties, "tool_args_summary")),
  ];
}

/** Files that a contract asked for and nobody wrote: the event's own and those of each attempt. */
export function missingFilesOf(properties: Properties): string[] {
  const attempts = chains.flatMap(([, keys]) => {
    const chain = keys.map((key) => valueAt(properties, key)).find(Array.isArray);
    return (chain ?? []).flatMap((each: unknown) =>
      isProperties(each) ? firstList(each, missingFileKeys, 20) : [],
    );
  });
  return [...new Set([...firstList(properties, missingFileKeys, 20), ...attempts])].slice(0, 20);
}

function textBlock(label: string, value: unknown): string[] {
  const nested = typeof value === "object" && value !== null;
  const text = nested ? JSON.stringify(sanitise(value)) : textOf(value);
  return text ? [`${label}:\n  ${truncateBytes(text, textBlockBytes)}`] : [];
}

function payloadBlock(properties: Properties): string {
  return `payload:\n  ${truncateBytes(JSON.stringify(sanitise(properties)), payloadBytes)}`;
}
