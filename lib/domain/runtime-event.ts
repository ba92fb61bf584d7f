import { type Reason, reason } from "./reason";
import { firstText, type Properties } from "./runtime-event-fields";

/** One thing that happened in an agent runtime, as its event bus tells it. */
export type RuntimeEvent = {
  /** Names the event for its sender, so that sending it again counts nothing twice; null: it has no name. */
  id: string | null;
  /** `workflow.run.failed` and the like. */
  type: string;
  properties: Properties;
  /** Lines of the runtime's log around it. */
  logs: readonly RuntimeLogLine[];
  /** Epoch ms, as the runtime says. */
  occurredAtMs: number | null;
};

export type RuntimeLogLine = { message: string; runId: string | null; sessionId: string | null };

export type EventDecision = { considered: true } | { considered: false; reason: Reason };

/** The events that say that something failed for good (reference behaviour, 1.2). */
export const failureEventTypes = [
  "context.task.failed",
  "context.task.blocked",
  "context.run.failed",
  "workflow.run.failed",
  "workflow.validation.failed",
  "routine.run.failed",
  "session.error",
  "automation.run.failed",
  "automation_v2.run.failed",
  "automation_v2.run.paused_stale_no_provider_activity",
  "coder.run.failed",
] as const;

const failures: ReadonlySet<string> = new Set(failureEventTypes);
const mirrored: ReadonlySet<string> = new Set([
  "context.task.failed",
  "context.task.blocked",
  "context.run.failed",
]);

/** The role of the agent that triages incidents of this product; its automations are named so too. */
export const triageAgentRole = "incident-monitor-triage";

const ownName = /^incident[-_]monitor\./;
const ownAutomation = /^(?:automation-v2-)?incident-monitor-triage/;
const automationRun = /^automation[-_]v2-/;

/**
 * Is this a failure to take in? Only the events above are, not those that repeat one of an automation's run, and never
 * those about this product's own work: an incident about triaging an incident would have no end.
 */
export function decideEvent(event: RuntimeEvent): EventDecision {
  const { type, properties } = event;
  if (ownName.test(type)) return ignored("own_event", "The monitor's own events are not monitored");
  if (!failures.has(type))
    return ignored("not_a_failure", "Its type does not say that something failed for good");
  const guard = recursionGuard(properties);
  if (guard) return guard;
  if (mirrored.has(type) && mirrorsAutomation(properties)) {
    return ignored("mirrors_automation", "The automation's run reports this failure itself");
  }
  return { considered: true };
}

/** An automation of somebody else's may have an agent of the same role: a real automation id defeats the role. */
function recursionGuard(properties: Properties): EventDecision | null {
  const automationId = automationIdOf(properties);
  const named = [automationId, workflowIdOf(properties)];
  if (named.some((id) => id !== undefined && ownAutomation.test(normalised(id)))) {
    return ignored("own_triage_run", "A triage run of the monitor is not monitored");
  }
  const role = firstText(properties, ["agent_role", "agent.role"]);
  if (automationId === undefined && role !== undefined && normalised(role) === triageAgentRole) {
    return ignored("own_triage_agent", "The monitor's triage agent is not monitored");
  }
  return null;
}

function mirrorsAutomation(properties: Properties): boolean {
  const runId = runIdOf(properties);
  return (
    firstText(properties, ["source"]) === "automation_v2" ||
    automationIdOf(properties) !== undefined ||
    (runId !== undefined && automationRun.test(runId))
  );
}

const ignored = (code: string, message: string): EventDecision => ({
  considered: false,
  reason: reason(code, message),
});

/** Names are written with either dash by different parts of a runtime. */
const normalised = (name: string) => name.toLowerCase().replaceAll("_", "-");

export const automationIdOf = (properties: Properties) =>
  firstText(properties, [
    "automation_id",
    "automation.id",
    "task.automation_id",
    "task.payload.automation_id",
  ]);
export const workflowIdOf = (properties: Properties) => firstText(properties, ["workflow_id", "workflow.id"]);
export const runIdOf = (properties: Properties) => firstText(properties, ["run_id", "run.id"]);
