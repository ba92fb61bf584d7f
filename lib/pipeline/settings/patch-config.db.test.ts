import { describe, expect, it } from "vitest";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { actors } from "@/lib/testing/context";

const { read, patch, auditEntries, db } = configDatabase();
const local = { destination_id: "local", name: "Local", kind: "telemetry" };
const hook = {
  destination_id: "hook",
  name: "Hook",
  kind: "webhook",
  webhook_url: "https://hooks.example.test/T0KEN/in",
  webhook_secret_ref: "env:TANDEM_HOOK_SECRET",
  config: { allowed_hosts: ["hooks.example.test"] },
};

describe("the merge (D-18)", () => {
  it("keeps absent keys, replaces present ones, resets null ones", async () => {
    await patch(everyKeyOfConfig);
    const { wire } = await patch({ default_destination_ids: ["hook"], safety_defaults: null, repo: null });
    expect(wire.default_destination_ids).toEqual(["hook"]);
    expect(wire).not.toHaveProperty("repo");
    expect(wire.safety_defaults).toMatchObject({ redact_secrets: true, high_risk_categories: [] });
    expect(wire.monitored_projects).toEqual(everyKeyOfConfig.monitored_projects);
  });

  it("null is a value for triage_timeout_ms, and absent keeps it", async () => {
    expect((await patch({ triage_timeout_ms: null })).wire.triage_timeout_ms).toBeNull();
    expect((await patch({ repo: "acme/one" })).wire.triage_timeout_ms).toBeNull();
    expect((await patch({ triage_timeout_ms: 0 })).wire.triage_timeout_ms).toBe(0);
  });

  it("python-style explicit nulls mean the default, in rows as well", async () => {
    const nulls = {
      ...{ enabled: null, require_approval: null, repo: null, mcp_server: null, linear_team: null },
      ...{
        webhook_url: null,
        webhook_secret_ref: null,
        telemetry_path: null,
        route_tags: null,
        config: null,
      },
    };
    const route = { route_id: "r", name: "R", enabled: null, priority: null, match_sources: null };
    const body = {
      destinations: [{ ...local, ...nulls }],
      routes: [route],
      model_policy: null,
      paused: null,
    };
    const { wire } = await patch(body);
    expect(wire.destinations).toEqual([{ ...local, enabled: true, require_approval: false, route_tags: [] }]);
    expect(wire.routes[0]).toMatchObject({ enabled: true, priority: 0, match_sources: [] });
    expect(wire.paused).toBe(false);
  });

  it("fields beyond the contract outlive a client that does not know them; null clears them", async () => {
    await patch({ safety_defaults: { high_risk_categories: ["payments"], retention_days: 9 } });
    const kept = await patch({ safety_defaults: { redact_secrets: true } });
    expect(kept.wire.safety_defaults.high_risk_categories).toEqual(["payments"]);
    expect(kept.wire.safety_defaults).not.toHaveProperty("retention_days");
    const cleared = await patch({ safety_defaults: { high_risk_categories: null } });
    expect(cleared.wire.safety_defaults.high_risk_categories).toEqual([]);
  });

  it("unknown keys are dropped", async () => {
    const { wire } = await patch({ surprise: 1, destinations: [{ ...local, surprise: 2 }] });
    expect(JSON.stringify(wire)).not.toContain("surprise");
  });

  it("the client helpers: read, put the row at the end, patch the whole", async () => {
    await patch({ destinations: [local, hook], default_destination_ids: ["local"] });
    const current = await read();
    const others = current.destinations.filter((row) => row.destination_id !== "local");
    const renamed = { ...local, name: "Renamed" };
    const { wire } = await patch({ ...current, destinations: [...others, renamed] });
    expect(wire.destinations.map((row) => row.destination_id)).toEqual(["hook", "local"]);
    expect(wire.destinations[1]?.name).toBe("Renamed");
    expect(wire.destinations[0]?.webhook_secret_ref).toBe("env:TANDEM_HOOK_SECRET");
  });
});

describe("refusals", () => {
  it("case 9: a binding to an unknown destination, or a default outside the allow-list, is refused", async () => {
    const project = { project_id: "p", name: "P", repo: "a/b", workspace_root: "/w" };
    const error = await refusal(
      patch({
        destinations: [local, hook],
        monitored_projects: [
          { ...project, allowed_destination_ids: ["local"], default_destination_ids: ["hook"] },
          { ...project, project_id: "q", allowed_destination_ids: ["nowhere"] },
        ],
      }),
    );
    expect(error).toMatchObject({ kind: "invalid", reason: "config_invalid" });
    expect(error.context.issues).toMatchObject([
      { path: "monitored_projects[0].default_destination_ids", code: "default_not_allowed" },
      { path: "monitored_projects[1].allowed_destination_ids[0]", code: "destination_unknown" },
    ]);
    expect(error.context.detail).toContain("monitored_projects[0].default_destination_ids");
    expect((await read()).destinations).toEqual([]);
  });

  it("case 10: log source numbers are clamped on save", async () => {
    const source = { source_id: "s", path: "a.log", watch_interval_seconds: 0, max_bytes_per_poll: 1 };
    const { wire } = await patch({
      monitored_projects: [
        {
          ...{ project_id: "p", name: "P", repo: "a/b", workspace_root: "/w" },
          log_sources: [{ ...source, max_candidates_per_poll: 10_000 }],
        },
      ],
    });
    expect(wire.monitored_projects[0]?.log_sources[0]).toMatchObject({
      watch_interval_seconds: 1,
      max_bytes_per_poll: 1_024,
      max_candidates_per_poll: 200,
    });
  });

  it("a stale updated_at_ms or If-Match is a conflict; null, 0 and absent ask for nothing", async () => {
    const { config } = await patch({ repo: "acme/one" });
    const stale = config.updatedAtMs - 1;
    const error = await refusal(patch({ repo: "acme/two", updated_at_ms: stale }));
    expect(error).toMatchObject({ kind: "conflict", reason: "config_stale" });
    expect(error.context).toMatchObject({
      current_updated_at_ms: config.updatedAtMs,
      your_updated_at_ms: stale,
    });
    expect((await refusal(patch({ repo: "acme/two" }, { ifMatch: '"999"' }))).reason).toBe("config_stale");

    await patch(
      { repo: "acme/three", updated_at_ms: config.updatedAtMs },
      { ifMatch: `"${config.version}"` },
    );
    await patch({ repo: "acme/four", updated_at_ms: 0 });
    await patch({ repo: "acme/five", updated_at_ms: null });
    expect((await read()).repo).toBe("acme/five");
  });

  it("two writers who read the same: one is refused", async () => {
    const { updated_at_ms } = await read();
    const outcomes = await Promise.allSettled([
      patch({ repo: "acme/one", updated_at_ms }),
      patch({ repo: "acme/two", updated_at_ms }),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ kind: "conflict", reason: "config_stale" });
    expect(await db().prisma.configRevision.count()).toBe(1);
    expect(await auditEntries()).toHaveLength(1);
  });

  it("writers who asked for nothing all get through", async () => {
    await read();
    const bodies = [
      { repo: "acme/one" },
      { paused: true },
      { triage_timeout_ms: 5 },
      { destinations: [local] },
    ];
    await Promise.all(bodies.map((body) => patch(body)));
    expect(await read()).toMatchObject({ repo: "acme/one", paused: true, triage_timeout_ms: 5 });
    expect((await read()).destinations).toHaveLength(1);
    expect(await db().prisma.configRevision.count()).toBe(4);
  });

  it.each([
    ["a viewer", actors.viewer()],
    ["an approver", actors.approver()],
    ["a service token", actors.serviceToken()],
    ["an agent token", actors.agentToken()],
    ["a scoped key", actors.intakeKey()],
    ["a project's admin", actors.projectMember({ shop: "admin" })],
  ])("%s may not, and the attempt is on record", async (_, actor) => {
    const error = await refusal(patch({ repo: "acme/one" }, { actor }));
    expect(error.kind).toBe("forbidden");
    expect(await read()).not.toHaveProperty("repo");
    expect(await auditEntries()).toMatchObject([
      { action: "incident_monitor.access.denied", outcome: "denied", subjectKind: "config" },
    ]);
  });
});
