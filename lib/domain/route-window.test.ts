import { describe, expect, it } from "vitest";
import type { ActiveWindow, DayOfWeek } from "./route-condition";
import { isOpen, isTimeZone, localTime, minutesOf, neverOpens, nowWords, windowWords } from "./route-window";

const at = (iso: string) => Date.parse(iso);
const window = (from: string, to: string, days?: DayOfWeek[], zone = "Europe/Berlin"): ActiveWindow => ({
  ...{ zone, from, to },
  ...(days && { days }),
});

describe("zones", () => {
  it.each([
    ["Europe/Berlin", true],
    ["America/Argentina/Buenos_Aires", true],
    ["UTC", true],
    ["Etc/GMT+5", true],
    ["Mars/Olympus", false],
    ["+02:00", false],
    ["CEST", false],
    ["", false],
    ["Europe/Berlin ", false],
    ["../../etc/passwd", false],
  ])("%j: %s", (zone, known) => {
    expect(isTimeZone(zone)).toBe(known);
  });

  it("tells the time of each, minute by minute", () => {
    const noon = at("2026-07-01T12:00:59Z");
    expect(localTime("UTC", noon)).toEqual({ day: 2, minute: 720 });
    expect(localTime("Europe/Berlin", noon)).toEqual({ day: 2, minute: 840 });
    expect(localTime("Asia/Kathmandu", noon)).toEqual({ day: 2, minute: 1_065 });
    expect(localTime("Pacific/Kiritimati", noon)).toEqual({ day: 3, minute: 120 });
    expect(localTime("Europe/Berlin", noon + 1_000)).toEqual({ day: 2, minute: 841 });
    expect(localTime("Europe/Berlin", Number.NaN)).toBeNull();
    expect(localTime("Nowhere/Else", noon)).toBeNull();
  });
});

describe("windows", () => {
  // 2026-07-01 is a Wednesday; Berlin is two hours ahead of UTC then.
  it.each<[string, ActiveWindow, string, boolean]>([
    ["inside", window("09:00", "17:00"), "2026-07-01T10:00Z", true],
    ["its first minute", window("09:00", "17:00"), "2026-07-01T07:00Z", true],
    ["the minute before", window("09:00", "17:00"), "2026-07-01T06:59:59Z", false],
    ["its last minute", window("09:00", "17:00"), "2026-07-01T14:59:59Z", true],
    ["its end is outside", window("09:00", "17:00"), "2026-07-01T15:00Z", false],
    ["a day it is for", window("09:00", "17:00", ["wed"]), "2026-07-01T10:00Z", true],
    ["another day", window("09:00", "17:00", ["tue", "thu"]), "2026-07-01T10:00Z", false],
    ["the day is the zone's", window("00:00", "01:00", ["thu"]), "2026-07-01T22:30Z", true],
    ["overnight, the evening", window("22:00", "06:00", ["wed"]), "2026-07-01T20:30Z", true],
    ["overnight, the next morning", window("22:00", "06:00", ["wed"]), "2026-07-02T03:59Z", true],
    ["overnight, its end", window("22:00", "06:00", ["wed"]), "2026-07-02T04:00Z", false],
    ["overnight, the morning of its own day", window("22:00", "06:00", ["wed"]), "2026-07-01T03:00Z", false],
    ["overnight from Sunday to Monday", window("22:00", "06:00", ["sun"]), "2026-07-06T02:00Z", true],
    ["a whole day", window("00:00", "24:00"), "2026-07-01T21:59:59Z", true],
    ["until midnight", window("22:00", "00:00"), "2026-07-01T21:59Z", true],
    ["and no longer", window("22:00", "00:00"), "2026-07-01T22:00Z", false],
    ["it ends where it begins: never", window("09:00", "09:00"), "2026-07-01T07:00Z", false],
    [
      "a zone nobody knows: never",
      window("00:00", "24:00", undefined, "No/Where"),
      "2026-07-01T10:00Z",
      false,
    ],
    ["a time that is none: never", window("9", "17:00"), "2026-07-01T10:00Z", false],
  ])("%s", (_, asked, iso, open) => {
    expect(isOpen(asked, at(iso))).toBe(open);
  });

  // Berlin: 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00, so that 02:30 comes twice.
  it.each<[string, ActiveWindow, string, boolean]>([
    ["winter: an hour ahead of UTC", window("09:00", "17:00"), "2026-03-28T08:00Z", true],
    ["summer: two hours ahead", window("09:00", "17:00"), "2026-03-29T07:00Z", true],
    ["the hour that is left out: before it", window("02:00", "03:00"), "2026-03-29T00:59Z", false],
    ["the hour that is left out: after it", window("02:00", "03:00"), "2026-03-29T01:00Z", false],
    ["a window that begins in it begins behind it", window("02:30", "04:00"), "2026-03-29T01:00Z", true],
    ["and ends by the clock", window("02:30", "04:00"), "2026-03-29T02:00Z", false],
    ["the hour that comes twice: the first time", window("02:00", "03:00"), "2026-10-25T00:30Z", true],
    ["the hour that comes twice: the second time", window("02:00", "03:00"), "2026-10-25T01:30Z", true],
    ["and then it is over", window("02:00", "03:00"), "2026-10-25T02:00Z", false],
    ["overnight over the change", window("22:00", "06:00", ["sat"]), "2026-10-25T04:59Z", true],
    ["overnight over the change, its end", window("22:00", "06:00", ["sat"]), "2026-10-25T05:00Z", false],
  ])("summer time, %s", (_, asked, iso, open) => {
    expect(isOpen(asked, at(iso))).toBe(open);
  });

  it.each([
    ["00:00", 0],
    ["09:30", 570],
    ["24:00", 1_440],
    ["24:01", null],
    ["9:30", null],
    ["12:60", null],
    ["", null],
  ])("%j is minute %s of a day", (time, minutes) => {
    expect(minutesOf(time)).toBe(minutes);
  });

  it.each([
    [window("09:00", "09:00"), true],
    [window("24:00", "00:00"), true],
    [window("00:00", "24:00"), false],
    [window("22:00", "06:00"), false],
  ])("%j never opens: %s", (asked, never) => {
    expect(neverOpens(asked)).toBe(never);
  });

  it("says itself and the time in its zones", () => {
    const night = window("22:00", "06:00", ["mon", "tue"]);
    expect(windowWords(night)).toBe("Mon, Tue 22:00-06:00 Europe/Berlin");
    expect(windowWords(window("00:00", "24:00", undefined, "UTC"))).toBe("00:00-24:00 UTC");
    const zones = [night, night, window("00:00", "01:00", undefined, "UTC")];
    expect(nowWords(zones, at("2026-07-01T12:05Z"))).toBe("Wed 14:05 Europe/Berlin; Wed 12:05 UTC");
  });
});
