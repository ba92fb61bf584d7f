import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "@/lib/api/routes";
import { createTestApi, type TestApi } from "@/lib/testing/api";

/** How the API refuses, and what every path does with HEAD, OPTIONS and a verb it does not know (contract 1.1, 1.4). */
let api: TestApi;

const im = (path: string) => `/incident-monitor${path}`;
const post = (path: string, body: unknown = {}) => api.call("POST", im(path), { body });

beforeAll(async () => {
  api = await createTestApi({}, { over: "http" });
});
afterAll(() => api.close());

describe("context keys of what is not found", () => {
  it.each<[string, string, string, number, Record<string, unknown>]>([
    ["GET", "/incidents/nope", "INCIDENT_NOT_FOUND", 404, { incident_id: "nope" }],
    ["DELETE", "/incidents/nope", "INCIDENT_NOT_FOUND", 404, { incident_id: "nope" }],
    ["DELETE", "/drafts/nope", "DRAFT_NOT_FOUND", 404, { draft_id: "nope" }],
    ["DELETE", "/posts/nope", "POST_NOT_FOUND", 404, { post_id: "nope" }],
    ["POST", "/drafts/nope/approve", "DRAFT_NOT_FOUND", 404, { draft_id: "nope" }],
    ["POST", "/drafts/nope/deny", "DRAFT_NOT_FOUND", 404, { draft_id: "nope" }],
    ["POST", "/drafts/nope/publish", "DRAFT_PUBLISH_FAILED", 400, { draft_id: "nope", draft: null }],
    ["POST", "/drafts/nope/recheck-match", "DRAFT_RECHECK_FAILED", 400, { draft_id: "nope", draft: null }],
    ["POST", "/intake/keys/nope/disable", "INTAKE_KEY_NOT_FOUND", 404, { key_id: "nope" }],
  ])("%s %s", async (method, path, code, status, context) => {
    const answer = await api.call(method, im(path), method === "POST" ? { body: {} } : {});
    expect([answer.status, answer.body]).toMatchObject([
      status,
      { code: `INCIDENT_MONITOR_${code}`, error: expect.any(String), ...context },
    ]);
  });

  it("a draft that is read and not there has no draft_id key", async () => {
    const answer = await api.call("GET", im("/drafts/nope"));
    expect([answer.status, answer.body.code]).toEqual([404, "INCIDENT_MONITOR_DRAFT_NOT_FOUND"]);
    expect(answer.body).not.toHaveProperty("draft_id");
  });

  it("a preview names the record that is not there", async () => {
    const draft = await post("/route-preview", { draft_id: "nope" });
    expect([draft.status, draft.body.code, draft.body.draft_id]).toEqual([
      ...[404, "INCIDENT_MONITOR_DRAFT_NOT_FOUND", "nope"],
    ]);
    const incident = await post("/route-preview", { incident_id: "nope" });
    expect([incident.status, incident.body.code, incident.body.incident_id]).toEqual([
      ...[404, "INCIDENT_MONITOR_INCIDENT_NOT_FOUND", "nope"],
    ]);
  });
});

describe("reports that are refused", () => {
  it("say why, with incident and gate null where there is none", async () => {
    const badRepo = await post("/report", {
      report: { title: "t", detail: "d", event: "e", repo: "nonsense" },
    });
    expect([badRepo.status, badRepo.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_INVALID"]);
    expect(badRepo.body).toMatchObject({ incident: null, quality_gate: null, detail: expect.any(String) });
    const blocked = await post("/report", { report: { title: "t", event: "job.progress" } });
    expect(blocked.body).toMatchObject({
      detail: expect.any(String),
      incident: { status: "quality_gate_blocked" },
      quality_gate: { status: "blocked" },
    });
  });

  it("missing altogether, wrapped as null, or only unknown keys", async () => {
    for (const body of [{}, { report: null }, { something: "else" }]) {
      const answer = await post("/report", body);
      expect([answer.status, answer.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_REQUIRED"]);
    }
  });

  it("the scoped path has the incident and no gate", async () => {
    await api.call("PATCH", "/config/incident-monitor", {
      body: {
        incident_monitor: {
          monitored_projects: [
            {
              project_id: "shop",
              name: "Shop",
              repo: "halden/shop",
              workspace_root: "/workspace/repos/shop",
            },
          ],
        },
      },
    });
    const made = await post("/intake/keys", { project_id: "shop", name: "ci" });
    const headers = { "x-tandem-incident-monitor-intake-key": made.body.raw_key };
    const body = { project_id: "shop", report: { title: "t", event: "job.progress" } };
    const blocked = await api.call("POST", im("/intake/report"), { token: null, headers, body });
    expect([blocked.status, blocked.body.code]).toEqual([400, "INCIDENT_MONITOR_REPORT_INVALID"]);
    expect(blocked.body).toMatchObject({
      incident: { status: "quality_gate_blocked" },
      detail: expect.any(String),
    });
    expect(blocked.body).not.toHaveProperty("quality_gate");
  });
});

describe("configuration that is refused", () => {
  it.each<[unknown, number, string]>([
    [{}, 400, "INCIDENT_MONITOR_CONFIG_REQUIRED"],
    [{ nothing_of_ours: 1 }, 400, "INCIDENT_MONITOR_CONFIG_REQUIRED"],
    [{ repo: "not-a-repo" }, 400, "INCIDENT_MONITOR_CONFIG_INVALID"],
    [{ incident_monitor: null }, 400, "INCIDENT_MONITOR_CONFIG_REQUIRED"],
    [{ incident_monitor: { repo: "nonsense" } }, 400, "INCIDENT_MONITOR_CONFIG_INVALID"],
    [{ incident_monitor: { enabled: "yes" } }, 422, "VALIDATION_FAILED"],
    [{ incident_monitor: { provider_preference: "own" } }, 422, "VALIDATION_FAILED"],
  ])("%j", async (body, status, code) => {
    const answer = await api.call("PATCH", "/config/incident-monitor", { body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    if (code === "INCIDENT_MONITOR_CONFIG_INVALID") expect(answer.body.detail).toEqual(expect.any(String));
  });
});

describe("verbs", () => {
  const paths = [...new Set(apiRoutes.map((route) => route.path))];
  const methodsOf = (path: string) =>
    apiRoutes.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
  const filled = (path: string) => path.replaceAll(/\{\w+\}/g, "x");

  it("OPTIONS needs no credential and lists what a path answers", async () => {
    for (const path of paths) {
      const answer = await api.call("OPTIONS", filled(path), { token: null });
      expect([path, answer.status]).toEqual([path, 204]);
      const allow = answer.headers.get("allow")?.split(", ") ?? [];
      expect([path, allow]).toEqual([path, expect.arrayContaining([...methodsOf(path), "OPTIONS"])]);
      expect([path, allow.includes("HEAD")]).toEqual([path, methodsOf(path).includes("GET")]);
    }
  });

  it("HEAD answers what GET answers, without the body", async () => {
    const readable = paths.filter((path) => methodsOf(path).includes("GET") && !path.endsWith("/events"));
    for (const path of readable) {
      const [head, got] = [await api.call("HEAD", filled(path)), await api.call("GET", filled(path))];
      expect([path, head.status, head.text]).toEqual([path, got.status, ""]);
    }
  });

  it("another verb is 405 with Allow, and changes nothing", async () => {
    for (const path of paths.filter((each) => !methodsOf(each).includes("PUT"))) {
      const answer = await api.call("PUT", filled(path), { body: {} });
      expect([path, answer.status, answer.headers.get("allow")]).toEqual([path, 405, expect.any(String)]);
    }
  });
});
