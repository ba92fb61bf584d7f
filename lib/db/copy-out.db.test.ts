import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { type Database, openDatabase } from "./client";
import { copiedColumns, copyRows } from "./copy-out";

let testDatabase: TestDatabase;
let db: Database;
let client: pg.PoolClient;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url, 2);
  client = await db.pool.connect();
  await client.query("CREATE TEMP TABLE odd (at int, one text, two text, three jsonb)");
});
afterAll(async () => {
  client?.release();
  await db?.close();
  await testDatabase?.drop();
});

// Everything that a text of PostgreSQL can hold: all but the zero byte and half a pair.
const text = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "",
      "\\N",
      "\\.",
      "\\",
      "\t",
      "\n",
      "\r\n",
      "\b\f\v\u0001\u007f",
      "a\\tb",
      "\ud83d\ude00",
      "é\u2028",
    ),
    // Longer than a block, and than what it grows to.
    fc.constantFrom("x".repeat(70_000), "é\n".repeat(50_000)),
  )
  .map((each) => each.replaceAll("\0", ""));
const row = fc.tuple(fc.option(text), fc.option(text), fc.option(fc.dictionary(text, text, { maxKeys: 2 })));

it("a row copied out is the one that the driver reads", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      await client.query("TRUNCATE odd");
      await client.query(
        "INSERT INTO odd SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::jsonb[])",
        [
          rows.map((_, at) => at),
          ...[rows.map(([one]) => one), rows.map(([, two]) => two)],
          rows.map(([, , three]) => three && JSON.stringify(three)),
        ],
      );
      const copied = await copyRows(client, "SELECT one, two, three FROM odd ORDER BY at");
      const read = await client.query("SELECT one, two, three::text FROM odd ORDER BY at");
      expect(JSON.stringify(copied.map(copiedColumns))).toBe(JSON.stringify(read.rows.map(Object.values)));
    }),
    { numRuns: 20 },
  );
});

it("many rows come whole and in order, from a connection and from the pool", async () => {
  const many = "SELECT n, repeat('é', n % 90) FROM generate_series(1, 20000) AS n ORDER BY n";
  for (const on of [client, db.pool]) {
    const rows = await copyRows(on, many);
    expect(rows).toHaveLength(20_000);
    for (const [at, each] of rows.entries()) expect(each).toBe(`${at + 1}\t${"é".repeat((at + 1) % 90)}`);
  }
});

it("no row and an empty one are told apart", async () => {
  expect(await copyRows(client, "SELECT 1 WHERE false")).toEqual([]);
  expect(await copyRows(client, "SELECT ''")).toEqual([""]);
});

it("a statement that fails, at once or on the way, says so and leaves the connection usable", async () => {
  for (const sql of ["SELECT nothing", "SELECT 1 / (5000 - n) FROM generate_series(1, 9000) AS n"]) {
    await expect(copyRows(client, sql)).rejects.toMatchObject({ severity: "ERROR" });
    await expect(copyRows(db.pool, sql)).rejects.toMatchObject({ severity: "ERROR" });
    expect(await copyRows(client, "SELECT 7")).toEqual(["7"]);
    expect(await copyRows(db.pool, "SELECT 7")).toEqual(["7"]);
  }
  expect(db.pool.waitingCount).toBe(0);
});

it("a connection that ends on the way is an error, and another takes its place", async () => {
  const lost = copyRows(db.pool, "SELECT pg_terminate_backend(pg_backend_pid())");
  await expect(lost).rejects.toThrow();
  expect(await copyRows(db.pool, "SELECT 7")).toEqual(["7"]);
});

it("sees what its transaction sees", async () => {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const count = "SELECT count(*) FROM audit_checkpoints";
  expect(await copyRows(client, count)).toEqual(["0"]);
  await db.pool.query(
    "INSERT INTO audit_checkpoints (tree_size, root_hash, key_id, signature, created_at) VALUES (1, '', '', '', now())",
  );
  expect([await copyRows(client, count), await copyRows(db.pool, count)]).toEqual([["0"], ["1"]]);
  await client.query("COMMIT");
});
