import { describe, expect, it } from "vitest";
import type { ReplayedQuarantineWire } from "@/lib/contracts/log-source";
import { quarantineLines, rereadLines, rereadSentence } from "./plan-words";

const none = { bytes: 0, lines: 0, candidates: 0, already_counted: 0, merged: 0, new_incidents: 0 };

describe("what reading again would do", () => {
  it.each([
    [none, false, "There is nothing to read again."],
    [{ ...none, bytes: 900 }, false, "Re-reads 900 bytes; no candidate is in it."],
    [
      { ...none, bytes: 4_212_334, candidates: 31 },
      false,
      "Re-reads 4.2 MB, about 31 candidates; duplicates are merged.",
    ],
    [
      { ...none, bytes: 64_000_000, candidates: 1 },
      true,
      "Re-reads 64 MB, at least 1 candidate; duplicates are merged.",
    ],
  ])("%j, partial %s", (plan, partial, words) => {
    expect(rereadSentence(plan, partial)).toBe(words);
  });

  it("leaves out what there is none of", () => {
    const plan = { ...none, candidates: 31, already_counted: 28, new_incidents: 1, quarantined: 2 };
    expect(rereadLines(plan).map(({ key, count }) => [key, count])).toEqual([
      ["counted", 28],
      ["new", 1],
      ["aside", 2],
    ]);
    expect(rereadLines(none)).toEqual([]);
  });

  it("speaks of one as one", () => {
    expect(rereadLines({ ...none, new_incidents: 1 })[0]?.words).toBe("new incident, with its draft");
    expect(rereadLines({ ...none, new_incidents: 2 })[0]?.words).toMatch(/^new incidents/);
  });
});

it("says what becomes of what was set aside", () => {
  const plan = {
    submitted: 3,
    already_counted: 0,
    still_quarantined: 1,
    dropped: 0,
  } as ReplayedQuarantineWire;
  expect(quarantineLines(plan).map(({ key, count }) => [key, count])).toEqual([
    ["submitted", 3],
    ["still", 1],
  ]);
});
