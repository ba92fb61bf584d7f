import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RiskCounts, residualRisk } from "./residual-risk";

const none: RiskCounts = {
  ...{ criticalOrHighFindings: 0, failedProbes: 0, blockedProbes: 0, failedScenarios: 0 },
  ...{ blockedScenarios: 0, metricBreaches: 0, driftFlags: 0 },
};

describe("residual risk", () => {
  it.each<[Partial<RiskCounts>, string, string[]]>([
    [{}, "low", []],
    [{ criticalOrHighFindings: 1 }, "high", ["criticalOrHighFindings"]],
    [{ failedProbes: 1 }, "high", ["failedProbes"]],
    // W-58: what the reference leaves out.
    [{ failedScenarios: 1 }, "high", ["failedScenarios"]],
    [{ metricBreaches: 1 }, "high", ["metricBreaches"]],
    [{ blockedProbes: 5 }, "medium", ["blockedProbes"]],
    [{ blockedScenarios: 1 }, "medium", ["blockedScenarios"]],
    [{ driftFlags: 1 }, "medium", ["driftFlags"]],
    [{ driftFlags: 1, failedProbes: 2 }, "high", ["failedProbes", "driftFlags"]],
  ])("of %j is %s", (counts, risk, codes) => {
    const judged = residualRisk({ ...none, ...counts });
    expect([judged.risk, judged.because.map((each) => each.code)]).toEqual([risk, codes]);
  });

  it("one more of anything never lowers it", () => {
    const ranks = { low: 0, medium: 1, high: 2 };
    const keys = Object.keys(none) as Array<keyof RiskCounts>;
    const counts = fc.record(
      Object.fromEntries(keys.map((key) => [key, fc.nat(3)])) as Record<
        keyof RiskCounts,
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(counts, fc.constantFrom(...keys), (given, key) => {
        const more = residualRisk({ ...given, [key]: given[key] + 1 });
        return ranks[more.risk] >= ranks[residualRisk(given).risk];
      }),
    );
  });
});
