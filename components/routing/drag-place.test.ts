import { expect, it } from "vitest";
import { placeAt } from "./drag-place";

const boxes = [0, 100, 200, 300].map((top) => ({ top, bottom: top + 100 }));

it.each([
  [2, 250, 2],
  [2, 160, 2],
  [2, 140, 1],
  [2, -50, 0],
  [2, 340, 2],
  [2, 360, 3],
  [0, 900, 3],
  [0, 260, 2],
  [3, 10, 0],
])("a row from place %i at height %i goes to %i", (from, y, place) => {
  expect(placeAt(boxes, y, from)).toBe(place);
});
