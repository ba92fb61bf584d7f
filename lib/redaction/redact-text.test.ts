import { describe, expect, it } from "vitest";
import { createGenerator } from "./corpus/generator";
import { makePem, vendorTokens } from "./corpus/vendor-tokens";
import { builtInProfiles, profileNamed, type RedactionProfile } from "./profiles";
import { redactLines, redactText } from "./redact-text";

const { standard, strict } = builtInProfiles;

describe("redactText", () => {
  it.each([
    ["Authorization: Bearer abc", "Authorization: Bearer [redacted:authorization]"],
    ["Authorization: Weird abc def", "Authorization: [redacted:authorization]"],
    ["authorization=Bearer abc status=401", "authorization=Bearer [redacted:authorization] status=401"],
    ["authorization=abc123abc123abc123 status=401", "authorization=[redacted:authorization] status=401"],
    [
      'curl -H \'Authorization: Digest a="b", c="d"\' x',
      "curl -H 'Authorization: Digest [redacted:authorization]' x",
    ],
    ["Cookie: a=b; c=d\nHost: x", "Cookie: [redacted:cookie]\nHost: x"],
    ["token: Bearer abc", "token: Bearer [redacted:token]"],
    ['{"password":"a b c","user":"x"}', '{"password":"[redacted:password]","user":"x"}'],
    ['{\\"password\\":\\"a\\",\\"b\\":1}', '{\\"password\\":\\"[redacted:password]\\",\\"b\\":1}'],
    ["password=a&b=c", "password=[redacted:password]&b=c"],
    ["password=a, user=b", "password=[redacted:password], user=b"],
    ["password=a,b", "password=[redacted:password]"],
    ["password=unclosed 'quote", "password=[redacted:password] 'quote"],
    ['password="unclosed quote', 'password="[redacted:password]'],
    ["https://a:b@c.d/e", "https://[redacted:url_credentials]@c.d/e"],
    ["paid 4111 1111 1111 1111.", "paid [redacted:card_number,16]."],
    ["password: hunter2", "password: [redacted:password]"],
    ["[redacted:token]: next value1", "[redacted:token]: next value1"],
    ["[redacted:password", "[redacted:password"],
    ["password=[redacted:x] tail", "password=[redacted:x] tail"],
    ["password=[redacted:x]tail", "password=[redacted:password]"],
  ])("%s", (text, expected) => {
    expect(redactText(text, standard).text).toBe(expected);
  });

  it("counts what it hid by kind, and not the markers that were already there", () => {
    const text = "password=abc pwd=def [redacted:token] https://a:b@c";
    expect(redactText(text, standard).redactions).toEqual([
      { kind: "password", count: 2 },
      { kind: "url_credentials", count: 1 },
    ]);
    expect(redactText("nothing here", standard).redactions).toEqual([]);
  });

  it("names a value found by its key after the vendor, when the vendor is known", () => {
    const token = vendorTokens.find((recipe) => recipe.name === "github personal")?.make(createGenerator(1));
    expect(redactText(`token=${token}`, standard).text).toBe("token=[redacted:github_token]");
  });

  it("gives one secret one suffix, and none unless asked", () => {
    const placeholderKey = (value: string): string => (value === "abc1" ? "3FA2bb" : "0000ff");
    expect(redactText("password=abc1 pwd=abc1 password=zz", standard, { placeholderKey }).text).toBe(
      "password=[redacted:password#3fa2] pwd=[redacted:password#3fa2] password=[redacted:password#0000]",
    );
    expect(redactText("password=abc1", standard).text).toBe("password=[redacted:password]");
  });

  it.each([
    ["ann.lee@example.com wrote", "[redacted:email] wrote"],
    ["call +49 30 1234567 now", "call [redacted:phone_number] now"],
    ["call (212) 555-0188 now", "call [redacted:phone_number] now"],
    ["to DE89 3704 0044 0532 0130 00 today", "to [redacted:iban] today"],
    ["to DE89 3704 0044 0532 0130 01 today", "to DE89 3704 0044 0532 0130 01 today"],
    ["from 10.0.0.1 v1.2.3.999", "from [redacted:ip_address] v1.2.3.999"],
    ["from 2001:db8::ff00:42:8329 port 5", "from [redacted:ip_address] port 5"],
    ["from fe80:0:0:0:1ff:fe23:4567:890a.", "from [redacted:ip_address]."],
    ["at 10:22:31 std::vector a::b 00:1a:2b:3c:4d:5e", "at 10:22:31 std::vector a::b 00:1a:2b:3c:4d:5e"],
  ])("personal data only by profile: %s", (text, expected) => {
    expect(redactText(text, strict).text).toBe(expected);
    expect(redactText(text, standard).text).toBe(text);
  });

  it("hides the classes that the profile names, and no other", () => {
    const profile: RedactionProfile = { name: "x", personalData: ["ip_address"] };
    expect(redactText("ann@example.com from 10.0.0.1", profile).text).toBe(
      "ann@example.com from [redacted:ip_address]",
    );
  });

  it("hides a key block spread over the rows of an excerpt, row by row", () => {
    const { text, body } = makePem(createGenerator(3), "\n");
    const rows = ["before", ...text.split("\n"), "after"];
    const { lines } = redactLines(rows, standard);
    expect(lines).toHaveLength(rows.length);
    expect([lines[0], lines.at(-1)]).toEqual(["before", "after"]);
    expect(body.filter((row) => lines.join("\n").includes(row))).toEqual([]);
    expect(redactLines(lines, standard)).toEqual({ lines, redactions: [] });
  });
});

describe("hostile text", () => {
  const size = 256 * 1024;
  it.each([
    "a=",
    '"',
    "eyJ",
    "-----BEGIN ",
    "-----BEGIN RSA PRIVATE KEY-----",
    " ",
    "password",
    "password=",
    'password="',
    "password: ",
    "Authorization: ",
    "cookie: a=",
    "\\",
    '\\"',
    "://",
    "://a:b@",
    "@",
    "4111 ",
    "sk-",
    "xoxb-",
    "SG.",
    "bearer ",
    "basic ",
    "[redacted:",
    "[redacted:x]",
    "password=[redacted:x]",
    "secret: |\n a\n",
    "\u0000",
    "\ud800",
    "1.1.1.",
    "--user a:",
  ])("%j repeated to 256 KiB comes through whole and settled", (piece) => {
    const text = `${piece.repeat(Math.ceil(size / piece.length)).slice(0, size)}\nplain words at the end`;
    const once = redactText(text, strict).text;
    expect(redactText(once, strict).text).toBe(once);
    expect(once.endsWith("words at the end") || once.endsWith("]")).toBe(true);
  });

  it("falls back to hiding the text when a custom rule eats its own markers", () => {
    const patterns = [{ name: "eater", pattern: "\\]..|^." }];
    const profile = profileNamed("x", {
      redactionProfiles: [{ profileId: "x", personalData: [], patterns }],
    });
    const once = redactText("a long line of words", profile);
    expect(once.text).toBe("[redacted:text]");
    expect(redactText(once.text, profile).text).toBe(once.text);
  });
});
