import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochMs, timeAt, timeOfValue } from "./log-timestamp";

const now = Date.UTC(2026, 6, 1, 12);
const noon = Date.UTC(2026, 5, 29, 12, 0, 1);
const iso = (ms: number | null | undefined) =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();

describe("a time at the beginning of a line", () => {
  it.each([
    ["2026-06-29T12:00:01Z x", noon],
    ["2026-06-29 12:00:01,123 ERROR", noon + 123],
    ["2026-06-29T12:00:01.123456789Z stdout", noon + 123],
    ["2026-06-29T14:00:01.5+02:00 x", noon + 500],
    ["2026-06-29T14:00:01+0200 x", noon],
    ["2026-06-29 10:00:01 -02:00 x", noon],
    ["2026/06/29 12:00:01 [error]", noon],
    ["2026-06-29 12:00:01 UTC [123]", noon],
    ["2026-06-29:12:00:01 x", noon],
    ["2026-06-29 12:00 x", noon - 1_000],
    ["20260629 12:00:01 x", noon],
    ["20260629T120001Z x", noon],
    ["29/Jun/2026:12:00:01 +0000] GET", noon],
    ["29-Jun-2026 12:00:01 UTC] PHP", noon],
    ["29 Jun 2026 12:00:01.250 # redis", noon + 250],
    ["Mon, 29 Jun 2026 12:00:01 GMT", noon],
    ["Mon Jun 29 12:00:01.123456 2026] [core:error]", noon + 123],
    ["Mon Jun 29 12:00:01 UTC 2026 x", noon],
    ["Jun 29 12:00:01 host", noon],
    ["Jun  9 12:00:01 host", noon - 20 * 86_400_000],
    // Not more than a day after now: the year before.
    ["Jul 30 12:00:01 host", Date.UTC(2025, 6, 30, 12, 0, 1)],
    ["1782734401 x", noon],
    ["1782734401.250 x", noon + 250],
    ["1782734401123 x", noon + 123],
    ["2026-06-30T23:59:60Z leap", Date.UTC(2026, 6, 1)],
  ])("%s", (text, expected) => expect(iso(timeAt(text, 0, now)?.ms())).toBe(iso(expected)));

  it.each(["12:00:01.123 [main]", "2026-13-29 12:00:01 x", "2026-06-29 12:61:01 x", "2026-06-00 12:00:01"])(
    "%s is a time of which no moment is told",
    (text) => expect(timeAt(text, 0, now)?.ms()).toBeNull(),
  );

  it.each([
    "error",
    "123 x",
    "Abc 29 12:00:01",
    "2026 was a year",
    "12345678901 x",
    "",
    "Jun",
    "1.2.3.4 - -",
  ])("%j is none", (text) => expect(timeAt(text, 0, now)).toBeNull());

  it("without a clock a line without a year has no moment", () =>
    expect(timeAt("Jun 29 12:00:01 host", 0)?.ms()).toBeNull());

  it("says where it ends", () => expect(timeAt("[2026-06-29T12:00:01Z] x", 1)?.end).toBe(21));
});

describe("a time as a value", () => {
  it.each([
    [1_782_734_401, noon],
    [1_782_734_401.5, noon + 500],
    [1_782_734_401_123, noon + 123],
    [1_782_734_401_123_456, noon + 123],
    ["2026-06-29T12:00:01Z", noon],
    [" 2026-06-29T12:00:01Z ", noon],
    [5, null],
    [-1, null],
    [Number.NaN, null],
    ["soon", null],
    [true, null],
    [null, null],
    [{}, null],
  ])("%j", (value, expected) => expect(iso(timeOfValue(value, now))).toBe(iso(expected)));

  it.each([0, 1e8, 1e11, 1e14, 1e17, 1e20])("%d is of no known unit", (value) =>
    expect(epochMs(value)).toBeNull(),
  );
});

it("total over any text", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(20), (text, at) => {
      const found = timeAt(text, at, now);
      if (found) expect(found.end).toBeGreaterThan(at);
      expect(Number.isNaN(found?.ms() ?? 0)).toBe(false);
    }),
  );
  fc.assert(
    fc.property(
      fc.date({ min: new Date("2001-09-10"), max: new Date("2200-01-01"), noInvalidDate: true }),
      (date) => {
        expect(timeAt(date.toISOString(), 0)?.ms()).toBe(date.getTime());
      },
    ),
  );
});
