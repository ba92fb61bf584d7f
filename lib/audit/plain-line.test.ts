import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { erasureAction } from "@/lib/domain/ledger";
import { toHex } from "./bytes";
import { entryLine, entryOfLine } from "./export-lines";
import { fieldFault, leafHashOf } from "./leaf";
import { plainEntry } from "./plain-line";
import { sha256 } from "./sha256";

const text = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: "binary", maxLength: 12 }));
const maybe = fc.option(text, { nil: null });
const salt = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex);
const content = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }).map(canonicalJson);
const field = fc.record({ salt, canonical: content });
const entries = fc
  .record({
    ...{ sequence: fc.integer({ min: 1, max: 2 ** 40 }), id: text, actorKey: text, action: text },
    ...{ outcome: text, subjectKind: text, subjectId: text, projectId: maybe, requestId: maybe },
    at: fc.constant("2026-11-26T10:00:00.123Z"),
    ...{ actor: field, detail: field, sealedAtMs: fc.integer({ min: 0, max: 4e12 }) },
  })
  .map((entry) => ({ ...entry, leafHash: toHex(leafHashOf(sha256, entry)) }));

/** What parsing makes of a line: the leaf, where the line is an entry whose content is what its leaf hash says. */
function parsed(line: string) {
  try {
    const entry = entryOfLine(JSON.parse(line) as Record<string, unknown>);
    if (!entry || fieldFault(entry)) return null;
    const leaf = leafHashOf(sha256, entry);
    if (toHex(leaf) !== entry.leafHash) return null;
    return { sequence: entry.sequence, id: entry.id, sealedAtMs: entry.sealedAtMs, leaf };
  } catch {
    return null;
  }
}

it("a line read without parsing says what parsing it says", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const line = entryLine(entry);
      expect(parsed(line)).not.toBeNull();
      expect([null, JSON.stringify(parsed(line))]).toContain(stringOrNull(plainEntry(sha256, line)));
    }),
  );
});

const stringOrNull = (entry: object | null) => entry && JSON.stringify(entry);

it("a line edited anywhere is taken only where parsing takes it, as the same", () => {
  const pieces = fc.constantFrom(
    "",
    "a",
    '"',
    "{",
    "}",
    ",",
    "\\",
    " ",
    '","',
    '"action":"x",',
    '"detail":{},',
    "0",
  );
  fc.assert(
    fc.property(entries, fc.nat(), fc.nat({ max: 40 }), pieces, (entry, from, length, piece) => {
      const line = entryLine(entry);
      const at = from % line.length;
      const edited = line.slice(0, at) + piece + line.slice(at + length);
      const plain = plainEntry(sha256, edited);
      if (plain) expect(JSON.stringify(plain)).toBe(JSON.stringify(parsed(edited)));
    }),
    { numRuns: 2_000 },
  );
});

const [sample] = fc.sample(entries, { numRuns: 1, seed: 5 });
const common = {
  ...(sample as NonNullable<typeof sample>),
  ...{
    id: "audit-1",
    actorKey: "user:u1",
    action: "act",
    outcome: "done",
    subjectKind: "draft",
    subjectId: "d1",
  },
  ...{ projectId: null, requestId: "req-1" },
  actor: { salt: "00".repeat(16), canonical: '{"id":"u1","kind":"user"}' },
  detail: { salt: "11".repeat(16), canonical: '{"n":1,"reason":"\u00e9"}' },
};
const lineOf = (entry: Omit<typeof common, "leafHash">) =>
  entryLine({ ...entry, leafHash: toHex(leafHashOf(sha256, entry)) });

it("an ordinary line needs no parsing; an erasure, an erased one and one with more in it do", () => {
  const line = lineOf(common);
  expect(plainEntry(sha256, line)).toMatchObject({ sequence: common.sequence, id: "audit-1" });
  const others = [
    lineOf({ ...common, action: erasureAction }),
    lineOf({ ...common, id: 'a"b' }),
    line.replace('"detail":{', '"detail":{},"detail":{'),
    line.replace('"outcome":"done"', '"outcome":"denied"'),
    line.replace("}", ' ,"proof":[]}'),
    line.replace('"n":1,', '"n":1, '),
    entryLine({ ...common, detail: { hash: "ab".repeat(32) } as never }),
    `${line} `,
    "",
  ];
  for (const other of others) expect(plainEntry(sha256, other), other).toBeNull();
});
