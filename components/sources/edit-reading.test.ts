import { expect, it } from "vitest";
import { readingSummary, withMapping, withReading } from "./edit-reading";

it("a reading that says nothing any more is no reading", () => {
  const reading = withReading(undefined, { ignore_patterns: ["^GET /health"] });
  expect(reading).toEqual({ ignore_patterns: ["^GET /health"] });
  expect(withReading(reading, { ignore_patterns: [] })).toBeUndefined();
  expect(withReading(reading, { max_line_bytes: undefined, required_fields: [] })).toEqual(reading);
  expect(withReading({ minimum_risk_level: "low" }, { minimum_risk_level: undefined })).toBeUndefined();
});

it("a mapping takes and gives up fields", () => {
  const one = withMapping(undefined, "level", ["severity_text"]);
  expect(one).toEqual({ level: ["severity_text"] });
  expect(withMapping(one, "message", [])).toEqual({ level: ["severity_text"], message: [] });
  expect(withMapping(one, "level", null)).toEqual({});
});

it.each([
  [undefined, "as they come"],
  [{ ignore_patterns: ["a"] }, "1 pattern"],
  [
    { ignore_patterns: ["a"], trigger_patterns: ["b"], field_mapping: { level: ["x"] } },
    "2 patterns, 1 mapped",
  ],
  [{ maximum_risk_level: "high", expected_interval_seconds: 60 }, "own risk, silence alarm"],
])("%j reads %s", (reading, words) => {
  expect(readingSummary(reading)).toBe(words);
});
