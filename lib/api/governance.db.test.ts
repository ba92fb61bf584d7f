import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { governanceMetricsResponseSchema } from "@/lib/contracts/governance";
import { reassessmentListSchema, reassessmentRunSchema } from "@/lib/contracts/reassessment";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
let rawKey: string;
const security = "/incident-monitor/security";
const metrics = `${security}/governance-metrics`;
const reassessments = `${security}/reassessments`;
const code = "INCIDENT_MONITOR_SCENARIO_PACKS_ADMIN_REQUIRED";

beforeAll(async () => {
  api = await createTestApi();
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        monitored_projects: [{ project_id: "shop", name: "Shop", repo: "halden/shop", workspace_root: "/w" }],
      },
    },
  });
  const key = { project_id: "shop", name: "ci" };
  rawKey = (await api.call("POST", "/incident-monitor/intake/keys", { body: key })).body.raw_key;
});
afterAll(() => api.close());

describe("who may ask", () => {
  it.each([
    ["POST", metrics],
    ["GET", reassessments],
    ["POST", reassessments],
  ])(
    "cases 34 and 139: %s %s needs the full token, and a scoped key's header is 403 beside it",
    async (method, path) => {
      const call = (token: string | null, headers = {}) =>
        api.call(method, path, { token, headers, ...(method === "POST" && { body: {} }) });
      const header = { "x-tandem-incident-monitor-intake-key": rawKey };
      for (const token of [api.tokens.admin, null, "wrong"]) {
        const answer = await call(token, header);
        expect([answer.status, answer.body.code]).toEqual([403, code]);
      }
      for (const token of [null, "wrong", rawKey]) {
        const answer = await call(token);
        expect([answer.status, answer.body.code]).toEqual([401, code]);
      }
      for (const token of [api.tokens.service, api.tokens.agent]) {
        const answer = await call(token);
        expect([answer.status, answer.body.code]).toEqual([403, code]);
      }
      expect((await call(api.tokens.admin)).status).toBe(200);
    },
  );
});

describe("governance metrics", () => {
  it("are six, in the contract's order, over the last seven days, with the contract's minimums", async () => {
    const { status, body } = await api.call("POST", metrics, { body: {} });
    expect([status, governanceMetricsResponseSchema.safeParse(body).error]).toEqual([200, undefined]);
    const { window, thresholds, counts, ...maturity } = body.governance_maturity;
    expect(body.scope).toMatchObject({
      ...{ source: "incident_monitor_governance_maturity_metrics", read_only: true, dry_run: true },
      ...{ mutates_external_systems: false, redacted: true, admin_invoked: true },
    });
    expect(window).toMatchObject({ window_ms: 604_800_000, baseline: { to_ms: window.current.from_ms } });
    expect(thresholds).toMatchObject({ governance_confidence_min: 0.9, drift_rate_delta_max: 0.25 });
    expect(counts).toMatchObject({ metrics: 6, findings: maturity.threshold_findings.length });
    expect(maturity.metrics.map((each: { metric_id: string }) => each.metric_id)).toEqual([
      ...["governance_confidence", "authority_boundary_compliance", "escalation_pathway_utilization"],
      ...["route_readiness_compliance", "receipt_completeness", "recurring_incident_rate"],
    ]);
  });

  it.each<[object, string]>([
    [{ thresholds: { route_readiness_min: "high" } }, "thresholds.route_readiness_min"],
    [{ thresholds: { drift_rate_delta_max: 1.5 } }, "thresholds.drift_rate_delta_max"],
    [{ thresholds: { metric_samples_min: 0 } }, "thresholds.metric_samples_min"],
    [{ window_ms: 0 }, "window_ms"],
    [{ to_ms: -1 }, "to_ms"],
    [{ trend_windows: 31 }, "trend_windows"],
  ])("422 names the field of %j", async (body, field) => {
    const answer = await api.call("POST", metrics, { body });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });

  it("what is asked for is echoed, and nulls are as if left out", async () => {
    const body = {
      window_ms: 1_000,
      to_ms: null,
      trend_windows: 3,
      thresholds: { drift_rate_delta_max: 0.5 },
    };
    const { governance_maturity: maturity } = (await api.call("POST", metrics, { body })).body;
    expect([maturity.window.window_ms, maturity.trend.length]).toEqual([1_000, 3]);
    expect(maturity.thresholds).toMatchObject({ drift_rate_delta_max: 0.5, receipt_completeness_min: 0.95 });
  });
});

describe("reassessments", () => {
  it("case 139: a run needs no body, and the list has it with its schedule", async () => {
    const made = await api.call("POST", reassessments);
    expect([made.status, reassessmentRunSchema.safeParse(made.body).error]).toEqual([200, undefined]);
    const { reassessment } = made.body;
    expect(reassessment).toMatchObject({
      scope_key: "local/local/deployment",
      trigger: "manual",
      mode: "dry_run",
    });
    const listed = await api.call("GET", reassessments);
    expect([listed.status, reassessmentListSchema.safeParse(listed.body).error]).toEqual([200, undefined]);
    expect(listed.body.records[0]).toEqual(reassessment);
    expect(listed.body.schedule).toMatchObject([
      { scope_key: "local/local/deployment", overdue: false, last_version: reassessment.version },
    ]);
    expect(listed.body.counts).toMatchObject({ overdue_scopes: 0, waiting_triggers: 0 });
  });

  it("a scope that there is not is 404", async () => {
    const answer = await api.call("POST", reassessments, { body: { scope_key: "acme/eu/deployment" } });
    expect([answer.status, answer.body.code]).toEqual([404, "INCIDENT_MONITOR_REASSESSMENT_SCOPE_NOT_FOUND"]);
  });
});
