import { expect, it } from "vitest";
import { settleRows } from "./steady-rows";

it.each([
  ["the first reading is shown as it is", [], ["b", "a"], true, ["b", "a"], []],
  ["nothing changed", ["b", "a"], ["b", "a"], true, ["b", "a"], []],
  ["a newer row waits", ["b", "a"], ["c", "b", "a"], true, ["b", "a"], ["c"]],
  ["a repeat that moved to the top keeps its place", ["b", "a"], ["a", "b"], true, ["b", "a"], []],
  ["an older page is appended", ["d", "c"], ["d", "c", "b", "a"], false, ["d", "c", "b", "a"], []],
  ["a row that is gone leaves a whole list", ["b", "a"], ["b"], true, ["b"], []],
  ["a row that slid off the end of a part stays", ["b", "a"], ["c", "b"], false, ["b", "a"], ["c"]],
  ["new above and older below at once", ["c"], ["d", "c", "b"], true, ["c", "b"], ["d"]],
  ["everything was replaced", ["b", "a"], ["d", "c"], true, ["d", "c"], []],
])("%s", (_case, shown, incoming, complete, expectShown, expectWaiting) => {
  expect(settleRows(shown as string[], incoming as string[], complete as boolean)).toEqual({
    shown: expectShown,
    waiting: expectWaiting,
  });
});
