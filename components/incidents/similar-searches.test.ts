import { expect, it } from "vitest";
import { similarSearches } from "./similar-searches";

it.each([
  ["", []],
  ["abc", []],
  ["Deadlock", ["Deadlock"]],
  ["Card token vault answered 502", ["Card token vault answered 502", "Card token vault", "answered"]],
  ["  a   b  c d ", ["a b c d", "a b c"]],
])("%j looks for %j", (title, searches) => {
  expect(similarSearches(title)).toEqual(searches);
});
