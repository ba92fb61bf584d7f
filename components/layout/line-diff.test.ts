import { expect, it } from "vitest";
import { lineDiff } from "./line-diff";

it("keeps what is common and marks the rest", () => {
  expect(lineDiff("a\nb\nc", "a\nx\nc")).toEqual([
    { kind: "same", text: "a", line: 1 },
    { kind: "del", text: "b", line: 2 },
    { kind: "add", text: "x", line: 2 },
    { kind: "same", text: "c", line: 3 },
  ]);
});

it("finds nothing between equal texts", () => {
  expect(lineDiff("a\nb", "a\nb").every((line) => line.kind === "same")).toBe(true);
});

it("can rebuild both sides", () => {
  const before = "one\ntwo\nthree\nfour";
  const after = "zero\none\nthree\nfive\nfour";
  const lines = lineDiff(before, after);
  const side = (drop: "add" | "del") => lines.filter((line) => line.kind !== drop).map((line) => line.text);
  expect(side("add").join("\n")).toBe(before);
  expect(side("del").join("\n")).toBe(after);
});

it("takes a text of nothing but line breaks, however long", () => {
  const breaks = "\n".repeat(100_000);
  expect(
    lineDiff(`a${breaks}x${breaks}z`, `a${breaks}y${breaks}z`).filter((line) => line.kind !== "same"),
  ).toEqual([
    { kind: "del", text: "x", line: 100_001 },
    { kind: "add", text: "y", line: 100_001 },
  ]);
  const [one, other] = [breaks.replaceAll("\n", "a\n"), breaks.replaceAll("\n", "b\n")];
  const lines = lineDiff(one, other);
  expect(lines.filter((line) => line.kind === "del")).toHaveLength(100_000);
  expect(lines.filter((line) => line.kind === "add")).toHaveLength(100_000);
  expect(lines.at(-1)).toEqual({ kind: "same", text: "", line: 100_001 });
});
