import fc from "fast-check";
import { expect, it } from "vitest";
import { clampLimit, decodeCursor, encodeCursor } from "./page";

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
  ["no binding", "123.id"],
  ["another list's binding", "b1.123.id"],
  ["a binding that only begins alike", "b0b.123.id"],
  ["no place", "b0."],
  ["no dot", "b0.123"],
  ["no time", "b0..id"],
  ["no id", "b0.123."],
  ["a time that is no number", "b0.abc.id"],
  ["a negative time", "b0.-1.id"],
  ["a time no date can hold", "b0.8640000000000001.id"],
  ["a rank that is no number", "b0.x~1.id"],
  ["nothing", ""],
])("decodeCursor refuses %s", (_, cursor) => {
  expect(decodeCursor(cursor, "b0")).toBeNull();
});

it("a place with a rank survives its cursor, and one without stays without", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(8_640_000_000_000), fc.string({ minLength: 1 }), (rank, atMs, id) => {
      expect(decodeCursor(encodeCursor({ atMs, id, rank }, "b0"), "b0")).toEqual({ atMs, id, rank });
    }),
  );
});

it("a place survives its cursor", () => {
  fc.assert(
    fc.property(fc.nat(8_640_000_000_000), fc.string({ minLength: 1 }), (atMs, id) => {
      expect(decodeCursor(encodeCursor({ atMs, id }, "b0"), "b0")).toEqual({ atMs, id });
    }),
  );
});
