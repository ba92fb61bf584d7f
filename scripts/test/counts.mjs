import fs from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A run that ended badly without naming a failed test (a crash, a file that does not load) is a failure all the same. */
function withExitCode(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A run that "passed" without running anything is how a broken set-up looks. */
function requireAny(counts) {
  return counts.passed + counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @returns {Counts} */
export function countVitest(report, code) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
  return requireAny(withExitCode(counts, code));
}

/** A journey that passed only on a retry did pass, and is told apart by Playwright's own report. @returns {Counts} */
export function countPlaywright(report, code) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return requireAny(withExitCode({ passed: expected + flaky, failed: unexpected, skipped }, code));
}

/** Null when the run ended before it could write one. */
export function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
