import { describe, expect, it } from "vitest";
import { countUnittest } from "./python-counts.mjs";

const output = (ran, verdict) =>
  `walk: Ran away\n....\n${"-".repeat(70)}\nRan ${ran} in 9.134s\n\n${verdict}\n`;

describe("countUnittest", () => {
  it.each([
    ["all passed", output("68 tests", "OK"), 0, { passed: 68, failed: 0 }],
    ["one test", output("1 test", "OK"), 0, { passed: 1, failed: 0 }],
    [
      "failures and errors",
      output("68 tests", "FAILED (failures=2, errors=1)"),
      1,
      { passed: 65, failed: 3 },
    ],
    ["expected failures pass", output("5 tests", "OK (expected failures=1)"), 0, { passed: 5, failed: 0 }],
    [
      "unexpected successes",
      output("5 tests", "FAILED (unexpected successes=1)"),
      1,
      { passed: 4, failed: 1 },
    ],
    [
      "a skipped test was not shown to work",
      output("68 tests", "OK (skipped=3)"),
      0,
      { passed: 65, failed: 3 },
    ],
    [
      "more failed subtests than tests",
      output("1 test", "FAILED (failures=24)"),
      1,
      { passed: 0, failed: 24 },
    ],
    ["nothing ran", output("0 tests", "OK"), 0, { passed: 0, failed: 1 }],
    ["nothing ran, as Python 3.12 says it", output("0 tests", "NO TESTS RAN"), 5, { passed: 0, failed: 1 }],
    ["a crash after the tests", output("68 tests", "OK"), 1, { passed: 68, failed: 1 }],
    ["a crash before the end", "....Segmentation fault", "SIGSEGV", { passed: 0, failed: 1 }],
    ["no output", "", 0, { passed: 0, failed: 1 }],
  ])("%s", (_, text, code, expected) => {
    expect(countUnittest(text, code)).toMatchObject(expected);
  });
});
