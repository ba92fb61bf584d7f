import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";

export type TestDatabase = {
  url: string;
  /** Ends whatever still uses it: a test that leaks a connection must not hang the run. */
  drop(): Promise<void>;
};

/** A fresh database with the schema applied, for one test file (or one test). Needs the vitest project `database`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const templateUrl = new URL(inject("templateDatabaseUrl"));
  const template = templateUrl.pathname.slice(1);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(templateUrl);
  url.pathname = `/${name}`;
  // A template with a connection to it cannot be copied, so the statements go through the server's own database.
  const admin = new URL(templateUrl);
  admin.pathname = "/postgres";

  await runOn(admin, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return {
    url: url.toString(),
    drop: () => dropDatabase(admin, name),
  };
}

/**
 * The server's own housekeeping may be at work in it, and cannot be sent away by whoever owns the database (42501): it is done
 * in a moment, and gives way to the lock that is asked for again.
 */
async function dropDatabase(admin: URL, name: string): Promise<void> {
  for (let left = 50; ; left -= 1) {
    try {
      return await runOn(admin, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    } catch (error) {
      if ((error as { code?: string }).code !== "42501" || left === 0) throw error;
      await pause(100);
    }
  }
}

async function runOn(url: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
