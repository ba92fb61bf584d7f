import { describe, expect, it } from "vitest";
import { configSchema } from "@/lib/contracts/config";
import { openDatabase } from "@/lib/db/client";
import { loadConfig } from "@/lib/db/config-store";
import { configDatabase } from "@/lib/testing/config-database";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { testContext } from "@/lib/testing/context";
import { patchConfig } from "./patch-config";

const { read, patch, db, url } = configDatabase();
const local = { destination_id: "local", name: "Local", kind: "telemetry" };

describe("what is stored", () => {
  it("case 3: a fresh database answers the defaults", async () => {
    const config = await read();
    expect(configSchema.parse(config)).toEqual(config);
    expect(config).toMatchObject({ enabled: true, paused: false, triage_timeout_ms: 1_800_000 });
    expect(config.safety_defaults).toMatchObject({
      require_approval_for_high_risk: true,
      redact_secrets: true,
      block_unready_destinations: true,
      block_unready_sources: false,
    });
    expect(config.safety_defaults).not.toHaveProperty("retention_days");
    expect(config).not.toHaveProperty("repo");
  });

  it("round-trips every key through the store", async () => {
    const saved = await patch(everyKeyOfConfig);
    expect(saved.wire).toEqual({ ...everyKeyOfConfig, updated_at_ms: expect.any(Number) });
    expect(await read()).toEqual(saved.wire);
    expect(configSchema.parse(saved.wire)).toEqual(saved.wire);
  });

  it("a whole configuration read and sent back changes nothing and writes nothing", async () => {
    const { wire } = await patch(everyKeyOfConfig);
    const again = await patch(await read());
    expect(again.changes).toEqual([]);
    expect(again.wire).toEqual(wire);
    expect(await db().prisma.configRevision.count()).toBe(1);
  });

  it("case 4: rows stored before a field existed load with its default", async () => {
    await db().pool.query(
      `INSERT INTO destinations (id, name, kind, position, spec)
       VALUES ('old', 'Old', 'webhook', 0, '{"destinationId":"old","name":"Old","kind":"webhook"}')`,
    );
    await db().pool.query(
      `INSERT INTO monitored_projects (id, name, position, spec) VALUES ('p', 'P', 0,
       '{"projectId":"p","name":"P","repo":"a/b","workspaceRoot":"/w"}')`,
    );
    await db().pool.query(
      `INSERT INTO log_sources (project_id, source_id, position, spec)
       VALUES ('p', 's', 0, '{"sourceId":"s","path":"a.log"}')`,
    );
    const config = await read();
    expect(configSchema.parse(config)).toEqual(config);
    expect(config.destinations[0]).toMatchObject({ enabled: true, require_approval: false, route_tags: [] });
    expect(config.monitored_projects[0]).toMatchObject({
      source_kind: "customer_system",
      data_readiness: {},
    });
    expect(config.monitored_projects[0]?.log_sources[0]).toMatchObject({ watch_interval_seconds: 60 });
  });

  it("updated_at_ms moves on with every change, even when the clock does not", async () => {
    const first = await patch({ repo: "acme/one" });
    const second = await patch({ repo: "acme/two" });
    expect(second.config.updatedAtMs).toBeGreaterThan(first.config.updatedAtMs);
    expect(second.config.version).toBe(first.config.version + 1);
  });

  it("a row's version moves when the row changes, not when it moves in its list", async () => {
    await patch({ destinations: [local, { ...local, destination_id: "other" }] });
    await patch({
      destinations: [
        { ...local, destination_id: "other" },
        { ...local, enabled: false },
      ],
    });
    const rows = await db().prisma.destination.findMany({ orderBy: { position: "asc" } });
    expect(rows.map(({ id, version, enabled }) => ({ id, version, enabled }))).toEqual([
      { id: "other", version: 1, enabled: true },
      { id: "local", version: 2, enabled: false },
    ]);
  });

  it("another process's write is seen by the next read", async () => {
    await read();
    const other = openDatabase(url(), 2);
    await patchConfig(testContext(other), { patch: { repo: "acme/elsewhere" } });
    await other.close();
    expect((await read()).repo).toBe("acme/elsewhere");
  });

  it("reads nothing but the version while nothing changes", async () => {
    expect(await loadConfig(db())).toBe(await loadConfig(db()));
  });
});
