/** @typedef {import("./counts.mjs").Counts} Counts */

/**
 * Counts of `python -m unittest` from what it printed: "Ran 68 tests in 9.1s", then "OK (skipped=1)" or
 * "FAILED (failures=2, errors=1)". A test fails once for each of its subtests, so `failed` may be more than what ran.
 * A skipped test counts as failed: here everything it could need was set up.
 * @param {string} output @param {number | string} code
 * @returns {Counts}
 */
export function countUnittest(output, code) {
  const ran = [...output.matchAll(/^Ran (\d+) tests? in /gm)].at(-1);
  const verdict = [...output.matchAll(/^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/gm)].at(-1);
  if (!ran || !verdict) return { passed: 0, failed: 1, skipped: 0 };
  const word = (name) => Number(new RegExp(`(?:^|, )${name}=(\\d+)`).exec(verdict[1] ?? "")?.[1] ?? 0);
  const failed = word("failures") + word("errors") + word("unexpected successes") + word("skipped");
  const passed = Math.max(0, Number(ran[1]) - failed);
  const wrong = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: wrong ? 1 : failed, skipped: 0 };
}
