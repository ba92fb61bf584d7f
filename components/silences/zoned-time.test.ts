import { expect, it } from "vitest";
import { zonedMs, zonedText } from "./zoned-time";

it.each([
  ["2026-03-12T14:05", "UTC", "2026-03-12T14:05:00Z"],
  ["2026-03-12T14:05", "Europe/Berlin", "2026-03-12T13:05:00Z"],
  ["2026-07-12T14:05", "Europe/Berlin", "2026-07-12T12:05:00Z"],
  ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00Z"],
  ["2026-01-01T00:10", "Asia/Kathmandu", "2025-12-31T18:25:00Z"],
])("%s in %s", (text, zone, utc) => {
  expect(zonedMs(text, zone)).toBe(Date.parse(utc));
  expect(zonedText(Date.parse(utc), zone)).toBe(text);
});

it.each(["", "2026-03-12", "soon", "2026-13-12T00:00"])("%s is no time", (text) => {
  expect(zonedMs(text, "UTC")).toBeNull();
});
