import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/domain/issue-text";
import { builtInProfiles } from "./profiles";
import { redactFields } from "./redact-fields";
import { redactJson } from "./redact-json";
import { redactText } from "./redact-text";
import { seenText } from "./unseen";

const { standard } = builtInProfiles;
const bell = "\u0007";
const red = "\u001b[01;31m\u001b[K";

describe("what a person reads", () => {
  it.each([
    ["plain text, with\ttabs\r\nand lines", null],
    ["Grüße, 失敗", null],
    [`a${bell}b`, "ab"],
    [`${red}gh\u001b[mp`, "ghp"],
    ["a\u200bb\u00adc\u202ed\ufeffe\u{e0041}f", "abcdef"],
  ])("%j", (text, seen) => {
    expect(seenText(text)?.text ?? null).toBe(seen);
  });

  it("stands somewhere in the text as it is", () => {
    const text = `${bell}ab${bell}${bell}cd${bell}e`;
    const seen = seenText(text);
    expect(seen?.text).toBe("abcde");
    const piece = seen?.inPlace({ start: 1, end: 4, kind: "x" });
    expect(text.slice(piece?.start, piece?.end)).toBe(`b${bell}${bell}cd`);
  });
});

describe("a secret that something unseen runs through", () => {
  const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
  const split = `${token.slice(0, 10)}${bell}${token.slice(10)}`;

  it.each([
    [`failed with ${split} at once`, "failed with [redacted:github_token] at once"],
    [`${red}ghp_\u001b[m\u001b[K${token.slice(4)}`, `${red}[redacted:github_token]`],
    [`pass${bell}word=hunter2hunter2 left`, `pass${bell}word=[redacted:password] left`],
    ["pass\u200bword: hunter2hunter2", "pass\u200bword: [redacted:password]"],
    [`a family 👩\u200d👩\u200d👧 and ${token}`, "a family 👩\u200d👩\u200d👧 and [redacted:github_token]"],
    [`failed with ghp\\_${token.slice(4)}`, "failed with [redacted:github_token]"],
    ["api\\_key: abcdef123456XYZ99", "api\\_key: [redacted:api_key]"],
    ["C:\\_work\\.cache\\-x is no secret", "C:\\_work\\.cache\\-x is no secret"],
    ["a family 👩\u200d👩\u200d👧 alone", "a family 👩\u200d👩\u200d👧 alone"],
  ])("%j", (text, expected) => {
    expect(redactText(text, standard).text).toBe(expected);
  });

  it("is not put together again by an issue, which leaves such characters out", () => {
    expect(plainText(redactText(split, standard).text)).toBe("[redacted:github_token]");
  });

  it("goes by the name of its member too", () => {
    expect(redactJson({ [`pass${bell}word`]: "xyzzy plugh" }, standard).value).toEqual({
      [`pass${bell}word`]: "[redacted:password]",
    });
  });

  it("is found by the second net as well", async () => {
    const known = `npm_${bell}aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789`;
    const [item] = await redactFields([{ detail: known }], { structural: [] }, standard);
    expect(plainText(item?.value.detail ?? "")).not.toContain("aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789");
  });

  it("takes no longer the more pieces a text is cut into", () => {
    const pieces = `${"a\u200b".repeat(50_000)} ${`${split} `.repeat(500)}`;
    expect(redactText(pieces, standard).redactions).toEqual([{ kind: "github_token", count: 500 }]);
  });
});
