// `npm test`: everything that must hold, from a fresh clone.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureBuilt, ensureGenerated } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { step } from "./progress.mjs";
import { projectRoot } from "./project.mjs";
import { runCommand, stopCommands } from "./run-command.mjs";
import { ensureChromium } from "./test/chromium.mjs";
import { countPlaywright, countVitest, readReport } from "./test/counts.mjs";
import { describeFailures, failuresOfPlaywright, failuresOfVitest } from "./test/failures.mjs";
import { printFaultResults, readFaultResults, writeFaultResults } from "./test/fault-results.mjs";
import { testPythonClient } from "./test/python-client.mjs";

const usage = `Usage: npm test -- [options]

Everything that must hold: format, lint, types, unit, verb and route tests on a real PostgreSQL, a production build, the
Python client, faults (a round of each), then the journeys in a browser. What failed is named again at the end; the last
line counts.

Options:
  --no-e2e                   all but the faults and the journeys (npm run verify)
  --only e2e                 the journeys alone, every screen on a phone too (npm run test:e2e)
  --only faults [NAME ...]   the faults alone, or those of the files named so, all their rounds, with the results in
                             docs/faults.md (npm run test:faults); FAULT_ROUNDS=N for fewer, and nothing written,
                             FAULT_SEED=N for the same random requests again
  --help                     print this`;

if (process.argv.includes("--help")) {
  console.log(usage);
  process.exit(0);
}

const reports = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-reports-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const summary = [];
const failures = [];

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopCommands();
    process.exitCode = 130;
    aborted = true;
  });
}
let aborted = false;
let namedFaults = [];

async function main(argv) {
  try {
    const parts = chooseParts(argv);
    process.chdir(projectRoot);
    await ensureInstalled();
    await ensureGenerated();
    for (const part of parts) {
      if (!aborted) await runPart(part);
    }
  } catch (error) {
    console.error(error.message);
    total.failed++;
  } finally {
    fs.rmSync(reports, { recursive: true, force: true });
  }
  if (total.passed + total.failed === 0) total.failed = 1; // nothing ran: nothing was shown to work
  for (const line of [...failures, ...summary]) console.log(line);
  if (total.skipped > 0) console.log(`(${total.skipped} skipped)`);
  if (aborted) console.log("Interrupted.");
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(aborted ? 130 : total.failed > 0 ? 1 : 0);
}

const loadedOnce = [`--maxWorkers=${os.availableParallelism()}`, "--no-isolate"];

/** Each answers with its counts; a check that is not made of tests counts as one. */
const parts = {
  lint: {
    title: "Format and lint",
    run: () => check("node_modules/@biomejs/biome/bin/biome", ["check", "."]),
  },
  types: { title: "Types", run: checkTypes },
  // On every core, each file in what the one before has loaded: unit tests share nothing else, and each database test
  // file has a database of its own.
  unit: { title: "Unit tests", run: () => vitest("unit", {}, loadedOnce) },
  database: { title: "Verb and route tests on PostgreSQL", run: () => vitest("database", {}, loadedOnce) },
  build: { title: "Production build", run: build },
  python: { title: "Python client", run: testPythonClient, needs: "build" },
  faults: { title: "Faults, a round of each", run: () => faults({ rounds: 1 }), needs: "build" },
  allFaults: {
    title: "Faults, all rounds",
    run: () => faults({ rounds: 100, publish: true, named: namedFaults }),
    needs: "build",
  },
  journeys: {
    title: "Journeys in a browser",
    run: () => playwright(["--grep-invert", "@every-screen"]),
    needs: "build",
  },
  allJourneys: {
    title: "Journeys in a browser, every screen on a phone too",
    run: playwright,
    needs: "build",
  },
};

function chooseParts(argv) {
  const only = argv[0] === "--only" ? argv[1] : null;
  if (only === "e2e") return ["build", "allJourneys"];
  if (only === "faults") {
    namedFaults = argv.slice(argv.indexOf("--only") + 2);
    return ["build", "allFaults"];
  }
  if (only !== null) throw new Error(`--only ${only}: give e2e or faults.`);
  const unknown = argv.find((each) => each !== "--no-e2e");
  if (unknown) throw new Error(`${unknown} is not an option. \`npm test -- --help\` lists them all.`);
  const all = ["lint", "types", "unit", "database", "build", "python", "faults", "journeys"];
  return argv.includes("--no-e2e") ? all.slice(0, all.indexOf("faults")) : all;
}

async function runPart(name) {
  const { title, run, needs } = parts[name];
  console.log(`\n=== ${title}`);
  const startedAt = Date.now();
  let counts;
  if (needs && parts[needs].failed) {
    console.log(`Not run: ${parts[needs].title.toLowerCase()} failed.`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  } else {
    counts = await run().catch((error) => {
      console.error(error.message);
      return { passed: 0, failed: 1, skipped: 0 };
    });
  }
  parts[name].failed = counts.failed > 0;
  for (const key of Object.keys(total)) total[key] += counts[key];
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  failures.push(...describeFailures(title, counts.failures ?? []));
  const result = `${title}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`;
  console.log(`--- ${result}`);
  summary.push(result);
}

const asCounts = (code) =>
  code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };

/** @param {string} script of a package, run with this Node: `npx` would ask the registry for what is missing */
async function run(script, args, env = {}) {
  const options = { cwd: projectRoot, env: { ...process.env, ...env }, show: true, onExit: "answer" };
  return (await runCommand(process.execPath, [script, ...args], options)).code;
}

const check = async (script, args) => asCounts(await run(script, args));

/** Next writes the types of routes and of its own imports; a fresh clone has neither. */
async function checkTypes() {
  const next = await run("node_modules/next/dist/bin/next", ["typegen"], { NEXT_TELEMETRY_DISABLED: "1" });
  if (next !== 0) return asCounts(next);
  return check("node_modules/typescript/bin/tsc", ["--noEmit"]);
}

async function vitest(project, env = {}, more = []) {
  const file = path.join(reports, `${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
    ...more,
  ];
  const code = await run("node_modules/vitest/vitest.mjs", args, env);
  const report = readReport(file);
  return { ...countVitest(report, code), failures: failuresOfVitest(report, projectRoot) };
}

/** Only a full run that went well is published: the document never claims what did not hold. */
async function faults({ rounds, publish = false, named = [] }) {
  const file = path.join(reports, "fault-results");
  const env = { FAULT_ROUNDS: process.env.FAULT_ROUNDS ?? String(rounds), FAULT_RESULTS: file };
  const counts = await vitest("faults", env, named);
  const rows = readFaultResults(file);
  printFaultResults(rows);
  const full = publish && process.env.FAULT_ROUNDS === undefined;
  if (full && counts.failed === 0 && !aborted) {
    writeFaultResults(projectRoot, rows, { on: new Date(), isWhole: named.length === 0 });
    await check("node_modules/@biomejs/biome/bin/biome", ["format", "--write", "docs/faults.md"]);
  }
  return counts;
}

async function build() {
  await ensureBuilt();
  return asCounts(0);
}

async function playwright(more = []) {
  await step("Looking for a browser", ensureChromium);
  const file = path.join(reports, "journeys.json");
  const code = await run("node_modules/@playwright/test/cli.js", ["test", "--reporter=list,json", ...more], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const report = readReport(file);
  return { ...countPlaywright(report, code), failures: failuresOfPlaywright(report) };
}

await main(process.argv.slice(2));
