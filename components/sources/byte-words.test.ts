import { expect, it } from "vitest";
import { byteWords, offsetWords } from "./byte-words";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_000, "1.0 kB"],
  [4_200, "4.2 kB"],
  [9_949, "9.9 kB"],
  [9_951, "10 kB"],
  [262_144, "262 kB"],
  [999_499, "999 kB"],
  [999_600, "1.0 MB"],
  [4_212_334, "4.2 MB"],
  [73_400_320, "73 MB"],
  [5_000_000_000_000_000, "5000 TB"],
])("%d is %s", (bytes, words) => {
  expect(byteWords(bytes)).toBe(words);
});

it("an offset keeps every figure", () => {
  expect(offsetWords(4_212_334)).toBe("4,212,334");
});
