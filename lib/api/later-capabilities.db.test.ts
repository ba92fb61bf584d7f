import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "@/lib/api/routes";
import { notAvailableSchema } from "@/lib/contracts/not-available";
import { createTestApi, type TestApi } from "@/lib/testing/api";

/** What comes with a later version checks what it can, then answers 501 and changes nothing. */
let api: TestApi;
let rawKey: string;

const im = (path: string) => `/incident-monitor${path}`;
const post = (path: string, body?: unknown) => api.call("POST", im(path), { body });
const keyHeader = () => ({ "x-tandem-incident-monitor-intake-key": rawKey });

function expectLater(answer: Awaited<ReturnType<TestApi["call"]>>, capability: string) {
  expect([answer.status, answer.body]).toMatchObject([
    501,
    { code: "INCIDENT_MONITOR_NOT_AVAILABLE", capability, retryable: false },
  ]);
  expect(notAvailableSchema.safeParse(answer.body).error).toBeUndefined();
}

beforeAll(async () => {
  api = await createTestApi({}, { over: "http" });
  await api.call("PATCH", "/config/incident-monitor", {
    body: {
      incident_monitor: {
        monitored_projects: [
          {
            ...{
              project_id: "shop",
              name: "Shop",
              repo: "halden/shop",
              workspace_root: "/workspace/repos/shop",
            },
            log_sources: [{ source_id: "api", path: "logs/api.log" }],
          },
        ],
      },
    },
  });
  rawKey = (await post("/intake/keys", { project_id: "shop", name: "ci" })).body.raw_key;
});
afterAll(() => api.close());

describe("security", () => {
  const guarded: Array<[string, string, string]> = [
    ["POST", "assessment-probes", "ASSESSMENT_PROBES"],
    ["POST", "assessment-report", "ASSESSMENT_REPORT"],
    ["POST", "deployment-cards", "DEPLOYMENT_CARDS"],
    ["GET", "scenario-packs", "SCENARIO_PACKS"],
    ["POST", "scenario-packs", "SCENARIO_PACKS"],
    ["POST", "governance-metrics", "SCENARIO_PACKS"],
    ["GET", "reassessments", "SCENARIO_PACKS"],
    ["POST", "reassessments", "SCENARIO_PACKS"],
  ];
  const call = (method: string, name: string, options: Parameters<TestApi["call"]>[2] = {}) =>
    api.call(method, im(`/security/${name}`), { ...(method === "POST" && { body: {} }), ...options });

  it.each(guarded)(
    "case 34: a scoped key's header is 403 on %s %s, even beside the full token",
    async (method, name, code) => {
      const wanted = `INCIDENT_MONITOR_${code}_ADMIN_REQUIRED`;
      for (const token of [api.tokens.admin, null, "wrong"]) {
        const answer = await call(method, name, { token, headers: keyHeader() });
        expect([answer.status, answer.body.code]).toEqual([403, wanted]);
      }
      for (const token of [null, "wrong", rawKey]) {
        const answer = await call(method, name, { token });
        expect([answer.status, answer.body.code]).toEqual([401, wanted]);
      }
      for (const token of [api.tokens.service, api.tokens.agent]) {
        const answer = await call(method, name, { token });
        expect([answer.status, answer.body.code]).toEqual([403, wanted]);
      }
      // A blank header is no key.
      const blank = { "x-tandem-incident-monitor-intake-key": " " };
      expectLater(await call(method, name, { headers: blank }), "security");
      expectLater(await call(method, name), "security");
    },
  );

  it("inventory and posture have the usual gate alone", async () => {
    for (const name of ["authority-inventory", "posture-checks?mode=enabled&rules=a,b&min_severity=odd"]) {
      expectLater(await call("GET", name), "security");
      expectLater(await call("GET", name, { headers: keyHeader() }), "security");
      const answer = await call("GET", name, { token: null, headers: keyHeader() });
      expect([answer.status, answer.body.code]).toEqual([401, "AUTH_REQUIRED"]);
    }
  });

  it.each<[string, unknown, string]>([
    ["assessment-probes", { probes: "all" }, "probes"],
    ["assessment-probes", { include_draft_suggestions: "no" }, "include_draft_suggestions"],
    ["assessment-report", { from_ms: -1 }, "from_ms"],
    ["assessment-report", { route_destination_ids: [1] }, "route_destination_ids[0]"],
    ["deployment-cards", { defaults: { review_cadence_days: 1.5 } }, "defaults.review_cadence_days"],
    ["deployment-cards", { metadata: { card: { evidence_refs: "x" } } }, "metadata.card.evidence_refs"],
    ["scenario-packs", { pack: { pack_id: "p", scenarios: [] } }, "pack.version"],
    [
      "scenario-packs",
      {
        pack: { pack_id: "p", version: "1", scenarios: [{ scenario_id: "s", input: { source_kind: "x" } }] },
      },
      "pack.scenarios[0].input.source_kind",
    ],
    ["governance-metrics", { thresholds: { route_readiness_min: "high" } }, "thresholds.route_readiness_min"],
  ])("%s of the wrong shape is 422 and names %#", async (name, body, field) => {
    const answer = await call("POST", name, { body });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });

  it.each<[string, unknown]>([
    ["assessment-probes", { mode: "odd", probes: ["unknown"], include_draft_suggestions: null }],
    ["assessment-report", { source_kind: "tandem_monitor", include_raw_payloads: true, to_ms: null }],
    [
      "deployment-cards",
      { defaults: { purpose: "x" }, metadata: { "automation:a": { residual_risks: ["y"] } } },
    ],
    ["scenario-packs", { scenario_ids: ["one"] }],
    ["governance-metrics", { window_ms: 1_000, thresholds: { drift_rate_delta_max: 0.5 } }],
  ])("%s of the right shape passes", async (name, body) => {
    expectLater(await call("POST", name, { body }), "security");
  });
});

it("the document says 501 of these, and of nothing else", async () => {
  const { paths } = (await api.call("GET", "/openapi.json")).body;
  for (const route of apiRoutes) {
    const { responses } = paths[route.path][route.method];
    const described = ["200", "501"].filter((status) => status in responses);
    expect([route.path, described]).toEqual([route.path, [route.notAvailable ? "501" : "200"]]);
  }
});
