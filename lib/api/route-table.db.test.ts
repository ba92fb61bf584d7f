import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeLintSchema } from "@/lib/contracts/route-lint";
import { routePreviewSchema } from "@/lib/contracts/route-preview";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
const config = "/config/incident-monitor";
const lint = "/incident-monitor/route-lint";
const patch = (body: object, query = "") =>
  api.call("PATCH", `${config}${query}`, { body: { incident_monitor: body } });
const route = (fields: object = {}) => ({ route_id: "r", name: "R", destination_ids: ["local"], ...fields });
const asking = (condition: object) => ({ routes: [route({ conditions: [condition] })] });

beforeAll(async () => {
  api = await createTestApi();
  await patch({
    destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }],
    default_destination_ids: ["local"],
  });
});
afterAll(() => api.close());

describe("conditions over the API", () => {
  it("400 names the route, the condition, the value and the character", async () => {
    const answer = await patch(asking({ field: "title", op: "regex", values: ["fine", "a(b"] }));
    expect([answer.status, answer.body.code]).toEqual([400, "INCIDENT_MONITOR_CONFIG_INVALID"]);
    expect(answer.body.detail).toBe("routes[0].conditions[0].values[1]: missing closing ), at character 2");
    const put = await api.call("PUT", `${config}/routes/r`, {
      body: { name: "R", active_windows: [{ zone: "Mars/Olympus", from: "08:00", to: "17:00" }] },
    });
    expect([put.status, put.body.issues[0].path]).toEqual([400, "routes[0].active_windows[0].zone"]);
  });

  it.each([
    [
      "a field that is none",
      asking({ field: "colour", op: "equals", values: ["a"] }),
      "routes[0].conditions[0].field",
    ],
    [
      "a key that is none",
      asking({ field: "title", op: "equals", values: ["a"], not: true }),
      "routes[0].conditions[0]",
    ],
    [
      "a value too long",
      asking({ field: "title", op: "regex", values: ["x".repeat(501)] }),
      "routes[0].conditions[0].values[0]",
    ],
    [
      "10,000 routes",
      { routes: Array.from({ length: 10_000 }, (_, n) => route({ route_id: `r${n}` })) },
      "routes",
    ],
  ])("422 names %s", async (_, body, field) => {
    const answer = await patch(body);
    expect([answer.status, answer.body.code]).toEqual([422, "VALIDATION_FAILED"]);
    expect(answer.body.field).toContain(field);
    expect((await api.call("GET", config)).body.incident_monitor.routes).toEqual([]);
  });
});

describe("GET route-lint", () => {
  const table = {
    routes: [
      route({ route_id: "rest", priority: 1 }),
      route({ match_components: ["x"], approval_policy: "always" }),
    ],
  };

  it("200 in its declared shape; a dry run warns of the same", async () => {
    const dry = await patch(table, "?dry_run=true");
    const warned = dry.body.warnings.map((each: { code: string }) => each.code);
    expect([dry.status, warned]).toEqual([200, ["route_unreachable", "approval_weaker"]]);
    expect((await api.call("GET", lint)).body).toEqual({ findings: [], count: 0 });
    await patch(table);
    const { status, body } = await api.call("GET", lint);
    expect(status).toBe(200);
    expect(routeLintSchema.strict().parse(body)).toEqual(body);
    expect(body.findings[1]).toMatchObject({
      code: "approval_weaker",
      severity: "error",
      route_id: "r",
      other_route_id: "rest",
    });
    await patch({ routes: null });
  });

  it("401 for nobody", async () => {
    const answer = await api.call("GET", lint, { token: null });
    expect([answer.status, answer.body.code]).toEqual([401, "AUTH_REQUIRED"]);
  });
});

describe("route-preview beyond the contract", () => {
  it("takes a moment, a count and words, and answers in its declared shape", async () => {
    await patch(asking({ field: "occurrence_count", op: "at_least", value: 5 }));
    const ask = (body: object) => api.call("POST", "/incident-monitor/route-preview", { body });
    const answer = await ask({
      occurrence_count: 5,
      title: "x",
      level: "error",
      repo: "a/b",
      provenance: "report",
      at_ms: 0,
    });
    expect(routePreviewSchema.strict().parse(answer.body)).toEqual(answer.body);
    expect(answer.body.contributing_route_ids).toEqual(["r"]);
    for (const wrong of [{ occurrence_count: 0 }, { at_ms: -1 }, { at_ms: 1e300 }]) {
      expect((await ask(wrong)).status).toBe(422);
    }
    await patch({ routes: null });
  });
});
