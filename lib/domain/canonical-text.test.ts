import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "./canonical-json";
import { CanonicalTexts, canonicalText } from "./canonical-text";
import { ownText } from "./own-text";

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("", "a, b", '": "', "}", "\\", "\n", "\u2028", "\ud83d\ude00", "\ud800", "__proto__", "é"),
);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom(0, -0, 1e21, 1e-7, 0.1, 123.45, -0.00001, 999999999999999, 1e15, 5e-324),
);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom("n", "state", "a_1", "B", "10", "2") }, text);
const flat = fc.dictionary(name, scalar, { maxKeys: 6, noNullPrototype: true });
const value = fc.oneof({ weight: 3, arbitrary: flat }, fc.jsonValue({ maxDepth: 3 }));

/** As PostgreSQL writes jsonb: short names first, a space behind each colon and comma. */
function jsonbText(given: unknown): string {
  if (Array.isArray(given)) return `[${given.map(jsonbText).join(", ")}]`;
  if (typeof given !== "object" || given === null) return JSON.stringify(given);
  const members = Object.entries(given).sort(
    ([one], [other]) => one.length - other.length || (one < other ? -1 : 1),
  );
  return `{${members.map(([each, member]) => `${JSON.stringify(each)}: ${jsonbText(member)}`).join(", ")}}`;
}

/** Values that share names: what one taught is asked of the others. */
const alike = fc
  .tuple(
    fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
    fc.array(fc.array(scalar, { minLength: 5, maxLength: 5 })),
  )
  .map(([names, rows]) => rows.map((row) => Object.fromEntries(names.map((each, at) => [each, row[at]]))));

it("a text read by a shape that is known says what parsing it says", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), alike, (mixed, same) => {
      const texts = new CanonicalTexts();
      for (const each of [...mixed, ...same, ...mixed]) {
        const json = jsonbText(each);
        expect(texts.of("a kind", json)).toBe(canonicalJson(JSON.parse(json)));
      }
    }),
    { numRuns: 100 },
  );
});

it("a text edited anywhere is read as parsing reads it, or is none for both", () => {
  const piece = fc.constantFrom(
    "",
    "0",
    "00",
    "-",
    ".5",
    "1e9",
    "1e999",
    " ",
    '"',
    ", ",
    '": "',
    "{}",
    "[]",
    "\\",
    "n",
  );
  fc.assert(
    fc.property(flat, fc.nat(), fc.nat({ max: 6 }), piece, (given, from, length, put) => {
      const texts = new CanonicalTexts();
      const json = jsonbText(given);
      texts.of("a kind", json);
      const at = from % json.length;
      const edited = json.slice(0, at) + put + json.slice(at + length);
      expect(texts.of("a kind", edited)).toBe(canonicalText(edited));
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ["a member twice", '{"a": 1, "a": 2}'],
  ["digits that a double loses", '{"a": 12345678901234567890}'],
  ["a number that no double is", '{"a": 1e999}'],
  ["a fraction with zeros behind it", '{"a": 1.50}'],
  ["a small fraction", '{"a": 0.0000001}'],
  ["minus nothing", '{"a": -0}'],
  ["a zero in front", '{"a": 01}'],
  ["other spaces", '{"a":1}'],
  ["more behind it", '{"a": 1} '],
  ["a name with a dot", '{"a.b": 1}'],
])("%s is as parsing has it, once the shape of another is known", (_, json) => {
  const texts = new CanonicalTexts();
  for (const known of ['{"a": 1}', '{"a": "x"}', '{"a.b": 1}', '{"axb": 1}']) texts.of("a kind", known);
  expect(texts.of("a kind", json)).toBe(canonicalText(json));
});

it("so many shapes are kept, and every text is read all the same", () => {
  const texts = new CanonicalTexts();
  for (let at = 0; at < 700; at++) {
    const json = `{"z": ${at}, "n${at}": "x"}`;
    expect(texts.of(`kind ${at % 200}`, json)).toBe(`{"n${at}":"x","z":${at}}`);
  }
});

it("a text by itself is the same text", () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(ownText(given)).toBe(given);
    }),
  );
});
