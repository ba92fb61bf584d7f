import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { takeFromBucket } from "./rate-limit";

const start = Date.UTC(2026, 5, 29, 12);
const aKey = (ratePerSecond = 10, burst = 3) => ({ keyId: randomUUID(), ratePerSecond, burst });

describe("takeFromBucket", () => {
  it("lets a burst pass, then asks to wait", () => {
    const key = aKey();
    for (let i = 0; i < 3; i++) expect(takeFromBucket(key, start)).toEqual({ allowed: true });
    expect(takeFromBucket(key, start)).toEqual({ allowed: false, retryAfterSeconds: 1 });
  });

  it("fills by the rate and never beyond the burst", () => {
    const key = aKey();
    for (let i = 0; i < 3; i++) takeFromBucket(key, start);
    expect(takeFromBucket(key, start + 100)).toEqual({ allowed: true });
    expect(takeFromBucket(key, start + 100)).toMatchObject({ allowed: false });
    for (let i = 0; i < 3; i++) expect(takeFromBucket(key, start + 60_000)).toEqual({ allowed: true });
    expect(takeFromBucket(key, start + 60_000)).toMatchObject({ allowed: false });
  });

  it("holds the average: a large batch passes on a full bucket and leaves a debt", () => {
    const key = aKey(10, 20);
    expect(takeFromBucket(key, start, 100)).toEqual({ allowed: true });
    expect(takeFromBucket(key, start + 7_000)).toMatchObject({ allowed: false });
    expect(takeFromBucket(key, start + 8_200)).toEqual({ allowed: true });
  });

  it("says when a batch would pass", () => {
    const key = aKey(10, 50);
    takeFromBucket(key, start, 50);
    expect(takeFromBucket(key, start, 50)).toEqual({ allowed: false, retryAfterSeconds: 5 });
    expect(takeFromBucket(key, start + 5_000, 50)).toEqual({ allowed: true });
  });

  it("keeps keys apart and survives a clock that goes back", () => {
    const [one, other] = [aKey(1, 1), aKey(1, 1)];
    expect(takeFromBucket(one, start)).toEqual({ allowed: true });
    expect(takeFromBucket(other, start)).toEqual({ allowed: true });
    expect(takeFromBucket(one, start - 60_000)).toMatchObject({ allowed: false });
  });
});
