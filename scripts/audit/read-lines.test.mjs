import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readLines } from "./read-lines.mjs";

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "read-lines-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function linesOf(text) {
  const file = path.join(folder, "lines");
  fs.writeFileSync(file, text);
  const lines = [];
  for await (const some of readLines(file)) lines.push(...some);
  return lines;
}

it("breaks lines at line feeds alone, and characters nowhere", async () => {
  const text = fc.array(fc.constantFrom("a", "\n", "\u2028", "\r", "\u20ac", "\u{1f600}"), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      expect(await linesOf(parts.join(""))).toEqual(parts.join("").split("\n"));
    }),
    { numRuns: 40 },
  );
});

it("puts a line together that is longer than a chunk, and one that a chunk cuts in a character", async () => {
  const long = "\u20ac".repeat(300_000);
  expect(await linesOf(`x\n${long}\n${long}y\n`)).toEqual(["x", long, `${long}y`, ""]);
});
