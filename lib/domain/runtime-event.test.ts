import { describe, expect, it } from "vitest";
import { decideEvent, failureEventTypes, type RuntimeEvent } from "./runtime-event";

const event = (type: string, properties: Record<string, unknown> = {}): RuntimeEvent => ({
  id: null,
  type,
  properties,
  logs: [],
  occurredAtMs: null,
});
const decide = (type: string, properties?: Record<string, unknown>) => {
  const decision = decideEvent(event(type, properties));
  return decision.considered ? "considered" : decision.reason.code;
};

describe("case 13: which events are candidates", () => {
  it("all eleven that say that something failed for good", () => {
    expect(failureEventTypes).toHaveLength(11);
    for (const type of failureEventTypes) expect([type, decide(type)]).toEqual([type, "considered"]);
  });

  it.each<[string, string]>([
    ["automation_v2.run.started", "not_a_failure"],
    ["context.task.requeued", "not_a_failure"],
    ["workflow.run.completed", "not_a_failure"],
    ["routine.run.failed.extra", "not_a_failure"],
    ["Workflow.Run.Failed", "not_a_failure"],
    ["incident_monitor.incident.created", "own_event"],
    ["incident_monitor.run.failed", "own_event"],
    ["incident-monitor.publish.failed", "own_event"],
  ])("not %s: %s", (type, reason) => {
    expect(decide(type)).toBe(reason);
  });
});

describe("case 14: a context event that mirrors an automation's run", () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ["by its source", "context.task.failed", { source: "automation_v2" }, "mirrors_automation"],
    ["by an automation id", "context.run.failed", { automation_id: "a-1" }, "mirrors_automation"],
    ["spelled otherwise", "context.task.blocked", { automationID: "a-1" }, "mirrors_automation"],
    [
      "by its task's automation",
      "context.task.failed",
      { task: { automationId: "a-1" } },
      "mirrors_automation",
    ],
    ["by its run", "context.task.failed", { run_id: "automation-v2-run-1" }, "mirrors_automation"],
    ["by its run, underlined", "context.run.failed", { runID: "automation_v2-run-1" }, "mirrors_automation"],
    [
      "not one that stands alone",
      "context.task.failed",
      { run_id: "run-1", source: "context_run" },
      "considered",
    ],
    [
      "not one of an older automation's run",
      "context.run.failed",
      { run_id: "automation-run-1" },
      "considered",
    ],
    ["not the automation's own event", "automation_v2.run.failed", { automation_id: "a-1" }, "considered"],
    ["not a workflow's", "workflow.run.failed", { source: "automation_v2" }, "considered"],
  ])("%s", (_, type, properties, decision) => {
    expect(decide(type, properties)).toBe(decision);
  });
});

describe("case 15: what triages an incident is never monitored again", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["by its automation", { automation_id: "incident-monitor-triage-7" }, "own_triage_run"],
    ["written with the other dash", { automationId: "incident_monitor_triage_7" }, "own_triage_run"],
    [
      "with the runtime's prefix",
      { automation_id: "automation-v2-incident-monitor-triage-7" },
      "own_triage_run",
    ],
    ["by its workflow", { workflow_id: "incident-monitor-triage" }, "own_triage_run"],
    ["in capitals", { automation_id: "Incident-Monitor-Triage" }, "own_triage_run"],
    ["not another automation", { automation_id: "triage-of-incidents" }, "considered"],
    ["not one that only mentions it", { automation_id: "after-incident-monitor-triage" }, "considered"],
  ])("%s", (_, properties, decision) => {
    expect(decide("automation_v2.run.failed", properties)).toBe(decision);
    expect(decide("workflow.run.failed", properties)).toBe(decision);
  });
});

describe("case 16: the triage agent's role", () => {
  const role = { agent_role: "incident_monitor_triage" };
  it.each<[string, Record<string, unknown>, string]>([
    ["guards where there is no automation", role, "own_triage_agent"],
    ["in any spelling", { agentRole: "incident-monitor-triage" }, "own_triage_agent"],
    ["does not where somebody's automation has it", { ...role, automation_id: "nightly" }, "considered"],
    ["does where the automation's id is blank", { ...role, automation_id: "  " }, "own_triage_agent"],
    ["is no other role", { agent_role: "triage" }, "considered"],
  ])("%s", (_, properties, decision) => {
    expect(decide("session.error", properties)).toBe(decision);
  });
});
