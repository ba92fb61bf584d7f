import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aProject } from "@/lib/testing/configs";
import { type Destination, defaultConfig, defaultSafetyDefaults, type MonitorConfig } from "./config";
import { completeLogSource } from "./config-defaults";
import { normaliseConfig } from "./config-normalise";
import { validateConfig } from "./config-validate";
import { dayMs, evidenceExpiry, retentionPlan, retentionVerdict } from "./retention";
import type { HoldScope, HoldSubject, RetentionHold } from "./retention-hold";
import { covers, missingHoldField } from "./retention-hold";
import {
  isRetentionUnset,
  type RetentionProfile,
  retentionFindings,
  retentionKinds,
} from "./retention-profile";

const nowMs = Date.UTC(2026, 5, 29);
const daysAgo = (days: number) => nowMs - days * dayMs;
const safety = (fields: Partial<MonitorConfig["safetyDefaults"]>) => ({
  ...defaultSafetyDefaults,
  ...fields,
});
const config = (fields: Partial<MonitorConfig> = {}): MonitorConfig => ({ ...defaultConfig, ...fields });
const week: RetentionProfile = { profileId: "week", mode: "delete", reportsDays: 7, incidentsDays: 30 };

describe("case 90: what goes", () => {
  it.each([
    [undefined, null],
    [0, null],
    [7, daysAgo(7)],
  ])("retention of %j days", (retentionDays, beforeMs) => {
    const { spans } = retentionPlan(config({ safetyDefaults: safety({ retentionDays }) }), nowMs);
    const every = { projectId: null, sourceId: null, mode: "hide" };
    for (const kind of ["incidents", "receipts", "evidence", "runs"] as const)
      expect(spans[kind]).toEqual([{ ...every, beforeMs }]);
    for (const kind of ["reports", "drafts", "triage"] as const)
      expect(spans[kind]).toEqual([{ ...every, beforeMs: null }]);
  });

  it("a local destination may remember for longer or for less; one that sends elsewhere has no span of its own", () => {
    const rows = [
      { destinationId: "memory", kind: "internal_memory", config: { retention_days: 365 } },
      { destinationId: "local", kind: "telemetry", config: { retention_days: 1 } },
      { destinationId: "usual", kind: "telemetry" },
      { destinationId: "wrong", kind: "telemetry", config: { retention_days: "7" } },
      { destinationId: "hook", kind: "webhook", config: { retention_days: 1 } },
    ] as Partial<Destination>[] as Destination[];
    expect(retentionPlan(config({ destinations: rows }), nowMs).localBeforeMs).toEqual([
      { destinationId: "memory", beforeMs: daysAgo(365) },
      { destinationId: "local", beforeMs: daysAgo(1) },
    ]);
  });
});

describe("which profile holds", () => {
  const logSource = (sourceId: string, retentionProfile?: string) =>
    completeLogSource({ sourceId, path: `${sourceId}.log`, retentionProfile });
  const shop = aProject({ projectId: "shop", retentionProfile: "week" });
  const bank = aProject({ projectId: "bank", retentionProfile: undefined });
  shop.logSources = [logSource("app"), logSource("audit", "forever"), logSource("typo", "wek")];
  bank.logSources = [];
  const all = config({
    monitoredProjects: [shop, bank],
    safetyDefaults: safety({ retentionDays: 90, retentionProfiles: [week] }),
  });
  const verdict = (projectId: string | null, sourceId: string | null, days: number) =>
    retentionVerdict(retentionPlan(all, nowMs), [], {
      ...{ kind: "incidents", projectId, sourceId, incidentIds: ["i"] },
      atMs: daysAgo(days) - 1,
    });

  it.each([
    ["of no project: the default", null, null, 90, 89],
    ["of a project that is gone: the default", "gone", null, 90, 89],
    ["the project's", "shop", null, 30, 29],
    ["a source without one: the project's", "shop", "app", 30, 29],
    ["a source that is gone: the project's", "shop", "gone", 30, 29],
    ["a project without one: the default", "bank", null, 90, 89],
  ])("%s", (_, projectId, sourceId, due, young) => {
    expect([verdict(projectId, sourceId, due), verdict(projectId, sourceId, young)]).toEqual([
      "due",
      "young",
    ]);
  });

  it("keeps for ever by name, and what names a profile that nobody made", () => {
    expect([verdict("shop", "audit", 9_999), verdict("shop", "typo", 9_999)]).toEqual(["kept", "kept"]);
    const warned = validateConfig(normaliseConfig(all)).warnings.filter(
      ({ code }) => code === "retention_profile_unknown",
    );
    expect(warned.map(({ path }) => path)).toEqual([
      "monitored_projects[0].log_sources[2].retention_profile",
    ]);
    expect(retentionFindings(all)).toEqual([
      expect.objectContaining({ code: "retention_profile_unknown", sourceId: "typo", profileName: "wek" }),
    ]);
  });

  it("says when evidence of a source is to go", () => {
    const at = (projectId: string, sourceId: string) => evidenceExpiry(all, { projectId, sourceId, nowMs });
    expect([at("bank", "any"), at("shop", "app"), at("shop", "audit")]).toEqual([
      nowMs + 90 * dayMs,
      null,
      null,
    ]);
  });

  it.each<[string, Partial<MonitorConfig["safetyDefaults"]>, boolean]>([
    ["nothing is said", {}, true],
    ["0 days", { retentionDays: 0 }, true],
    ["days", { retentionDays: 30 }, false],
    ["a profile by default", { retentionProfiles: [week], retentionProfile: "week" }, false],
    ["for ever, on purpose or not", { retentionProfile: "forever" }, true],
  ])("unset is a finding: %s", (_, fields, unset) => {
    expect(isRetentionUnset(safety(fields))).toBe(unset);
  });
});

describe("profiles as they are saved", () => {
  it.each<[string, RetentionProfile[], string | undefined, string[]]>([
    ["a name twice", [week, week], undefined, ["safety_defaults.retention_profiles[1].profile_id"]],
    [
      "a name that is taken",
      [{ ...week, profileId: "forever" }],
      undefined,
      ["safety_defaults.retention_profiles[0].profile_id"],
    ],
    [
      "no name",
      [{ ...week, profileId: " " }],
      undefined,
      ["safety_defaults.retention_profiles[0].profile_id"],
    ],
    ["a default that is not there", [week], "month", ["safety_defaults.retention_profile"]],
    ["no span", [{ profileId: "none", mode: "hide" }], undefined, ["safety_defaults.retention_profiles[0]"]],
    ["fine", [week], "week", []],
  ])("%s", (_, retentionProfiles, retentionProfile, paths) => {
    const given = normaliseConfig(
      config({ safetyDefaults: safety({ retentionProfiles, retentionProfile }) }),
    );
    const { errors, warnings } = validateConfig(given);
    expect([...errors, ...warnings].map(({ path }) => path)).toEqual(paths);
  });

  it("no days, and none said, are the same", () => {
    const rows = [{ ...week, evidenceDays: 0, triageDays: 99_999 }];
    const { retentionProfiles } = normaliseConfig(
      config({ safetyDefaults: safety({ retentionProfiles: rows }) }),
    ).safetyDefaults;
    expect(retentionProfiles).toEqual([{ ...week, triageDays: 36_500 }]);
  });
});

describe("holds", () => {
  const none = { projectId: null, sourceId: null, incidentId: null };
  const record = { projectId: "shop", sourceId: "app", incidentIds: ["i", "lead"] };
  it.each<[HoldScope, Partial<HoldSubject>, boolean]>([
    ["all", {}, true],
    ["project", { projectId: "shop" }, true],
    ["project", { projectId: "bank" }, false],
    ["source", { projectId: "shop", sourceId: "app" }, true],
    ["source", { projectId: "shop", sourceId: "web" }, false],
    ["source", { projectId: "bank", sourceId: "app" }, false],
    ["incident", { incidentId: "lead" }, true],
    ["incident", { incidentId: "other" }, false],
    ["incident", {}, false],
  ])("of %s %j", (scope, fields, held) => {
    expect(covers({ scope, ...none, ...fields }, record)).toBe(held);
  });

  it.each<[HoldScope, Partial<HoldSubject>, string | null]>([
    ["all", {}, null],
    ["project", {}, "project_id"],
    ["source", { projectId: "shop" }, "source_id"],
    ["incident", { projectId: "shop" }, "incident_id"],
    ["incident", { incidentId: "i" }, null],
  ])("of %s %j needs %j", (scope, fields, missing) => {
    expect(missingHoldField({ scope, ...none, ...fields })).toBe(missing);
  });

  it("law: nothing held or younger than its span goes, everything older goes", () => {
    const name = fc.constantFrom(null, "a", "b");
    const days = fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined });
    const hold = fc.record({
      ...{
        scope: fc.constantFrom<HoldScope>("all", "project", "source", "incident"),
        released: fc.boolean(),
      },
      ...{ projectId: name, sourceId: name, incidentId: name },
    });
    const record = fc.record({
      ...{ kind: fc.constantFrom(...retentionKinds), projectId: name, sourceId: name },
      ...{ incidentId: fc.constantFrom("a", "b", "c"), ageMs: fc.integer({ min: 0, max: 500 * dayMs }) },
    });
    fc.assert(
      fc.property(days, days, fc.array(hold, { maxLength: 3 }), record, (byDefault, ofA, rows, given) => {
        const spans = (count: number | undefined) =>
          Object.fromEntries(retentionKinds.map((kind) => [`${kind}Days`, count]));
        const profiles = [
          { profileId: "d", mode: "delete", ...spans(byDefault) },
          { profileId: "p", mode: "delete", ...spans(ofA) },
        ] as RetentionProfile[];
        const plan = retentionPlan(
          config({
            monitoredProjects: [{ ...aProject({ projectId: "a", retentionProfile: "p" }), logSources: [] }],
            safetyDefaults: safety({ retentionProfiles: profiles, retentionProfile: "d" }),
          }),
          nowMs,
        );
        const holds = rows.map(({ released, ...each }) => ({ ...each, releasedAtMs: released ? 1 : null }));
        const { incidentId, ageMs, ...rest } = given;
        const verdict = retentionVerdict(plan, holds as RetentionHold[], {
          ...{ ...rest, incidentIds: [incidentId], atMs: nowMs - ageMs },
        });
        const span = given.projectId === "a" ? ofA : byDefault;
        const isOlder = span !== undefined && ageMs > span * dayMs;
        const isHeld = rows.some(
          (each) =>
            !each.released &&
            (each.scope === "all" ||
              (each.scope === "incident" && each.incidentId === incidentId) ||
              (each.projectId !== null &&
                each.projectId === given.projectId &&
                (each.scope === "project" ||
                  (each.scope === "source" && each.sourceId !== null && each.sourceId === given.sourceId)))),
        );
        expect(verdict === "due").toBe(isOlder && !isHeld);
      }),
    );
  });
});
