import fc from "fast-check";
import { expect, it } from "vitest";
import { inspectionOf, subjectOf } from "@/lib/testing/failure-ground";
import { definitionOf, functionAt } from "./suspect-blocks";
import { pictureOf } from "./suspect-failure";
import type { CommitPatch, FileChange, PatchLine } from "./suspect-patch";
import { rankingSteps } from "./suspect-ranking";
import { tokensOf } from "./suspect-tokens";

const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
/** Texts on which patterns that try again and again would take very long. */
const nasty = [
  ...[
    "(",
    ")",
    "[",
    "{",
    "a(",
    "):",
    "): ",
    ") ->",
    "a.",
    "a, ",
    "a: b, ",
    "public ",
    "@a(",
    "<a>",
    "x ",
    " ",
    "\t",
  ],
  ...[
    '"',
    "'",
    "`",
    '\\"',
    "\\'",
    "\\",
    "/*",
    "//",
    "#",
    '"""',
    "aA",
    "a_",
    "=",
    "a=",
    "a = a(",
    "const a = ",
    "=>",
  ],
  ...["import a, ", "from a ", "throws a, ", "if (", "return (", "\u{1f600}", "\ud800", "é", "0x", "1."],
].map((unit) => fill(unit, 600));
const paths = ["a.py", "a.ts", "A.java", "a.go", "a.rb", "a.php", "a.json", "a.yml", "a.sql", "a"];

/** Far above what it takes, far below what trying again and again would. */
const plentyMs = 20_000;

it("reads any line at any length in no time", { timeout: plentyMs * 2 }, () => {
  const began = performance.now();
  for (const text of nasty) {
    for (const path of paths) {
      tokensOf(Array<string>(25).fill(text), path);
      definitionOf(text.slice(0, 300));
      functionAt(Array<string>(300).fill(text.slice(0, 300)), 300);
    }
  }
  expect(performance.now() - began).toBeLessThan(plentyMs);
});

const facts = (n: number) => ({
  ...{ hash: n.toString(16).padStart(40, "0"), parents: ["f".repeat(40)], author: "a", subject: "s" },
  ...{ authoredAtMs: n * 1_000, committedAtMs: n * 1_000, fileCount: 1 },
});

function fileOf(path: string, removed: readonly string[], added: readonly string[]): FileChange {
  const lines: PatchLine[] = [
    ...removed.map((text, index): PatchLine => ({ kind: "removed", text, before: index + 1, after: null })),
    ...added.map((text, index): PatchLine => ({ kind: "added", text, before: null, after: index + 1 })),
  ];
  return { kind: "changed", path, formerPath: null, hunks: [{ heading: "", lines }], isPartial: false };
}

function rank(commits: CommitPatch[], path: string, content: string) {
  const picture = pictureOf(
    inspectionOf([[path, 1, "f"]]),
    subjectOf(content.slice(0, 300), 1e12),
    new Map([[path, content]]),
  );
  const formerPaths = new Map([[path, new Set([path])]]);
  const times = { firstSeenAtMs: 1e12, lastGoodAtMs: null };
  const steps = rankingSteps({ picture, commits, ranged: commits, formerPaths, boundary: new Set(), times });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

it("judges nasty commits in no time", { timeout: plentyMs * 2 }, () => {
  const began = performance.now();
  for (const [index, text] of nasty.entries()) {
    const path = paths[index % paths.length] as string;
    const other = nasty[(index + 7) % nasty.length] as string;
    const commits = Array.from({ length: 2 }, (_, n) => ({
      ...facts(n),
      files: [
        fileOf(path, Array<string>(20).fill(text), Array<string>(20).fill(n % 2 ? other : `${text} x`)),
      ],
    }));
    rank(commits, path, Array<string>(50).fill(text).join("\n"));
  }
  expect(performance.now() - began).toBeLessThan(plentyMs);
});

it("ranks any patch: places from 1 on, points in order, nothing that a screen or a log would act on", () => {
  const line = fc.string({ unit: "binary", maxLength: 60 }).map((text) => text.replaceAll("\n", " "));
  const lines = fc.array(line, { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.array(fc.tuple(lines, lines), { maxLength: 5 }),
      line,
      (path, changes, focus) => {
        const commits = changes.map(([removed, added], n) => ({
          ...facts(n),
          files: [fileOf(path, removed, [...added, focus])],
        }));
        const suspects = rank(commits, path, focus);
        expect(suspects.map((each) => each.rank)).toEqual(suspects.map((_, index) => index + 1));
        expect(suspects.map((each) => each.score)).toEqual(
          suspects.map((each) => each.score).sort((a, b) => b - a),
        );
        const shown = suspects.flatMap((each) =>
          each.changes.flatMap((change) => [...change.removed, ...change.added]),
        );
        for (const text of shown)
          expect(text).not.toMatch(
            /[\u0000-\u0008\u000b-\u001f\u007f\u202e]|[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/,
          );
      },
    ),
    { numRuns: 150 },
  );
});
