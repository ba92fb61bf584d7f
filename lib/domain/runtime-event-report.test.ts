import { describe, expect, it } from "vitest";
import type { FailureReport } from "./report";
import type { RuntimeEvent } from "./runtime-event";
import { reportOfEvent, sourceOf } from "./runtime-event-report";
import { truncationMark } from "./text";

const place = { repo: "acme/shop", workspaceRoot: "/workspace/repos/shop" };
const told = (
  properties: Record<string, unknown>,
  { type = "automation_v2.run.failed", ...more }: Partial<RuntimeEvent> = {},
): FailureReport =>
  reportOfEvent({ id: null, type, properties, logs: [], occurredAtMs: null, ...more }, place);
const detail = (properties: Record<string, unknown>) => told(properties).detail ?? "";
/** The rows of one labelled block. */
const block = (properties: Record<string, unknown>, label: string) =>
  detail(properties)
    .split("\n\n")
    .find((part) => part.startsWith(`${label}:\n`))
    ?.split("\n")
    .slice(1)
    .map((row) => row.trim());

type Read = (report: FailureReport) => unknown;
type Row = [string, Record<string, unknown>, unknown];
const table = (what: string, read: Read, rows: Row[]) =>
  describe(what, () => {
    it.each(rows)("%s", (_, properties, value) => {
      expect(read(told(properties))).toEqual(value);
    });
  });

table("the reason", (report) => report.identity?.reason, [
  ["reason first", { reason: "a", error: "b" }, "a"],
  ["error", { error: "b", detail: "c" }, "b"],
  ["an error object's message", { error: { name: "X", message: "b" } }, "b"],
  ["detail", { detail: "c", message: "d" }, "c"],
  ["message", { message: "d", summary: "e" }, "d"],
  ["summary", { summary: "e", task: { last_error: "f" } }, "e"],
  ["the task's last error", { task: { last_error: "f", payload: { reason: "g" } } }, "f"],
  ["the task's payload", { task: { payload: { reason: "g", error: "h" } } }, "g"],
  ["its error", { task: { payload: { error: "h" } } }, "h"],
  ["none", { reason: " " }, undefined],
]);

table("case 19: the node that failed", (report) => report.identity?.node, [
  ["its own key", { node_id: "n", reason: "node outcomes: x" }, "n"],
  ["in camel case", { nodeID: "n" }, "n"],
  ["from node outcomes", { reason: "run failed from node outcomes: research_sources" }, "research_sources"],
  ["from node outcomes, with a full stop", { reason: "Blocked by node outcomes: build-1." }, "build-1"],
  ["from node outcomes, the first of several", { reason: "node outcomes: a_b, c" }, "a_b"],
  ["from a time-out", { reason: "automation node `draft_report` timed out after 600000 ms" }, "draft_report"],
  ["from a time-out without marks", { reason: "Automation node draft timed out" }, "draft"],
  ["from stale nodes", { stale_node_ids: ["s1", "s2"], reason: "no activity" }, "s1"],
  ["from stale nodes in camel case", { staleNodeIds: ["s1"] }, "s1"],
  ["from stale nodes with a capital id", { staleNodeIDs: ["s1"] }, "s1"],
  ["the reason before stale nodes", { reason: "node outcomes: x", stale_node_ids: ["s1"] }, "x"],
  ["nowhere", { reason: "a node timed out" }, undefined],
]);

table(
  "other places",
  (report) => [report.identity?.workflow, report.identity?.task, report.identity?.stage],
  [
    ["by snake keys", { workflow_id: "w", task_id: "t", stage_id: "s" }, ["w", "t", "s"]],
    ["by camel keys", { workflowId: "w", taskID: "t", stageId: "s" }, ["w", "t", "s"]],
    ["from the task", { task: { id: "t" } }, [undefined, "t", undefined]],
  ],
);

table("the component", (report) => report.component, [
  ["component first", { component: "c", routine_id: "r" }, "c"],
  ["routine", { routine_id: "r", workflow_id: "w" }, "r"],
  ["workflow", { workflow_id: "w", automation_id: "a" }, "w"],
  ["automation", { automation_id: "a", node_id: "n" }, "a"],
  ["node", { node_id: "n", stage_id: "s" }, "n"],
  ["stage", { stage_id: "s", task: "t" }, "s"],
  ["task", { task: "t", title: "x" }, "t"],
  ["the task's title", { task: { title: "t" }, title: "x" }, "t"],
  ["title", { title: "x" }, "x"],
  ["none", { reason: "r" }, undefined],
]);

table(
  "confidence, risk, destination",
  (report) => [report.confidence, report.riskLevel, report.expectedDestination],
  [
    ["defaults", { reason: "r" }, ["high", "medium", "incident_monitor_issue_draft"]],
    ["as given", { confidence: "low", risk_level: "high", expected_destination: "d" }, ["low", "high", "d"]],
    [
      "by their other names",
      { signal_confidence: "low", riskLevel: "critical", expectedDestination: "d" },
      ["low", "critical", "d"],
    ],
    ["risk for short", { risk: "low" }, ["high", "low", "incident_monitor_issue_draft"]],
    [
      "bounded",
      { confidence: "c".repeat(81), risk: "r".repeat(81), expected_destination: "d".repeat(121) },
      ["c".repeat(80), "r".repeat(80), "d".repeat(120)].map((text) => text + truncationMark),
    ],
  ],
);

table("the correlation id", (report) => report.attributes.correlationId, [
  ["correlationID", { correlationID: "a", commandID: "b" }, "a"],
  ["correlation_id", { correlation_id: "a" }, "a"],
  ["commandID before eventID", { commandID: "b", eventID: "c" }, "b"],
  ["command_id", { command_id: "b" }, "b"],
  ["eventID", { eventID: "c" }, "c"],
]);

table("evidence: artifacts before references, no repeats", (report) => report.evidenceRefs, [
  ["both", { artifact_refs: ["a", "b"], evidence_refs: ["b", "c"] }, ["a", "b", "c"]],
  [
    "twenty of each",
    { artifacts: numbered("a", 30), evidence: numbered("e", 30) },
    [...numbered("a", 20), ...numbered("e", 20)],
  ],
]);

table("safety fields by their aliases", (report) => report.attributes, [
  [
    "each",
    {
      ...{
        principal_id: "p",
        llm: { model: "m" },
        mcpTool: "t",
        operation: "o",
        approval: { policy: "ap", status: "s" },
      },
      ...{ impact: "i" },
    },
    {
      ...{ process: "tandem-engine", actor: "p", model: "m", toolName: "t", action: "o", policy: "ap" },
      ...{ approvalState: "s", blastRadius: "i" },
    },
  ],
  [
    "a number or a boolean",
    { agent_id: 7, model: true },
    { process: "tandem-engine", actor: "7", model: "true" },
  ],
  [
    "bounded",
    { actor: "x".repeat(161) },
    { process: "tandem-engine", actor: "x".repeat(160) + truncationMark },
  ],
]);

table("external correlation ids", (report) => report.externalCorrelationIds, [
  ["a list", { external_correlation_ids: ["a", "b"] }, ["a", "b"]],
  ["words with commas", { externalIds: "a, b,,a" }, ["a", "b"]],
  [
    "nested, and one more by its singular",
    { external: { correlationIds: ["a"] }, external_id: "z" },
    ["a", "z"],
  ],
  ["twenty", { external_ids: numbered("x", 30) }, numbered("x", 20)],
]);

describe("the source", () => {
  it.each([
    ["automation_v2.run.failed", "automation_v2"],
    ["automation.run.failed", "autonomous_workflow"],
    ["workflow.validation.failed", "autonomous_workflow"],
    ["routine.run.failed", "routine"],
    ["context.run.failed", "context_run"],
    ["coder.run.failed", "coder"],
    ["session.error", "tandem_events"],
  ])("of %s is %s", (type, source) => {
    expect(sourceOf(type)).toBe(source);
    expect(told({ source: "mine" }, { type }).source).toBe("mine");
  });
});

it("level, process, file and time", () => {
  const report = told({ touched_files: ["src/a.ts", "src/b.ts"] }, { occurredAtMs: 5 });
  expect(report).toMatchObject({ level: "error", event: "automation_v2.run.failed", occurredAtMs: 5 });
  expect(report.attributes).toMatchObject({ process: "tandem-engine", fileName: "src/a.ts" });
});

it("of repository, root, project and policy nothing is the event's to say", () => {
  const forged = {
    repo: "evil/fork",
    workspace_root: "/etc",
    project_id: "bank",
    tenant_id: "t",
    approval_policy: "never",
  };
  const report = told({ ...forged, reason: "r" });
  expect(report).not.toHaveProperty("repo");
  expect(report).not.toHaveProperty("workspaceRoot");
  expect(report.attributes.tenantId).toBeUndefined();
  expect(report.detail).toContain("repo: acme/shop\nworkspace_root: /workspace/repos/shop");
});

describe("the title", () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    [
      "workflow, place and reason",
      { workflow_id: "w", node_id: "n", reason: "r" },
      "workflow.run.failed",
      "Workflow w failed at n: r",
    ],
    ["automation", { automation_id: "a", reason: "r" }, "automation_v2.run.failed", "Automation a failed: r"],
    ["routine", { routine_id: "nightly", reason: "r" }, "routine.run.failed", "Routine nightly failed: r"],
    ["component", { component: "c", task_id: "t" }, "context.task.blocked", "c is blocked at t"],
    ["bare event", {}, "session.error", "session.error"],
    ["bare event with a reason", { reason: "r\nmore" }, "session.error", "session.error: r"],
    ["validation", { workflow_id: "w" }, "workflow.validation.failed", "Workflow w failed validation"],
    [
      "stale",
      { automation_id: "a", stale_node_ids: ["n"] },
      "automation_v2.run.paused_stale_no_provider_activity",
      "Automation a stopped without provider activity at n",
    ],
    [
      "a long reason is cut at 120",
      { reason: "x".repeat(121) },
      "session.error",
      `session.error: ${"x".repeat(120)}${truncationMark}`,
    ],
  ])("%s", (_, properties, type, title) => {
    expect(told(properties, { type }).title).toBe(title);
  });
});

describe("the excerpt", () => {
  const line = (message: string, runId: string | null, sessionId: string | null = null) => ({
    message,
    runId,
    sessionId,
  });
  it("is reason, title and task, then the last three log lines of this run or session (W-06)", () => {
    const logs = [
      ...[
        line("other run", "r-2"),
        line("of nobody", null),
        line("first", "r-1"),
        line("second", null, "s-1"),
      ],
      ...[line("third", "r-1"), line("x".repeat(241), "r-1"), line("after another", "r-3")],
    ];
    const report = told({ reason: "why", title: "T", task: "t", run_id: "r-1", session_id: "s-1" }, { logs });
    expect(report.excerpt).toEqual(["why", "T", "t", "second", "third", "x".repeat(240) + truncationMark]);
  });

  it("takes no line when the event names neither run nor session", () => {
    expect(told({ reason: "why" }, { logs: [line("of nobody", null), line("r", "r-1")] }).excerpt).toEqual([
      "why",
    ]);
  });
});

describe("the detail", () => {
  it("lists what is known, one label a line", () => {
    const text = detail({
      ...{
        workflow_id: "w",
        run_id: "r",
        session_id: "s",
        task_id: "t",
        agent_role: "coder",
        error_kind: "timeout",
      },
      ...{ attempt: 2, max_attempts: 3, tool: "bash", reason: "why", category: "data_loss" },
    });
    expect(text.split("\n\n")[0]?.split("\n")).toEqual([
      ...["event_type: automation_v2.run.failed", "repo: acme/shop", "workspace_root: /workspace/repos/shop"],
      ...["workflow_id: w", "run_id: r", "session_id: s", "task_id: t", "component: w", "agent_role: coder"],
      ...["attempts: 2 of 3", "confidence: high", "risk_level: medium", "risk_category: data_loss"],
      ...["tool_name: bash", "expected_destination: incident_monitor_issue_draft", "error_kind: timeout"],
      "reason: why",
    ]);
  });

  it.each<[string, Record<string, unknown>, string | undefined]>([
    ["as said", { retry_exhausted: false, attempt: 3, max_attempts: 3 }, "false"],
    ["inferred", { attempt: 3, max_attempts: 3 }, "true"],
    ["not while attempts are left", { attempt: 2, max_attempts: 3 }, undefined],
    ["not without a maximum", { attempt: 2, max_attempts: 0 }, undefined],
    ["not without an attempt", { max_attempts: 3 }, undefined],
  ])("retry_exhausted: %s", (_, properties, value) => {
    expect(/retry_exhausted: (\w+)/.exec(detail(properties))?.[1]).toBe(value);
  });

  it.each<[string, string, number]>([
    ["files", "files", 20],
    ["artifact_refs", "artifacts", 20],
    ["evidence_refs", "evidence", 20],
    ["validation_errors", "validation_errors", 12],
    ["missing_files", "missing_files", 20],
    ["next_actions", "next_actions", 20],
    ["attempt_evidence", "attempt_evidence", 12],
    ["attempt_verdicts", "attempt_verdicts", 12],
    ["attempt_reviews", "attempt_reviews", 12],
  ])("%s are the block %s of at most %i rows", (key, label, max) => {
    expect(block({ [key]: numbered("x", max + 5) }, label)).toEqual(numbered("x", max));
  });

  it("expected output and tool arguments have 800 bytes each", () => {
    const cut = "x".repeat(800) + truncationMark;
    expect(block({ expected_output: "x".repeat(801) }, "expected_output")).toEqual([cut]);
    expect(block({ tool_args_summary: { path: "a", api_key: "k" } }, "tool_args_summary")).toEqual([
      '{"path":"a","api_key":"[redacted]"}',
    ]);
  });

  it("ends with the payload, masked, in 4000 bytes", () => {
    expect(block({ reason: "r", token: "t" }, "payload")).toEqual(['{"reason":"r","token":"[redacted]"}']);
    const [payload] = block({ rows: numbered("x".repeat(900), 20) }, "payload") ?? [];
    expect(payload?.length).toBe(4_000 + truncationMark.length);
  });

  it("case 22: what an earlier attempt missed is seen although the last one failed otherwise", () => {
    const text = detail({
      ...{ reason: "provider stream failed", error_kind: "provider_stream", attempt: 2, max_attempts: 2 },
      attempt_verdicts: [
        { attempt: 1, verdict: "contract_failed", missing_files: ["report.md", "sources.json"] },
        { attempt: 2, verdict: "provider_stream_failed" },
      ],
      validation_errors: ["required output report.md was not written"],
    });
    expect(text).toContain("reason: provider stream failed");
    expect(text).toContain("missing_files:\n  report.md\n  sources.json");
    expect(text).toContain("validation_errors:\n  required output report.md was not written");
    expect(text).toContain('{"attempt":1,"verdict":"contract_failed"');
  });

  it("is absent where the event says nothing, so that the gate can ask for evidence (W-11)", () => {
    expect(told({ run: {}, files: [] })).toMatchObject({ detail: undefined, excerpt: [] });
  });
});

describe("what is kept of the event", () => {
  it("are its properties, masked, with its type and name", () => {
    expect(told({ reason: "r", token: "t" }, { id: "e-1" }).eventPayload).toEqual({
      ...{ event_type: "automation_v2.run.failed", event_id: "e-1" },
      properties: { reason: "r", token: "[redacted]" },
    });
  });

  it("is cut when there is much of it", () => {
    const payload = told({ rows: numbered("x".repeat(900), 20) }).eventPayload;
    expect(payload).not.toHaveProperty("properties");
    expect(String(payload?.properties_cut).length).toBe(8_000 + truncationMark.length);
  });
});

function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${word}${at}`);
}
