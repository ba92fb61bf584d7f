import { describe, expect, it } from "vitest";
import {
  caseCount,
  casesNamedIn,
  readAcceptanceClaims,
  readDeviations,
} from "@/lib/testing/architecture/acceptance-claims";

const { tested, deviations } = readAcceptanceClaims();
const all = Array.from({ length: caseCount }, (_, at) => at + 1);

describe("the 141 acceptance cases", () => {
  it("each is claimed by a test, or overridden by a decision", () => {
    expect(all.filter((number) => !tested.has(number) && !deviations.has(number))).toEqual([]);
  });

  it("no claim is of a case that does not exist", () => {
    const claimed = [...tested.keys(), ...deviations.keys()];
    expect(claimed.filter((number) => number < 1 || number > caseCount)).toEqual([]);
  });

  it("a deviation names the decision or the weakness that overrides the case", () => {
    expect([...deviations].filter(([, by]) => !/^[DW]-\d\d/.test(by))).toEqual([]);
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

  it("reads the table", () => {
    const read = readDeviations("| Case | By |\n|---|---|\n| 25 | D-30 | x |\n| 44, 47-48 | W-07 | y |");
    expect([...read]).toEqual([[25, "D-30"], ...[44, 47, 48].map((number) => [number, "W-07"])]);
  });
});
