import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { type Database, openDatabase } from "./client";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

it("a connection that is lost while somebody holds it and asks nothing ends no process, and is not used again", async () => {
  const { pool } = database;
  const held = await pool.connect();
  await held.query("BEGIN");
  const { rows } = await held.query("SELECT pg_backend_pid() AS pid");
  const lost = new Promise<void>((resolve) => held.once("end", resolve));
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  await lost;
  await expect(held.query("SELECT 1")).rejects.toThrow();
  held.release(true);
  const [next] = (await pool.query("SELECT pg_backend_pid() AS pid")).rows;
  expect(next.pid).not.toBe(rows[0].pid);
});
