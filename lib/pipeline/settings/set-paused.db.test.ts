import { describe, expect, it } from "vitest";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { setPaused } from "./set-paused";

const { context, read, patch, auditEntries, db } = configDatabase();

describe("pausing", () => {
  it("pauses and resumes, each on record with its actor (W-29)", async () => {
    expect((await setPaused(context(), { paused: true })).config).toMatchObject({ paused: true });
    expect((await read()).paused).toBe(true);
    expect((await setPaused(context(actors.adminToken()), { paused: false })).config.paused).toBe(false);
    expect(await auditEntries()).toMatchObject([
      { action: "incident_monitor.paused", actorKey: "user:user-admin", detail: { paused: true } },
      { action: "incident_monitor.resumed", actorKey: "token:token-admin", detail: { paused: false } },
    ]);
  });

  it("again answers the same and writes nothing", async () => {
    const first = await setPaused(context(), { paused: true });
    const again = await setPaused(context(), { paused: true });
    expect(again.config).toEqual(first.config);
    expect(again.changes).toEqual([]);
    expect(await auditEntries()).toHaveLength(1);
  });

  it("works though the rest of the configuration would no longer be accepted", async () => {
    await patch({ destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }] });
    await db().pool.query("UPDATE monitor_settings SET repo = 'not a slug', version = version + 1");
    expect((await setPaused(context(), { paused: true })).config.paused).toBe(true);
    expect((await read()).destinations).toHaveLength(1);
  });

  it("a dry run says what would change and pauses nothing; a stale version is refused", async () => {
    const tried = await setPaused(context(), { paused: true, dryRun: true });
    expect(tried.config.paused).toBe(true);
    expect(tried.changes).toEqual([{ path: "paused", kind: "changed", before: false, after: true }]);
    expect((await read()).paused).toBe(false);
    expect(await auditEntries()).toEqual([]);
    const stale = await refusal(setPaused(context(), { paused: true, ifMatch: '"1"' }));
    expect(stale).toMatchObject({ kind: "conflict", reason: "config_stale" });
  });

  it("people pausing and a client patching at once both get through", async () => {
    await read();
    await Promise.all([setPaused(context(), { paused: true }), patch({ repo: "acme/one" })]);
    expect(await read()).toMatchObject({ paused: true, repo: "acme/one" });
  });

  it.each([
    ["a viewer", actors.viewer()],
    ["an agent token", actors.agentToken()],
    ["a scoped key", actors.intakeKey()],
  ])("%s may not", async (_, actor) => {
    expect((await refusal(setPaused(context(actor), { paused: true }))).kind).toBe("forbidden");
    expect((await read()).paused).toBe(false);
    expect(await auditEntries()).toMatchObject([{ action: "incident_monitor.access.denied" }]);
  });
});
