import { expect, it } from "vitest";
import { chartMarks } from "./chart-marks";

it.each([
  [
    "outside is left out",
    [
      { at: -1, label: "a" },
      { at: 101, label: "b" },
    ],
    [],
  ],
  ["unknown is left out", [{ at: undefined, label: "a" }], []],
  [
    "sorted by time",
    [
      { at: 80, label: "b" },
      { at: 10, label: "a" },
    ],
    ["a", "b"],
  ],
  [
    "too near to read is left out",
    [
      { at: 10, label: "a" },
      { at: 15, label: "b" },
    ],
    ["a"],
  ],
])("%s", (_case, candidates, labels) => {
  expect(chartMarks(candidates, 0, 100).map((mark) => mark.label)).toEqual(labels);
});
