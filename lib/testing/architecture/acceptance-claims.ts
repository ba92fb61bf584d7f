import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSourceFiles, repositoryRoot } from "./source-files";
import { readSourceText } from "./source-text";

/** Who answers for which of the reference's acceptance cases (reference behaviour, section 9). */
export type AcceptanceClaims = {
  /** Number -> the test files whose titles name it. */
  tested: Map<number, string[]>;
  /** Number -> the decision or weakness that overrides it. */
  deviations: Map<number, string>;
};

export const caseCount = 141;

/** Numbers in "case 7", "cases 41 and 42", "cases 1, 2 and 5-7". */
export function casesNamedIn(text: string): number[] {
  return [...text.matchAll(/\bcases? (\d+(?:(?:, | and |-)\d+)*)/gi)].flatMap(([, list]) =>
    numbersOf(list ?? ""),
  );
}

export function readAcceptanceClaims(): AcceptanceClaims {
  const deviations = readFileSync(join(repositoryRoot, "docs/deviations.md"), "utf8");
  return { tested: readTitles(), deviations: readDeviations(deviations) };
}

/** Rows of the table: `| 12 | D-15 | words |`; several cases are `44, 47-49`. */
export function readDeviations(markdown: string): AcceptanceClaims["deviations"] {
  const deviations = new Map<number, string>();
  for (const line of markdown.split("\n")) {
    const [, cases = "", by = ""] = line.split("|").map((cell) => cell.trim());
    if (!/^\d/.test(cases)) continue;
    for (const number of numbersOf(cases)) {
      deviations.set(number, by);
    }
  }
  return deviations;
}

/** Titles are strings of test files; comments and code claim nothing, and neither do the tests of this counting. */
function readTitles(): Map<number, string[]> {
  const tested = new Map<number, string[]>();
  const tests = readSourceFiles().filter(
    (file) => /\.(?:test|spec)\.[a-z]+$/.test(file.path) && file.path !== "lib/acceptance-cases.test.ts",
  );
  for (const file of tests) {
    for (const { value } of readSourceText(file.text).strings) {
      for (const number of casesNamedIn(value)) {
        const claimed = tested.get(number) ?? [];
        if (!claimed.includes(file.path)) tested.set(number, [...claimed, file.path]);
      }
    }
  }
  return tested;
}

function numbersOf(list: string): number[] {
  return list.split(/, ?| and /).flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
}
