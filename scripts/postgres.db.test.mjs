import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyMigrations, isMigrated } from "./apply-migrations.mjs";
import { openCluster, removeCluster } from "./postgres.mjs";
import { isRunning, waitUntilGone } from "./processes.mjs";
import { writeSecret } from "./secrets.mjs";

let dataDir;
let opened;

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-embedded-"));
  opened = [];
});

afterEach(async () => {
  for (const cluster of opened) await cluster.stop();
  removeCluster(dataDir, opened[0]?.home ?? dataDir);
});

/** Unsynced, for speed, unless the test is about what survives. */
async function open({ durable = false } = {}) {
  const cluster = await openCluster({ dataDir, durable });
  opened.push(cluster);
  return cluster;
}

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  it("keeps its data and its port over a stop and a start", async () => {
    const first = await open();
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await open();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("adopts a server that is running already", async () => {
    const first = await open();
    const second = await open();
    expect(second).toMatchObject({ pid: first.pid, port: first.port, adopted: true });
  });

  it("recovers everything committed when the server itself was killed", async () => {
    const first = await open({ durable: true });
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(first.pid, "SIGKILL");
    expect(await waitUntilGone(first.pid, 5_000)).toBe(true);
    const second = await open();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("is not started by half: an interrupted creation begins anew", async () => {
    fs.mkdirSync(path.join(dataDir, "postgres.partial"), { recursive: true });
    fs.writeFileSync(path.join(dataDir, "postgres.partial", "PG_VERSION"), "17\n");
    expect(await query((await open()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("takes the audit ledger out of the application's hands, and gives it back for a migration", async () => {
    const cluster = await open();
    expect(await cluster.protectLedger()).toBe(false);
    expect(await isMigrated(cluster.url)).toBe(false);
    await applyMigrations(cluster.url);
    expect(await isMigrated(cluster.url)).toBe(true);
    expect(await cluster.protectLedger()).toBe(true);
    expect(await cluster.protectLedger()).toBe(true);
    const columns = "id, at, actor, actor_key, action, outcome, subject_kind, subject_id";
    const entry = `INSERT INTO audit_entries (${columns}) VALUES ('a', now(), '{}', 'system:x', 'x', 'done', 'x', 'x')`;
    await query(cluster.url, entry);
    await query(cluster.url, "UPDATE audit_entries SET sequence = 1, leaf_hash = 'x', sealed_at = now()");
    for (const forbidden of [
      "UPDATE audit_entries SET action = 'y'",
      "DELETE FROM audit_entries",
      "TRUNCATE audit_entries",
      "DROP TABLE audit_entries",
      "DROP SCHEMA public CASCADE",
      "ALTER TABLE audit_entries DISABLE TRIGGER USER",
      "CREATE OR REPLACE FUNCTION audit_entries_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "DELETE FROM audit_checkpoints",
      "UPDATE audit_keys SET name = 'x'",
    ])
      await expect(query(cluster.url, forbidden), forbidden).rejects.toMatchObject({ code: "42501" });
    // The application goes on making and changing what is its own.
    await query(cluster.url, "CREATE TABLE own AS SELECT 1 AS one; ALTER TABLE users ADD COLUMN later INT");
    expect(await cluster.releaseLedger()).toBe(true);
    await query(cluster.url, "ALTER TABLE audit_entries ADD COLUMN later INT");
  });

  it("gives the application a database of its own and no superuser", async () => {
    const { url } = await open({ durable: true });
    const sql =
      "SELECT rolsuper, rolcreatedb, current_setting('server_encoding') AS encoding FROM pg_roles WHERE rolname = current_user";
    expect(await query(url, sql)).toEqual([{ rolsuper: false, rolcreatedb: true, encoding: "UTF8" }]);
    const settings =
      "SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS listens";
    expect(await query(url, settings)).toEqual([{ fsync: "on", listens: "127.0.0.1" }]);
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(query(wrong.toString(), "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  it("says what to do when the secrets folder is not the database's own", async () => {
    const first = await open();
    await first.stop();
    writeSecret(dataDir, "postgres-admin-password", "another");
    await expect(openCluster({ dataDir })).rejects.toThrow(/Restore the secrets folder/);
    expect(fs.existsSync(path.join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  });

  it("stops within a moment", async () => {
    const { pid, stop } = await open();
    await stop();
    expect(isRunning(pid)).toBe(false);
  });
});
