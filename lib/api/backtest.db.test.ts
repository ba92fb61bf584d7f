import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backtestLineSchema } from "@/lib/contracts/backtest";
import { shadowDecisionListSchema } from "@/lib/contracts/shadow-decision";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
const im = "/incident-monitor";
const path = `${im}/route-backtest`;
const routes = [{ route_id: "ci", name: "CI", match_sources: ["ci"], destination_ids: ["other"] }];

beforeAll(async () => {
  api = await createTestApi();
  const destinations = ["local", "other"].map((id) => ({ destination_id: id, name: id, kind: "telemetry" }));
  const incident_monitor = { destinations, default_destination_ids: ["local"] };
  await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } });
  for (const [place, source] of ["ci", "cron", "ci"].entries()) {
    const body = {
      title: `Job ${place} failed`,
      detail: "exit 1",
      source,
      event: "x",
      fingerprint: `f${place}`,
    };
    await api.call("POST", `${im}/report`, { body });
  }
});
afterAll(() => api.close());

describe("POST /route-backtest", () => {
  it("200 with progress=false: one JSON answer, side by side", async () => {
    const { status, body, headers } = await api.call("POST", `${path}?progress=false`, {
      body: { days: 1, config: { routes }, examples: 1 },
    });
    expect([status, headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    expect(body).toMatchObject({
      ...{ type: "result", truncated: false, warnings: [] },
      summary: { total: 3, same: 1, elsewhere: 2, approval_newly: 0, other_route: 2 },
      diff: [{ kind: "added", path: "routes.ci" }],
      examples: [
        {
          title: "Job 2 failed",
          before: { reason: "default_destination", destination_ids: ["local"], blocked: false },
          after: { route_id: "ci", reason: "matched_source", destination_ids: ["other"] },
          changes: ["elsewhere", "other_route"],
        },
      ],
    });
    expect(body.newest.map((row: { title: string }) => row.title)).toEqual([
      "Job 2 failed",
      "Job 1 failed",
      "Job 0 failed",
    ]);
    expect((await api.call("GET", "/config/incident-monitor/routes")).body.routes).toEqual([]);
  });

  it("200: a line for every step as NDJSON, the result last", async () => {
    const { text, headers } = await api.call("POST", path, { body: {} });
    expect(headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => backtestLineSchema.parse(JSON.parse(line)));
    expect(lines.map((line) => line.type)).toEqual(["progress", "progress", "result"]);
    expect(lines.slice(0, 2)).toMatchObject([
      { done: 0, total: 3 },
      { done: 3, total: 3 },
    ]);
    expect(lines[2]).toMatchObject({ summary: { total: 3, same: 3 }, examples: [], diff: [] });
  });

  it.each<[string, object, number, string, string | undefined]>([
    [
      "two routes of one id",
      { config: { routes: [...routes, ...routes] } },
      400,
      "INCIDENT_MONITOR_CONFIG_INVALID",
      undefined,
    ],
    [
      "a route of the wrong shape",
      { config: { routes: [{ name: 7 }] } },
      422,
      "VALIDATION_FAILED",
      "config.routes[0].route_id",
    ],
    ["no days", { days: 0 }, 422, "VALIDATION_FAILED", "days"],
    ["more than may be looked at", { limit: 100_001 }, 422, "VALIDATION_FAILED", "limit"],
  ])("%s: refused before anything is streamed", async (_, body, status, code, field) => {
    const answer = await api.call("POST", path, { body });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
  });

  it("401 and 403: nobody, an agent, a service", async () => {
    const ask = async (token: string | null) => (await api.call("POST", path, { token, body: {} })).status;
    expect([await ask(null), await ask(api.tokens.agent), await ask(api.tokens.service)]).toEqual([
      401, 403, 403,
    ]);
  });
});

describe("GET /shadow-decisions", () => {
  it("200 with filters and counts for each route, 400 for a cursor of another list", async () => {
    const { draft } = (
      await api.call("POST", `${im}/report`, {
        body: { title: "Shadowed", detail: "x", source: "ci", event: "x" },
      })
    ).body;
    const one = (routeId: string, agrees: boolean) => ({
      ...{ id: `shadow-decision-${routeId}`, draftId: draft.draft_id, incidentId: draft.incident_id },
      ...{
        moment: "drafted",
        routeId,
        routeName: routeId,
        destinationIds: ["local"],
        approvalRequired: false,
      },
      ...{ reached: true, actualDestinationIds: ["local"], actualApproval: !agrees, at: new Date(5_000) },
    });
    await api.db.prisma.shadowDecision.createMany({ data: [one("a", true), one("b", false)] });
    const list = (query = "") => api.call("GET", `${im}/shadow-decisions${query}`);
    const { body } = await list();
    expect(
      shadowDecisionListSchema.parse(body).decisions.map((row) => [row.route_id, row.agrees, row.title]),
    ).toEqual([
      ["b", false, "Shadowed"],
      ["a", true, "Shadowed"],
    ]);
    expect(body.routes).toMatchObject([
      { route_id: "a", decisions: 1, agreeing: 1 },
      { route_id: "b", decisions: 1, agreeing: 0 },
    ]);
    expect((await list("?route_id=a&since=1970-01-01")).body.total).toBe(1);
    expect((await list("?since=6000")).body).toMatchObject({ total: 0, routes: [] });
    const { body: page } = await list("?limit=1");
    expect((await list(`?limit=1&cursor=${page.next_cursor}`)).body.decisions).toMatchObject([
      { route_id: "a" },
    ]);
    const wrong = await list(`?moment=drafted&cursor=${page.next_cursor}`);
    expect([wrong.status, wrong.body.field]).toEqual([400, "cursor"]);
  });
});
