import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  redactionRunListSchema,
  redactionRunResponseSchema,
  redactionTestResponseSchema,
  rereadingPreviewSchema,
} from "@/lib/contracts/redaction";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
const test = (body: unknown, token?: string | null) =>
  api.call("POST", "/incident-monitor/redaction-test", { body, ...(token !== undefined && { token }) });
const save = (rows: unknown[]) =>
  api.call("PATCH", "/config/incident-monitor", {
    body: { incident_monitor: { safety_defaults: { redaction_profiles: rows } } },
  });
const clinic = {
  profile_id: "clinic",
  personal_data: ["email"],
  patterns: [{ name: "patient", pattern: "pat-[0-9]{6}", ignore_case: true }],
  allowed_values: ["@clinic.example"],
};
const text = "PAT-123456 ann@example.com ops@clinic.example password=Zx81fQ2pLw";

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

it("profiles are saved, answered as they were given, and kept by a patch that leaves them out", async () => {
  const saved = await save([clinic]);
  expect([saved.status, saved.body.incident_monitor.safety_defaults.redaction_profiles]).toEqual([
    200,
    [clinic],
  ]);
  const other = await api.call("PATCH", "/config/incident-monitor", {
    body: { incident_monitor: { safety_defaults: { retention_days: 3 } } },
  });
  expect(other.body.incident_monitor.safety_defaults.redaction_profiles).toEqual([clinic]);
  const history = await api.call("GET", "/incident-monitor/config/history");
  expect(JSON.stringify(history.body)).not.toContain("@clinic.example");
});

it.each([
  ["400: a pattern that cannot be read", { ...clinic, patterns: [{ name: "a", pattern: "(" }] }, 400],
  ["400: a name that is always there", { ...clinic, profile_id: "strict" }, 400],
  ["422: a class that there is not", { ...clinic, personal_data: ["names"] }, 422],
  ["422: a pattern without bounds", { ...clinic, patterns: [{ name: "a", pattern: "x".repeat(501) }] }, 422],
])("%s, and nothing is saved", async (_case, row, status) => {
  expect((await save([row])).status).toBe(status);
  const config = await api.call("GET", "/config/incident-monitor");
  expect(config.body.incident_monitor.safety_defaults.redaction_profiles).toEqual([clinic]);
});

it("200: says what would be left, and which rule took what", async () => {
  const { status, body } = await test({ text, profile: "clinic" });
  expect([status, redactionTestResponseSchema.strict().parse(body)]).toEqual([200, body]);
  expect(body).toEqual({
    text: "[redacted:custom_patient] [redacted:email] ops@clinic.example password=[redacted:password]",
    redactions: [
      { kind: "custom_patient", count: 1, rule: "pattern" },
      { kind: "email", count: 1, rule: "personal_data" },
      { kind: "password", count: 1, rule: "secret" },
    ],
    profile: "clinic",
    profile_known: true,
  });
});

it("200: a profile that is still being written is tried without being saved", async () => {
  const { body } = await test({ text, unsaved_profile: { profile_id: "draft", personal_data: ["email"] } });
  expect(body).toMatchObject({ profile: "draft", profile_known: true });
  expect(body.text).toBe("PAT-123456 [redacted:email] [redacted:email] password=[redacted:password]");
  const broken = { profile_id: "draft", personal_data: [], patterns: [{ name: "a", pattern: "(" }] };
  expect((await test({ text, unsaved_profile: broken })).body).toMatchObject({
    profile: "strict",
    profile_known: false,
  });
});

it("400, 401, 403, 422", async () => {
  const statuses = [
    (await api.call("POST", "/incident-monitor/redaction-test", { raw: "{" })).status,
    (await test({ text }, null)).status,
    (await test({ text }, api.tokens.agent)).status,
    (await test({ text: "x".repeat(65_537) })).status,
    (await test({})).status,
  ];
  expect(statuses).toEqual([400, 401, 403, 422, 422]);
});

describe("reading what is stored again", () => {
  const at = "/incident-monitor/redaction";

  it("200: says how much it would change, begins, and is listed; 409 while it is not through", async () => {
    await api.call("POST", "/incident-monitor/report", {
      body: {
        report: {
          title: "Import of PAT-654321 failed",
          detail: "exit 1",
          source: "ci",
          event: "e.f",
          level: "error",
        },
      },
    });
    await api.call("PATCH", "/config/incident-monitor", {
      body: { incident_monitor: { safety_defaults: { redaction_profile: "clinic" } } },
    });
    const preview = await api.call("GET", `${at}/preview`);
    expect([preview.status, rereadingPreviewSchema.strict().parse(preview.body)]).toEqual([
      200,
      preview.body,
    ]);
    expect(preview.body.places).toContainEqual({
      ...{ place: "incidents", rows: 1, examined: 1, would_change: 1, frozen: 0, held_back: 0 },
    });
    const begun = await api.call("POST", `${at}/runs`);
    expect([begun.status, redactionRunResponseSchema.strict().parse(begun.body)]).toEqual([200, begun.body]);
    const again = await api.call("POST", `${at}/runs`);
    expect([again.status, again.body.code]).toEqual([409, "INCIDENT_MONITOR_REDACTION_UNDER_WAY"]);
    const list = await api.call("GET", `${at}/runs`);
    expect([list.status, redactionRunListSchema.strict().parse(list.body)]).toEqual([
      200,
      { runs: [begun.body.run], count: 1 },
    ]);
  });

  it("200: stopped, listed as that, and may be started again; 409 when it has ended, 404 for none", async () => {
    const [open] = (await api.call("GET", `${at}/runs`)).body.runs;
    const stop = (id: string) => api.call("POST", `${at}/runs/${id}/stop`);
    const stopped = await stop(open.run_id);
    expect([stopped.status, redactionRunResponseSchema.strict().parse(stopped.body)]).toEqual([
      200,
      stopped.body,
    ]);
    expect(stopped.body.run).toMatchObject({ run_id: open.run_id, state: "stopped", place: "incidents" });
    const refused = [await stop(open.run_id), await stop("none")];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [409, "INCIDENT_MONITOR_REDACTION_RUN_ENDED"],
      [404, "INCIDENT_MONITOR_REDACTION_RUN_NOT_FOUND"],
    ]);
    const again = await api.call("POST", `${at}/runs`);
    const { runs } = (await api.call("GET", `${at}/runs`)).body;
    expect(runs).toEqual(expect.arrayContaining([again.body.run, stopped.body.run]));
  });

  it("401 without a token, 403 for whom it is not", async () => {
    const statuses = [];
    for (const [method, path] of [
      ["GET", "preview"],
      ["POST", "runs"],
      ["POST", "runs/none/stop"],
    ] as const) {
      for (const token of [null, api.tokens.agent]) {
        statuses.push((await api.call(method, `${at}/${path}`, { token })).status);
      }
    }
    statuses.push((await api.call("GET", `${at}/runs`, { token: null })).status);
    expect(statuses).toEqual([401, 403, 401, 403, 401, 403, 401]);
  });
});
