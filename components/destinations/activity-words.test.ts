import { describe, expect, it } from "vitest";
import type { DestinationActivityWire } from "@/lib/contracts/destination-activity";
import { rateWords, spanWord, waitingWords } from "./activity-words";

const activity = (fields: Partial<DestinationActivityWire>): DestinationActivityWire => ({
  ...{ destination_id: "d", from_ms: 0, bucket_ms: 1, buckets: [], attempts: 0, published: 0 },
  ended: { published: 0, failed: 0, blocked: 0, cancelled: 0 },
  waiting: { due: 0, retrying: 0, sending: 0, ambiguous: 0 },
  ...{ median_ms: null, p95_ms: null, circuit: "closed", circuit_opened_at_ms: null, next_try_at_ms: null },
  ...{ disabled_reason: null, last_success_at_ms: null, last_failure_at_ms: null, last_failure_reason: null },
  ...fields,
});

describe("the health of a destination in words", () => {
  it.each([
    [0, 0, "no attempts in this span"],
    [1, 1, "the one attempt was accepted"],
    [1, 0, "the one attempt failed"],
    [240, 240, "100 % of 240 attempts accepted"],
    [1_000, 999, "99.9 % of 1,000 attempts accepted"],
    [10_000, 9_999, "99.9 % of 10,000 attempts accepted"],
    [3, 0, "0 % of 3 attempts accepted"],
  ])("%i attempts, %i accepted", (attempts, published, words) => {
    expect(rateWords(activity({ attempts, published }))).toBe(words);
  });

  it("says what waits, and that nothing does", () => {
    expect(waitingWords(activity({}))).toBe("nothing");
    const waiting = { due: 2, retrying: 1, sending: 0, ambiguous: 3 };
    expect(waitingWords(activity({ waiting }))).toBe("2 due, 1 for another try, 3 without an answer");
  });

  it.each([
    [12, "12 ms"],
    [1_250, "1.3 s"],
  ])("%i ms is %s", (ms, words) => expect(spanWord(ms)).toBe(words));
});
