import { describe, expect, it } from "vitest";
import { makersOf, propertiesOf } from "./suspect-makers";
import type { Place } from "./suspect-place";

const placeOf = (path: string, focus: string, depth = 0): Place => ({
  ...{ path, line: 1, depth, functionName: null, fromLine: 1, toLine: 1, focus, lines: [focus] },
});

describe("functions that make the failing value", () => {
  it.each<[string, string, string, string[], string, Array<[string, number]>]>([
    [
      "a field of a record",
      "a.js",
      "for (const s of boat.sails)",
      ["sails"],
      "return { sails: rig(x) };",
      [["rig", 1]],
    ],
    ["a variable", "a.py", "return mast.height", [], "mast = yard.mast_of(boat)", [["mast_of", 0.6]]],
    ["awaited", "a.ts", "return mast.height;", ["mast"], "const mast = await yard.raise(1);", [["raise", 1]]],
    ["in Go", "a.go", "return mast.Height", [], "\tmast := build(1)", [["build", 0.6]]],
    ["what is given to another name", "a.js", "return mast.height;", [], "const keel = build(1);", []],
    ["a value that no function makes", "a.js", "return mast.height;", [], "const mast = (1 + 2);", []],
  ])("%s", (_, path, focus, named, line, makers) =>
    expect([...makersOf([placeOf(path, focus)], new Set(named), new Map([["b/" + path, line]]))]).toEqual(
      makers,
    ),
  );

  it("says less further up the stack, and nothing beyond the second place", () => {
    const places = [placeOf("a.js", "x()"), placeOf("a.js", "mast.up()", 1), placeOf("a.js", "keel.up()", 2)];
    const files = new Map([["b.js", "const mast = m();\nconst keel = k();"]]);
    expect([...makersOf(places, new Set(), files)]).toEqual([["m", 0.6 * 0.7]]);
  });
});

it("functions that are read like fields", () => {
  const files = new Map([
    ["a.ts", "class A {\n  get length() {\n    return 1;\n  }\n  size() {\n  }\n}"],
    [
      "a.py",
      "class A:\n    @property\n    def total(self):\n        pass\n\n    def count(self):\n        pass",
    ],
    ["b.py", "class B:\n    @cached_property\n    @traced\n    def sum(self):\n        pass"],
  ]);
  expect([...propertiesOf(files)]).toEqual(["length", "total", "sum"]);
});
