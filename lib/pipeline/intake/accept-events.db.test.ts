import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { AcceptedRecord } from "@/lib/domain/records";
import { failureEventTypes, type RuntimeEvent } from "@/lib/domain/runtime-event";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch } from "@/lib/testing/reports";
import { patchConfig } from "../settings/patch-config";
import { acceptEvents, type EventAnswer } from "./accept-events";
import { acceptReport } from "./accept-report";

let database: TestDatabase;
let db: Database;
let serial = 0;

const service = () => testContext(db, actors.serviceToken());
const configure = (patch: Record<string, unknown>) =>
  patchConfig(testContext(db, actors.adminToken()), { patch: aConfigPatch(patch) });
const place = { repo: "acme/engine", workspaceRoot: "/workspace/repos/engine" };

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
});

beforeEach(async () => {
  serial += 1;
  await configure({ ...place, paused: false });
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

const event = (properties: Record<string, unknown>, fields: Partial<RuntimeEvent> = {}): RuntimeEvent => ({
  ...{ id: null, type: "automation_v2.run.failed", logs: [], occurredAtMs: null },
  properties,
  ...fields,
});
/** An automation of this test alone. */
const automation = () => `auto-${serial}`;
const send = (...events: RuntimeEvent[]) =>
  acceptEvents(service(), { events: events.map((each) => ({ event: each, idempotency: null })) });

function taken(answer: EventAnswer | undefined): AcceptedRecord {
  if (!answer?.taken) throw new Error(`ignored: ${answer?.reason.code}`);
  if (!answer.answer.ok) throw answer.answer.error;
  return answer.answer.accepted;
}
const one = async (...args: Parameters<typeof event>) => taken((await send(event(...args)))[0]);
const ignored = (answers: EventAnswer[]) =>
  answers.map((answer) => (answer.taken ? "taken" : answer.reason.code));
const countRows = async () => [await db.prisma.incident.count(), await db.prisma.draft.count()];

describe("a runtime's failures", () => {
  it("case 11: one failure is one incident and one draft with the configured repository and root", async () => {
    const [incidents = 0, drafts = 0] = await countRows();
    const accepted = await one({ automation_id: automation(), reason: "stopped", repo: "evil/fork" });
    expect(await countRows()).toEqual([incidents + 1, drafts + 1]);
    expect(accepted).toMatchObject({ outcome: "new", held: false });
    expect(accepted.incident).toMatchObject({
      ...place,
      ...{ provenance: "runtime_event", sourceKind: "tandem_runtime", projectId: null, occurrenceCount: 1 },
      eventType: "automation_v2.run.failed",
    });
    expect(accepted.draft?.content).toMatchObject({
      ...{ repo: place.repo, sourceKind: "tandem_runtime", level: "error", source: "automation_v2" },
      attributes: { process: "tandem-engine" },
    });
  });

  it("is counted by who sent it, in one commit with one audit entry, and not entered report by report", async () => {
    const known = (await db.prisma.auditEntry.findMany({ select: { id: true } })).map((entry) => entry.id);
    const answers = await send(
      event({ automation_id: automation(), reason: "stopped" }),
      event({ automation_id: automation(), reason: "stopped" }),
    );
    const { incident } = taken(answers[1]);
    expect(answers.map((answer) => taken(answer).outcome)).toEqual(["new", "recurrence"]);
    const entries = await db.prisma.auditEntry.findMany({ where: { id: { notIn: known } } });
    expect(entries.map((entry) => entry.action)).toEqual(["incident_monitor.intake.batch"]);
    expect(entries[0]?.detail).toMatchObject({ accepted: 2, reporters: ["token:token-service"] });
    const occurrences = await db.prisma.occurrence.findMany({ where: { incidentId: incident.incidentId } });
    expect(occurrences.map((each) => [each.provenance, (each.reporter as { id: string }).id])).toEqual([
      ["runtime_event", "token-service"],
      ["runtime_event", "token-service"],
    ]);
  });

  it("D-15: while paused it is taken in and held (case 12 as overridden)", async () => {
    await configure({ paused: true });
    const accepted = await one({ automation_id: automation(), reason: "stopped" });
    expect(accepted).toMatchObject({ outcome: "new", held: true });
    expect(accepted.draft?.held).toBe(true);
  });

  it("case 13: all eleven are taken; started, requeued, completed and our own are not, and leave nothing", async () => {
    const answers = await send(
      ...failureEventTypes.map((type) => event({ workflow_id: automation(), reason: "stopped" }, { type })),
    );
    expect(new Set(answers.map((answer) => taken(answer).incident.incidentId)).size).toBe(11);
    const before = [...(await countRows()), await db.prisma.auditEntry.count()];
    const others = await send(
      ...["automation_v2.run.started", "context.task.requeued", "workflow.run.completed"].map((type) =>
        event({ reason: "x" }, { type }),
      ),
      event({ reason: "x" }, { type: "incident_monitor.publish.failed" }),
    );
    expect(ignored(others)).toEqual(["not_a_failure", "not_a_failure", "not_a_failure", "own_event"]);
    expect([...(await countRows()), await db.prisma.auditEntry.count()]).toEqual(before);
  });

  it("case 14: a context failure that mirrors an automation's run is left to that run's own event", async () => {
    const type = "context.task.failed";
    const answers = await send(
      event({ reason: "x", source: "automation_v2" }, { type }),
      event({ reason: "x", automation_id: automation() }, { type }),
      event({ reason: "x", run_id: "automation-v2-run-1" }, { type }),
      event({ reason: "x", run_id: "run-1", task_id: automation() }, { type }),
    );
    expect(ignored(answers)).toEqual([...Array(3).fill("mirrors_automation"), "taken"]);
  });

  it("cases 15 and 16: the monitor's own triage is never monitored; a user's automation of the same role is", async () => {
    const rows = await countRows();
    const role = { agent_role: "incident-monitor-triage", reason: "x" };
    const guarded = await send(
      event({ automation_id: "incident-monitor-triage-1", reason: "x" }),
      event({ workflow_id: "incident_monitor_triage" }, { type: "workflow.run.failed" }),
      event(role, { type: "session.error" }),
    );
    expect(ignored(guarded)).toEqual(["own_triage_run", "own_triage_run", "own_triage_agent"]);
    expect(await countRows()).toEqual(rows);
    expect((await one({ ...role, automation_id: automation() })).outcome).toBe("new");
  });

  it("case 17: another run's UUID recurs, another number does not", async () => {
    const failing = (id: string, ms: number) =>
      one({ automation_id: automation(), run_id: id, reason: `run ${id} gave no answer in ${ms} ms` });
    const first = await failing("7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11", 180_000);
    const again = await failing("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", 180_000);
    const other = await failing("7f9c1a52-3d10-4a53-9f6e-0d2b7a1c9e11", 600_000);
    expect(again.incident).toMatchObject({ incidentId: first.incident.incidentId, occurrenceCount: 2 });
    expect(again.draft?.draftId).toBe(first.draft?.draftId);
    expect(other.outcome).toBe("new");
    expect(first.incident.identity[0]).toEqual({
      name: "reason",
      value: "run <run> gave no answer in 180000 ms",
    });
  });

  it("case 19: the node named in the reason or found stale is part of the identity", async () => {
    const ofNode = async (properties: Record<string, unknown>) =>
      (await one({ automation_id: automation(), ...properties })).incident.identity.find(
        (part) => part.name === "node",
      )?.value;
    expect(await ofNode({ reason: "node outcomes: gather" })).toBe("gather");
    expect(await ofNode({ reason: "automation node `draft` timed out after 600000 ms" })).toBe("draft");
    expect(await ofNode({ reason: "no provider activity", staleNodeIds: ["review"] })).toBe("review");
  });
});

describe("case 20: an aggregate outcome", () => {
  const failing = (node: string, run = `run-${serial}`, reason = `tool of ${node} crashed`) =>
    event({ automation_id: automation(), run_id: run, node_id: node, reason });
  const aggregate = (node: string, run = `run-${serial}`) =>
    event({ automation_id: automation(), run_id: run, reason: `run failed from node outcomes: ${node}` });

  it("is counted with the concrete failure of the same run and node, sent before or along with it", async () => {
    const earlier = taken((await send(failing("build")))[0]);
    const later = taken((await send(aggregate("build")))[0]);
    expect(later.incident).toMatchObject({ incidentId: earlier.incident.incidentId, occurrenceCount: 2 });
    const [concrete, joined] = (await send(failing("ship"), aggregate("ship"))).map(taken);
    expect(joined?.incident.incidentId).toBe(concrete?.incident.incidentId);
    expect(joined?.incident.title).toContain("tool of ship crashed");
  });

  it("takes the newest of several", async () => {
    await send(failing("build", undefined, "first cause"));
    const newest = taken(
      (
        await acceptEvents(testContext(db, actors.serviceToken(), { nowMs: service().nowMs + 1_000 }), {
          events: [{ event: failing("build", undefined, "second cause"), idempotency: null }],
        })
      )[0],
    );
    expect(taken((await send(aggregate("build")))[0]).incident.incidentId).toBe(newest.incident.incidentId);
  });

  it("does not join another node, another run, another automation's, or another aggregate", async () => {
    const concrete = taken((await send(failing("build")))[0]);
    const others = await send(
      aggregate("test"),
      aggregate("build", "run-other"),
      event({
        automation_id: "somebody-else",
        workflow_id: "w",
        run_id: `run-${serial}`,
        reason: "node outcomes: build",
      }),
      event({ automation_id: automation(), reason: "run failed from node outcomes: build" }),
    );
    for (const each of others) expect(taken(each).incident.incidentId).not.toBe(concrete.incident.incidentId);
    const alone = taken((await send(aggregate("lint", "run-x")))[0]);
    const next = taken((await send(aggregate("lint", "run-y")))[0]);
    expect(next.incident).toMatchObject({ incidentId: alone.incident.incidentId });
    expect(next.incident.identity[0]?.value).toBe("run failed from node outcomes: lint");
  });
});

describe("what is kept of an event", () => {
  const secret = "Zx9Qw7Er5Ty3Ui1Op8As6Df4";

  it("case 21: workflow, run, task, error, artifacts, files and next action; tokens and keys are masked", async () => {
    const { incident, draft } = await one({
      ...{ workflow_id: "nightly", run_id: "run-21", task_id: "task-21", error_kind: "tool_error" },
      ...{
        artifact_refs: ["artifact://report"],
        files_touched: ["src/a.ts"],
        next_action: "rerun the build",
      },
      ...{ reason: `upload failed: Authorization: Bearer ${secret}`, automation_id: automation() },
      ...{ access_token: secret, signing_key: secret, nested: [{ password: secret }, `api_key=${secret}`] },
    });
    for (const words of [
      ...["workflow_id: nightly", "run_id: run-21", "task_id: task-21", "error_kind: tool_error"],
      ...["artifacts:\n  artifact://report", "files:\n  src/a.ts", "next_actions:\n  rerun the build"],
    ]) {
      expect(incident.detail).toContain(words);
      expect(draft?.content.detail).toContain(words);
    }
    expect(incident.eventPayload).toMatchObject({ properties: { workflow_id: "nightly", run_id: "run-21" } });
    expect(Object.keys(incident.redactions).length).toBeGreaterThan(0);
    for (const table of ["incidents", "drafts", "occurrences", "audit_entries"]) {
      const { rows } = await db.pool.query(
        `SELECT count(*)::int AS n FROM ${table} t WHERE to_jsonb(t.*)::text LIKE $1`,
        [`%${secret}%`],
      );
      expect(rows[0].n, table).toBe(0);
    }
  });

  it("no part of a secret that a bound cuts in two", async () => {
    const token = ["ghp_", "R7kq2Vx9Lm4Tz8Wb3Nc6Hd1Jf5Gs0PyQaEiU"].join("");
    const { incident, draft } = await one({
      ...{ automation_id: automation(), reason: `${"x".repeat(3_990)} ${token}` },
      tool_args_summary: `${"y".repeat(790)} ${token}`,
    });
    expect(JSON.stringify([incident, draft])).not.toContain(token.slice(0, 8));
  });

  it("case 22: missing files of an earlier attempt stay visible when the provider's stream fails after it", async () => {
    const { draft } = await one({
      ...{ automation_id: automation(), reason: "provider stream failed", error_kind: "provider_stream" },
      attempt_verdicts: [{ attempt: 1, verdict: "contract_failed", missing_files: ["report.md"] }],
    });
    expect(draft?.content.detail).toContain("missing_files:\n  report.md");
    expect(draft?.content.detail).toContain("error_kind: provider_stream");
  });

  it("an event that says nothing but its type is counted and blocked (W-11)", async () => {
    const accepted = await one({}, { type: "session.error" });
    expect(accepted).toMatchObject({ outcome: "blocked", draft: null });
    expect(accepted.incident.qualityGate?.missing).toEqual(["evidence_present"]);
  });
});

describe("the same event again", () => {
  const named = (id: string, reason = "stopped") => event({ automation_id: automation(), reason }, { id });
  const countOf = async (incidentId: string) =>
    (await db.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } })).occurrenceCount;

  it("is answered with its incident and not counted again, and does not spoil its neighbours", async () => {
    const first = taken((await send(named("e-1")))[0]);
    const answers = (await send(named("e-1"), named("e-2"), named("e-1"), named("e-2"))).map(taken);
    expect(answers.map((each) => each.alreadyCounted ?? false)).toEqual([true, false, true, true]);
    expect(new Set(answers.map((each) => each.incident.incidentId))).toEqual(
      new Set([first.incident.incidentId]),
    );
    expect(await countOf(first.incident.incidentId)).toBe(2);
  });

  it("counts once when twenty arrive together", async () => {
    const answers = (await Promise.all(Array.from({ length: 20 }, () => send(named("race")))))
      .flat()
      .map(taken);
    expect(answers.filter((each) => !each.alreadyCounted)).toHaveLength(1);
    expect(await countOf(answers[0]?.incident.incidentId ?? "")).toBe(1);
  });

  it("is another event from another sender: names are each sender's own", async () => {
    const first = taken((await send(named("shared")))[0]);
    const other = testContext(db, actors.adminToken());
    const [again] = await acceptEvents(other, { events: [{ event: named("shared"), idempotency: null }] });
    expect(taken(again).alreadyCounted).toBeUndefined();
    expect(await countOf(first.incident.incidentId)).toBe(2);
  });

  it("without a name every sending is a sighting (D-12)", async () => {
    const first = await one({ automation_id: automation(), reason: "stopped" });
    await one({ automation_id: automation(), reason: "stopped" });
    expect(await countOf(first.incident.incidentId)).toBe(2);
  });
});

it.each([
  ["agent token", actors.agentToken(), "agent_may_not"],
  ["admin in person", actors.admin(), "role_may_not"],
  ["scoped key", actors.intakeKey(), "key_may_only_report"],
])("D-36: refuses an %s, on the record", async (_, actor, reason) => {
  const sent = acceptEvents(testContext(db, actor), {
    events: [{ event: event({ reason: "x" }), idempotency: null }],
  });
  await expect(sent).rejects.toMatchObject({ kind: "forbidden", reason });
  const denied = await db.prisma.auditEntry.findFirst({
    where: { action: "incident_monitor.access.denied", detail: { path: ["reason"], equals: reason } },
  });
  expect(denied?.detail).toMatchObject({ permission: "ingestEvents" });
});

it("a reporter cannot pass for a runtime: what it says of itself changes neither kind nor identity", async () => {
  const report = {
    ...{ title: "x", detail: "x", event: "automation_v2.run.failed", source: "automation_v2" },
    ...{ excerpt: [], evidenceRefs: [], externalCorrelationIds: [], attributes: {} },
  };
  const { incident } = await acceptReport(service(), {
    path: { kind: "unbound", provenance: "report" },
    report,
    idempotency: null,
  });
  expect(incident).toMatchObject({ provenance: "report", sourceKind: null });
  expect(incident.identity.map((part) => part.name)).toEqual(["template", "event"]);
});
