import { expect, it } from "vitest";
import { outcomeSummary } from "./bulk-words";

it.each([
  [["done", "done", "conflict"], "2 done, 1 changed meanwhile"],
  [["not_found", "refused", "unchanged"], "1 unchanged, 1 refused, 1 not found"],
  [[], ""],
] as const)("%j", (outcomes, words) => {
  expect(outcomeSummary(outcomes.map((outcome) => ({ outcome })))).toBe(words);
});
