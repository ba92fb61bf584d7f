import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNote, readCheckpoint } from "@/lib/audit/checkpoint";
import { sha256 } from "@/lib/audit/sha256";
import { signerOf, verifySignature } from "@/lib/audit/signing";
import { type KnownCheckpoint, type VerifyResult, verifyLedger } from "@/lib/audit/verify-ledger";
import { ledgerSource } from "@/lib/db/audit-ledger-store";
import { type Database, openDatabase, type Queryable } from "@/lib/db/client";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { keeping, seedOf, writeEntries } from "@/lib/testing/ledger-ground";
import { sealAudit } from "./seal-audit";

let testDatabase: TestDatabase;
let db: Database;
const host = keeping();
const startMs = Date.UTC(2026, 10, 26, 9);
const context = (nowMs = startMs, ledger = host) =>
  testContext(db, actors.system("audit-ledger"), { nowMs, services: { ledger } });

const plainly = { sha256, verifySignature, trusted: null, pageSize: 200 };
const verified = (on: Queryable = db.pool, more: Partial<Parameters<typeof verifyLedger>[1]> = {}) =>
  verifyLedger(ledgerSource(on), { ...plainly, ...more });

/** The same rows, each with an escape before its id that changes nothing. */
function takenApart(on: Queryable): ReturnType<typeof ledgerSource> {
  const source = ledgerSource(on);
  const page: typeof source.page = async (range) => {
    const read = await source.page(range);
    return { ...read, rows: read.rows.map((row) => row.replace("\ta", "\t\\a")) };
  };
  return { ...source, page };
}

/** Batches of these sizes: across a border of tiles, and of one entry. */
const batches = [250, 40, 1, 300, 9];
const total = batches.reduce((sum, each) => sum + each, 0);

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url, 6);
  let written = 0;
  for (const [at, size] of batches.entries()) {
    await writeEntries(db, size, startMs, written);
    written += size;
    expect(await sealAudit(context(startMs + at * 1_000))).toEqual({ sealed: size, more: false });
  }
});
afterAll(async () => {
  await db?.close();
  await testDatabase?.drop();
});

const noteHeld = () => readCheckpoint(openNote(host.remembered() ?? "")?.text ?? "");

describe("sealing", () => {
  it("numbers every committed entry without a gap and signs each batch", async () => {
    const result = await verified();
    expect(result).toMatchObject({
      ok: true,
      problem: null,
      entries: total,
      size: total,
      checkpoints: batches.length,
    });
    expect(noteHeld()).toMatchObject({ size: total });
    expect(await sealAudit(context())).toEqual({ sealed: 0, more: false });
  });

  it("takes at most so many at once and says that there are more", async () => {
    const other = await createTestDatabase();
    const fresh = openDatabase(other.url, 3);
    try {
      await writeEntries(fresh, 25, startMs);
      const ctx = testContext(fresh, actors.system(), { services: { ledger: keeping() } });
      const made = [await sealAudit(ctx, 10), await sealAudit(ctx, 10), await sealAudit(ctx, 10)];
      expect(made).toEqual([
        { sealed: 10, more: true },
        { sealed: 10, more: true },
        { sealed: 5, more: false },
      ]);
    } finally {
      await fresh.close();
      await other.drop();
    }
  });

  it("leaves to others what is signed with a key it does not hold, and says so when nobody seals", async () => {
    const stranger = keeping(seedOf(9));
    await writeEntries(db, 1, startMs + 60_000, total);
    expect(await sealAudit(context(startMs + 61_000, stranger))).toEqual({ sealed: 0, more: false });
    await expect(sealAudit(context(startMs + 200_000, stranger))).rejects.toMatchObject({
      reason: "audit_key_other",
    });
    expect(await sealAudit(context(startMs + 200_000))).toEqual({ sealed: 1, more: false });
  });

  it("is refused to people and programs", async () => {
    for (const actor of [actors.admin(), actors.adminToken()])
      await expect(sealAudit(testContext(db, actor))).rejects.toMatchObject({ kind: "forbidden" });
    await sealAudit(context(startMs + 300_000)); // those refusals are on record too
    expect(await verified()).toMatchObject({ ok: true, size: total + 3 });
  });
});

it("two processes that write while two others seal leave no gap, no fork and nothing unsealed", async () => {
  const other = await createTestDatabase();
  const [one, two] = [openDatabase(other.url, 4), openDatabase(other.url, 4)];
  try {
    const shared = keeping();
    let writing = true;
    const write = async (on: Database, start: number) => {
      for (let round = 0; round < 25; round++) await writeEntries(on, 7, startMs, start + round * 7);
    };
    const seal = async (on: Database) => {
      const ctx = testContext(on, actors.system(), { services: { ledger: shared } });
      for (let still = true; still; ) {
        still = writing;
        await sealAudit({ ...ctx, nowMs: Date.now() }, 13);
      }
    };
    const sealing = Promise.all([seal(one), seal(two)]);
    await Promise.all([write(one, 0), write(two, 1_000)]);
    writing = false;
    await sealing;
    const ctx = testContext(one, actors.system(), { services: { ledger: shared } });
    while ((await sealAudit({ ...ctx, nowMs: Date.now() }, 200)).more);
    expect(await verified(one.pool)).toMatchObject({ ok: true, size: 350, entries: 350 });
  } finally {
    await Promise.all([one.close(), two.close()]);
    await other.drop();
  }
});

describe("without the owner's help", () => {
  it.each([
    ["an entry's content", "UPDATE audit_entries SET action = 'x' WHERE sequence = 3"],
    ["a sequence", "UPDATE audit_entries SET sequence = 99999 WHERE sequence = 3"],
    ["a leaf hash", "UPDATE audit_entries SET leaf_hash = 'x' WHERE sequence = 3"],
    ["a detail without its hash", "UPDATE audit_entries SET detail = '{}' WHERE sequence = 3"],
    ["a salt", "UPDATE audit_entries SET detail_salt = NULL WHERE sequence = 3"],
    ["entries away", "DELETE FROM audit_entries WHERE sequence = 3"],
    ["everything away", "TRUNCATE audit_entries"],
    [
      "a numbered entry in",
      "INSERT INTO audit_entries SELECT (e).* FROM (SELECT e FROM audit_entries e LIMIT 1) x",
    ],
    ["a tile's hashes", "UPDATE audit_tiles SET hashes = substring(hashes FROM 33) WHERE level = 0"],
    ["tiles away", "DELETE FROM audit_tiles"],
    ["a checkpoint", "UPDATE audit_checkpoints SET tree_size = tree_size + 1"],
    ["checkpoints away", "DELETE FROM audit_checkpoints"],
    ["all checkpoints away", "TRUNCATE audit_checkpoints"],
    ["a key", "UPDATE audit_keys SET public_key = 'x'"],
  ])("nothing changes %s", async (_, statement) => {
    await expect(db.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

/** Does something as whoever owns the tables can, looks at it, and takes it back. */
async function tampered(
  statements: readonly (readonly [string, unknown[]?])[],
  known: KnownCheckpoint[] = [],
) {
  const client = await db.pool.connect();
  try {
    await client.query("BEGIN");
    for (const table of ["audit_entries", "audit_tiles", "audit_checkpoints", "audit_keys"])
      await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await client.query("ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_pkey");
    await client.query("DROP INDEX audit_entries_sequence_key");
    let changed = 0;
    for (const [text, values] of statements) changed += (await client.query(text, values)).rowCount ?? 0;
    expect(changed).toBeGreaterThan(0);
    const result = await verified(client as pg.PoolClient, { known });
    // To the word what is found when no row is read as it stands.
    expect(await verifyLedger(takenApart(client), { ...plainly, known })).toEqual(result);
    return result;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

const broken = (result: VerifyResult) => !result.ok && result.problem !== null;

describe("whoever owns the tables", () => {
  const row = fc.integer({ min: 1, max: total });
  const edits: Record<string, string> = {
    id: "id = id || 'x'",
    at: "at = at + interval '1 millisecond'",
    actor: `actor = actor || '{"name":"Somebody else"}'`,
    "a member of actor": `actor = actor || '{"more":1}'`,
    actor_key: "actor_key = actor_key || 'x'",
    action: "action = 'incident_monitor.resumed'",
    outcome: "outcome = 'failed'",
    subject_kind: "subject_kind = 'token'",
    subject_id: "subject_id = subject_id || 'x'",
    project_id: "project_id = COALESCE(project_id || 'x', 'shop')",
    request_id: "request_id = CASE WHEN request_id IS NULL THEN '' END",
    detail: `detail = detail || '{"reason":"another"}'`,
    "a nested detail": `detail = jsonb_set(detail || '{"nested":{"list":[0]}}', '{nested,list,0}', '"x"')`,
    sequence: "sequence = sequence + 10000",
    leaf_hash: "leaf_hash = repeat('0', 64)",
    sealed_at: "sealed_at = sealed_at + interval '1 millisecond'",
    actor_salt: "actor_salt = uuid_send(gen_random_uuid())",
    "no actor_salt": "actor_salt = NULL",
    detail_salt: "detail_salt = uuid_send(gen_random_uuid())",
    actor_hash: "actor_hash = repeat('a', 64)",
    detail_hash: "detail_hash = repeat('a', 64)",
    "an erasure of another content": "detail = '{}', detail_salt = NULL, detail_hash = repeat('a', 64)",
    "no number": "sequence = NULL, leaf_hash = NULL, sealed_at = NULL",
  };
  it.each(Object.entries(edits))("is found out who edits %s", async (_, edit) => {
    await fc.assert(
      fc.asyncProperty(row, async (sequence) => {
        const result = await tampered([[`UPDATE audit_entries SET ${edit} WHERE sequence = $1`, [sequence]]]);
        expect(broken(result)).toBe(true);
        // The entry is named; of two whose times of sealing differ, the first.
        const named = edit.startsWith("sealed_at") ? [sequence - 1, sequence] : [sequence];
        expect(named).toContain(result.problem?.sequence);
      }),
      // One that is checked as it stands, and one that is taken apart.
      { numRuns: 4, examples: [[3], [4]] },
    );
  });

  it("is found out who deletes, copies, swaps or inserts entries", async () => {
    const pair = fc.tuple(row, row).filter(([one, other]) => one !== other);
    const columns =
      "id, at, actor, actor_key, action, outcome, subject_kind, subject_id, detail, actor_salt, detail_salt";
    await fc.assert(
      fc.asyncProperty(pair, fc.integer({ min: 0, max: 4 }), async ([one, other], way) => {
        const ways: Array<Array<readonly [string, unknown[]]>> = [
          [["DELETE FROM audit_entries WHERE sequence = $1", [one]]],
          [
            ["UPDATE audit_entries SET sequence = -1 WHERE sequence = $1", [one]],
            ["UPDATE audit_entries SET sequence = $1 WHERE sequence = $2", [one, other]],
            ["UPDATE audit_entries SET sequence = $1 WHERE sequence = -1", [other]],
          ],
          [
            [
              `INSERT INTO audit_entries (${columns}, sequence, leaf_hash, sealed_at)
               SELECT ${columns}, $2, leaf_hash, sealed_at FROM audit_entries WHERE sequence = $1`,
              [one, other],
            ],
          ],
          [
            // Everything from there on moves down, over the deleted one.
            ["DELETE FROM audit_entries WHERE sequence = $1", [one]],
            ["UPDATE audit_entries SET sequence = sequence - 1 WHERE sequence >= $1", [one]],
          ],
          [
            [
              `INSERT INTO audit_entries (${columns}, sequence, leaf_hash, sealed_at)
               SELECT ${columns}, $2, leaf_hash, sealed_at FROM audit_entries WHERE sequence = $1`,
              [one, -other],
            ],
          ],
        ];
        expect(broken(await tampered(ways[way] ?? []))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it("is found out who edits checkpoints, tiles and keys", async () => {
    const last = total + 3;
    const statements = [
      "UPDATE audit_checkpoints SET root_hash = repeat('0', 64) WHERE tree_size = 290",
      "UPDATE audit_checkpoints SET signature = (SELECT signature FROM audit_checkpoints WHERE tree_size = 250) WHERE tree_size = 290",
      "UPDATE audit_checkpoints SET created_at = created_at + interval '1 millisecond' WHERE tree_size = 290",
      "UPDATE audit_checkpoints SET tree_size = 289 WHERE tree_size = 290",
      "UPDATE audit_checkpoints SET tree_size = 0 WHERE tree_size = 290",
      "UPDATE audit_checkpoints SET key_id = 'x' WHERE tree_size = 290",
      "DELETE FROM audit_checkpoints WHERE tree_size = 290",
      `DELETE FROM audit_checkpoints WHERE tree_size = ${last}`,
      "DELETE FROM audit_checkpoints",
      "INSERT INTO audit_checkpoints SELECT 17, root_hash, key_id, signature, created_at FROM audit_checkpoints LIMIT 1",
      "UPDATE audit_tiles SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 0 AND position = 0",
      "UPDATE audit_tiles SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 1",
      "UPDATE audit_tiles SET hashes = substring(hashes FROM 1 FOR 32) WHERE level = 0 AND position = 2",
      "UPDATE audit_tiles SET hashes = hashes || substring(hashes FROM 1 FOR 32) WHERE level = 0 AND position = 2",
      "DELETE FROM audit_tiles WHERE level = 0 AND position = 1",
      "DELETE FROM audit_tiles WHERE level = 1",
      "INSERT INTO audit_tiles SELECT 0, 3, substring(hashes FROM 1 FOR 32) FROM audit_tiles LIMIT 1",
      "INSERT INTO audit_tiles SELECT 2, 0, substring(hashes FROM 1 FOR 32) FROM audit_tiles LIMIT 1",
      "UPDATE audit_keys SET key_id = '00000000'",
      "UPDATE audit_keys SET name = name || 'x'",
      "UPDATE audit_keys SET public_key = encode(repeat('k', 32)::bytea, 'base64')",
      "UPDATE audit_keys SET from_size = 1",
      "UPDATE audit_keys SET ordinal = 2",
      "UPDATE audit_keys SET created_at = created_at + interval '1 millisecond'",
      "UPDATE audit_keys SET endorsement = repeat('A', 86) || '=='",
      "UPDATE audit_keys SET endorsed_by = NULL",
      "DELETE FROM audit_keys",
    ];
    const missed: string[] = [];
    for (const statement of statements) if (!broken(await tampered([[statement]]))) missed.push(statement);
    expect(missed).toEqual([]);
  });

  it("and cuts the end off with all that belongs to it is found out by a checkpoint kept elsewhere", async () => {
    const kept = noteHeld();
    const cut: Array<readonly [string, unknown[]?]> = [
      ["DELETE FROM audit_entries WHERE sequence > 250"],
      ["DELETE FROM audit_checkpoints WHERE tree_size > 250"],
      ["DELETE FROM audit_tiles WHERE level = 0 AND position > 0"],
      ["DELETE FROM audit_tiles WHERE level = 1"],
      ["UPDATE audit_tiles SET hashes = substring(hashes FROM 1 FOR 8000)"],
    ];
    expect(await tampered(cut)).toMatchObject({ ok: true, size: 250 });
    const known = kept ? [{ ...kept, from: "the copy" }] : [];
    expect(await tampered(cut, known)).toMatchObject({ ok: false, problem: { kind: "truncated" } });
  });

  it("and writes a ledger of their own with another key is found out by the key", async () => {
    const other = signerOf("another", seedOf(3));
    const result = await verified(db.pool, { trusted: other?.key ?? null });
    expect(result).toMatchObject({ ok: false, problem: { kind: "key" } });
    const rows = await ledgerSource(db.pool).keys();
    const own = signerOf(rows[0]?.name ?? "", seedOf(7));
    expect(await verified(db.pool, { trusted: own?.key ?? null })).toMatchObject({ ok: true });
  });
});
