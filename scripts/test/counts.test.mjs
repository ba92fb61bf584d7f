import { describe, expect, it } from "vitest";
import { countPlaywright, countVitest } from "./counts.mjs";

const vitestReport = (change) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  testResults: [],
  ...change,
});
const playwrightReport = (stats) => ({
  stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...stats },
});

describe("countVitest", () => {
  it.each([
    ["all passed", vitestReport(), 0, { passed: 3, failed: 0 }],
    ["one failed", vitestReport({ numFailedTests: 1 }), 1, { passed: 3, failed: 1 }],
    [
      "a file that does not load",
      vitestReport({ testResults: [{ status: "failed", assertionResults: [] }] }),
      1,
      { passed: 3, failed: 1 },
    ],
    [
      "a failed test is counted once, not again for its file",
      vitestReport({
        numFailedTests: 1,
        testResults: [{ status: "failed", assertionResults: [{ status: "failed" }] }],
      }),
      1,
      { passed: 3, failed: 1 },
    ],
    ["a crash after the tests", vitestReport(), 1, { passed: 3, failed: 1 }],
    ["no report", null, 1, { passed: 0, failed: 1 }],
    ["no report, yet exit code 0", null, 0, { passed: 0, failed: 1 }],
    ["nothing ran", vitestReport({ numPassedTests: 0 }), 0, { passed: 0, failed: 1 }],
  ])("%s", (_, report, code, expected) => {
    expect(countVitest(report, code)).toMatchObject(expected);
  });
});

describe("countPlaywright", () => {
  it.each([
    ["all passed", playwrightReport(), 0, { passed: 2, failed: 0 }],
    ["passed on a retry", playwrightReport({ flaky: 1 }), 0, { passed: 3, failed: 0 }],
    ["one failed", playwrightReport({ unexpected: 1 }), 1, { passed: 2, failed: 1 }],
    ["the server did not start", playwrightReport({ expected: 0 }), 1, { passed: 0, failed: 1 }],
    ["no report", null, 1, { passed: 0, failed: 1 }],
    ["nothing ran", playwrightReport({ expected: 0 }), 0, { passed: 0, failed: 1 }],
  ])("%s", (_, report, code, expected) => {
    expect(countPlaywright(report, code)).toMatchObject(expected);
  });
});
