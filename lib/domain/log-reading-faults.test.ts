import { describe, expect, it } from "vitest";
import { logRulesOf } from "@/lib/testing/log-lines";
import type { LogReading } from "./log-reading";
import { logReadingFaults } from "./log-reading-faults";

describe("what is wrong with how a source is read", () => {
  it.each<[string, LogReading, Array<[string, string]>]>([
    ["nothing", {}, []],
    [
      "nothing, with all there is",
      {
        ...{
          fieldMapping: { level: ["sev", "ctx.sev"] },
          riskByLevel: { fatal: "critical" },
          requiredFields: ["component"],
        },
        ...{
          minimumRiskLevel: "low",
          maximumRiskLevel: "low",
          ignorePatterns: ["a|b"],
          triggerPatterns: ["^x\\d+"],
        },
        ...{ maxLineBytes: 1_024, expectedIntervalSeconds: 60 },
      },
      [],
    ],
    [
      "patterns",
      { ignorePatterns: ["ok", "(", " "], triggerPatterns: ["(?<=a)b"] },
      [
        ["reading.ignore_patterns[1]", "pattern_invalid"],
        ["reading.ignore_patterns[2]", "pattern_invalid"],
        ["reading.trigger_patterns[0]", "pattern_invalid"],
      ],
    ],
    [
      "keys",
      { fieldMapping: { level: ["sev", " ", "a..b"] } },
      [
        ["reading.field_mapping.level[1]", "key_invalid"],
        ["reading.field_mapping.level[2]", "key_invalid"],
      ],
    ],
    [
      "fields that are none",
      JSON.parse('{"fieldMapping":{"colour":["c"]},"requiredFields":["level","size"]}'),
      [
        ["reading.field_mapping.colour", "field_unknown"],
        ["reading.required_fields[1]", "field_unknown"],
      ],
    ],
    ["too short a line", { maxLineBytes: 1_023 }, [["reading.max_line_bytes", "out_of_range"]]],
    ["too long a line", { maxLineBytes: 1_048_577 }, [["reading.max_line_bytes", "out_of_range"]]],
    ["half a byte", { maxLineBytes: 2_000.5 }, [["reading.max_line_bytes", "out_of_range"]]],
    ["no interval", { expectedIntervalSeconds: 0 }, [["reading.expected_interval_seconds", "out_of_range"]]],
    [
      "risks that are none",
      { riskByLevel: { fatal: "spicy" }, minimumRiskLevel: "mild", maximumRiskLevel: "low" },
      [
        ["reading.risk_by_level.fatal", "risk_unknown"],
        ["reading.minimum_risk_level", "risk_unknown"],
      ],
    ],
    [
      "bounds that leave nothing",
      { minimumRiskLevel: "high", maximumRiskLevel: "medium" },
      [["reading.minimum_risk_level", "risk_bounds_contradict"]],
    ],
  ])("%s", (_, reading, expected) => {
    const faults = logReadingFaults(reading);
    expect(faults.map(({ path, code }) => [path, code])).toEqual(expected);
    for (const { message } of faults) expect(message).toMatch(/^[A-Za-z].+\.$/);
  });

  it("says where a pattern breaks", () => {
    expect(logReadingFaults({ ignorePatterns: ["ab(c"] })[0]?.message).toContain("character 3");
  });
});

describe("rules of a source", () => {
  const rulesOf = (reading?: LogReading, schema?: string) =>
    logRulesOf({ reading, schema, format: "json", minimumLevel: "warn" });

  it("defaults", () => {
    expect(rulesOf()).toEqual({
      ...{
        projectId: "shop",
        sourceId: "api",
        path: "logs/api.log",
        format: "json",
        threshold: "warn",
        mapping: {},
      },
      ...{ riskByLevel: {}, minimumRiskLevel: null, maximumRiskLevel: null, ignores: null, triggers: null },
      ...{ triggerPatterns: [], maxLineBytes: 262_144, expectedIntervalSeconds: null, requiredFields: [] },
      expectedSchemaVersion: null,
    });
  });

  it("the expected schema is the binding's", () =>
    expect(rulesOf({}, " 3 ").expectedSchemaVersion).toBe("3"));

  it("patterns are compiled; case does not count", () => {
    const { ignores, triggers } = rulesOf({
      ignorePatterns: ["health", "probe"],
      triggerPatterns: ["^disk"],
    });
    expect([ignores?.("a PROBE"), ignores?.("x"), triggers?.("Disk full"), triggers?.("a disk")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("a stored line length out of range is brought into it", () => {
    expect([rulesOf({ maxLineBytes: 1 }).maxLineBytes, rulesOf({ maxLineBytes: 1e9 }).maxLineBytes]).toEqual([
      1_024, 1_048_576,
    ]);
  });
});
