import { expect, it } from "vitest";
import { added, nothingSelected, ranged, selectionMax, toggled } from "./draft-selection";

const order = ["a", "b", "c", "d", "e"];
const ids = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].sort();

it("marks a row and takes the mark off", () => {
  const one = toggled(nothingSelected, "b");
  expect([ids(one), one.anchor]).toEqual([["b"], "b"]);
  expect(ids(toggled(one, "b"))).toEqual([]);
});

it.each([
  ["down from the last mark", "b", "d", ["b", "c", "d"]],
  ["up from the last mark", "d", "b", ["b", "c", "d"]],
  ["the row itself", "c", "c", ["c"]],
  ["a row that is not in the list", "c", "z", ["c"]],
  ["an anchor that left the list", "z", "b", ["b", "z"]],
])("a range: %s", (_, anchor, to, marked) => {
  expect(ids(ranged(toggled(nothingSelected, anchor), to, order))).toEqual(marked);
});

it("a range without an anchor is the row", () => {
  expect(ids(ranged(nothingSelected, "d", order))).toEqual(["d"]);
});

it("ends at what one call takes", () => {
  const many = Array.from({ length: selectionMax + 5 }, (_, index) => `row-${index}`);
  const full = added(nothingSelected, many);
  expect(full.ids.size).toBe(selectionMax);
  expect(toggled(full, "one more").ids.size).toBe(selectionMax);
  expect(toggled(full, "row-0").ids.size).toBe(selectionMax - 1);
});
