import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "./canonical-json";

it.each<[string, unknown, string]>([
  ["names in order", { b: 1, a: 2 }, '{"a":2,"b":1}'],
  ["names in order at every depth", [{ d: { z: null, y: [] } }], '[{"d":{"y":[],"z":null}}]'],
  ["an absent member is no member", { a: undefined, b: 1 }, '{"b":1}'],
  ["an absent item is null", [undefined, 1], "[null,1]"],
  ["capitals before small letters", { a: 1, B: 2 }, '{"B":2,"a":1}'],
  ["numbers as JavaScript writes them", [1.0, 1e21, -0, 0.1], "[1,1e+21,0,0.1]"],
  ["text is escaped as JSON does", 'a"\n€', '"a\\"\\n€"'],
  ["nothing", {}, "{}"],
])("%s", (_, value, expected) => {
  expect(canonicalJson(value)).toBe(expected);
});

it.each([
  ["not a number", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["a bigint", 1n],
  ["a function", () => 1],
])("refuses %s", (_, value) => {
  expect(() => canonicalJson({ value })).toThrow(TypeError);
});

it("does not depend on the order of members, and reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const written = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(written);
      expect(canonicalJson(JSON.parse(written))).toBe(written);
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}
