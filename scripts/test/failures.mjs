/** What failed, for the end of the output: a long run's own messages are thousands of lines above it. */

/** @typedef {{ name: string, message: string }} Failure */

const maxLines = 12;

/** Terminal colours in a message. */
const colours = /\u001B\[[0-9;]*m/g;

function shorten(message) {
  const lines = String(message ?? "")
    .replace(colours, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const rest = lines.length - maxLines;
  return [...lines.slice(0, maxLines), ...(rest > 0 ? [`(${rest} more lines above)`] : [])].join("\n");
}

/** @returns {Failure[]} of Vitest's JSON report; null gives none */
export function failuresOfVitest(report, root) {
  return (report?.testResults ?? []).flatMap((file) => {
    const name = file.name?.replace(`${root}/`, "");
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && file.status === "failed") return [{ name, message: shorten(file.message) }];
    return failed.map((test) => ({
      name: `${name} > ${test.fullName}`,
      message: shorten(test.failureMessages?.[0]),
    }));
  });
}

/** @returns {Failure[]} of Playwright's JSON report; null gives none */
export function failuresOfPlaywright(report) {
  const ofErrors = (report?.errors ?? []).map(({ message }) => ({ name: "", message: shorten(message) }));
  const ofSuite = (suite, titles) => [
    ...(suite.suites ?? []).flatMap((inner) => ofSuite(inner, [...titles, inner.title])),
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok)
      .map((spec) => ({
        name: [...titles, spec.title].join(" > "),
        message: shorten(
          spec.tests?.flatMap((test) => test.results ?? []).find(({ error }) => error)?.error.message,
        ),
      })),
  ];
  return [...ofErrors, ...(report?.suites ?? []).flatMap((suite) => ofSuite(suite, [suite.title]))];
}

/** @param {Failure[]} failures @returns {string[]} lines */
export function describeFailures(title, failures) {
  return failures.flatMap(({ name, message }) => [
    `FAILED  ${[title, name].filter(Boolean).join(": ")}`,
    ...message
      .split("\n")
      .filter(Boolean)
      .map((line) => `        ${line}`),
  ]);
}
