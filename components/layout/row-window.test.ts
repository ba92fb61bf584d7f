import { describe, expect, it } from "vitest";
import { spanInSight } from "./row-window";

describe("which rows are in the page", () => {
  it.each([
    ["at the top", { top: 0, height: 570 }, 5_000, { from: 0, to: 48 }],
    ["over the list's top, under a notice", { top: -200, height: 570 }, 5_000, { from: 0, to: 48 }],
    ["a few rows down, the same", { top: 57 * 7, height: 570 }, 5_000, { from: 0, to: 48 }],
    ["a stride further", { top: 57 * 40, height: 570 }, 5_000, { from: 16, to: 88 }],
    ["at the end", { top: 57 * 4_990, height: 570 }, 5_000, { from: 4_960, to: 5_000 }],
    ["past the end, when rows have left", { top: 57 * 4_990, height: 570 }, 200, { from: 175, to: 200 }],
  ])("%s", (_, sight, count, span) => {
    expect(spanInSight(sight, 57, count)).toEqual(span);
  });

  it("whatever is in sight is in the page", () => {
    for (let top = 0; top <= 57 * 1_000; top += 131) {
      const { from, to } = spanInSight({ top, height: 690 }, 57, 1_000);
      expect(from * 57).toBeLessThanOrEqual(top);
      expect(to * 57).toBeGreaterThanOrEqual(Math.min(top + 690, 57_000));
    }
  });
});
