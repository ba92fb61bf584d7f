import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aRoute } from "@/lib/testing/configs";
import { aDraftContent } from "@/lib/testing/records";
import {
  type BacktestChange,
  type BacktestOutcome,
  type BacktestRow,
  BacktestTally,
  backtestJudge,
  compareOutcomes,
} from "./backtest";

const anOutcome = (fields: Partial<BacktestOutcome> = {}): BacktestOutcome => ({
  routeId: "r",
  routeName: "R",
  reason: "catch_all_route",
  destinationIds: ["a"],
  approvalRequired: false,
  blockedCodes: [],
  ...fields,
});

describe("what differs between two decisions", () => {
  it.each<[string, Partial<BacktestOutcome>, Partial<BacktestOutcome>, BacktestChange[]]>([
    ["nothing", {}, {}, []],
    ["the order of destinations", { destinationIds: ["a", "b"] }, { destinationIds: ["b", "a"] }, []],
    ["another destination", {}, { destinationIds: ["b"] }, ["elsewhere"]],
    ["one swapped of two", { destinationIds: ["a", "b"] }, { destinationIds: ["a", "c"] }, ["elsewhere"]],
    ["one more", {}, { destinationIds: ["a", "b"] }, ["more_destinations"]],
    ["from none to one", { destinationIds: [] }, {}, ["more_destinations"]],
    ["one fewer", { destinationIds: ["a", "b"] }, {}, ["fewer_destinations"]],
    ["a person must say so now", {}, { approvalRequired: true }, ["approval_newly"]],
    ["nobody has to any more", { approvalRequired: true }, {}, ["approval_no_longer"]],
    ["blocked now", {}, { blockedCodes: ["no_destination"] }, ["blocked_newly"]],
    ["no longer blocked", { blockedCodes: ["no_destination"] }, {}, ["unblocked"]],
    ["blocked for another reason", { blockedCodes: ["x"] }, { blockedCodes: ["y"] }, []],
    ["another route says the same", {}, { routeId: "s" }, ["other_route"]],
    [
      "everything at once",
      { blockedCodes: ["x"] },
      { destinationIds: ["b"], approvalRequired: true, routeId: null },
      ["elsewhere", "approval_newly", "unblocked", "other_route"],
    ],
  ])("%s", (_, before, after, changes) => {
    expect(compareOutcomes(anOutcome(before), anOutcome(after))).toEqual(changes);
  });
});

const moment = { occurrenceCount: 1, provenance: "report", nowMs: Date.UTC(2026, 5, 29, 12) };
const config = aConfig({
  destinations: [aDestination({ destinationId: "a", enabled: false }), aDestination({ destinationId: "b" })],
  defaultDestinationIds: ["a"],
  routes: [
    aRoute({
      routeId: "ci",
      name: "CI",
      matchSources: ["ci"],
      destinationIds: ["b"],
      approvalPolicy: "always",
    }),
    aRoute({ routeId: "lost", name: "Lost", matchSources: ["lost"], destinationIds: ["gone"] }),
  ],
});

describe("a decision of a backtest", () => {
  it.each<[string, string, Partial<BacktestOutcome>]>([
    ["does not ask whether a destination is ready", "cron", { destinationIds: ["a"], blockedCodes: [] }],
    ["is the router's", "ci", { routeId: "ci", destinationIds: ["b"], approvalRequired: true }],
    [
      "is blocked where there is no such destination",
      "lost",
      { blockedCodes: ["destination_not_configured"] },
    ],
  ])("%s", (_, source, expected) => {
    expect(backtestJudge(config)(aDraftContent({ source }), moment)).toMatchObject(expected);
  });
});

describe("laws", () => {
  const content = fc.record({
    source: fc.constantFrom("ci", "lost", "cron"),
    riskLevel: fc.constantFrom("low", "high", "critical"),
    allowedDestinationIds: fc.constantFrom<string[]>([], ["a"], ["b"]),
  });

  it("a configuration against itself is the same throughout", () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 30 }), (contents) => {
        const [one, other] = [backtestJudge(config), backtestJudge(structuredClone(config))];
        const tally = tallyOf(
          contents.map((each) => [one(aDraftContent(each), moment), other(aDraftContent(each), moment)]),
        );
        const { total, same, changes } = tally.summary();
        expect([total, same]).toEqual([contents.length, contents.length]);
        expect(Object.values(changes).every((count) => count === 0)).toBe(true);
        expect(tally.examples).toEqual([]);
      }),
    );
  });

  it("there and back: what one way is newly, the other way is no longer", () => {
    const mirror: Record<BacktestChange, BacktestChange> = {
      elsewhere: "elsewhere",
      more_destinations: "fewer_destinations",
      fewer_destinations: "more_destinations",
      approval_newly: "approval_no_longer",
      approval_no_longer: "approval_newly",
      blocked_newly: "unblocked",
      unblocked: "blocked_newly",
      other_route: "other_route",
    };
    const outcome = fc.record({
      routeId: fc.option(fc.constantFrom("r", "s")),
      routeName: fc.constant("R"),
      reason: fc.constant("catch_all_route"),
      destinationIds: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
      approvalRequired: fc.boolean(),
      blockedCodes: fc.constantFrom<string[]>([], ["x"]),
    });
    fc.assert(
      fc.property(outcome, outcome, (before, after) => {
        const back = compareOutcomes(after, before);
        expect(compareOutcomes(before, after).map((each) => mirror[each])).toEqual(back);
      }),
    );
  });

  it("counts everything and keeps no more rows than it may", () => {
    const pairs = Array.from({ length: 40 }, (_, place): [BacktestOutcome, BacktestOutcome] => [
      anOutcome(),
      anOutcome(place % 2 ? { destinationIds: ["b"], routeId: "s" } : {}),
    ]);
    const tally = tallyOf(pairs, { newest: 5, examples: 3 });
    expect(tally.summary()).toMatchObject({
      total: 40,
      same: 20,
      changes: { elsewhere: 20, other_route: 20 },
      routes: [
        { routeId: "r", before: 40, after: 20 },
        { routeId: "s", before: 0, after: 20 },
      ],
    });
    expect(tally.newest.map((row) => row.incidentId)).toEqual(["0", "1", "2", "3", "4"]);
    expect(tally.examples.map((row) => row.incidentId)).toEqual(["1", "3", "5"]);
  });
});

function tallyOf(pairs: Array<[BacktestOutcome, BacktestOutcome]>, limits = { newest: 50, examples: 50 }) {
  const tally = new BacktestTally(limits);
  pairs.forEach(([before, after], place) => {
    const changes = compareOutcomes(before, after);
    const row: BacktestRow = {
      ...{ incidentId: String(place), draftId: "d", title: "t", atMs: 0, before, after, changes },
    };
    tally.add(row);
  });
  return tally;
}
