import { describe, expect, it } from "vitest";
import { isSteppedUp, stepUpLifetimeMs } from "./step-up";

const nowMs = 1_800_000_000_000;

describe("a session's last proof", () => {
  it.each([
    { case: "none", at: null, stands: false },
    { case: "just now", at: nowMs, stands: true },
    { case: "the last millisecond", at: nowMs - stepUpLifetimeMs + 1, stands: true },
    { case: "over", at: nowMs - stepUpLifetimeMs, stands: false },
    { case: "of the future", at: nowMs + 1, stands: false },
  ])("$case", ({ at, stands }) => {
    expect(isSteppedUp(at, nowMs)).toBe(stands);
  });
});
