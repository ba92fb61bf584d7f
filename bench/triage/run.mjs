// Triage without a model on small repositories with a planted regression, made from seeds: whether the commit that broke
// it comes first and the file to change is named first, and how long it takes. Beside it what `git log -1` of the failing
// file and `git blame` of the failing line would say. Seeds from 1001 have changes
// no smaller seed has; 1001-1060, 3001-3060 and 4001-4060 have been looked at since. The published figures are taken on 2001-2060, and
// nothing is tuned on those.
//
//   node bench/triage/run.mjs [--seeds 1-40] [--verify] [--files 50000]
//
// --verify only makes the cases, each twice, and checks that they are cases. --files adds an early commit with that many
// files, for the time it takes on a large repository.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { importBundled } from "../support/bundled.mjs";
import { percentile } from "../support/latencies.mjs";
import { describeMachine, flag, printTable } from "../support/machine.mjs";
import { eachCase, seedsOf } from "./cases.mjs";
import { generateCase } from "./generate.mjs";
import { baselinesOf, scoreOf, subjectOf } from "./score.mjs";

const seeds = seedsOf(flag("seeds", "1-40"));
const fileCount = Number(flag("files", 0));
const goal = { first: 0.8, fileFirst: 0.95, medianSeconds: 5 };

console.log(describeMachine());
const started = performance.now();
const { results, outcome } = process.argv.includes("--verify") ? await verify() : await measure();
const { leftOut, thrownAway } = outcome;
for (const name of leftOut) console.log(`Left out: cases in ${name}, whose runtime is not to be had here.`);
for (const { seed, language } of thrownAway)
  console.log(`Thrown away: seed ${seed} (${language}) is no case.`);
const each = (performance.now() - started) / 1_000 / seeds.length;
console.log(`${results.length} cases of ${seeds.length} seeds, ${each.toFixed(1)} s each with making them.`);
if (thrownAway.length > 0 || results.length === 0) process.exitCode = 1;

/** Makes every case twice: valid, and the same commits both times. */
async function verify() {
  const rows = [];
  const again = mkdtempSync(path.join(tmpdir(), "triage-again-"));
  const outcome = await eachCase(seeds, async (made) => {
    const root = path.join(again, String(made.seed));
    const { truth } = await generateCase(made.seed, root);
    rmSync(root, { recursive: true, force: true });
    if (truth.commit !== made.truth.commit)
      throw new Error(`seed ${made.seed} makes two different repositories`);
    rows.push(made);
    const { seed, language, commitCount, decoyCount, report } = made;
    console.log(
      `${seed} ${language} ${truth.kind} (${truth.plant}) ${commitCount} commits, ${decoyCount} decoys: ${report.title}`,
    );
  });
  rmSync(again, { recursive: true, force: true });
  console.log("\nCases by kind of change");
  const kinds = [...new Set(rows.map(({ truth }) => truth.kind))].sort();
  printTable([
    ["kind", "cases"],
    ...kinds.map((kind) => [kind, rows.filter(({ truth }) => truth.kind === kind).length]),
  ]);
  return { results: rows, outcome };
}

async function measure() {
  const { inspectFailure, readHistory } = await importBundled(
    "triage",
    `export { inspectFailure } from "@/lib/triage/inspect-failure";
     export { readHistory } from "@/lib/triage/read-history";`,
  );
  const results = [];
  const outcome = await eachCase(
    seeds,
    async (made) => {
      const subject = subjectOf(made);
      const limits = { deadlineMs: 60_000, signal: AbortSignal.timeout(60_000) };
      const from = performance.now();
      const input = { subject, root: made.root, allowedRoots: [path.dirname(made.root)], logNeighbours: [] };
      const inspection = await inspectFailure(input, limits);
      const { history } = await readHistory({ root: made.root, inspection, subject }, limits);
      const seconds = (performance.now() - from) / 1_000;
      results.push({
        made,
        seconds,
        triage: scoreOf(made, inspection, history),
        ...(await baselinesOf(made)),
      });
    },
    { fileCount },
  );
  if (results.length > 0) report(results);
  return { results, outcome };
}

function report(results) {
  const share = (some, test) => some.filter(test).length / some.length;
  const shown = (figure) => `${Math.round(figure * 100)} %`;
  const seconds = (some, at) =>
    `${percentile(
      some.map((result) => result.seconds),
      at,
    ).toFixed(2)} s`;
  const languages = [...new Set(results.map(({ made }) => made.language))].sort();
  const row = (name, some) => [
    ...[name, some.length],
    ...["first", "firstThree", "fileFirst"].map((what) => shown(share(some, ({ triage }) => triage[what]))),
    ...[seconds(some, 0.5), seconds(some, 0.95)],
    ...[({ last }) => last.first, ({ last }) => last.firstThree, ({ blame }) => blame.first].map((right) =>
      shown(share(some, right)),
    ),
  ];
  console.log(`\nRepositories with one planted regression${fileCount ? `, ${fileCount} files more` : ""}`);
  printTable([
    [
      "language",
      "cases",
      "commit first",
      "in first three",
      "file first",
      "median",
      "p95",
      "`git log -1`",
      "`git log -3`",
      "`git blame`",
    ],
    ...languages.map((name) =>
      row(
        name,
        results.filter(({ made }) => made.language === name),
      ),
    ),
    row("all", results),
  ]);
  console.log(
    `\nThe failing file is the one to change: ${shown(share(results, ({ blame }) => blame.fileFirst))}`,
  );
  for (const sure of ["high", "medium", "low"]) {
    const own = results.filter(({ triage }) => triage.suspects[0]?.confidence === sure);
    console.log(
      `Named with ${sure} confidence: ${own.length}, right in ${own.filter(({ triage }) => triage.first).length}`,
    );
  }
  reportMisses(results.filter(({ triage }) => !triage.first || !triage.fileFirst));

  const below = ["first", "fileFirst"].filter(
    (what) => share(results, ({ triage }) => triage[what]) < goal[what],
  );
  if (below.length > 0) console.log(`\nBelow the goal: ${below.join(", ")}`);
  if (
    percentile(
      results.map((result) => result.seconds),
      0.5,
    ) > goal.medianSeconds
  )
    console.log("\nSlower than the goal");
  if (below.length > 0) process.exitCode = 1;
}

function reportMisses(misses) {
  console.log(`\nMisses: ${misses.length}`);
  for (const { made, triage, blame } of misses) {
    const { truth, seed, language } = made;
    const where = triage.place > 0 ? `in place ${triage.place}` : "not among the suspects";
    console.log(
      `- seed ${seed}, ${language}, ${truth.kind} (${truth.plant}): the commit is ${where}${blame.first ? ", blame has it" : ""};`,
    );
    console.log(
      `  fails in ${truth.failingFile}:${truth.failingLine}, to change: ${truth.files.join(", ")}, named first: ${triage.file};`,
    );
    if (triage.frame !== truth.failingFile) console.log(`  the nearest frame found was ${triage.frame}`);
    const [first] = triage.suspects;
    if (first && !triage.first)
      console.log(
        `  named instead: ${first.hash.slice(0, 8)} "${first.subject}", ${first.confidence}, because ${first.because.join(", ")}`,
      );
  }
}
