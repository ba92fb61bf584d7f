import { describe, expect, it } from "vitest";
import { type Destination, defaultConfig, defaultSafetyDefaults } from "./config";
import { retentionPlan } from "./retention";

const nowMs = Date.UTC(2026, 5, 29);
const daysAgo = (days: number) => nowMs - days * 86_400_000;
const config = (retentionDays?: number, destinations: Partial<Destination>[] = []) => ({
  ...defaultConfig,
  destinations: destinations as Destination[],
  safetyDefaults: { ...defaultSafetyDefaults, retentionDays },
});

describe("case 90: what goes", () => {
  it.each([
    [undefined, null],
    [0, null],
    [7, daysAgo(7)],
  ])("retention of %j days", (days, recordsBeforeMs) => {
    expect(retentionPlan(config(days), nowMs).recordsBeforeMs).toBe(recordsBeforeMs);
  });

  it("a local destination may remember for longer or for less; one that sends elsewhere has no span of its own", () => {
    const rows = [
      { destinationId: "memory", kind: "internal_memory", config: { retention_days: 365 } },
      { destinationId: "local", kind: "telemetry", config: { retention_days: 1 } },
      { destinationId: "usual", kind: "telemetry" },
      { destinationId: "wrong", kind: "telemetry", config: { retention_days: "7" } },
      { destinationId: "hook", kind: "webhook", config: { retention_days: 1 } },
    ] as Partial<Destination>[];
    expect(retentionPlan(config(7, rows), nowMs).localBeforeMs).toEqual([
      { destinationId: "memory", beforeMs: daysAgo(365) },
      { destinationId: "local", beforeMs: daysAgo(1) },
    ]);
  });
});
