import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runtimeEventsResponseSchema } from "@/lib/contracts/runtime-event";
import { createTestApi, type TestApi } from "@/lib/testing/api";

const path = "/incident-monitor/intake/events";
let api: TestApi;

beforeAll(async () => {
  api = await createTestApi({}, { over: "http" });
});
afterAll(() => api.close());

const failure = (fields: Record<string, unknown> = {}) => ({
  type: "workflow.run.failed",
  properties: { workflow_id: "nightly", reason: "stopped" },
  ...fields,
});
const send = (body: unknown, options: Parameters<TestApi["call"]>[2] = {}) =>
  api.call("POST", path, { body, ...options });

describe("who may send events", () => {
  it.each<[string, () => string | null, number]>([
    ["nobody", () => null, 401],
    ["a wrong token", () => "tim_token_wrong", 401],
    ["an admin token", () => api.tokens.admin, 200],
    ["a service token", () => api.tokens.service, 200],
    ["an agent token", () => api.tokens.agent, 403],
  ])("%s", async (_, token, status) => {
    expect((await send(failure(), { token: token() })).status).toBe(status);
  });

  it("a scoped key is 401, by header and by bearer: it reports, it is no runtime", async () => {
    await api.call("PATCH", "/config/incident-monitor", {
      body: {
        incident_monitor: {
          monitored_projects: [
            { project_id: "shop", name: "Shop", repo: "acme/shop", workspace_root: "/workspace/repos/shop" },
          ],
        },
      },
    });
    const made = await api.call("POST", "/incident-monitor/intake/keys", {
      body: { project_id: "shop", name: "ci" },
    });
    const key = made.body.raw_key;
    expect((await send(failure(), { token: key })).status).toBe(401);
    const headers = { "x-tandem-incident-monitor-intake-key": key };
    expect((await send(failure(), { token: null, headers })).status).toBe(401);
  });
});

describe("a list", () => {
  const list = [
    failure({ id: "list-1" }),
    failure({ id: "list-1" }),
    failure({ type: "workflow.run.started" }),
    { type: "session.error" },
    { type: 7 },
    { properties: {} },
    "no event",
  ];
  const decisions = ["accepted", "already_counted", "ignored", "blocked", "refused", "refused", "refused"];

  it("is answered one by one, in its order, and counted", async () => {
    const answer = await send(list);
    expect(answer.status).toBe(200);
    expect(runtimeEventsResponseSchema.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toMatchObject({
      ...{ considered: 3, accepted: 1, already_counted: 1, blocked: 1, ignored: 1, refused: 3 },
    });
    const { results } = answer.body;
    expect(results.map((each: { decision: string }) => each.decision)).toEqual(decisions);
    expect(results.map((each: { status: number }) => each.status)).toEqual([
      200, 200, 200, 400, 422, 422, 422,
    ]);
    expect(results[0].draft_id).toBe(results[1].draft_id);
    expect(results[2]).toMatchObject({ reason: "not_a_failure" });
    expect(results[3]).toMatchObject({ code: "INCIDENT_MONITOR_REPORT_INVALID", outcome: "blocked" });
    expect([results[4].field, results[5].field]).toEqual(["type", "type"]);
  });

  it("may be under events", async () => {
    const answer = await send({ events: [failure(), failure({ type: "x.started" })] });
    expect(answer.body).toMatchObject({ considered: 1, accepted: 1, ignored: 1 });
    const wrong = await send({ events: failure() });
    expect([wrong.status, wrong.body.field]).toEqual([422, "events"]);
  });

  it("has at most 500 events of 256 KiB", async () => {
    expect((await send(Array.from({ length: 501 }, () => failure()))).status).toBe(413);
    const big = failure({ properties: { reason: "x".repeat(257 * 1024) } });
    const answer = await send([failure(), big]);
    expect(answer.body.results.map((each: { status: number }) => each.status)).toEqual([200, 413]);
    for (const reason of ["x".repeat(257 * 1024), "é".repeat(140_000)])
      expect((await send(failure({ properties: { reason } }))).status).toBe(413);
  });
});

describe("one event", () => {
  it("is answered in the same form when it is taken or ignored", async () => {
    const answer = await send(failure({ type: "routine.run.failed", occurred_at_ms: 1_750_000_000_000 }));
    expect(answer.body).toMatchObject({
      considered: 1,
      accepted: 1,
      results: [{ index: 0, outcome: "new" }],
    });
    const { body } = await api.call(
      "GET",
      `/incident-monitor/incidents/${answer.body.results[0].incident_id}`,
    );
    expect(body.incident).toMatchObject({
      ...{ provenance: "runtime_event", source_kind: "tandem_runtime", source: "routine", level: "error" },
      event_payload: { event_type: "routine.run.failed", properties: { workflow_id: "nightly" } },
    });
    expect((await send(failure({ type: "x.completed" }))).body).toMatchObject({ considered: 0, ignored: 1 });
  });

  it("is answered with its own status when it is not", async () => {
    const wrong = await send({ type: 7 });
    expect([wrong.status, wrong.body.field]).toEqual([422, "type"]);
    const nested = await send(failure({ properties: [] }));
    expect([nested.status, nested.body.field]).toEqual([422, "properties"]);
    const blocked = await send({ type: "session.error" });
    expect([blocked.status, blocked.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_INVALID"]);
    expect(blocked.body.quality_gate.missing).toEqual(["evidence_present"]);
  });

  it("none, malformed JSON, another content type", async () => {
    for (const body of [{}, [], { events: [] }]) {
      const none = await send(body);
      expect([none.status, none.body.code]).toEqual([400, "INCIDENT_MONITOR_EVENT_REQUIRED"]);
    }
    const malformed = await api.call("POST", path, { raw: '{"type":' });
    expect([malformed.status, malformed.body.code]).toEqual([400, "MALFORMED_JSON"]);
    const text = await api.call("POST", path, { raw: "{}", headers: { "content-type": "text/plain" } });
    expect(text.status).toBe(415);
    const nul = await api.call("POST", path, {
      raw: '{"type":"session.error","properties":{"a":"b\\u0000"}}',
    });
    expect([nul.status, nul.body.field]).toEqual([422, "properties.a"]);
  });

  it("is known again by its id, or by the event_id of its properties", async () => {
    for (const named of [{ id: "e-1" }, { id: 17 }, { properties: { reason: "x", eventID: "e-2" } }]) {
      await send(failure(named));
      expect((await send(failure(named))).body).toMatchObject({ already_counted: 1, accepted: 0 });
    }
  });
});

describe("an Idempotency-Key", () => {
  const headers = { "idempotency-key": "flush-7" };
  it("gives one event the same answer, uncounted; another event under it is 409", async () => {
    const body = failure({ type: "coder.run.failed" });
    const first = await send(body, { headers });
    expect((await send(body, { headers })).body).toEqual(first.body);
    const { incident_id: id } = first.body.results[0];
    const { body: read } = await api.call("GET", `/incident-monitor/incidents/${id}`);
    expect(read.incident.occurrence_count).toBe(1);
    const other = await send(failure({ type: "session.error" }), { headers });
    expect([other.status, other.body.code]).toEqual([409, "INCIDENT_MONITOR_IDEMPOTENCY_KEY_REUSED"]);
  });

  it("gives each event of a list its own", async () => {
    const list = [failure({ type: "context.run.failed" }), failure({ type: "context.task.failed" })];
    const keyed = { "idempotency-key": "flush-8" };
    const first = await send(list, { headers: keyed });
    expect((await send(list, { headers: keyed })).body).toEqual(first.body);
    const changed = await send([list[0], failure({ type: "coder.run.failed" })], { headers: keyed });
    expect(changed.body.results.map((each: { status: number }) => each.status)).toEqual([200, 409]);
  });
});
