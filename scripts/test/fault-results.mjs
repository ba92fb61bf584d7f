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

/** @param {FaultRow[]} rows @param {Date} on */
export function writeFaultResults(root, rows, on) {
  const cell = (text) => String(text).replaceAll("|", "\\|");
  const lines = [
    "# Fault tests: the last full run",
    "",
    "Written by `npm run test:faults`, never by hand. Every fault really kills, cuts, fills or delays a process that was",
    "started as `npm start` starts it, on a real PostgreSQL; `e2e/faults/` says how. `FAULT_ROUNDS=3 npm run test:faults`",
    "does three rounds of each in about five minutes, and writes nothing.",
    "",
    `${on.toISOString().slice(0, 10)}, ${describeMachine()}, all on the same machine. Rounds below 100 are what one of their kind`,
    "costs: an outage has to last, a lease to run out. For random requests a round is one request.",
    "",
    "| Fault | Rounds | What was found | Seconds |",
    "|---|--:|---|--:|",
    ...rows.map(
      ({ fault, rounds, found, seconds }) => `| ${cell(fault)} | ${rounds} | ${cell(found)} | ${seconds} |`,
    ),
    "",
    "Elsewhere: every spelling of an address that leads inside, in `lib/net/*.test.ts`.",
    "",
  ];
  fs.writeFileSync(path.join(root, "docs", "faults.md"), lines.join("\n"));
}
