import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bucket, isPaced, paceOf } from "./delivery-pace";

describe("the pace of a destination", () => {
  it.each([
    ["github_issue", 1, true],
    ["linear_issue", 2, true],
    ["mcp_tool", 4, true],
    ["webhook", 32, false],
    ["telemetry", 32, false],
    ["internal_memory", 32, false],
  ] as const)("%s: %i at once, paced: %s", (kind, concurrencyMax, paced) => {
    const pace = paceOf({ kind });
    expect(pace.concurrencyMax).toBe(concurrencyMax);
    expect(isPaced(pace)).toBe(paced);
  });

  it("is the destination's own where it says so, inside sane bounds", () => {
    const config = { max_concurrency: 900, rate_per_minute: 10.4, rate_per_hour: 0, burst: "many" };
    const pace = paceOf({ kind: "webhook", config });
    expect(pace.concurrencyMax).toBe(64);
    expect(pace.minute).toEqual({ capacity: 5, perMs: 5 / 60_000 });
    expect(pace.hour).toEqual({ capacity: 1, perMs: 1 / 3_600_000 });
  });

  it("never lets more through in any minute or hour than GitHub asks for", () => {
    const { minute, hour } = paceOf({ kind: "github_issue" });
    expect(mostIn(minute as Bucket, 60_000)).toBeLessThanOrEqual(80);
    expect(mostIn(hour as Bucket, 3_600_000)).toBeLessThanOrEqual(500);
  });

  it("holds its limit in any window, whatever the limit and the burst", () => {
    const limit = fc.integer({ min: 2, max: 100_000 });
    fc.assert(
      fc.property(limit, fc.integer({ min: 1, max: 1_000 }), (perMinute, burst) => {
        const { minute } = paceOf({ kind: "webhook", config: { rate_per_minute: perMinute, burst } });
        expect(mostIn(minute as Bucket, 60_000)).toBeLessThanOrEqual(perMinute + 1e-6);
      }),
    );
  });
});

/** A window that begins with a full bucket lets through what it holds and what flows in. */
const mostIn = (bucket: Bucket, windowMs: number) => bucket.capacity + bucket.perMs * windowMs;
