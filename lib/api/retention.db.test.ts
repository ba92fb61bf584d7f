import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  retentionHoldListSchema,
  retentionPreviewSchema,
  retentionRunListSchema,
} from "@/lib/contracts/retention";
import { createTestApi, type TestApi } from "@/lib/testing/api";
import { aDraftRow } from "@/lib/testing/records";

let api: TestApi;
const at = "/incident-monitor/retention";
const post = (path: string, body: object, token?: string | null) =>
  api.call("POST", `${at}/${path}`, { body, ...(token !== undefined && { token }) });

beforeAll(async () => {
  api = await createTestApi();
  const profile = { profile_id: "week", mode: "delete", incidents_days: 7, drafts_days: 7 };
  const incident_monitor = {
    safety_defaults: { retention_profiles: [profile], retention_profile: "week" },
    monitored_projects: [
      { project_id: "shop", name: "Shop", repo: "a/b", workspace_root: "/w", retention_profile: "wek" },
    ],
  };
  const saved = await api.call("PATCH", "/config/incident-monitor", { body: { incident_monitor } });
  expect([saved.status, saved.body.incident_monitor.safety_defaults.retention_profiles]).toEqual([
    200,
    [profile],
  ]);
});
afterAll(() => api.close());

it("the preview says which profile holds for what, and what would go; reading it changes nothing", async () => {
  const old = new Date(Date.now() - 8 * 86_400_000);
  const { incidentId } = await aDraftRow(api.db, { updatedAt: old });
  await api.db.prisma.incident.update({
    where: { id: incidentId },
    data: { updatedAt: old, lastSeenAt: old },
  });
  const { status, body } = await api.call("GET", `${at}/preview`);
  expect([status, retentionPreviewSchema.strict().parse(body)]).toEqual([200, body]);
  expect(body.profiles_in_use).toEqual([
    { profile: "week", chosen_by: "default", known: true, mode: "delete", days: { incidents: 7, drafts: 7 } },
    { project_id: "shop", profile: "wek", chosen_by: "project", known: false, days: {} },
  ]);
  expect(body.findings).toMatchObject([
    { code: "retention_profile_unknown", project_id: "shop", profile: "wek" },
  ]);
  expect(body.groups).toMatchObject([
    { place: "drafts", kind: "drafts", profile: "week", due: 1, held_back: 0, oldest_at_ms: old.getTime() },
    { place: "incidents", kind: "incidents", profile: "week", due: 1, held_back: 0 },
  ]);
  expect(body.total_due).toBe(2);
  expect(await api.db.prisma.incident.count({ where: { deletedAt: null } })).toBe(1);
});

describe("holds", () => {
  it("200: placed, listed, and named by every delete that it stops", async () => {
    const { id, incidentId } = await aDraftRow(api.db);
    const { status, body } = await post("holds", {
      scope: "incident",
      incident_id: incidentId,
      reason: "Case 7",
    });
    expect([status, body.hold.scope, body.hold.placed_by.name]).toEqual([200, "incident", "admin"]);
    const list = (await api.call("GET", `${at}/holds?open=true`)).body;
    expect(retentionHoldListSchema.strict().parse(list)).toEqual({ holds: [body.hold], count: 1 });
    for (const [method, path] of [
      ["DELETE", `/incident-monitor/incidents/${incidentId}`],
      ["DELETE", `/incident-monitor/drafts/${id}`],
      ["POST", "/incident-monitor/drafts/bulk-delete"],
    ] as const) {
      const refused = await api.call(method, path, method === "POST" ? { body: { ids: [id] } } : {});
      expect([refused.status, refused.body.code, refused.body.hold_id], path).toEqual([
        ...[409, "INCIDENT_MONITOR_RETENTION_HELD", body.hold.hold_id],
      ]);
    }
    const release = await post(`holds/${body.hold.hold_id}/release`, { reason: "Settled" });
    expect([release.status, release.body.code]).toEqual([403, "INCIDENT_MONITOR_PERSON_REQUIRED"]);
  });

  it.each<[string, string, object, number, string | undefined]>([
    [
      "a project that is none",
      "holds",
      { scope: "project", project_id: "shp", reason: "x" },
      400,
      "project_id",
    ],
    [
      "a source without its project",
      "holds",
      { scope: "source", source_id: "app", reason: "x" },
      400,
      "project_id",
    ],
    ["no reason", "holds", { scope: "all", reason: " " }, 400, "reason"],
    ["a scope that is none", "holds", { scope: "planet", reason: "x" }, 422, "scope"],
    [
      "an incident that is gone",
      "holds",
      { scope: "incident", incident_id: "no", reason: "x" },
      404,
      undefined,
    ],
    ["a hold that is gone", "holds/no/release", { reason: "x" }, 404, undefined],
    ["nobody named", "erasures/preview", { kind: "person", person: "ab" }, 400, "person"],
    ["no project named", "erasures/preview", { kind: "project" }, 400, "project_id"],
    ["no reason to erase", "erasures", { kind: "project", project_id: "shop", reason: "" }, 400, "reason"],
  ])("%s is refused, naming the field", async (_, path, body, status, field) => {
    const answer = await post(path, body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it("401 and 403: nobody, a service, and a token where a person has to stand", async () => {
    const body = { scope: "all", reason: "x" };
    expect((await post("holds", body, null)).status).toBe(401);
    expect((await post("holds", body, api.tokens.service)).status).toBe(403);
    const erase = await post("erasures", { kind: "project", project_id: "shop", reason: "Left" });
    expect([erase.status, erase.body.code]).toEqual([403, "INCIDENT_MONITOR_PERSON_REQUIRED"]);
  });
});

it("runs are listed in their declared shape", async () => {
  const { status, body } = await api.call("GET", `${at}/runs`);
  expect([status, retentionRunListSchema.strict().parse(body)]).toEqual([200, { runs: [], count: 0 }]);
});
