import { describe, expect, it } from "vitest";
import { readNamedFiles } from "./named-files";

const shown = (...lines: string[]) =>
  readNamedFiles(lines).map(({ path, line }) => (line === null ? path : `${path}:${line}`));

describe("files that a text names", () => {
  it.each<[text: string, files: string[]]>([
    ["see `src/a/b.ts:42` and src/a/b.ts", ["src/a/b.ts:42"]],
    ["src/a/b.ts fails, at src/a/b.ts:42:7", ["src/a/b.ts:42"]],
    ["Config.java is wrong.", ["Config.java"]],
    ['"config/app.yml", (db.rb:3)', ["config/app.yml", "db.rb:3"]],
    ["in C:\\build\\x.cs, line 3", ["C:\\build\\x.cs"]],
    ["missing key in application.properties!", ["application.properties"]],
    ["../../etc/shop.conf", ["../../etc/shop.conf"]],
    ["Node.js 20, version 1.2.3, e.g. this, java.lang.Error, user.env, a.b", []],
    ["https://shop.example/a.js and file:///etc/x.yml", []],
    ["settled.Order refused, 3.10", []],
  ])("%s", (text, files) => expect(shown(text)).toEqual(files));

  it("at most twenty, and long lines are passed over", () => {
    expect(shown(Array.from({ length: 50 }, (_, at) => `a${at}.ts`).join(" "))).toHaveLength(20);
    expect(shown(`a.ts ${"x".repeat(3_000)}`)).toEqual([]);
  });

  it.each(["a.", ".ts", ":1", "a.ts:", "\\", "a/", "../", "!", "'"])("long lines of %s", (piece) => {
    const line = piece.repeat(Math.floor(1_900 / piece.length));
    expect(shown(...Array.from({ length: 2_000 }, () => line)).length).toBeLessThanOrEqual(20);
  });
});
