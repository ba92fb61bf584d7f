import type { Attributes, FailureReport, RuntimeIdentity } from "./report";
import type { RuntimeEvent } from "./runtime-event";
import { renderEventDetail } from "./runtime-event-detail";
import {
  type EventIds,
  eventIdsOf,
  idBytes,
  type RuntimePlace,
  reasonOf,
  touchedFilesOf,
} from "./runtime-event-facts";
import {
  firstList,
  firstText,
  isProperties,
  type Properties,
  rowsOf,
  sanitise,
  truncateBytes,
  valueAt,
} from "./runtime-event-fields";
import { mergeLists } from "./text";

const payloadCharacters = 8_000;
const excerptRows = 8;
const logRows = 3;
const logBytes = 240;

/**
 * An event as a report of a failure (reference behaviour, 1.3). `event` has been redacted: what is cut here was whole
 * when secrets were looked for. Of repository, root, project and policy nothing is taken from the event.
 */
export function reportOfEvent(event: RuntimeEvent, place: RuntimePlace): FailureReport {
  const { properties } = event;
  const reason = reasonOf(properties);
  const ids = eventIdsOf(properties, reason);
  const component = componentOf(properties, ids);
  const base = {
    event: event.type,
    level: "error",
    source: firstText(properties, ["source"], idBytes) ?? sourceOf(event.type),
    component,
    confidence: firstText(properties, ["confidence", "signal_confidence"], 80) ?? "high",
    riskLevel: firstText(properties, ["risk_level", "risk"], 80) ?? "medium",
    riskCategory: firstText(properties, riskCategoryKeys, 120),
    expectedDestination:
      firstText(properties, ["expected_destination"], 120) ?? "incident_monitor_issue_draft",
    externalCorrelationIds: correlationIdsOf(properties),
    evidenceRefs: mergeLists(
      40,
      firstList(properties, ["artifact_refs", "artifacts"], 20),
      firstList(properties, ["evidence_refs", "evidence"], 20),
    ),
    attributes: attributesOf(event, ids),
  };
  return {
    ...base,
    title: titleOf(event.type, ids, component, reason),
    detail: renderEventDetail(event, { ids, reason, place, report: base }),
    excerpt: excerptOf(event, ids, reason),
    occurredAtMs: event.occurredAtMs ?? undefined,
    identity: identityOf(event.type, ids, component, reason),
    eventPayload: payloadOf(event),
  };
}

/** The component named, else the narrowest thing known that failed. */
function componentOf(properties: Properties, ids: EventIds): string | undefined {
  return (
    firstText(properties, ["component"], idBytes) ??
    (ids.routine || ids.workflow || ids.automation || ids.node || ids.stage) ??
    firstText(properties, ["task", "task.title", "task.name", "title"], idBytes)
  );
}

const sources: ReadonlyArray<[string, string]> = [
  ["automation_v2.", "automation_v2"],
  ["automation.", "autonomous_workflow"],
  ["workflow.", "autonomous_workflow"],
  ["routine.", "routine"],
  ["context.", "context_run"],
  ["coder.", "coder"],
];

/** The part of the runtime that an event without a source comes from. */
export function sourceOf(type: string): string {
  return sources.find(([start]) => type.startsWith(start))?.[1] ?? "tandem_events";
}

const riskCategoryKeys = ["risk_category", "risk_type", "risk.category", "category"];

/** Aliases and bounds of the safety fields (2.5, 6.4). */
const safetyKeys = {
  actor: [160, "actor", "actor_id", "principal", "principal_id", "agent", "agent_id", "user_id"],
  model: [160, "model", "model_id", "model.name", "llm.model"],
  toolName: [160, "tool", "tool_name", "mcp_tool", "action.tool"],
  action: [160, "action", "operation", "tool_action", "intent"],
  policy: [160, "policy", "policy_id", "policy.name", "approval_policy", "approval.policy"],
  approvalState: [120, "approval_state", "approval_status", "approval.status"],
  blastRadius: [240, "blast_radius", "impact", "scope"],
} as const satisfies Record<string, readonly [number, ...string[]]>;

const correlationKeys = ["correlation_id", "command_id"];

function attributesOf(event: RuntimeEvent, ids: EventIds): Attributes {
  const { properties } = event;
  const attributes: Attributes = {
    process: "tandem-engine",
    runId: ids.run,
    sessionId: ids.session,
    correlationId: firstText(properties, [...correlationKeys, "event_id"], idBytes) ?? event.id ?? undefined,
    fileName: touchedFilesOf(properties)[0],
  };
  for (const [name, [limit, ...paths]] of Object.entries(safetyKeys)) {
    attributes[name as keyof typeof safetyKeys] = firstText(properties, paths, limit);
  }
  return attributes;
}

const correlationListKeys = ["external_correlation_ids", "external_ids", "external.correlation_ids"];
const correlationAliases = ["external_correlation_id", "external_id", "external.correlation_id"];

function correlationIdsOf(properties: Properties): string[] {
  const lists = correlationListKeys.map((path) => valueAt(properties, path));
  const given = lists.find((value) => Array.isArray(value) || typeof value === "string");
  const rows = rowsOf(typeof given === "string" ? given.split(",") : (given ?? []));
  const alias = firstText(properties, correlationAliases);
  return mergeLists(
    20,
    [...rows, ...(alias ? [alias] : [])].map((row) => truncateBytes(row, 160)),
  );
}

function titleOf(
  type: string,
  ids: EventIds,
  component: string | undefined,
  reason: string | undefined,
): string {
  const why = reason && truncateBytes(reason.split("\n", 1)[0] ?? reason, 120);
  const place = ids.node ?? ids.stage ?? ids.task;
  const at = place && place !== component ? ` at ${place}` : "";
  const what = `${whatHappened(type)}${at}`;
  const subject =
    (ids.workflow && `Workflow ${ids.workflow}`) ??
    (ids.automation && `Automation ${ids.automation}`) ??
    (ids.routine && `Routine ${ids.routine}`) ??
    component;
  const start = subject ? `${subject} ${what}` : type;
  return why ? `${start}: ${why}` : start;
}

function whatHappened(type: string): string {
  if (type.endsWith(".blocked")) return "is blocked";
  if (type === "workflow.validation.failed") return "failed validation";
  return type.endsWith("_no_provider_activity") ? "stopped without provider activity" : "failed";
}

/** Reason, title and task, then the last log lines of this very run or session (W-06). */
function excerptOf(event: RuntimeEvent, ids: EventIds, reason: string | undefined): string[] {
  const { properties } = event;
  const said = ["title", "task", "task.title"].flatMap((path) => firstText(properties, [path], 1_000) ?? []);
  const related = event.logs.filter(
    (line) =>
      (line.runId !== null && line.runId === ids.run) ||
      (line.sessionId !== null && line.sessionId === ids.session),
  );
  const lines = related.slice(-logRows).map((line) => truncateBytes(line.message, logBytes));
  const head = mergeLists(excerptRows - lines.length, [...(reason ? [reason] : []), ...said]);
  return [...head, ...lines.filter((line) => line.trim() !== "")];
}

function identityOf(
  type: string,
  ids: EventIds,
  component: string | undefined,
  reason: string | undefined,
): RuntimeIdentity {
  const { workflow, task, stage, node } = ids;
  return { reason, event: type, workflow, task, stage, node, component };
}

/** What is kept of the event beside the incident: masked and bounded, never the raw properties (W-62). */
function payloadOf(event: RuntimeEvent): Record<string, unknown> {
  const head = { event_type: event.type, ...(event.id && { event_id: event.id }) };
  const properties = sanitise(event.properties);
  const text = JSON.stringify(properties);
  if (text.length <= payloadCharacters && isProperties(properties)) return { ...head, properties };
  return { ...head, properties_cut: truncateBytes(text, payloadCharacters) };
}
