import fc from "fast-check";
import { expect, it } from "vitest";
import { clampLimit, decodePlace, encodePlace } from "./page";

it.each([
  ["absent", undefined, 50],
  ["null", null, 50],
  ["within", 20, 20],
  ["none", 0, 1],
  ["negative", -5, 1],
  ["too many", 201, 200],
  ["a fraction", 10.9, 10],
])("clampLimit: %s", (_, given, limit) => {
  expect(clampLimit(given)).toBe(limit);
});

it.each([
  ["no dot", "123"],
  ["no time", ".id"],
  ["no id", "123."],
  ["a time that is no number", "abc.id"],
  ["a negative time", "-1.id"],
  ["a time no date can hold", "8640000000000001.id"],
  ["nothing", ""],
])("decodePlace refuses %s", (_, cursor) => {
  expect(decodePlace(cursor)).toBeNull();
});

it("a place survives its cursor", () => {
  fc.assert(
    fc.property(fc.nat(8_640_000_000_000), fc.string({ minLength: 1 }), (atMs, id) => {
      expect(decodePlace(encodePlace({ atMs, id }))).toEqual({ atMs, id });
    }),
  );
});
