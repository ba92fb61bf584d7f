import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject } from "@/lib/testing/configs";
import type { GivenLogSource } from "./config-defaults";
import { diffConfig } from "./config-diff";
import { mergeConfig } from "./config-merge";
import { normaliseConfig } from "./config-normalise";
import { validateConfig } from "./config-validate";
import type { LogReading } from "./log-reading";

/* How a source is read is beyond the contract: what a writer that does not know of it leaves out is kept (D-18). */

const reading: LogReading = {
  fieldMapping: { risk_level: ["alert.risk"] },
  riskByLevel: { fatal: "critical" },
  maxLineBytes: 65_536,
};
const withSource = (source: Partial<GivenLogSource>) =>
  aConfig({
    destinations: [aDestination()],
    monitoredProjects: [aProject({ logSources: [aLogSource(source)] })],
  });
const stored = withSource({ reading });
const readingOf = (config: typeof stored) => config.monitoredProjects[0]?.logSources[0]?.reading;
const patched = (given: GivenLogSource["reading"]) =>
  readingOf(
    mergeConfig(stored, {
      monitoredProjects: [
        { ...aProject(), logSources: [{ sourceId: "api", path: "x.log", reading: given }] },
      ],
    }),
  );

describe("merging", () => {
  it.each<[string, GivenLogSource["reading"], LogReading | undefined]>([
    ["absent: kept", undefined, reading],
    ["null: cleared", null, undefined],
    ["given: replaces all of it", { maxLineBytes: 2_048 }, { maxLineBytes: 2_048 }],
    [
      "a field of it null: unset",
      { ...reading, riskByLevel: null, maxLineBytes: null },
      { fieldMapping: reading.fieldMapping },
    ],
    ["nothing said in it: cleared", {}, undefined],
  ])("%s", (_, given, expected) => {
    expect(patched(given)).toEqual(expected);
  });

  it("another source of the same project keeps its own", () => {
    const merged = mergeConfig(stored, {
      monitoredProjects: [{ ...aProject(), logSources: [{ sourceId: "other", path: "y.log" }] }],
    });
    expect(readingOf(merged)).toBeUndefined();
  });
});

describe("what is stored", () => {
  it("trimmed, words in lower case, without what says nothing; blanks in patterns stay", () => {
    const said = {
      fieldMapping: { message: [" text ", "text", ""], level: [] },
      riskByLevel: { " FATAL ": " Critical ", debug: " " },
      minimumRiskLevel: " LOW ",
      maximumRiskLevel: " ",
      ignorePatterns: ["health ", "health ", "  "],
      triggerPatterns: [],
      requiredFields: ["message", "message"],
    } as LogReading;
    const kept = readingOf(normaliseConfig(withSource({ reading: said })));
    expect(kept).toEqual({
      fieldMapping: { message: ["text"] },
      riskByLevel: { fatal: "critical" },
      minimumRiskLevel: "low",
      ignorePatterns: ["health "],
      requiredFields: ["message"],
    });
    expect(readingOf(normaliseConfig(withSource({ reading: kept })))).toEqual(kept);
  });

  it("a difference names the field, in the wire's words", () => {
    const after = withSource({ reading: { ...reading, maxLineBytes: 2_048 } });
    const path = "monitored_projects.shop.log_sources.api.reading";
    expect(diffConfig(stored, after)).toEqual([
      { path: `${path}.max_line_bytes`, kind: "changed", before: 65_536, after: 2_048 },
    ]);
    expect(diffConfig(withSource({}), stored).map((each) => [each.path, each.kind])).toEqual([
      [path, "added"],
    ]);
  });
});

describe("what is refused", () => {
  it.each<[string, LogReading, string, string]>([
    ["a pattern that is none", { ignorePatterns: ["("] }, "ignore_patterns[0]", "pattern_invalid"],
    ["a line cap that is too small", { maxLineBytes: 10 }, "max_line_bytes", "out_of_range"],
    ["a line cap that is too large", { maxLineBytes: 2_000_000 }, "max_line_bytes", "out_of_range"],
    ["an interval of nothing", { expectedIntervalSeconds: 0 }, "expected_interval_seconds", "out_of_range"],
    ["a risk that nobody knows", { riskByLevel: { fatal: "dire" } }, "risk_by_level.fatal", "risk_unknown"],
    [
      "bounds the wrong way round",
      { minimumRiskLevel: "high", maximumRiskLevel: "low" },
      "minimum_risk_level",
      "risk_bounds_contradict",
    ],
  ])("%s", (_, given, field, code) => {
    const { errors } = validateConfig(normaliseConfig(withSource({ reading: given })));
    expect(errors.map((each) => `${each.path} ${each.code}`)).toEqual([
      `monitored_projects[0].log_sources[0].reading.${field} ${code}`,
    ]);
  });

  it("nothing of what is right", () => {
    expect(validateConfig(stored).errors).toEqual([]);
  });
});
