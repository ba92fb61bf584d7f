import { expect, it } from "vitest";
import { type Day, dayWords, knownZones, timeFrom, windowWords, zonesLike } from "./window-words";

it.each<[Day[], string]>([
  [[], "every day"],
  [["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "every day"],
  [["fri", "mon", "tue", "wed", "thu"], "Mon to Fri"],
  [["sat", "sun"], "Sat, Sun"],
  [["mon", "wed", "fri"], "Mon, Wed, Fri"],
])("%j", (chosen, words) => {
  expect(dayWords(chosen)).toBe(words);
});

it("says that a window ends the next day", () => {
  const zone = "Europe/Berlin";
  expect(windowWords({ zone, days: ["fri"], from: "22:00", to: "06:00" })).toBe(
    "Fri 22:00 to 06:00 the next day, Europe/Berlin",
  );
  expect(windowWords({ zone, from: "00:00", to: "24:00" })).toBe("every day 00:00 to 24:00, Europe/Berlin");
});

it.each([
  ["9", "09:00"],
  ["930", "09:30"],
  [" 22:15 ", "22:15"],
  ["24:00", "24:00"],
  ["24:30", "24:30"],
  ["noon", "noon"],
  ["", ""],
])("%s is taken as %s", (text, time) => {
  expect(timeFrom(text)).toBe(time);
});

it.each([
  ["berlin", "Europe/Berlin"],
  ["new york", "America/New_York"],
  ["Asia/Kolkata", "Asia/Kolkata"],
  ["utc", "UTC"],
])("%s finds %s", (text, zone) => {
  expect(zonesLike(text)).toContain(zone);
});

it.each(["Europe/Nowhere", "+02:00", "kath"])("%s finds nothing it should not", (text) => {
  expect(zonesLike(text)).toEqual([]);
});

it("knows UTC and the zones of places", () => {
  expect(knownZones()).toEqual(expect.arrayContaining(["UTC", "Europe/Berlin"]));
});
