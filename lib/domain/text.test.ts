import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeLists, normaliseKey, normaliseList, storable, truncate, truncationMark } from "./text";

describe("truncate", () => {
  it.each([
    ["short enough", "abc", 3, "abc"],
    ["one too long", "abcd", 3, `abc${truncationMark}`],
    ["a pair at the edge goes whole", "ab😀", 3, `ab${truncationMark}`],
    ["a pair that fits stays", "a😀b", 3, `a😀${truncationMark}`],
    ["nothing allowed", "abc", 0, truncationMark],
    ["nothing given", "", 0, ""],
  ])("%s", (_, text, limit, expected) => {
    expect(truncate(text, limit)).toBe(expected);
  });

  it("never splits a pair, never keeps more than asked, and always keeps a beginning", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, limit) => {
        const cut = truncate(text, limit);
        const kept = cut === text ? text : cut.slice(0, -truncationMark.length);
        expect(cut.isWellFormed()).toBe(true);
        expect(text.startsWith(kept)).toBe(true);
        expect(cut === text || kept.length <= limit).toBe(true);
      }),
    );
  });
});

it.each([
  ["order of first sight", ["b", "a", "b"], ["b", "a"]],
  ["trimmed before it is compared", [" a", "a "], ["a"]],
  ["blanks are nothing", ["", "  "], []],
  ["case is kept and tells apart", ["A", "a"], ["A", "a"]],
])("normaliseList: %s", (_, rows, expected) => {
  expect(normaliseList(rows)).toEqual(expected);
});

it("mergeLists keeps the first lists' rows when the limit cuts", () => {
  expect(mergeLists(3, ["a", "b"], ["b", "c"], ["d"])).toEqual(["a", "b", "c"]);
});

it.each([
  ["trimmed and lower case", "  High ", "high"],
  ["blank", "  ", null],
  ["null", null, null],
  ["absent", undefined, null],
  ["only ASCII changes: the Turkish dotless I stays", "İı", "İı"],
])("normaliseKey: %s", (_, value, expected) => {
  expect(normaliseKey(value)).toBe(expected);
});

it("storable text holds no NUL and no half pair, and storing it again changes nothing", () => {
  expect(storable("a\u0000b\ud83dc")).toBe("a\uFFFDb\uFFFDc");
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff)), (units) => {
      const text = String.fromCharCode(...units);
      const stored = storable(text);
      expect(stored.isWellFormed() && !stored.includes("\u0000")).toBe(true);
      expect(storable(stored)).toBe(stored);
    }),
  );
});
