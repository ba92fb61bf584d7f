import { describe, expect, it } from "vitest";
import { clockTime, durationWords, exactTime, relativeWords, shortWords } from "./format-time";

const now = Date.parse("2026-03-12T03:14:08.390Z");
const minute = 60_000;
const hour = 60 * minute;

describe("times in words", () => {
  it.each([
    [45_000, "45 s", "45 s ago", "45s"],
    [6 * minute, "6 min", "6 min ago", "6m"],
    [72 * minute, "1 h 12 min", "1 h ago", "1h"],
    [26 * hour, "26 h", "26 h ago", "1d"],
    [120 * hour, "5 d", "5 d ago", "5d"],
  ])("%i ms", (span, duration, relative, short) => {
    expect(durationWords(span)).toBe(duration);
    expect(relativeWords(now - span, now)).toBe(relative);
    expect(shortWords(now - span, now)).toBe(short);
  });

  it("looks ahead", () => {
    expect(relativeWords(now + 71 * hour + 54 * minute, now)).toBe("in 71 h");
  });

  it("calls the last seconds now", () => {
    expect(relativeWords(now - 3000, now)).toBe("now");
  });

  it("gives the exact time with its zone", () => {
    expect(exactTime(now, "UTC")).toBe("12 Mar 2026, 03:14:08 UTC");
    expect(clockTime(now, "UTC", "ms")).toBe("03:14:08.390");
    expect(clockTime(now, "Europe/Berlin", "minute")).toBe("04:14");
  });
});
