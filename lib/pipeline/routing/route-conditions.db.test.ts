import { describe, expect, it } from "vitest";
import { routePutSchema } from "@/lib/contracts/config-resource";
import { routePreviewRequestSchema, routePreviewSchema } from "@/lib/contracts/route-preview";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { actors } from "@/lib/testing/context";
import { aDraftRow, anIncident } from "@/lib/testing/records";
import { configWriteFromWire } from "@/lib/wire/config-resource";
import { routePreviewFromWire, routePreviewToWire } from "@/lib/wire/route-preview";
import { putConfigResource } from "../settings/put-config-resource";
import { restoreConfig } from "../settings/restore-config";
import { getRouteLint } from "./get-route-lint";
import { previewRoute } from "./preview-route";

const { db, context, patch, read, auditEntries } = configDatabase();

const local = { destination_id: "local", name: "Local", kind: "telemetry" };
const other = { destination_id: "other", name: "Other", kind: "telemetry" };
const base = { destinations: [local, other], default_destination_ids: ["local"] };
const [everyKey] = everyKeyOfConfig.routes;
const more = {
  conditions: everyKey?.conditions,
  active_windows: everyKey?.active_windows,
  continue: everyKey?.continue,
  mode: everyKey?.mode,
};
const row = (fields: object = {}) => ({ route_id: "r", name: "R", destination_ids: ["other"], ...fields });
const put = (body: object) => {
  const ref = { kind: "route", id: "r" } as const;
  const write = configWriteFromWire("route", ref, routePutSchema.parse(body));
  return putConfigResource(context(), { write });
};
async function preview(body: object) {
  const answer = await previewRoute(context(), routePreviewFromWire(routePreviewRequestSchema.parse(body)));
  return routePreviewSchema.strict().parse(routePreviewToWire(answer));
}

describe("a route's fields beyond the contract are stored", () => {
  it("as given; a PATCH that leaves them out keeps them, null clears them", async () => {
    await patch({ ...base, routes: [row(more)] });
    expect((await read()).routes[0]).toMatchObject(more);
    await patch({ routes: [row({ match_components: ["x"] })] });
    expect((await read()).routes[0]).toMatchObject({ ...more, match_components: ["x"] });
    const { changes } = await patch({ routes: [row({ conditions: null, mode: null })] });
    const [route] = (await read()).routes;
    expect(route).not.toHaveProperty("conditions");
    expect(route).not.toHaveProperty("mode");
    expect(route).toMatchObject({ active_windows: more.active_windows, continue: true });
    expect(changes).toEqual([
      { path: "routes.r.conditions", kind: "removed", before: more.conditions },
      { path: "routes.r.match_components", kind: "changed", before: ["x"], after: [] },
      { path: "routes.r.mode", kind: "removed", before: "shadow" },
    ]);
  });

  it("a PUT does the same", async () => {
    await patch({ ...base, routes: [row(more)] });
    await put({ name: "R" });
    expect((await read()).routes[0]).toMatchObject({ ...more, destination_ids: [] });
    await put({ name: "R", conditions: [], continue: false });
    const [route] = (await read()).routes;
    expect(route).toMatchObject({ active_windows: more.active_windows, mode: "shadow" });
    expect(Object.keys(route ?? {})).not.toContain("conditions");
    expect(Object.keys(route ?? {})).not.toContain("continue");
  });

  it("a restored revision brings back what it had and nothing else", async () => {
    const { config } = await patch({ ...base, routes: [row(more)] });
    await patch({ routes: [row({ conditions: null, active_windows: null, continue: null, mode: null })] });
    const bare = (await read()).routes;
    await restoreConfig(context(), { version: config.version });
    expect((await read()).routes[0]).toMatchObject(more);
    await restoreConfig(context(), { version: config.version + 1 });
    expect((await read()).routes).toEqual(bare);
  });

  it("what makes no sense is refused by its place, and nothing of it is stored", async () => {
    await patch(base);
    const conditions = [
      { field: "title", op: "regex", values: ["time(out"] },
      { field: "title", op: "at_least", value: "a" },
    ];
    const error = await refusal(
      patch({
        routes: [row({ conditions, active_windows: [{ zone: "No/Where", from: "08:00", to: "17:00" }] })],
      }),
    );
    expect(error).toMatchObject({ kind: "invalid", reason: "config_invalid" });
    expect(error.context.issues).toMatchObject([
      {
        path: "routes[0].conditions[0].values[0]",
        code: "pattern_invalid",
        message: "missing closing ), at character 5",
      },
      { path: "routes[0].conditions[1].op", code: "op_not_for_field" },
      { path: "routes[0].active_windows[0].zone", code: "zone_unknown" },
    ]);
    expect((await read()).routes).toEqual([]);
  });
});

describe("what a save and the lint say of the table", () => {
  const table = {
    ...base,
    routes: [
      row({ route_id: "rest", name: "Rest", priority: 5 }),
      row({ match_risk_levels: ["high"], approval_policy: "always" }),
    ],
  };
  const lines = (issues: readonly { path: string; code: string }[]) =>
    issues.map(({ path, code }) => `${path} ${code}`);

  it("warnings come with the save, and with a dry run that stores nothing", async () => {
    const expected = ["routes[1] route_unreachable", "routes[1] approval_weaker"];
    expect(lines((await patch(table, { dryRun: true })).warnings)).toEqual(expected);
    expect((await read()).routes).toEqual([]);
    expect(lines((await patch(table)).warnings)).toEqual(expected);
    expect(lines((await put({ name: "R", priority: 9, destination_ids: ["other"] })).warnings)).toEqual([
      "routes[0] route_unreachable",
    ]);
  });

  it("the lint says all of it, of what is stored", async () => {
    await patch(table);
    const findings = await getRouteLint(context(actors.viewer()));
    expect(findings.map(({ severity, path, code }) => `${severity} ${path} ${code}`)).toEqual([
      "warning routes[1] route_unreachable",
      "error routes[1] approval_weaker",
    ]);
    await patch({ routes: [], destinations: [local, other] });
    expect(lines(await getRouteLint(context()))).toEqual(["destinations[1] destination_unused"]);
  });

  it("tells people with project roles of their own sources alone, and nothing to a scoped key, on record", async () => {
    const project = (project_id: string) => ({
      ...{ project_id, name: project_id, repo: "acme/x", workspace_root: "/workspace/repos/x" },
      allowed_destination_ids: ["other"],
    });
    await patch({ ...base, monitored_projects: [project("shop"), project("till")] });
    const told = async (actor = actors.admin()) =>
      (await getRouteLint(context(actor))).flatMap((each) => each.projectId ?? []);
    expect(await told()).toEqual(["shop", "till"]);
    expect(await told(actors.projectMember({ till: "viewer" }))).toEqual(["till"]);
    expect((await refusal(getRouteLint(context(actors.intakeKey())))).kind).toBe("forbidden");
    expect((await auditEntries()).at(-1)?.action).toBe("incident_monitor.access.denied");
  });
});

describe("a preview asks what publishing would ask", () => {
  it("about the title, the level, the repository, the count and the way in, of draft, incident and report", async () => {
    const on = (route_id: string, condition: object) =>
      row({ route_id, name: route_id, continue: true, conditions: [condition] });
    await patch({
      ...base,
      routes: [
        on("title", { field: "title", op: "regex", values: ["^pool .*exhausted$"] }),
        on("level", { field: "level", op: "at_least", value: "error" }),
        on("repo", { field: "repo", op: "glob", values: ["acme/*"] }),
        on("count", { field: "occurrence_count", op: "at_least", value: 3 }),
        on("way", { field: "provenance", op: "equals", values: ["intake_key"] }),
      ],
    });
    const fields = {
      title: "Pool is exhausted",
      level: "FATAL",
      repo: "acme/shop",
      provenance: "intake_key" as const,
    };
    const incident = await anIncident(db(), { ...fields, occurrenceCount: 3 });
    const draft = await aDraftRow(db(), { ...fields, incidentId: incident.id });
    const all = ["count", "level", "repo", "title", "way"];
    const routes = async (body: object) => (await preview(body)).contributing_route_ids;
    expect(await routes({ draft_id: draft.id })).toEqual(all);
    expect(await routes({ incident_id: incident.id })).toEqual(all);
    expect(await routes({ draft_id: draft.id, occurrence_count: 2, provenance: "report" })).toEqual([
      "level",
      "repo",
      "title",
    ]);
    const words = { title: "Pool was exhausted", level: "error", repo: "acme/till" };
    expect(await routes({ report: words })).toEqual(["level", "repo", "title"]);
    expect(await routes({ ...words, occurrence_count: 3 })).toEqual(["count", "level", "repo", "title"]);
    expect(await routes({ report: { title: "x", repo: "not a slug" } })).toEqual([]);
  });

  it("for now, or for another moment", async () => {
    const night = { active_windows: [{ zone: "Europe/Berlin", from: "22:00", to: "06:00" }] };
    await patch({ ...base, routes: [row(night)] });
    // The clock of these tests stands at noon UTC.
    const day = await preview({});
    expect(day.effective_destination_ids).toEqual(["local"]);
    expect(day.trace[0]).toMatchObject({
      outcome: "not_matched",
      conditions: [
        {
          ...{ condition: "active_windows", op: "within", code: "outside_window" },
          ...{ wants: ["22:00-06:00 Europe/Berlin"], has: "Mon 14:00 Europe/Berlin" },
        },
      ],
    });
    const later = await preview({ at_ms: Date.UTC(2026, 5, 29, 21) });
    expect(later.effective_destination_ids).toEqual(["other"]);
    expect(later.matches[0]?.reason).toBe("matched_active_windows");
  });

  it("shows what a shadow route would have sent", async () => {
    await patch({ ...base, routes: [row({ mode: "shadow", approval_policy: "always" })] });
    const answer = await preview({});
    expect(answer).toMatchObject({
      ...{ effective_destination_ids: ["local"], approval_required: false, contributing_route_ids: [] },
      shadow: [
        {
          ...{ route_id: "r", route_name: "R", destination_ids: ["other"], approval_policy: "always" },
          ...{ reason: "catch_all_route", reached: true },
        },
      ],
      trace: [{ outcome: "shadow", shadow: true }],
    });
  });
});
