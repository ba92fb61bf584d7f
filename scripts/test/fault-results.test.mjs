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

it("writes one row a fault, whatever its words hold", () => {
  const row = { fault: "a | b", rounds: 3, found: "0 lost", seconds: 7 };
  writeFaultResults(root, [row], new Date(0));
  const text = fs.readFileSync(path.join(root, "docs", "faults.md"), "utf8");
  expect(text).toContain("| a \\| b | 3 | 0 lost | 7 |");
  expect(text).toContain("1970-01-01");
});
