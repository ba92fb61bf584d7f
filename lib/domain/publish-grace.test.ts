import { expect, it } from "vitest";
import { graceOf, publishGraceMsMax } from "./publish-grace";

it.each([
  ["nobody asks", 0, undefined, 0],
  ["the caller asks", 0, 5_000, 5_000],
  ["the host says so", 8_000, null, 8_000],
  ["the caller may wait longer than the host says", 8_000, 15_000, 15_000],
  ["and never shorter", 8_000, 0, 8_000],
  ["nor without end", 0, 10 * publishGraceMsMax, publishGraceMsMax],
  ["a negative wait is none", 0, -5, 0],
])("%s", (_, hostMs, askedMs, ms) => {
  expect(graceOf(hostMs, askedMs)).toBe(ms);
});
