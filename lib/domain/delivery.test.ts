import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterAttempt, type NextStep, type PublishOutcome, retryDelayMs } from "./delivery";
import { reason } from "./reason";

const because = reason("status", "answered 500");
const hour = 3_600_000;

describe("case 111: what an attempt leads to", () => {
  it.each<[string, PublishOutcome, number, NextStep]>([
    ["published", { outcome: "published", receipt: {} }, 1, { state: "published" }],
    [
      "the first failure that may pass is retried",
      { outcome: "retryable", reason: because },
      1,
      { state: "retrying", delayMs: 1_000, reason: because },
    ],
    [
      "the receiver's wait is honoured",
      { outcome: "retryable", reason: because, retryAfterMs: 30_000 },
      1,
      { state: "retrying", delayMs: 30_000, reason: because },
    ],
    [
      "the last attempt gives up",
      { outcome: "retryable", reason: because },
      10,
      { state: "failed", reason: because, gaveUp: true, disableDestination: false },
    ],
    [
      "a refusal is not repeated",
      { outcome: "rejected", reason: because },
      1,
      { state: "failed", reason: because, gaveUp: false, disableDestination: false },
    ],
    [
      "a destination that is gone is stopped",
      { outcome: "rejected", reason: because, disableDestination: true },
      1,
      { state: "failed", reason: because, gaveUp: false, disableDestination: true },
    ],
    [
      "a lost reply of something that may not be repeated waits for a person",
      { outcome: "ambiguous", reason: because },
      1,
      { state: "ambiguous", reason: because },
    ],
  ])("%s", (_, outcome, attempt, step) => {
    expect(afterAttempt(outcome, attempt, 10, 0.5)).toEqual(step);
  });

  it("one attempt allowed is one attempt", () => {
    const step = afterAttempt({ outcome: "retryable", reason: because }, 1, 1, 0.5);
    expect(step).toMatchObject({ state: "failed", gaveUp: true });
  });
});

describe("waits (D-11)", () => {
  const attempts = [1, 2, 3, 4, 5, 6, 7, 8, 9];

  it("ten attempts span about 75 hours on average", () => {
    const spanMs = attempts.reduce((sum, attempt) => sum + retryDelayMs(attempt, 0.5), 0);
    expect(spanMs / hour).toBeCloseTo(75, 0);
  });

  it("the first comes after about a second, and each later one is longer", () => {
    const waits = attempts.map((attempt) => retryDelayMs(attempt, 0.5));
    expect(waits[0]).toBe(1_000);
    expect(waits.slice(1).every((wait, at) => wait > (waits[at] ?? 0) * 4)).toBe(true);
  });

  it.each([
    ["a receiver asking for longer wins", 1, 60_000, 60_000],
    ["one asking for shorter does not", 4, 1, 99_253],
    ["one asking for a year gets a day", 1, 365 * 24 * hour, 24 * hour],
  ])("%s", (_, attempt, retryAfterMs, waitMs) => {
    expect(retryDelayMs(attempt, 0.5, retryAfterMs)).toBe(waitMs);
  });

  it("full jitter: between nothing and twice the mean", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...attempts),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (attempt, random) => {
          const wait = retryDelayMs(attempt, random);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(2 * retryDelayMs(attempt, 0.5) + 1);
        },
      ),
    );
  });
});
