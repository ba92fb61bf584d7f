import fs from "node:fs";
import path from "node:path";
import { describeMachine, printTable } from "../../bench/support/machine.mjs";

/** @typedef {{ fault: string, rounds: number, found: string, seconds: number }} FaultRow */

/** One JSON line a fault, as e2e/faults/support/results.ts appends them. @returns {FaultRow[]} */
export function readFaultResults(file) {
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** @param {FaultRow[]} rows */
export function printFaultResults(rows) {
  if (rows.length === 0) return;
  console.log("");
  printTable([
    ["fault", "rounds", "seconds", "found"],
    ...rows.map(({ fault, rounds, seconds, found }) => [fault, rounds, seconds, found]),
  ]);
}

const beginning = `# Fault tests: the last full runs

Written by \`npm run test:faults\`, never by hand. Every fault really kills, cuts, fills or delays a process that was
started as \`npm start\` starts it, on a real PostgreSQL; \`e2e/faults/\` says how. \`npm run test:faults -- log-rotation clock\`
does all rounds of the files named so and replaces their rows; \`FAULT_ROUNDS=3 npm run test:faults\` does three rounds of
each in about five minutes, and writes nothing. A row is written only where nothing of its run failed.

Rounds below 100 are what one of their kind costs: an outage has to last, a lease to run out. For random requests a round is
one request. All of a run on one machine:
`;
const elsewhere = "Elsewhere: every spelling of an address that leads inside, in `lib/net/*.test.ts`.";

/**
 * A run of some faults replaces their rows, a run of all of them the table.
 * @param {string} root @param {FaultRow[]} rows @param {{ on: Date, isWhole: boolean, machine?: string }} run
 */
export function writeFaultResults(root, rows, { on, isWhole, machine = describeMachine() }) {
  const file = path.join(root, "docs", "faults.md");
  const day = on.toISOString().slice(0, 10);
  const kept = isWhole || !fs.existsSync(file) ? { rows: [], machines: [] } : readTable(file);
  const ran = new Map(
    rows.map(({ fault, rounds, found, seconds }) => [fault, [fault, rounds, found, seconds, day]]),
  );
  const table = kept.rows.map((row) => take(ran, row[0]) ?? row).concat([...ran.values()]);
  const days = new Set(table.map((row) => row[4]));
  const machines = [
    ...kept.machines.filter((line) => !line.startsWith(`- ${day}: `)),
    `- ${day}: ${machine}`,
  ];
  const lines = [
    beginning,
    ...machines.filter((line) => days.has(line.slice(2, 12))),
    "",
    "| Fault | Rounds | What was found | Seconds | Day |",
    "|---|--:|---|--:|---|",
    ...table.map((row) => `| ${row.map(cell).join(" | ")} |`),
    "",
    elsewhere,
    "",
  ];
  fs.writeFileSync(file, lines.join("\n"));
}

function take(map, key) {
  const value = map.get(key);
  map.delete(key);
  return value;
}

const cell = (text) => String(text).replaceAll("|", "\\|");

/** What stands in the document: its rows, with the head and the line under it left out, and the machines. */
function readTable(file) {
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const cells = (line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((text) => text.trim().replaceAll("\\|", "|"));
  return {
    rows: lines
      .filter((line) => line.startsWith("| "))
      .slice(1)
      .map(cells)
      .filter(([first]) => !/^-+$/.test(first)),
    machines: lines.filter((line) => /^- \d{4}-\d\d-\d\d: /.test(line)),
  };
}
