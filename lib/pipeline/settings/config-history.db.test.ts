import { describe, expect, it } from "vitest";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { actors } from "@/lib/testing/context";
import { configToWire } from "@/lib/wire/config";
import { getConfig } from "./get-config";
import { listConfigRevisions } from "./list-config-revisions";
import { restoreConfig } from "./restore-config";

const { context, read, patch, auditEntries, db, requestId } = configDatabase();
const hook = {
  destination_id: "hook",
  name: "Hook",
  kind: "webhook",
  webhook_url: "https://hooks.example.test/T0KEN/in",
  webhook_secret_ref: "env:TANDEM_HOOK_SECRET",
  config: { allowed_hosts: ["hooks.example.test"] },
};

describe("the record", () => {
  it("case 7: the audit entry has presence flags and counts, and no reference, URL or config value", async () => {
    await patch({ destinations: [hook] });
    const [entry] = await auditEntries();
    expect(entry).toMatchObject({
      action: "incident_monitor.config.updated",
      outcome: "done",
      actorKey: "user:user-admin",
      requestId: requestId(),
      detail: {
        destination_count: 1,
        route_count: 0,
        changed: ["added destinations.hook"],
        destinations: [
          {
            ...{ destination_id: "hook", kind: "webhook", has_mcp_tool: false },
            ...{ has_webhook_url: true, has_webhook_secret_ref: true, has_custom_config: true },
          },
        ],
      },
    });
    const moved = {
      ...hook,
      webhook_url: "https://hooks.example.test/OTHER",
      webhook_secret_ref: "env:TANDEM_B",
    };
    await patch({ destinations: [moved] });
    const [revision] = await listConfigRevisions(context());
    expect(revision?.changes).toEqual([
      { path: "destinations.hook.webhook_secret_ref", kind: "changed", before: "set", after: "set" },
      { path: "destinations.hook.webhook_url", kind: "changed", before: "set", after: "set" },
    ]);
    const recorded = JSON.stringify([await auditEntries(), await listConfigRevisions(context())]);
    for (const secret of ["TANDEM_HOOK_SECRET", "TANDEM_B", "T0KEN", "OTHER", "allowed_hosts"]) {
      expect(recorded).not.toContain(secret);
    }
  });

  it("a change whose audit entry cannot be written does not happen", async () => {
    await db().pool.query("ALTER TABLE audit_entries RENAME TO audit_entries_away");
    try {
      await expect(patch({ repo: "acme/one" })).rejects.toThrow();
    } finally {
      await db().pool.query("ALTER TABLE audit_entries_away RENAME TO audit_entries");
    }
    expect(await read()).not.toHaveProperty("repo");
  });

  it("a dry run answers and writes nothing", async () => {
    const { wire, changes } = await patch({ repo: "acme/one" }, { dryRun: true });
    expect(wire.repo).toBe("acme/one");
    expect(changes).toEqual([{ path: "repo", kind: "added", after: "acme/one" }]);
    expect(await read()).not.toHaveProperty("repo");
    expect(await auditEntries()).toEqual([]);
  });

  it("warnings are saved with: unset secrets, unknown destinations, unknown MCP servers", async () => {
    const { warnings } = await patch({
      destinations: [hook],
      routes: [{ route_id: "r", name: "R", destination_ids: ["hook", "nowhere"] }],
      mcp_server: "nobody",
    });
    expect(warnings.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "mcp_server mcp_server_unknown",
      "destinations[0].webhook_secret_ref secret_unset",
      "routes[0].destination_ids[1] destination_unknown",
    ]);
    expect((await read()).routes[0]?.destination_ids).toEqual(["hook", "nowhere"]);
  });

  it("an earlier revision can be made the configuration again", async () => {
    const first = await patch(everyKeyOfConfig);
    await patch({
      ...everyKeyOfConfig,
      destinations: null,
      monitored_projects: null,
      repo: null,
      routes: [],
    });
    const { config } = await restoreConfig(context(), { version: first.config.version });
    expect(configToWire(config)).toEqual({ ...everyKeyOfConfig, updated_at_ms: config.updatedAtMs });
    const [latest] = await listConfigRevisions(context(), { limit: 1 });
    expect(latest?.version).toBe(config.version);
    expect((await auditEntries()).at(-1)?.action).toBe("incident_monitor.config.restored");
    expect((await refusal(restoreConfig(context(), { version: 999 }))).kind).toBe("not_found");
  });

  it("somebody with project roles sees their projects and not the history", async () => {
    await patch(everyKeyOfConfig);
    const member = (project: string) => context(actors.projectMember({ [project]: "viewer" }));
    expect((await getConfig(member("shop"))).monitoredProjects).toHaveLength(1);
    expect((await getConfig(member("other"))).monitoredProjects).toHaveLength(0);
    expect((await refusal(listConfigRevisions(member("shop")))).kind).toBe("forbidden");
    expect((await refusal(getConfig(context(actors.intakeKey())))).kind).toBe("forbidden");
  });
});
