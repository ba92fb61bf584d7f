import { randomUUID } from "node:crypto";
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
    drop: () => runOn(admin, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
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
