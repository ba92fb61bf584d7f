import { expect, it } from "vitest";
import { keyCaps, matchesKeys } from "./shortcut-keys";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  ["j", { ...plain, key: "j" }, true],
  ["?", { ...plain, key: "?" }, true],
  ["enter", { ...plain, key: "Enter" }, true],
  ["a", { ...plain, key: "a", ctrlKey: true }, false],
  ["mod+k", { ...plain, key: "k", metaKey: true }, true],
  ["mod+k", { ...plain, key: "k" }, false],
  ["d", { ...plain, key: "d", altKey: true }, false],
  ["x", { ...plain, key: "X", shiftKey: true }, false],
  ["shift+x", { ...plain, key: "X", shiftKey: true }, true],
  ["shift+x", { ...plain, key: "x" }, false],
  ["x", { ...plain, key: "X" }, true],
  ["?", { ...plain, key: "?", shiftKey: true }, true],
])("%s", (keys, press, expected) => {
  expect(matchesKeys(keys, press)).toBe(expected);
});

it("draws caps", () => {
  expect(keyCaps("mod+k")).toEqual(["ctrl", "k"]);
  expect(keyCaps("mod+enter", true)).toEqual(["⌘", "↵"]);
  expect(keyCaps("shift+x")).toEqual(["⇧", "x"]);
  expect(keyCaps("+")).toEqual(["+"]);
});
