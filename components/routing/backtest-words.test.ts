import { describe, expect, it } from "vitest";
import type { BacktestOutcomeWire, BacktestResultWire } from "@/lib/contracts/backtest";
import { backtestChangeWords } from "@/lib/contracts/backtest";
import { backtestSentence, changeCounts, changeWord, outcomeWords } from "./backtest-words";

const none = Object.fromEntries(backtestChangeWords.map((word) => [word, 0]));
const summary = (part: object) =>
  ({ summary: { total: 0, same: 0, routes: [], ...none, ...part } }) as unknown as BacktestResultWire;

it("has words for every change", () => {
  expect(Object.keys(changeWord).toSorted()).toEqual(backtestChangeWords.toSorted());
});

it.each([
  [{ total: 0, same: 0 }, "There were no incidents in this time, so there is nothing to compare."],
  [{ total: 4, same: 4 }, "All 4 incidents would go where they went, asking who they asked."],
  [{ total: 4, same: 1 }, "3 of 4 incidents would be decided differently."],
])("%j", (part, words) => {
  expect(backtestSentence(summary(part))).toBe(words);
});

it("counts what happens, what is grave first", () => {
  expect(
    changeCounts(summary({ other_route: 9, elsewhere: 2, approval_no_longer: 1 })).map(
      ({ change }) => change,
    ),
  ).toEqual(["approval_no_longer", "elsewhere", "other_route"]);
});

describe("an outcome", () => {
  const outcome = (part: Partial<BacktestOutcomeWire>): BacktestOutcomeWire => ({
    ...{
      reason: "",
      destination_ids: ["a", "b"],
      approval_required: false,
      blocked: false,
      blocked_codes: [],
    },
    ...part,
  });
  it.each<[Partial<BacktestOutcomeWire>, string]>([
    [{}, "a and b"],
    [{ approval_required: true }, "a and b, after approval"],
    [{ blocked: true, approval_required: true }, "a and b, blocked"],
    [{ destination_ids: [], blocked: true }, "nowhere, blocked"],
  ])("%j", (part, words) => {
    expect(outcomeWords(outcome(part))).toBe(words);
  });
});
