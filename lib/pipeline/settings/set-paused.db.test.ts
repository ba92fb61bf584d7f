import { describe, expect, it } from "vitest";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { setPaused } from "./set-paused";

const { context, read, patch, auditEntries, db } = configDatabase();

describe("pausing", () => {
  it("pauses and resumes, each on record with its actor (W-29)", async () => {
    expect(await setPaused(context(), { paused: true })).toMatchObject({ paused: true });
    expect((await read()).paused).toBe(true);
    expect(await setPaused(context(actors.adminToken()), { paused: false })).toMatchObject({ paused: false });
    expect(await auditEntries()).toMatchObject([
      { action: "incident_monitor.paused", actorKey: "user:user-admin", detail: { paused: true } },
      { action: "incident_monitor.resumed", actorKey: "token:token-admin", detail: { paused: false } },
    ]);
  });

  it("again answers the same and writes nothing", async () => {
    const first = await setPaused(context(), { paused: true });
    const again = await setPaused(context(), { paused: true });
    expect(again).toEqual(first);
    expect(await auditEntries()).toHaveLength(1);
  });

  it("works though the rest of the configuration would no longer be accepted", async () => {
    await patch({ destinations: [{ destination_id: "local", name: "Local", kind: "telemetry" }] });
    await db().pool.query("UPDATE monitor_settings SET repo = 'not a slug', version = version + 1");
    expect((await setPaused(context(), { paused: true })).paused).toBe(true);
    expect((await read()).destinations).toHaveLength(1);
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
