import fc from "fast-check";
import { expect, it } from "vitest";
import { writtenEntryFromRow } from "@/lib/db/audit-written-rows";
import { canonicalJson, jsonText } from "@/lib/domain/canonical-json";
import { isoTime } from "@/lib/domain/iso-time";
import type { LedgerEntry, WrittenEntry } from "@/lib/domain/ledger";
import { isHexOf, toHex } from "./bytes";
import { entryLine, entryOfLine } from "./export-lines";
import { hashLeaf, hashNode, hexOf, type Sha256 } from "./hash";
import { fieldFault, leafContent, leafHashOf, readEntry } from "./leaf";
import { sha256 } from "./sha256";
import { isConsistent, isIncluded } from "./tree";

/** The plain way, as a browser has it: bytes alone. */
const plain: Sha256 = (input) => sha256(input);

const text = fc.string({ unit: "binary", maxLength: 30 });
const maybe = fc.option(text, { nil: null });
const salt = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex);
const value = fc.jsonValue().map((each) => JSON.parse(JSON.stringify(each)) as unknown);
const entries = fc.record({
  ...{
    sequence: fc.integer({ min: 1, max: 2 ** 40 }),
    id: text,
    actorKey: text,
    action: text,
    outcome: text,
  },
  ...{ subjectKind: text, subjectId: text, projectId: maybe, requestId: maybe },
  at: fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
  actor: fc.record({ salt, value }),
  detail: fc.record({ salt, value }),
}) as fc.Arbitrary<LedgerEntry>;

/** The definition: an object of every column, in canonical JSON. */
function defined(entry: LedgerEntry): string {
  const hashOf = (field: LedgerEntry["actor"]) =>
    "hash" in field ? field.hash : toHex(sha256(`${field.salt}:${canonicalJson(field.value)}`));
  return canonicalJson({
    ...{ format: 1, sequence: entry.sequence, id: entry.id, at: entry.at, actor_key: entry.actorKey },
    ...{ action: entry.action, outcome: entry.outcome, subject_kind: entry.subjectKind },
    ...{ subject_id: entry.subjectId, project_id: entry.projectId, request_id: entry.requestId },
    ...{ actor_hash: hashOf(entry.actor), detail_hash: hashOf(entry.detail) },
  });
}

const writtenOf = (entry: LedgerEntry): WrittenEntry => ({
  ...entry,
  actor: writtenField(entry.actor),
  detail: writtenField(entry.detail),
});
const writtenField = (field: LedgerEntry["actor"]) =>
  "hash" in field ? field : { salt: field.salt, canonical: canonicalJson(field.value) };

it("a leaf is the same from values, from what was written, and by its definition", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const written = writtenOf(entry);
      expect(leafContent(sha256, entry)).toBe(defined(entry));
      expect(leafContent(plain, written)).toBe(defined(entry));
      const leaf = leafHashOf(sha256, written);
      expect(leaf).toEqual(hashLeaf(plain, new TextEncoder().encode(defined(entry))));
      expect(isHexOf(toHex(leaf), leaf)).toBe(true);
    }),
  );
});

it("an entry is the same after its line of an export, byte for byte of its leaf", () => {
  fc.assert(
    fc.property(entries, fc.boolean(), (entry, isErased) => {
      const whole = isErased ? { ...entry, detail: { hash: "ab".repeat(32) } } : entry;
      const sealed = { ...writtenOf(whole), leafHash: "00", sealedAtMs: 12 };
      const read = entryOfLine(JSON.parse(entryLine(sealed)) as Record<string, unknown>);
      expect(read).toEqual(readEntry(sealed));
      expect(read && leafContent(sha256, read)).toBe(defined(whole));
    }),
  );
});

it("text of JSON, times and hex are those of the platform", () => {
  fc.assert(
    fc.property(text, (each) => {
      expect(jsonText(each)).toBe(JSON.stringify(each));
    }),
  );
  const moment = fc.integer({ min: -8.64e15, max: 8.64e15 });
  fc.assert(
    fc.property(moment, (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString());
    }),
  );
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1]) expect(isoTime(none)).toBe("");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(), (bytes, at) => {
      const hex = toHex(bytes);
      expect(hexOf(sha256, bytes)).toBe(hexOf(plain, bytes));
      expect(isHexOf(hex, bytes)).toBe(true);
      expect(isHexOf(`${hex}0`, bytes)).toBe(false);
      if (bytes.length === 0) return;
      const place = at % hex.length;
      const other = hex[place] === "0" ? "A" : "0";
      expect(isHexOf(hex.slice(0, place) + other + hex.slice(place + 1), bytes)).toBe(false);
    }),
  );
});

it("many members come in order too", () => {
  const names = fc.uniqueArray(text, { minLength: 0, maxLength: 40 });
  fc.assert(
    fc.property(names, (each) => {
      const given = Object.fromEntries(each.map((name, at) => [name, at]));
      const inOrder = [...Object.keys(given)].sort();
      expect(canonicalJson(given)).toBe(
        `{${inOrder.map((name) => `${JSON.stringify(name)}:${given[name]}`).join(",")}}`,
      );
    }),
  );
});

const row = (over: Partial<Record<number, string | null>> = {}) => {
  const columns: (string | null)[] = [
    "7",
    "audit-1",
    "1764150000123",
    "user:u1",
    "act",
    "done",
    "draft",
    "d1",
  ];
  columns.push(null, "req", '{"id": "u1", "kind": "user", "name": "Ada"}', "a".repeat(32), null);
  columns.push('{"n": 1, "a": [1.50]}', "b".repeat(32), null, "c".repeat(64), "1764150000500");
  for (const [at, column] of Object.entries(over)) columns[Number(at)] = column ?? null;
  return columns;
};

it("a row is read as it stands", () => {
  expect(writtenEntryFromRow(row())).toEqual({
    ...{ sequence: 7, id: "audit-1", at: "2025-11-26T09:40:00.123Z", actorKey: "user:u1", action: "act" },
    ...{ outcome: "done", subjectKind: "draft", subjectId: "d1", projectId: null, requestId: "req" },
    actor: { salt: "a".repeat(32), canonical: '{"id":"u1","kind":"user","name":"Ada"}' },
    detail: { salt: "b".repeat(32), canonical: '{"a":[1.5],"n":1}' },
    ...{ leafHash: "c".repeat(64), sealedAtMs: 1_764_150_000_500 },
  });
});

it.each<[string, Partial<Record<number, string | null>>]>([
  ["a hash beside content that is still there", { 15: "d".repeat(64) }],
  ["a number that no double is", { 13: '{"n": 1e999}' }],
  ["no salt", { 14: null }],
  ["an actor's name beside its hash", { 12: "d".repeat(64) }],
])("%s can be no entry", (_, over) => {
  expect(fieldFault(writtenEntryFromRow(row(over)))).not.toBeNull();
});

it("a time that is none, and a leaf hash that is gone, are empty: no leaf has them", () => {
  expect(writtenEntryFromRow(row({ 2: null, 16: null, 17: null }))).toMatchObject({
    ...{ at: "", leafHash: "", sealedAtMs: 0 },
  });
  expect(writtenEntryFromRow(row({ 2: "Infinity" })).at).toBe("");
});

it("what is no hash makes no node and proves nothing", () => {
  const hash = sha256("a");
  expect(() => hashNode(sha256, hash, hash.subarray(1))).toThrow(RangeError);
  const place = { index: 0, size: 2, root: hashNode(sha256, hash, hash) };
  for (const odd of [new Uint8Array(0), hash.subarray(1), new Uint8Array(40)]) {
    expect(isIncluded(sha256, place, hash, [odd])).toBe(false);
    expect(isConsistent(sha256, { size: 1, root: hash }, { size: 2, root: place.root }, [odd])).toBe(false);
  }
});
