import { describe, expect, it } from "vitest";
import type { AttemptWire, PostWire } from "@/lib/contracts/post";
import { attemptOutcome, attemptTitle, axisOf, spanWords, waitAfter } from "./attempt-view";

function attempt(change: Partial<AttemptWire>): AttemptWire {
  return {
    attempt: 1,
    started_at_ms: 1_000,
    duration_ms: 500,
    outcome: "retryable",
    timings: {},
    response_truncated: false,
    ...change,
  };
}
const why = (code: string) => ({ reason: { code, message: "" } });

it.each([
  [{ status_code: 503 }, "503 Service Unavailable"],
  [{ status_code: 599 }, "599"],
  [why("timeout"), "Timed out"],
  [why("secret_unset"), "Secret unset"],
  [{ outcome: "published" as const }, "Recorded here"],
  [{ outcome: "ambiguous" as const }, "No certain answer"],
])("title of %o is %s", (change, title) => {
  expect(attemptTitle(attempt(change))).toBe(title);
});

it.each([
  ["retryable", false, "retrying", "retry"],
  ["retryable", true, "retrying", "retry"],
  ["retryable", true, "failed", "failed"],
  ["rejected", true, "failed", "failed"],
  ["ambiguous", true, "ambiguous", "ambiguous"],
  ["published", true, "published", "published"],
] as const)("%s, last %s, delivery %s shows as %s", (outcome, isLast, state, shown) => {
  expect(attemptOutcome(attempt({ outcome }), isLast, state)).toBe(shown);
});

it.each([
  [4, "4 ms"],
  [2_140, "2.1 s"],
  [90_000, "1 min"],
])("%i ms is %s", (ms, words) => {
  expect(spanWords(ms)).toBe(words);
});

describe("waiting", () => {
  const post = (change: Partial<PostWire>) => ({ state: "retrying", ...change }) as PostWire;
  it("is what lay between two attempts", () => {
    expect(waitAfter(attempt({}), attempt({ started_at_ms: 2_600 }), post({}), 0)).toBe("next after 1.1 s");
  });
  it("is what is left until the next one", () => {
    expect(waitAfter(attempt({}), undefined, post({ next_attempt_at_ms: 5_000 }), 2_000)).toBe(
      "next in 3.0 s",
    );
  });
  it("is until the destination is asked what became of it", () => {
    const ambiguous = post({ state: "ambiguous", reconcile_at_ms: 14_000 });
    expect(waitAfter(attempt({ outcome: "ambiguous" }), undefined, ambiguous, 2_000)).toBe(
      "asked about in 12.0 s",
    );
    expect(waitAfter(attempt({ outcome: "ambiguous" }), undefined, post({ state: "ambiguous" }), 0)).toBe("");
  });
  it("ends with the last one allowed", () => {
    expect(waitAfter(attempt({}), undefined, post({ state: "failed" }), 0)).toBe("the last one allowed");
  });
  it("stands on the axis from the first start", () => {
    const axis = axisOf([attempt({}), attempt({ attempt: 2, started_at_ms: 11_500 })], "failed");
    expect(axis).toMatchObject([
      { startMs: 0, durationMs: 500, outcome: "retry", waitNote: "waits 10.0 s" },
      { startMs: 10_500, outcome: "failed" },
    ]);
  });
});
