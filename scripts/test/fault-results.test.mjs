import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readFaultResults, writeFaultResults } from "./fault-results.mjs";

let root;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-faults-"));
  fs.mkdirSync(path.join(root, "docs"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

it("reads what the tests appended, and nothing from a run that wrote nothing", () => {
  const file = path.join(root, "results");
  expect(readFaultResults(file)).toEqual([]);
  const row = { fault: "kill -9", rounds: 3, found: "0 lost", seconds: 7 };
  fs.writeFileSync(file, `${JSON.stringify(row)}\n${JSON.stringify({ ...row, fault: "SIGTERM" })}\n`);
  expect(readFaultResults(file).map(({ fault }) => fault)).toEqual(["kill -9", "SIGTERM"]);
});

const read = () => fs.readFileSync(path.join(root, "docs", "faults.md"), "utf8");
const row = (fault, found = "0 lost") => ({ fault, rounds: 3, found, seconds: 7 });
const whole = { on: new Date(0), isWhole: true, machine: "an old one" };

it("writes one row a fault, whatever its words hold", () => {
  writeFaultResults(root, [row("a | b")], whole);
  expect(read()).toContain("| a \\| b | 3 | 0 lost | 7 | 1970-01-01 |");
  expect(read()).toContain("- 1970-01-01: an old one");
});

it("a run of some replaces their rows in place, adds new ones, and says which machine each is of", () => {
  writeFaultResults(root, [row("a | b"), row("clock"), row("disk")], whole);
  const later = { on: new Date(86_400_000), isWhole: false, machine: "a new one" };
  writeFaultResults(root, [row("new"), row("clock", "1 twice")], later);
  expect(
    read()
      .split("\n")
      .filter((line) => /^(\| [^F-]|- )/.test(line)),
  ).toEqual([
    "- 1970-01-01: an old one",
    "- 1970-01-02: a new one",
    "| a \\| b | 3 | 0 lost | 7 | 1970-01-01 |",
    "| clock | 3 | 1 twice | 7 | 1970-01-02 |",
    "| disk | 3 | 0 lost | 7 | 1970-01-01 |",
    "| new | 3 | 0 lost | 7 | 1970-01-02 |",
  ]);
});

it("a run of all leaves nothing of the ones before", () => {
  writeFaultResults(root, [row("gone")], whole);
  writeFaultResults(root, [row("here")], { on: new Date(86_400_000), isWhole: true, machine: "a new one" });
  expect(read()).not.toContain("gone");
  expect(read()).not.toContain("1970-01-01");
});
