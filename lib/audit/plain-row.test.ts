import fc from "fast-check";
import { expect, it } from "vitest";
import { writtenEntryFromCopy } from "@/lib/db/audit-written-rows";
import { erasureAction } from "@/lib/domain/ledger";
import { toHex } from "./bytes";
import { fieldFault, isErased, leafHashOf } from "./leaf";
import { PlainRows } from "./plain-row";
import { sha256 } from "./sha256";

type Columns = (string | null)[];

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("\\N", "N", "\t", "\n", "a\tb", "\\", '"', "null", "é", "\ud83d\ude00"),
);
const maybe = fc.option(text, { nil: null });
const jsonb = (value: unknown) =>
  JSON.stringify(value, null, 1)
    .replace(/\n */g, " ")
    .replace(/^\{ | \}$/g, (end) => end.trim());
const content = fc
  .dictionary(fc.oneof(fc.constantFrom("n", "state", "reason"), text), fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 4,
  })
  .map(jsonb);
const salt = fc.option(fc.uint8Array({ minLength: 15, maxLength: 17 }).map(toHex), { nil: null, freq: 20 });
const hash = fc.option(fc.constant("ab".repeat(32)), { freq: 1, nil: null }).map((each) => each);
const rows = fc
  .record({
    sequence: fc.integer({ min: 1, max: 2 ** 40 }),
    at: fc.integer({ min: -4e12, max: 4e12 }),
    words: fc.array(text, { minLength: 6, maxLength: 6 }),
    ...{ projectId: maybe, requestId: maybe, actor: content, detail: content },
    ...{ actorSalt: salt, detailSalt: salt, actorHash: fc.constant(null), detailHash: hash },
    sealedAt: fc.integer({ min: 0, max: 4e12 }),
  })
  .map((each): Columns => {
    const [id = "", actorKey = "", action = "", outcome = "", kind = "", subject = ""] = each.words;
    return sealed([
      ...[String(each.sequence), id, String(each.at), actorKey, action, outcome, kind, subject],
      ...[each.projectId, each.requestId, each.actor, each.actorSalt, each.actorHash],
      ...[each.detail, each.detailSalt, each.detailHash, "", String(each.sealedAt)],
    ]);
  });

const escapes: Record<string, string> = { "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "\v": "v" };
/** As COPY writes a row, by PostgreSQL's description of it. */
const copied = (columns: Columns): string =>
  columns
    .map((each) => each?.replace(/[\\\b\f\n\r\t\v]/g, (odd) => `\\${escapes[odd] ?? odd}`) ?? "\\N")
    .join("\t");

/** With the leaf hash that the columns make. */
function sealed(columns: Columns): Columns {
  const entry = writtenEntryFromCopy(copied(columns));
  return columns.with(16, toHex(leafHashOf(sha256, entry)));
}

/** What taking a row apart makes of it, where it is an entry whose content is what its leaf hash says. */
function whole(row: string) {
  const entry = writtenEntryFromCopy(row);
  const { sequence, id, sealedAtMs, leafHash } = entry;
  if (fieldFault(entry) || isErased(entry.actor) || isErased(entry.detail)) return null;
  if (entry.action === erasureAction || toHex(leafHashOf(sha256, entry)) !== leafHash) return null;
  return { sequence, id, sealedAtMs, leafHash };
}

it("a row read as it stands says what taking it apart says", () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 6 }), (some) => {
      const plain = new PlainRows(sha256);
      for (const row of some.map(copied)) {
        const read = plain.read(row);
        if (read) expect(read).toEqual(whole(row));
      }
    }),
    { numRuns: 100 },
  );
});

it("a row edited anywhere is taken only where taking it apart takes it, as the same", () => {
  const piece = fc.constantFrom(
    "",
    "a",
    '"',
    "{",
    "}",
    "\\",
    "\\N",
    "\\t",
    "\t",
    " ",
    "0",
    "-",
    '","outcome":"x',
    "\u0001",
  );
  fc.assert(
    fc.property(rows, fc.nat(), fc.nat({ max: 40 }), piece, (columns, from, length, put) => {
      const row = copied(columns);
      const plain = new PlainRows(sha256);
      plain.read(row);
      const at = from % row.length;
      const edited = row.slice(0, at) + put + row.slice(at + length);
      const read = plain.read(edited);
      if (read) expect(read).toEqual(whole(edited));
    }),
    { numRuns: 1_000 },
  );
});

const ordinary: Columns = [
  ...["7", "audit-1", "1764150000123", "user:u1", "act", "done", "draft", "d1", null, "req-1"],
  ...['{"id": "u1", "kind": "user", "name": "Ada"}', "0a".repeat(16), null],
  ...['{"n": 1, "list": [1, {"b": null}], "reason": "é"}', "1b".repeat(16), null, "", "1764150000500"],
];

it("an ordinary row is read as it stands; an erasure, an erased one and one with more in it are not", () => {
  const plain = new PlainRows(sha256);
  const row = sealed(ordinary);
  expect(plain.read(copied(row))).toEqual(whole(copied(row)));
  expect(plain.read(copied(row))).toMatchObject({
    sequence: 7,
    id: "audit-1",
    sealedAtMs: 1_764_150_000_500,
  });
  const escaped = copied(sealed(row.with(10, '{"id": "\\""}').with(13, '{"n": "a\\nb", "m": "\\\\"}')));
  expect(whole(escaped)).not.toBeNull();
  expect(plain.read(escaped)).toEqual(whole(escaped));
  // COPY writes no such thing: a tab within JSON.
  expect(plain.read(escaped.replace("\\\\n", "\\t"))).toBeNull();
  const others: Columns[] = [
    sealed(row.with(4, erasureAction)),
    sealed(row.with(1, 'a"b')),
    sealed(row.with(1, "a\tb")),
    sealed(row.with(13, "{}").with(14, null).with(15, "ab".repeat(32))),
    sealed(row.with(14, "ab".repeat(15))),
    row.with(17, null),
    row.with(0, "07"),
  ];
  for (const other of others) expect(plain.read(copied(other)), copied(other)).toBeNull();
});

it("a row with one column of another is another leaf", () => {
  const plain = new PlainRows(sha256);
  const row = sealed(ordinary);
  const other = ["8", "audit-2", "1764150000124", "user:u2", "acts", "denied", "route", "d2", "shop", null];
  other.push('{"id": "u1", "kind": "user", "name": "Bo"}', "0b".repeat(16), "ab".repeat(32), '{"n": 2}');
  other.push("2b".repeat(16), "ab".repeat(32), "c".repeat(64));
  for (const [at, column] of other.entries())
    expect(plain.read(copied(row.with(at, column))), `column ${at}`).toBeNull();
});
