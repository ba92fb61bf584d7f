import { describe, expect, it } from "vitest";
import { pairs, table } from "./table";
import { ago, cut, json, plain, widthOf } from "./text";

describe("plain: what strangers wrote does not steer the terminal", () => {
  it.each([
    ["colours and cursor moves", "a\u001b[2Jb", "a\ufffd[2Jb"],
    ["the one-byte escape", "a\u009b31mb", "a\ufffd31mb"],
    ["a bell and a backspace", "a\u0007\u0008b", "a\ufffd\ufffdb"],
    ["text that runs backwards", "invoice\u202efdp.exe", "invoice\ufffdfdp.exe"],
    ["invisible joiners", "ad\u200bmin", "ad\ufffdmin"],
    ["line ends and tabs", "a\nb\tc\r", "a b c\ufffd"],
    ["nothing else", "Ünïcode 日本 👍 <b>", "Ünïcode 日本 👍 <b>"],
  ])("%s", (_, text, expected) => expect(plain(text)).toBe(expected));

  it("keeps line ends where they are wanted", () => {
    expect(plain("a\n\u001bb", { lines: true })).toBe("a\n\ufffdb");
  });

  it("JSON escapes what it would let through, and stays the same JSON", () => {
    const value = { title: "a\u009b31m\u202eb\u001b" };
    expect(json(value)).toBe('{"title":"a\\u009b31m\\u202eb\\u001b"}');
    expect(JSON.parse(json(value))).toEqual(value);
  });
});

describe("width", () => {
  it.each([
    ["abc", 3],
    ["日本", 4],
    ["👍🏽", 2],
    ["é", 1],
    ["", 0],
  ])("%j takes %i columns", (text, width) => expect(widthOf(text)).toBe(width));

  it.each([
    ["short", 10, "short"],
    ["exactly", 7, "exactly"],
    ["a long title", 7, "a long…"],
    ["日本語", 5, "日本…"],
    ["日本語", 4, "日…"],
  ])("cut(%j, %i)", (text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected);
    expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns);
  });
});

describe("table", () => {
  const rows = [
    { id: "a", count: 3, title: "Import of the nightly orders failed" },
    { id: "bbbb", count: 1200, title: "日本" },
  ];
  const shape = [
    { title: "ID", of: (row: (typeof rows)[0]) => row.id },
    { title: "SEEN", of: (row: (typeof rows)[0]) => String(row.count), align: "right" as const },
    { title: "TITLE", of: (row: (typeof rows)[0]) => row.title, cutTo: 8 },
  ];

  it("aligns, and cuts nothing where there is no terminal", () => {
    expect(table(rows, shape, null).split("\n")).toEqual([
      "ID    SEEN  TITLE",
      "a        3  Import of the nightly orders failed",
      "bbbb  1200  日本",
    ]);
  });

  it("fits the terminal by cutting what may be cut", () => {
    const lines = table(rows, shape, 24).split("\n");
    expect(lines[1]).toBe("a        3  Import of t…");
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(24);
  });

  it("never cuts an id, however narrow", () => {
    expect(table(rows, shape, 5)).toContain("bbbb");
  });

  it("colours never move a column", () => {
    const painted = table(rows, shape, null, (text) => `\u001b[31m${text}\u001b[0m`);
    expect(
      painted
        .replace(/\u001b\[\d+m/g, "")
        .split("\n")
        .map((line) => line.trimEnd()),
    ).toEqual(table(rows, shape, null).split("\n"));
  });

  it("pairs leave out what is not there and indent further lines", () => {
    expect(
      pairs([
        ["id", "x"],
        ["nothing", undefined],
        ["no", false],
        ["why", "a\nb"],
      ]),
    ).toBe("id   x\nwhy  a\n     b");
  });
});

describe("ago", () => {
  const now = 1_000_000_000;
  it.each([
    [undefined, "-"],
    [now + 5_000, "now"],
    [now - 999, "now"],
    [now - 59_000, "59s"],
    [now - 3_599_000, "59m"],
    [now - 86_399_000, "23h"],
    [now - 5 * 86_400_000, "5d"],
  ])("%s", (ms, expected) => expect(ago(ms, now)).toBe(expected));
});
