import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../lib/testing/database.ts";
import { applyMigrations, migrationsFolder } from "./apply-migrations.mjs";
import { runPrisma } from "./prisma.mjs";
import { projectRoot } from "./project.mjs";

let database;
let folder;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-migrations-"));
});

afterAll(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A copy of the committed schema that a test may change. */
function copySchema(name) {
  const copy = path.join(folder, name);
  fs.cpSync(path.join(projectRoot, "prisma", "schema"), copy, { recursive: true });
  return copy;
}

const diffAgainst = (schema) =>
  runPrisma(
    ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", schema, "--exit-code"],
    { databaseUrl: database.url, capture: true },
  );

describe("the schema engine", () => {
  it("finds that the committed migrations hold everything the committed schema has", async () => {
    const { code, output } = await diffAgainst("prisma/schema");
    expect(output).toContain("No difference detected");
    expect(code).toBe(0);
  });

  it("finds a changed schema: exit code 2, never a silent 0", async () => {
    const schema = copySchema("changed");
    fs.writeFileSync(path.join(schema, "extra.prisma"), "model SchemaEngineProbe {\n  id String @id\n}\n");
    const { code, output } = await diffAgainst(schema);
    expect(output).toContain("SchemaEngineProbe");
    expect(code).toBe(2);
  });

  it("agrees with the runner's bookkeeping: nothing is pending after it", async () => {
    const { code, output } = await runPrisma(["migrate", "status"], {
      databaseUrl: database.url,
      capture: true,
    });
    expect(output).toContain("Database schema is up to date");
    expect(code).toBe(0);
  });
});

describe("applyMigrations", () => {
  async function withFreshDatabase(migrations, work) {
    const fresh = await createTestDatabase();
    const files = fs.mkdtempSync(path.join(folder, "set-"));
    const client = new pg.Client({ connectionString: fresh.url });
    try {
      await client.connect();
      await client.query('DROP TABLE "_prisma_migrations"');
      for (const [name, sql] of Object.entries(migrations)) write(files, name, sql);
      await work({ url: fresh.url, files, client });
    } finally {
      await client.end();
      await fresh.drop();
    }
  }

  function write(files, name, sql) {
    fs.mkdirSync(path.join(files, name), { recursive: true });
    fs.writeFileSync(path.join(files, name, "migration.sql"), sql);
  }

  it("applies once when several processes start together", async () => {
    const migrations = {
      "1_one": "CREATE TABLE one (id int)",
      "2_two": "SELECT pg_sleep(0.1); CREATE TABLE two (id int)",
    };
    await withFreshDatabase(migrations, async ({ url, files }) => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(url, files)));
      expect(answers.flat().sort()).toEqual(["1_one", "2_two"]);
    });
  });

  it("leaves nothing of a migration that fails, and applies it once it is repaired", async () => {
    await withFreshDatabase(
      { "1_bad": "CREATE TABLE kept (id int); SELECT nonsense" },
      async ({ url, files, client }) => {
        await expect(applyMigrations(url, files)).rejects.toThrow(
          /migration 1_bad failed and was undone: .*nonsense/,
        );
        expect((await client.query("SELECT to_regclass('kept') AS found")).rows[0].found).toBeNull();
        write(files, "1_bad", "CREATE TABLE kept (id int)");
        expect(await applyMigrations(url, files)).toEqual(["1_bad"]);
      },
    );
  });

  it("refuses a migration edited after it was applied", async () => {
    await withFreshDatabase({ "1_one": "CREATE TABLE one (id int)" }, async ({ url, files }) => {
      await applyMigrations(url, files);
      write(files, "1_one", "CREATE TABLE one (id bigint)");
      await expect(applyMigrations(url, files)).rejects.toThrow(/1_one was edited after it was applied/);
    });
  });

  it("refuses a database that a newer version migrated", async () => {
    await withFreshDatabase({ "1_one": "SELECT 1", "2_two": "SELECT 2" }, async ({ url, files }) => {
      await applyMigrations(url, files);
      fs.rmSync(path.join(files, "2_two"), { recursive: true });
      await expect(applyMigrations(url, files)).rejects.toThrow(
        /newer version of the program \(it has 2_two\)/,
      );
    });
  });

  it("refuses to build upon a migration the Prisma CLI left half-way", async () => {
    await withFreshDatabase({ "1_one": "SELECT 1" }, async ({ url, files, client }) => {
      await applyMigrations(url, files);
      await client.query('UPDATE "_prisma_migrations" SET finished_at = NULL');
      await expect(applyMigrations(url, files)).rejects.toThrow(/failed half-way: 1_one/);
    });
  });

  it("has committed migrations to apply", () => {
    expect(fs.existsSync(migrationsFolder)).toBe(true);
  });
});
