import { describe, expect, it } from "vitest";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { actors } from "@/lib/testing/context";
import { configToWire } from "@/lib/wire/config";
import { getConfig } from "./get-config";
import { getConfigRevision, listConfigRevisions } from "./list-config-revisions";
import { restoreConfig } from "./restore-config";

const { context, read, patch, auditEntries, db, requestId } = configDatabase();
const all = { filter: {}, page: { limit: 50 } };
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
    const [revision] = (await listConfigRevisions(context(), all)).revisions;
    expect(revision?.changes).toEqual([
      { path: "destinations.hook.webhook_secret_ref", kind: "changed", before: "set", after: "set" },
      { path: "destinations.hook.webhook_url", kind: "changed", before: "set", after: "set" },
    ]);
    const recorded = JSON.stringify([await auditEntries(), await listConfigRevisions(context(), all)]);
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
    const [latest] = (await listConfigRevisions(context(), { filter: {}, page: { limit: 1 } })).revisions;
    expect(latest?.version).toBe(config.version);
    expect((await auditEntries()).at(-1)?.action).toBe("incident_monitor.config.restored");
    expect((await refusal(restoreConfig(context(), { version: 999 }))).kind).toBe("not_found");
  });

  it("some keys of an earlier revision are made as they were, and the rest stays as it is now", async () => {
    const first = await patch({ ...everyKeyOfConfig, repo: "acme/old", triage_timeout_ms: null });
    const changed = { safety_defaults: { retention_days: 7 }, triage_timeout_ms: 5 };
    const now = await patch({ destinations: [], monitored_projects: [], repo: "acme/new", ...changed });
    const input = { version: first.config.version, keys: ["repo", "triageTimeoutMs", "routes"] } as const;
    const preview = await restoreConfig(context(), { ...input, dryRun: true });
    expect(preview.changes.map(({ path }) => path)).toEqual(["repo", "triage_timeout_ms"]);
    expect(await read()).toEqual(now.wire);

    const { config } = await restoreConfig(context(), {
      ...input,
      expectedUpdatedAtMs: now.wire.updated_at_ms,
    });
    expect(configToWire(config)).toEqual({
      ...now.wire,
      ...{ repo: "acme/old", triage_timeout_ms: null, updated_at_ms: config.updatedAtMs },
    });
    const late = restoreConfig(context(), { ...input, expectedUpdatedAtMs: now.wire.updated_at_ms });
    expect(await refusal(late)).toMatchObject({ kind: "conflict", reason: "config_stale" });
  });

  it("a key that was not set then is not set again, and fields beyond the contract are as they were", async () => {
    const first = await patch({ safety_defaults: { high_risk_categories: ["payments"] } });
    await patch({ repo: "acme/new", safety_defaults: { high_risk_categories: ["security"] } });
    const keys = ["repo", "safetyDefaults"] as const;
    const { config } = await restoreConfig(context(), { version: first.config.version, keys });
    expect(config).not.toHaveProperty("repo");
    expect(config.safetyDefaults.highRiskCategories).toEqual(["payments"]);
    const viewer = restoreConfig(context(actors.viewer()), { version: first.config.version, keys });
    expect((await refusal(viewer)).kind).toBe("forbidden");
  });

  it("narrows to revisions that changed some keys", async () => {
    await patch({ destinations: [hook] });
    await patch({ repo: "acme/one" });
    await patch({ destinations: [{ ...hook, enabled: false }] });
    await patch({ default_destination_ids: ["hook"] });
    const summaries = async (keys: string[]) =>
      (await listConfigRevisions(context(), { filter: { keys }, page: { limit: 9 } })).revisions.map(
        ({ summary }) => summary,
      );
    expect(await summaries(["destinations"])).toEqual([
      "changed destinations.hook.enabled",
      "added destinations.hook",
    ]);
    expect(await summaries(["repo", "default_destination_ids"])).toEqual([
      "changed default_destination_ids",
      "added repo",
    ]);
    expect(await summaries(["routes"])).toEqual([]);
  });

  it("pages by cursor, narrows by time and words, and a cursor is good for its own filter alone", async () => {
    for (const repo of ["acme/one", "acme/two", "acme/three"]) await patch({ repo });
    await patch({ paused: true }, { actor: actors.adminToken({ name: "deploy bot" }) });
    const list = (filter: object, cursor?: string) =>
      listConfigRevisions(context(), { filter, page: { limit: 3, cursor } });
    const first = await list({});
    expect([first.revisions.length, first.total]).toEqual([3, 4]);
    await patch({ repo: "acme/four" });
    const second = await list({}, first.nextCursor ?? "");
    expect(second.revisions.map(({ summary }) => summary)).toEqual(["added repo"]);
    expect(second.nextCursor).toBeNull();

    const cursor = first.nextCursor ?? "";
    for (const filter of [{ search: "repo" }, { sinceMs: 1 }]) {
      const error = await refusal(list(filter, cursor));
      expect(error).toMatchObject({
        kind: "invalid",
        reason: "cursor_invalid",
        context: { field: "cursor" },
      });
    }
    expect((await list({ search: "deploy" })).revisions.map(({ summary }) => summary)).toEqual([
      "changed paused",
    ]);
    const oldest = second.revisions[0]?.createdAtMs ?? 0;
    expect((await list({ untilMs: oldest + 1 })).total).toBe(1);
    expect((await list({ sinceMs: oldest + 1 })).total).toBe(4);
  });

  it("a revision is shown whole to who may configure, and without the paths of URLs to everybody else", async () => {
    const { config } = await patch({ destinations: [hook] });
    const read = (actor: ReturnType<typeof actors.viewer>) =>
      getConfigRevision(context(actor), { version: config.version });
    const whole = await read(actors.admin());
    expect(whole.config.destinations[0]?.webhookUrl).toBe(hook.webhook_url);
    expect(whole.revision).toMatchObject({ version: config.version, actor: { id: "user-admin" } });
    const shown = await read(actors.auditor());
    expect(shown.config.destinations[0]?.webhookUrl).toBe("https://hooks.example.test/…");
    expect((await refusal(getConfigRevision(context(), { version: 7 }))).kind).toBe("not_found");
  });

  it("somebody with project roles sees their projects and not the history", async () => {
    await patch(everyKeyOfConfig);
    const member = (project: string) => context(actors.projectMember({ [project]: "viewer" }));
    expect((await getConfig(member("shop"))).monitoredProjects).toHaveLength(1);
    expect((await getConfig(member("other"))).monitoredProjects).toHaveLength(0);
    expect((await refusal(listConfigRevisions(member("shop"), all))).kind).toBe("forbidden");
    expect((await refusal(getConfig(context(actors.intakeKey())))).kind).toBe("forbidden");
  });
});
