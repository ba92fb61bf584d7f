import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { fingerprintOf, messageTemplate } from "./fingerprint";
import { reportOfEvent } from "./runtime-event-report";

const place = { repo: "acme/shop", workspaceRoot: "/workspace/repos/shop" };
const origin = { projectId: null, logSourceId: null, repo: place.repo };
const identity = (properties: Record<string, unknown>, type = "automation_v2.run.failed") =>
  fingerprintOf(
    reportOfEvent({ id: null, type, properties, logs: [], occurredAtMs: null }, place),
    origin,
    sha256Hex,
  );
const uuids = ["7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11", "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"];

describe("case 17: a run's UUID in the reason does not matter, a number does", () => {
  it.each<[string, (id: string) => Record<string, unknown>]>([
    ["bare", (id) => ({ reason: `run ${id} failed` })],
    ["behind a prefix", (id) => ({ reason: `automation-v2-run-${id} failed` })],
    ["behind an underlined prefix", (id) => ({ reason: `automation_v2_run_${id} failed` })],
    ["joined to a word", (id) => ({ reason: `run_${id}_a failed` })],
    ["without dashes", (id) => ({ reason: `run ${id.replaceAll("-", "")} failed` })],
    ["as the event's run", (id) => ({ reason: `run ${id} failed`, run_id: id, session_id: `s-${id}` })],
    [
      "a run id of another form",
      (id) => ({ reason: `run-${id.slice(0, 4)}x stopped`, run_id: `run-${id.slice(0, 4)}x` }),
    ],
    ["in the task's id", (id) => ({ reason: "stopped", run_id: `run-${id}`, task_id: `run-${id}:build` })],
    ["only beside it", (id) => ({ reason: "stopped", run_id: id, correlation_id: id, event_id: id })],
  ])("%s", (_, properties) => {
    const [one, other] = uuids.map((id) => identity(properties(id)).value);
    expect(other).toBe(one);
  });

  it.each<[string, string, string]>([
    ["a limit", "no answer after 180000 ms", "no answer after 600000 ms"],
    ["an exit code", "exit status 1", "exit status 137"],
    ["a version", "needs v2 of the schema", "needs v3 of the schema"],
    ["a decimal", "score 0.5 is below 0.75", "score 0.5 is below 0.9"],
  ])("%s", (_, one, other) => {
    expect(identity({ reason: one }).value).not.toBe(identity({ reason: other }).value);
  });

  it("a number of a report's message does not matter: its template replaces it", () => {
    expect(messageTemplate("after 180000 ms")).toBe(messageTemplate("after 600000 ms"));
    expect(messageTemplate("after 180000 ms", "keep numbers")).toBe("after 180000 ms");
  });

  it("a run's number is not taken out of the reason: it may mean something else there", () => {
    expect(identity({ reason: "exit status 17", run_id: "17" }).parts[0]?.value).toBe("exit status 17");
  });
});

it("case 18: a reason of a runtime without ids stays as it is", () => {
  const reason = "provider stream closed after 3 of 5 chunks (limit 180000 ms, score 0.75)";
  expect(identity({ reason }).parts[0]).toEqual({ name: "reason", value: reason });
});

describe("what else makes the identity", () => {
  const base = {
    ...{ reason: "stopped", workflow_id: "nightly", task_id: "t", stage_id: "s", node_id: "n" },
    component: "builder",
  };

  it("is named, in this order, for 'why grouped'", () => {
    expect(identity(base, "workflow.run.failed").parts).toEqual([
      { name: "reason", value: "stopped" },
      { name: "event", value: "workflow.run.failed" },
      { name: "workflow", value: "nightly" },
      { name: "task", value: "t" },
      { name: "stage", value: "s" },
      { name: "node", value: "n" },
      { name: "component", value: "builder" },
    ]);
  });

  it.each(["reason", "workflow_id", "task_id", "stage_id", "node_id", "component"])("%s", (key) => {
    expect(identity({ ...base, [key]: "other" }).value).not.toBe(identity(base).value);
  });

  it("the event", () => {
    expect(identity(base, "routine.run.failed").value).not.toBe(identity(base).value);
  });

  it("not the title, risk, evidence, files, attempts or a stack in the reason's neighbours", () => {
    const more = {
      ...{ title: "x", risk_level: "high", confidence: "low", files: ["a.ts"], attempt: 2, max_attempts: 3 },
      ...{ evidence_refs: ["log:1"], stack: "TypeError: x\n    at run (/a/b.js:1:1)" },
    };
    expect(identity({ ...base, ...more }).value).toBe(identity(base).value);
  });

  it("not a fingerprint among the properties: its meaning there is the runtime's own", () => {
    expect(identity({ ...base, fingerprint: "mine" }).value).toBe(identity(base).value);
  });
});
