import { describe, expect, it } from "vitest";
import type { FindOutcome, FoundIssue } from "./found-issue";
import { reason } from "./reason";
import { afterLook } from "./reconcile";

const issue: FoundIssue = {
  ...{ externalId: "12", reference: "#12", url: null, title: "Checkout times out", state: "open" },
  createdAtMs: 1,
};
const found = (ownEffect: boolean): FindOutcome => ({
  outcome: "found",
  matches: [issue],
  suggestions: [],
  ownEffect: ownEffect ? { issue, commentId: null, commentUrl: null } : null,
});
const absent: FindOutcome = { outcome: "absent", suggestions: [issue] };
const unknown = (retryAfterMs?: number): FindOutcome => ({
  ...{ outcome: "unknown", reason: reason("http_status", "It answered 502."), retryAfterMs },
});

describe("after looking for a delivery whose reply was lost", () => {
  it.each([
    ["its own key is there", found(true), 0, "happened", undefined],
    ["its own key is there on the last look", found(true), 2, "happened", undefined],
    ["another issue of the same failure is not it", found(false), 0, "look_again", 15_000],
    ["nothing, once", absent, 0, "look_again", 15_000],
    ["nothing, twice", absent, 1, "look_again", 60_000],
    ["nothing, three times", absent, 2, "send_again", undefined],
    ["a look that failed says nothing", unknown(), 0, "look_again", 15_000],
    ["a look that failed does not count as the last", unknown(), 2, "look_again", 300_000],
    ["its wish to be left alone is kept", unknown(900_000), 0, "look_again", 900_000],
  ] as const)("%s", (_name, look, absentCount, step, afterMs) => {
    const next = afterLook(look, absentCount);
    expect(next.step).toBe(step);
    if (next.step === "look_again") {
      expect(next.afterMs).toBe(afterMs);
      expect(next.absentCount).toBe(look.outcome === "unknown" ? absentCount : absentCount + 1);
    }
  });
});
