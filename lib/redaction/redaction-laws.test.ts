import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "./corpus/generator";
import { harmlessTexts } from "./corpus/harmless";
import { vendorTokens } from "./corpus/vendor-tokens";
import { builtInProfiles, profileNamed, type RedactionProfile } from "./profiles";
import { redactLines, redactText } from "./redact-text";

const { standard, strict } = builtInProfiles;
/** Patterns that meet markers and each other, and values that are spared among what they find. */
const custom = profileNamed("custom", {
  redactionProfiles: [
    {
      profileId: "custom",
      personalData: ["email", "iban"],
      patterns: [
        { name: "word", pattern: "us?er|red" },
        { name: "code", pattern: "[a-z]{3}[0-9]{3}" },
      ],
      allowedValues: ["user", "@example.com"],
    },
  ],
});

const fragment = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "password",
    "token",
    "secret",
    "api_key",
    "Authorization",
    "Cookie",
    "Bearer ",
    "Basic ",
    ": ",
    "=",
    ":",
    '"',
    "'",
    '\\"',
    "[redacted:token]",
    "[redacted:",
    "]",
    "[",
    "{",
    "}",
    ",",
    ";",
    " ",
    "\n",
    "\\n",
    "&",
    "?",
    "://",
    "@",
    "eyJhbGciOi",
    ".",
    "4111111111111111",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----END RSA PRIVATE KEY-----",
    "--password ",
    "<password>",
    "|\n ",
    "%3D",
    "user",
    "abc123def456",
    "AAAA1111BBBB2222CCCC3333DDDD4444",
    "ann@example.com",
    "+49 30 1234567",
    "Digest ",
    "value",
    "name",
  ),
);
const messyText = fc.array(fragment, { maxLength: 24 }).map((parts) => parts.join(""));

describe("laws", () => {
  it("redaction is idempotent", () => {
    fc.assert(
      fc.property(messyText, fc.constantFrom<RedactionProfile>(standard, strict, custom), (text, profile) => {
        const once = redactText(text, profile).text;
        expect(redactText(once, profile)).toEqual({ text: once, redactions: [] });
      }),
      { numRuns: 3_000 },
    );
  }, 20_000);

  it("rows stay rows, and redacting them again changes nothing", () => {
    fc.assert(
      fc.property(fc.array(messyText, { maxLength: 5 }), (rows) => {
        const once = redactLines(rows, strict).lines;
        expect(once).toHaveLength(rows.length);
        expect(redactLines(once, strict).lines).toEqual(once);
      }),
      { numRuns: 800 },
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(typeof redactText(text, strict).text).toBe("string");
      }),
      { numRuns: 2_000 },
    );
  });

  it("a planted token never survives, wherever it stands", () => {
    const harmless = harmlessTexts().filter((text) => !text.includes("[redacted:"));
    fc.assert(
      fc.property(
        fc.constantFrom(...vendorTokens),
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.constantFrom(...harmless),
        fc.constantFrom(...harmless),
        fc.constantFrom(" ", "\n", '"', "=", ": ", "(", ", "),
        (recipe, seed, before, after, edge) => {
          const token = recipe.make(createGenerator(seed));
          const redacted = redactText(`${before}${edge}${token} ${after}`, standard).text;
          expect(redacted).not.toContain(token);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("nor where something unseen runs through it, however a reader's eye puts it together", () => {
    const unseen = [
      "\u0000",
      "\u0007",
      "\u007f",
      "\u0085",
      "\u00ad",
      "\u034f",
      "\u200b",
      "\u200d",
      "\u202e",
      "\u2066",
      "\ufeff",
    ];
    const colours = ["\u001b[0m", "\u001b[01;31m\u001b[K", "\u001b(B"];
    fc.assert(
      fc.property(
        fc.constantFrom(...vendorTokens),
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...unseen, ...colours)), {
          minLength: 1,
          maxLength: 4,
        }),
        (recipe, seed, cuts) => {
          const token = recipe.make(createGenerator(seed));
          const signs = new Map(cuts.map(([at, sign]) => [1 + (at % (token.length - 1)), sign]));
          const split = [...token].map((letter, at) => (signs.get(at) ?? "") + letter).join("");
          const redacted = redactText(`failed with ${split} at once`, standard).text;
          const read = [...unseen, ...colours].reduceRight(
            (text, sign) => text.replaceAll(sign, ""),
            redacted,
          );
          expect(read).not.toContain(token);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("no part of a header's credential survives, whatever the scheme and the writing", () => {
    const credential = fc
      .stringMatching(/^[A-Za-z0-9._~+/-]{6,60}={0,2}$/)
      .filter((value) => /[0-9]/.test(value));
    const writings = [
      "Authorization: S X",
      "authorization=S X",
      "AUTHORIZATION : S X",
      '"Authorization":"S X"',
      "'authorization': 'S X'",
      '{\\"Authorization\\":\\"S X\\"}',
      "-H 'Authorization: S X'",
      '-H "Proxy-Authorization: S X"',
      "map[Authorization:[S X]]",
      'headers["Authorization"] = "S X"',
      "2026-01-05 > Authorization: S X\\r\\nHost: a",
      "Authorization:  S   X trailing",
      '[("authorization", "S X"), ("host", "a")]',
      '{"name":"Authorization","value":"S X"}',
      "req.headers.authorization: S X",
    ];
    fc.assert(
      fc.property(
        credential,
        fc.constantFrom("Bearer", "Basic", "Token", "ApiKey", "Digest", "Negotiate", "Custom", "bearer", ""),
        fc.constantFrom(...writings),
        (value, scheme, writing) => {
          const marked = `Q${value}Q9`;
          const text = writing.replace("S", () => scheme).replace("X", () => marked);
          const redacted = redactText(text, standard).text;
          for (let at = 0; at + 6 <= marked.length; at += 3) {
            expect(redacted).not.toContain(marked.slice(at, at + 6));
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
