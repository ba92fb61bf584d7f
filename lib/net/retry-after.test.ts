import { expect, it } from "vitest";
import { parseRetryAfter } from "./retry-after";

const nowMs = Date.UTC(2026, 5, 29, 12, 0, 0);

it.each([
  [undefined, undefined],
  ["", undefined],
  ["0", 0],
  ["120", 120_000],
  [" 7 ", 7_000],
  ["9999999999", 31 * 86_400_000],
  ["-5", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["2026", 2_026_000],
  ["2026-06-29T12:00:30Z", undefined],
  ["Mon, 29 Jun 2026 12:00:30 GMT", 30_000],
  ["Monday, 29-Jun-26 12:00:30 GMT", 30_000],
  ["Mon Jun 29 12:00:30 2026", 30_000],
  ["Mon, 29 Jun 2026 11:00:00 GMT", 0],
  ["Mon, 99 Foo 2026", undefined],
])("Retry-After %j is %j ms", (value, expected) => {
  expect(parseRetryAfter(value, nowMs)).toBe(expected);
});
