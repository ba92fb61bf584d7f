import { describe, expect, it } from "vitest";
import type { ActiveWindow } from "./route-condition";
import { closesAt, isAnyOpen, opensAt } from "./silence-window";

const at = (text: string) => Date.parse(text);
const berlin = (fields: Partial<ActiveWindow> = {}): ActiveWindow => ({
  ...{ zone: "Europe/Berlin", from: "09:00", to: "17:00" },
  ...fields,
});

/** Open or not, when that ends, when it begins. Berlin is UTC+2 in June, UTC+1 from 25 October 2026 on. */
it.each<[string, ActiveWindow[], string, boolean, string | null, string | null]>([
  ["a working day", [berlin()], "2026-06-29T12:00:30Z", true, "2026-06-29T15:00:00Z", null],
  ["its first minute", [berlin()], "2026-06-29T07:00:00Z", true, "2026-06-29T15:00:00Z", null],
  ["the minute after its last", [berlin()], "2026-06-29T15:00:00Z", false, null, "2026-06-30T07:00:00Z"],
  ["a weekend", [berlin({ days: ["mon"] })], "2026-07-04T12:00:00Z", false, null, "2026-07-06T07:00:00Z"],
  [
    "a night that began the day before",
    [berlin({ days: ["mon"], from: "22:00", to: "06:00" })],
    "2026-06-30T01:00:00Z",
    true,
    "2026-06-30T04:00:00Z",
    null,
  ],
  [
    "windows that touch are one",
    [berlin(), berlin({ from: "17:00", to: "18:00" })],
    "2026-06-29T12:00:00Z",
    true,
    "2026-06-29T16:00:00Z",
    null,
  ],
  [
    "windows of two zones that overlap are one",
    [berlin(), { zone: "UTC", from: "14:30", to: "15:30" }],
    "2026-06-29T12:00:00Z",
    true,
    "2026-06-29T15:30:00Z",
    null,
  ],
  [
    "whole days never shut",
    [berlin({ from: "00:00", to: "24:00" })],
    "2026-06-29T12:00:00Z",
    true,
    null,
    null,
  ],
  [
    "the hour that comes twice is open both times",
    [berlin({ from: "02:00", to: "03:00" })],
    "2026-10-25T00:30:00Z",
    true,
    "2026-10-25T02:00:00Z",
    null,
  ],
  [
    "an hour that does not come is left out",
    [berlin({ from: "02:00", to: "03:00" })],
    "2026-03-29T00:59:00Z",
    false,
    null,
    "2026-03-30T00:00:00Z",
  ],
  [
    "a window into the hour that does not come ends with the clock",
    [berlin({ from: "01:00", to: "02:30" })],
    "2026-03-29T00:30:00Z",
    true,
    "2026-03-29T01:00:00Z",
    null,
  ],
  [
    "a zone that nobody knows is never open",
    [berlin({ zone: "Mars/Olympus" })],
    "2026-06-29T12:00:00Z",
    false,
    null,
    null,
  ],
])("%s", (_, windows, now, open, closes, opens) => {
  const nowMs = at(now);
  const iso = (atMs: number | null) =>
    atMs === null ? null : new Date(atMs).toISOString().replace(".000Z", "Z");
  expect(isAnyOpen(windows, nowMs)).toBe(open);
  if (open) expect(iso(closesAt(windows, nowMs))).toBe(closes);
  else expect(iso(opensAt(windows, nowMs))).toBe(opens);
});

describe("no windows", () => {
  it("are all the time", () => {
    expect([isAnyOpen([], 0), closesAt([], 0), opensAt([], 5)]).toEqual([true, null, 5]);
  });
});
