import { describe, expect, it } from "vitest";
import {
  cameBack,
  quietMaxMs,
  type Resolution,
  type Snooze,
  type SnoozeWish,
  snoozeRefusal,
  wakeOf,
} from "./quiet";

const now = 1_000_000;
const by = { kind: "user", id: "ada", name: "Ada" } as const;
const snooze = (fields: Partial<Snooze>): Snooze => ({
  ...{ untilMs: null, untilCount: null, untilNextRelease: false, reason: null, by, atMs: now - 10 },
  ...fields,
});

describe("what a snooze must say", () => {
  const wish: SnoozeWish = { untilMs: null, furtherCount: null, nextRelease: false };
  it.each<[string, Partial<SnoozeWish>, string | null]>([
    ["no end", {}, "snooze_endless"],
    ["a time that has passed", { untilMs: now }, "end_passed"],
    ["more than a year", { untilMs: now + quietMaxMs + 1 }, "end_too_far"],
    ["a year", { untilMs: now + quietMaxMs }, null],
    ["no sighting", { furtherCount: 0 }, "count_out_of_range"],
    ["one sighting", { furtherCount: 1 }, null],
    ["no sighting beside a time", { untilMs: now + 1, furtherCount: 0 }, "count_out_of_range"],
    [
      "more than a column counts, beside a time",
      { untilMs: now + 1, furtherCount: 3e9 },
      "count_out_of_range",
    ],
    ["a time that has passed beside a count", { untilMs: now, furtherCount: 1 }, "end_passed"],
    ["the next release", { nextRelease: true }, null],
  ])("%s", (_, fields, code) => {
    expect(snoozeRefusal({ ...wish, ...fields }, now)?.code ?? null).toBe(code);
  });
});

describe("what wakes an incident", () => {
  const facts = { snooze: null, mute: null, occurrenceCount: 5, newRelease: null };
  it.each([
    ["nothing, while its time runs", { snooze: snooze({ untilMs: now + 1 }) }, null],
    ["its time", { snooze: snooze({ untilMs: now }) }, "time_over"],
    ["nothing, below its count", { snooze: snooze({ untilCount: 6 }) }, null],
    ["its count", { snooze: snooze({ untilCount: 5 }) }, "count_reached"],
    ["no release, unless it was named", { snooze: snooze({ untilCount: 9 }), newRelease: "2" }, null],
    ["a new release", { snooze: snooze({ untilNextRelease: true }), newRelease: "2" }, "new_release"],
    ["no release while there is none", { snooze: snooze({ untilNextRelease: true }) }, null],
    [
      "the release before the time",
      { snooze: snooze({ untilMs: now, untilNextRelease: true }), newRelease: "2" },
      "new_release",
    ],
    [
      "no count of a mute",
      { mute: { untilMs: now + 1, reason: null, by, atMs: 0 }, occurrenceCount: 1e6 },
      null,
    ],
    ["the end of a mute", { mute: { untilMs: now, reason: null, by, atMs: 0 } }, "mute_over"],
  ] as const)("%s", (_, fields, code) => {
    expect(wakeOf({ ...facts, ...fields }, now)?.why.code ?? null).toBe(code);
  });
});

describe("what was resolved", () => {
  const resolution: Resolution = {
    ...{ atMs: now, by, how: "by_hand", reason: null, release: "1.0" },
    ...{ cameBackAtMs: null, cameBackRelease: null },
  };
  it("came back with its first sighting after, and names the release", () => {
    const back = cameBack(resolution, { atMs: now + 1, release: "1.1" });
    expect(back).toEqual({ ...resolution, cameBackAtMs: now + 1, cameBackRelease: "1.1" });
  });
  it.each([
    ["never seen again", resolution, null],
    ["seen at that very moment", resolution, { atMs: now, release: null }],
    ["came back before", { ...resolution, cameBackAtMs: now + 1 }, { atMs: now + 2, release: null }],
  ] as const)("stays as it is: %s", (_, was, first) => {
    expect(cameBack(was, first)).toBeNull();
  });
});
