import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aConfig, aLogSource, aProject } from "@/lib/testing/configs";
import { aDraftContent } from "@/lib/testing/records";
import { aMatcher, aSilence } from "@/lib/testing/silences";
import type { MonitorConfig } from "./config";
import type { DraftContent } from "./draft";
import {
  activeSilences,
  holdsFrom,
  holdsUntil,
  type Silence,
  type SilenceMatcher,
  silencedBy,
  silencedReason,
  silenceState,
} from "./silence";

const nowMs = Date.UTC(2026, 5, 29, 12);
const hour = 3_600_000;

const bound = aConfig({
  monitoredProjects: [
    aProject({
      projectId: "shop",
      sourceKind: "ci",
      tenantId: "acme",
      workspaceId: "main",
      eventSchemaVersion: "3",
      defaultRouteTags: ["payments"],
      logSources: [aLogSource({ sourceId: "api", sourceKind: "agent_runtime" })],
    }),
  ],
});

describe("what a silence covers", () => {
  const rows: Array<[string, Partial<SilenceMatcher>, Partial<DraftContent>, boolean, MonitorConfig?]> = [
    ["an event type", { matchEventTypes: ["job.failed"] }, { eventType: "job.failed" }, true],
    ["in any case, trimmed", { matchEventTypes: [" JOB.Failed"] }, { eventType: "job.failed " }, true],
    ["any of a list", { matchSources: ["ci", "cron"] }, { source: "cron" }, true],
    ["none of a list", { matchSources: ["ci"] }, { source: "cron" }, false],
    ["a value that is missing", { matchComponents: ["db"] }, { component: undefined }, false],
    [
      "all that is said",
      { matchSources: ["ci"], matchComponents: ["db"] },
      { source: "ci", component: "db" },
      true,
    ],
    [
      "not half of it",
      { matchSources: ["ci"], matchComponents: ["db"] },
      { source: "ci", component: "web" },
      false,
    ],
    ["a risk level", { matchRiskLevels: ["high"] }, { riskLevel: "high" }, true],
    ["the level the floor makes", { matchRiskLevels: ["high"] }, { riskLevel: "low" }, true, floor("high")],
    [
      "not the level below the floor",
      { matchRiskLevels: ["low"] },
      { riskLevel: "low" },
      false,
      floor("high"),
    ],
    ["a category", { matchRiskCategories: ["privacy"] }, { riskCategory: "privacy" }, true],
    ["a confidence", { matchConfidence: ["low"] }, { confidence: "low" }, true],
    ["an expected destination", { matchExpectedDestinations: ["ops"] }, { expectedDestination: "ops" }, true],
    ["a project", { matchProjectIds: ["shop"] }, { projectId: "shop" }, true],
    ["a project in its own case only", { matchProjectIds: ["Shop"] }, { projectId: "shop" }, false],
    ["no record of no project", { matchProjectIds: ["shop"] }, { projectId: null }, false],
    ["a log source", { matchLogSourceIds: ["api"] }, { projectId: "shop", logSourceId: "api" }, true],
    [
      "the binding's kind",
      { matchSourceKinds: ["ci"] },
      { projectId: "shop", sourceKind: "external_app" },
      true,
      bound,
    ],
    [
      "the source's kind",
      { matchSourceKinds: ["agent_runtime"] },
      { projectId: "shop", logSourceId: "api" },
      true,
      bound,
    ],
    ["the binding's tenant", { matchTenantIds: ["acme"] }, { projectId: "shop" }, true, bound],
    ["the binding's workspace", { matchWorkspaceIds: ["main"] }, { projectId: "shop" }, true, bound],
    ["the binding's schema", { matchEventSchemaVersions: ["3"] }, { projectId: "shop" }, true, bound],
    ["the binding's tags", { matchRouteTags: ["payments"] }, { projectId: "shop" }, true, bound],
    ["any of the record's tags", { matchRouteTags: ["web"] }, { routeTags: ["api", "WEB"] }, true],
    ["no tag in common", { matchRouteTags: ["web"] }, { routeTags: ["api"] }, false],
    [
      "a whole title",
      { matchTitle: "nightly settlement failed" },
      { title: "Nightly settlement failed" },
      true,
    ],
    ["not part of a title", { matchTitle: "settlement" }, { title: "Nightly settlement failed" }, false],
    ["a title by a star", { matchTitle: "nightly*failed" }, { title: "Nightly settlement failed" }, true],
    ["a title by a question mark", { matchTitle: "job ? failed" }, { title: "Job 7 failed" }, true],
    ["nothing is said: nothing is covered", {}, {}, false],
  ];
  it.each(rows)("%s", (_, matcher, content, covered, config = aConfig()) => {
    const silence = aSilence({ matcher: aMatcher(matcher) });
    const found = silencedBy(aDraftContent(content), activeSilences([silence], nowMs), config);
    const expected = { silenceId: "silence-1", reason: "Maintenance", untilMs: nowMs + hour };
    expect(found).toEqual(covered ? expected : null);
  });
});

function floor(minimumRiskLevel: string): MonitorConfig {
  const config = aConfig();
  return { ...config, safetyDefaults: { ...config.safetyDefaults, minimumRiskLevel } };
}

describe("when a silence holds", () => {
  const tuesday = [{ zone: "UTC", days: ["tue" as const], from: "10:00", to: "11:00" }];
  const rows: Array<
    [string, Partial<Silence>, ReturnType<typeof silenceState>, number | null, number | null]
  > = [
    ["between start and end", {}, "active", nowMs + hour, null],
    ["not before its start", { startsAtMs: nowMs + 60_000 }, "scheduled", null, nowMs + 60_000],
    ["not at its end", { expiresAtMs: nowMs }, "expired", null, null],
    ["not once somebody expired it", { endedAtMs: nowMs - 1 }, "expired", null, null],
    [
      "until its window shuts",
      { windows: [{ zone: "UTC", from: "11:30", to: "12:15" }] },
      "active",
      nowMs + hour / 4,
      null,
    ],
    [
      "until its end where the window lasts longer",
      { windows: [{ zone: "UTC", from: "11:30", to: "18:00" }] },
      "active",
      nowMs + hour,
      null,
    ],
    [
      "again when the next window opens",
      { windows: tuesday, expiresAtMs: nowMs + 7 * 24 * hour },
      "waiting",
      null,
      Date.UTC(2026, 5, 30, 10),
    ],
    ["never again when none opens in time", { windows: tuesday }, "waiting", null, null],
  ];
  it.each(rows)("%s", (_, fields, state, until, from) => {
    const silence = aSilence(fields);
    expect([silenceState(silence, nowMs), holdsUntil(silence, nowMs), holdsFrom(silence, nowMs)]).toEqual([
      state,
      until,
      from,
    ]);
  });

  it("of several, the one that lasts longest is named", () => {
    const silences = [
      aSilence({ silenceId: "b", reason: "short" }),
      aSilence({ silenceId: "a", reason: "long", expiresAtMs: nowMs + 2 * hour }),
      aSilence({ silenceId: "c", reason: "elsewhere", matcher: aMatcher({ matchSources: ["ci"] }) }),
    ];
    const found = silencedBy(aDraftContent(), activeSilences(silences, nowMs), aConfig());
    expect(found).toEqual({ silenceId: "a", reason: "long", untilMs: nowMs + 2 * hour });
    expect(found && silencedReason(found)).toEqual({
      code: "silenced",
      message: "Silenced until 2026-06-29T14:00:00.000Z by a: long",
      fields: { silence_id: "a", until_ms: nowMs + 2 * hour },
    });
  });
});

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const aWindow = fc.record({
  zone: fc.constantFrom(...zones),
  days: fc.uniqueArray(fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun" as const), {
    maxLength: 7,
  }),
  from: time,
  to: time,
});
const anInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

describe("laws", () => {
  it("it holds exactly while somebody could say until when, and lets go at that very minute", () => {
    fc.assert(
      fc.property(fc.array(aWindow, { maxLength: 3 }), anInstant, (windows, atMs) => {
        const silence = aSilence({ windows, startsAtMs: 0, expiresAtMs: Date.UTC(2028, 0, 1) });
        const until = holdsUntil(silence, atMs);
        expect(silenceState(silence, atMs) === "active").toBe(until !== null);
        if (until === null) return;
        expect(until).toBeGreaterThan(atMs);
        // Held through, let go at the end: what waits for it is never woken late, nor while it still holds.
        expect(silenceState(silence, until - 1)).toBe("active");
        if (until < silence.expiresAtMs) expect(silenceState(silence, until)).toBe("waiting");
      }),
      { numRuns: 300 },
    );
  });

  it("what it says it will begin at, it begins at", () => {
    fc.assert(
      fc.property(fc.array(aWindow, { maxLength: 3 }), anInstant, (windows, atMs) => {
        const silence = aSilence({ windows, startsAtMs: 0, expiresAtMs: Date.UTC(2028, 0, 1) });
        const from = holdsFrom(silence, atMs);
        if (from === null) return;
        expect(silenceState(silence, from)).toBe("active");
        expect(silenceState(silence, from - 1)).toBe("waiting");
      }),
      { numRuns: 300 },
    );
  });

  it("more said never covers more", () => {
    const words = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
    const lists = fc.record({ matchSources: words, matchComponents: words, matchRouteTags: words });
    const content = fc.record({
      source: fc.option(fc.constantFrom("a", "b", "d"), { nil: undefined }),
      component: fc.option(fc.constantFrom("a", "c"), { nil: undefined }),
      routeTags: words,
    });
    fc.assert(
      fc.property(lists, lists, content, (one, other, fields) => {
        const both = aMatcher({
          matchSources: narrowed(one.matchSources, other.matchSources),
          matchComponents: narrowed(one.matchComponents, other.matchComponents),
          matchTitle: "*",
        });
        const covers = (matcher: SilenceMatcher) =>
          silencedBy(aDraftContent(fields), activeSilences([aSilence({ matcher })], nowMs), aConfig()) !==
          null;
        if (covers(both))
          expect(covers(aMatcher({ matchSources: one.matchSources, matchTitle: "*" }))).toBe(true);
      }),
    );
  });
});

/** Both conditions at once, as one list; unsatisfiable when they have nothing in common. */
function narrowed(one: string[], other: string[]): string[] {
  if (one.length === 0 || other.length === 0) return [...one, ...other];
  const common = one.filter((word) => other.includes(word));
  return common.length > 0 ? common : ["nothing has this"];
}
