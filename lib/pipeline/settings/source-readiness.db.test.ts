import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogGround, type LogGround } from "@/lib/testing/log-ground";
import { getStatus } from "./get-status";

let ground: LogGround;
beforeAll(async () => {
  ground = await createLogGround();
});
afterAll(() => ground.close());

const hour = 3_600_000;
/** Everything that a source has to say of itself but its freshness. */
const documented = {
  ...{ sourceOwner: "shop", systemOfRecord: "orders", dataClassification: "internal", allowedUse: "triage" },
  ...{ legalBasis: "contract", sourceOfTruth: "orders", schemaDriftStatus: "stable", qualityNotes: "whole" },
};
const settings = {
  ...{ tenantId: "acme", workspaceId: "main", eventSchemaVersion: "1" },
  ...{ redactionProfile: "standard", retentionProfile: "short" },
};
const configure = (sourceId: string, dataReadiness: object = {}) =>
  ground.configure(
    [
      {
        sourceId,
        path: `${sourceId}.log`,
        dataReadiness: { ...documented, freshnessSlaMs: hour, ...dataReadiness },
      },
    ],
    settings,
  );

async function read(sourceId: string, ...lines: string[]): Promise<void> {
  if (lines.length > 0) ground.append(`${sourceId}.log`, ...lines);
  const tail = await ground.open(sourceId);
  await ground.readOn(tail);
  await tail.close();
}

async function rowOf(sourceId: string, laterMs = 0) {
  const ctx = { ...ground.as(), nowMs: Date.now() + laterMs };
  const row = (await getStatus(ctx)).sourceReadiness.find((each) => each.sourceId === sourceId);
  if (!row) throw new Error(`${sourceId} has no readiness`);
  return { ...row, rules: row.findings.map((each) => each.ruleId) };
}

describe("how ready a watched log is (6.5)", () => {
  it("ready, while records come: also of those that are no failures (W-54)", async () => {
    await configure("calm");
    await read("calm", '{"level":"info","msg":"all is well"}');
    const row = await rowOf("calm");
    expect([row.rules, row.ready, row.freshnessReady]).toEqual([[], true, true]);
    expect(row.staleAfterMs).toBe((row.lastObservedAtMs ?? 0) + hour);
  });

  it("stale once none has come for longer than its freshness allows; looking at the file is no record", async () => {
    await configure("quiet");
    await read("quiet", '{"level":"info","msg":"the last word"}');
    const before = (await rowOf("quiet")).lastObservedAtMs;
    await read("quiet");
    expect((await ground.state("quiet")).lastPollAtMs).toBeGreaterThan(0);
    const later = await rowOf("quiet", hour + 60_000);
    expect([later.rules, later.ready, later.freshnessReady]).toEqual([["source_stale"], false, false]);
    expect(later.lastObservedAtMs).toBe(before);
  });

  it("never observed, and not to be read: both are told, and the status counts it as not ready", async () => {
    await configure("missing");
    await read("missing");
    const row = await rowOf("missing");
    expect(row.rules).toEqual(["source_freshness_observation_missing", "source_runtime_unhealthy"]);
    expect(row.missing).toEqual(["last_observed_at_ms"]);
    expect(row.findings[1]).toMatchObject({ severity: "medium", category: "source_freshness" });
    expect((await getStatus(ground.as())).readiness.sourceReady).toBe(false);
    await read("missing", '{"level":"info","msg":"at last"}');
    expect((await rowOf("missing")).ready).toBe(true);
  });

  it("what the configuration says of it shows as before: drift, and a schema that is not the expected one", async () => {
    await configure("drifted", { schemaDriftStatus: "drifted", expectedSchemaVersion: "2" });
    await read("drifted", '{"level":"info","msg":"x"}');
    expect((await rowOf("drifted")).rules).toEqual([
      ...["source_schema_version_mismatch", "source_schema_drift_detected"],
    ]);
  });

  it("a source that is switched off has one warning and no finding", async () => {
    await ground.configure([{ sourceId: "off", path: "off.log", enabled: false }], settings);
    const row = await rowOf("off");
    expect([row.enabled, row.ready, row.warnings, row.rules]).toEqual([
      ...[false, false],
      [expect.any(String)],
      [],
    ]);
  });
});
