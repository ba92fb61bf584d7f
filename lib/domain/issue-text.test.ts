import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  codeSpan,
  cutMarkdown,
  fencedBlock,
  inlineText,
  neutraliseCode,
  neutraliseMarkdown,
  neutraliseProse,
} from "./issue-text";

/** What would be left for a tracker to act on. */
const triggers =
  /(?<![A-Za-z0-9])@[A-Za-z0-9]|#\d|\bGH-\d|<[A-Za-z/!?]|<!--|-->|&#?\w+;|!\[|tandem:[a-z_]+:v\d|https?:\/\/\S*\/(?:issues|pull)\/\d/i;

/** What people see: without the invisible gaps. */
const seen = (text: string) => text.replaceAll("\u200b", "");

describe("prose", () => {
  it.each([
    ["a mention", "ask @octocat and @acme/ops, (@x) _@y_"],
    ["a mention by entity", "ask &#64;octocat or &commat;octocat"],
    ["a mention behind a backslash", "ask \\@octocat"],
    ["a reference", "see #12, acme/shop#12, GH-12, gh-12"],
    ["a closing keyword", "fixes #1, Closes acme/shop#2, resolves https://github.com/acme/shop/issues/3"],
    ["an issue's URL", "https://ghe.example.com/acme/shop/pull/7 and <https://github.com/a/b/issues/1>"],
    ["a comment", "a <!-- hidden --> b <!-- tandem:fingerprint:v1:0 -->"],
    ["HTML", "<img src=x onerror=alert(1)></details><script>"],
    ["a picture", "![](https://example.com/pixel.png)"],
    ["a marker without a comment", "Tandem:Evidence:v1:abc"],
  ])("%s is broken and reads the same", (_name, text) => {
    expect(text).toMatch(triggers);
    expect(neutraliseProse(text)).not.toMatch(triggers);
    expect(seen(neutraliseProse(text))).toBe(text);
  });

  it.each(["mail a@example.com", "C# and F#", "a < b && c > d", "3 <4", "https://example.com/path?a=1#top"])(
    "%s stays as it is",
    (text) => {
      expect(neutraliseProse(text)).toBe(text);
    },
  );

  it.each(["```", "  ~~~~", "> ```", "- > ```js", "1. ~~~", "\t```"])("no fence opens: %j", (line) => {
    expect(neutraliseProse(`a\n${line}\nb`)).not.toMatch(/^[ \t>*+\-.)\d]*(?:```|~~~)/m);
  });

  it("drops what cannot be seen: control characters, reversed reading, half characters", () => {
    expect(neutraliseProse("a\u0000\u001b[31m\u202eb\r\nc\ud800")).toBe("a[31mb\nc\ufffd");
    expect(inlineText("  a\n\n# b\t", 100)).toBe("a # b");
  });

  it("law: nothing to act on is left, whatever was written", () => {
    const pieces = [
      "@",
      "a",
      "#",
      "1",
      "&",
      "64",
      ";",
      "<",
      "!",
      "--",
      ">",
      "`",
      "~",
      "\n",
      " ",
      "GH-",
      "[",
      "tandem:x:v1",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        const text = neutraliseProse(parts.join(""));
        expect(text).not.toMatch(triggers);
        expect(neutraliseProse(text)).toBe(text);
      }),
    );
  });
});

describe("Markdown", () => {
  it("leaves code between fences at the left as it is, and breaks the rest", () => {
    const text = "# Why\n\n```java\n@Override // #12\n```\n\n@octocat\n  ```\n@octocat";
    expect(neutraliseMarkdown(text).split("\n")).toEqual([
      "# Why",
      "",
      "```java",
      "@Override // #12",
      "```",
      "",
      "@\u200boctocat",
      "  \u200b```",
      "@\u200boctocat",
    ]);
  });

  it("ends code where the tracker does: also at an indented fence, never at a shorter or another one", () => {
    const text = "````\n@a\n```\n~~~~\n@b\n  ````\n@c";
    expect(neutraliseMarkdown(text)).toBe("````\n@a\n```\n~~~~\n@b\n  ````\n@\u200bc");
  });

  it("keeps markers out of code too", () => {
    expect(neutraliseMarkdown("```\n<!-- tandem:delivery:v1:x -->\n```")).not.toMatch(/<!--|-->|tandem:d/);
  });
});

describe("references as code", () => {
  it.each([
    ["log://shop/app.log#1842", "`log://shop/app.log#1842`"],
    ["a`b``c\n@d", "``` a`b``c @d ```"],
    ["https://logs.example.com/q?x=1", "https://logs.example.com/q?x=1"],
    ["https://github.com/acme/shop/issues/1", "`https://github.com/acme/shop/issues/1`"],
    ["<!-- x", "`<!\u200b-- x`"],
  ])("%j", (text, expected) => {
    expect(codeSpan(text, 500)).toBe(expected);
  });
});

describe("code blocks", () => {
  it.each(["```", "a\n```\nb", "~~~", "`".repeat(30), "x ```` y"])("nothing inside closes it: %j", (text) => {
    const [fence = "", ...rest] = fencedBlock(text).split("\n");
    const ticks = fence.replace("text", "");
    expect(rest.at(-1)).toBe(ticks);
    expect(rest.slice(0, -1).some((line) => line.trim().startsWith(ticks))).toBe(false);
    expect(rest.slice(0, -1).join("\n")).toBe(text);
  });

  it("logs stay fit to copy", () => {
    const row = "@Override <T> #12 at Foo.java:3 &amp;";
    expect(neutraliseCode(row)).toBe(row);
  });
});

describe("cutting", () => {
  it("keeps to the bytes, in whole characters, and says that something is missing", () => {
    const cut = cutMarkdown("é🔥".repeat(1_000), 500);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(500);
    expect(cut).toMatch(/^(é🔥)+é?\n\n\.\.\. \(truncated\)$/);
  });

  it("closes a fence it cuts, and one that was open before", () => {
    expect(cutMarkdown("```js\nx", 100)).toBe("```js\nx\n```");
    expect(cutMarkdown(`~~~~\n${"x".repeat(500)}\n~~~~`, 200)).toMatch(/x\n~~~~\n\n\.\.\. \(truncated\)$/);
  });

  it("law: within the bytes, and every fence closed", () => {
    const lines = fc.constantFrom("```", "~~~~", "`".repeat(700), "é🔥", "x".repeat(90), "@a #1", "");
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 60 }), fc.integer({ min: 60, max: 3_000 }), (rows, max) => {
        const cut = cutMarkdown(rows.join("\n"), max);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
        expect(cutMarkdown(cut, Number.MAX_SAFE_INTEGER)).toBe(cut);
      }),
    );
  });
});
