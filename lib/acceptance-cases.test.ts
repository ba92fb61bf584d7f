import { describe, expect, it } from "vitest";
import {
  caseCount,
  casesNamedIn,
  readAcceptanceClaims,
  readDeviations,
} from "@/lib/testing/architecture/acceptance-claims";

const { tested, deviations, later } = readAcceptanceClaims();
const all = Array.from({ length: caseCount }, (_, at) => at + 1);
const answered = (number: number) => tested.has(number) || deviations.has(number);
const between = (from: number, to: number) => all.slice(from - 1, to);

describe("the 141 acceptance cases", () => {
  it("each is claimed by a test, overridden by a decision, or waits for a named capability", () => {
    expect(all.filter((number) => !answered(number) && !later.has(number))).toEqual([]);
  });

  it("no claim is of a case that does not exist", () => {
    const claimed = [...tested.keys(), ...deviations.keys(), ...later.keys()];
    expect(claimed.filter((number) => number < 1 || number > caseCount)).toEqual([]);
  });

  it("none waits that is answered already: its line in docs/deviations.md has to go", () => {
    expect([...later.keys()].filter(answered)).toEqual([]);
  });

  it.each<[string, number[], RegExp]>([
    ["A, configuration: all", between(1, 10), /^(?!)/],
    ["B, intake: all but those about runtime events", between(11, 31), /^B: runtime events/],
    ["C, scoped intake: all but the one about security endpoints", between(32, 43), /^J: /],
    ["E, routing, approval, readiness: all but those about MCP", between(62, 81), /^H: MCP/],
  ])("%s are answered now", (_, numbers, mayWait) => {
    expect(numbers.filter((number) => !answered(number) && !mayWait.test(later.get(number) ?? ""))).toEqual(
      [],
    );
  });
});

describe("counting", () => {
  it.each([
    ["case 7: the audit", [7]],
    ["cases 41 and 42", [41, 42]],
    ["Cases 1, 2 and 5-7: defaults", [1, 2, 5, 6, 7]],
    ["it reads (case 28) and stays", [28]],
    ["in case of 3 errors, the lower case", []],
  ])("%s", (title, numbers) => {
    expect(casesNamedIn(title)).toEqual(numbers);
  });

  it("reads both tables", () => {
    const { deviations, later } = readDeviations(
      "| Case | By |\n|---|---|\n| 25 | D-30 | x |\n| 44, 47-48 | D | log watcher |",
    );
    expect([...deviations]).toEqual([[25, "D-30"]]);
    expect([...later]).toEqual([44, 47, 48].map((number) => [number, "D: log watcher"]));
  });
});
