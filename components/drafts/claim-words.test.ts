import { expect, it } from "vitest";
import { claimNow, claimWords } from "./claim-words";

const claim = { by: { kind: "user", id: "ada", name: "Ada" }, since_ms: 1_000_000, until_ms: 1_900_000 };

it.each([
  ["another's", 1_190_000, "ben", "Ada is on this, 3 min"],
  ["my own", 1_190_000, "ada", "You are on this, 3 min"],
  ["just begun", 1_030_000, "ben", "Ada is on this, just now"],
  ["begun by a clock ahead of mine", 990_000, "ben", "Ada is on this, just now"],
  ["before the clock is known", null, "ben", "Ada is on this"],
])("%s", (_, nowMs, myId, words) => {
  expect(claimWords(claim, nowMs, myId)).toBe(words);
});

it("is none once it lapsed by the reader's clock", () => {
  expect([claimNow(claim, 1_899_999), claimNow(claim, 1_900_000), claimNow(undefined, null)]).toEqual([
    claim,
    null,
    null,
  ]);
});
