// Applies the committed migrations at start, without the Prisma CLI. Writes the same `_prisma_migrations` table as
// `prisma migrate deploy`, under the same advisory lock, so the two can be mixed.
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { projectRoot } from "./project.mjs";

/** Prisma's own migration lock: a `migrate deploy` at the same time waits for us, and we for it. */
const advisoryLockKey = 72_707_369;

const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`;

export const migrationsFolder = path.join(projectRoot, "prisma", "migrations");

/** Applies what is missing, in name order, and answers with the names applied. Safe in several processes at once. */
export async function applyMigrations(databaseUrl, folder = migrationsFolder) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // A session lock, released by the connection's end whatever happens.
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLockKey]);
    return await applyMissing(client, readMigrations(folder));
  } finally {
    await client.end().catch(() => {});
  }
}

/** Is every committed migration applied already? Only looks. */
export async function isMigrated(databaseUrl, folder = migrationsFolder) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`);
    if (!rows[0].there) return false;
    const applied = await client.query(
      'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const names = new Set(applied.rows.map((row) => row.migration_name));
    return readMigrations(folder).every(({ name }) => names.has(name));
  } finally {
    await client.end().catch(() => {});
  }
}

export function readMigrations(folder) {
  if (!fs.existsSync(folder)) throw new Error(`no migrations folder at ${folder}`);
  return fs
    .readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: path.join(folder, name, "migration.sql") }))
    .filter(({ file }) => fs.existsSync(file))
    .map(({ name, file }) => {
      const sql = fs.readFileSync(file, "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

async function applyMissing(client, migrations) {
  await client.query("SET client_min_messages = warning"); // no notice for a table that is there already
  await client.query(createTable);
  const { rows } = await client.query(
    'SELECT migration_name, checksum, finished_at, logs FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  refuseUnfinished(rows);
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  refuseUnknown(applied, migrations);

  const missing = migrations.filter((migration) => {
    if (!applied.has(migration.name)) return true;
    if (applied.get(migration.name) === migration.checksum) return false;
    throw new Error(
      `migration ${migration.name} was edited after it was applied to this database. Restore the file as it was and put the change in a new migration.`,
    );
  });
  for (const migration of missing) await applyOne(client, migration);
  return missing.map((migration) => migration.name);
}

/** Prisma's P3009: half-applied schema is for a person to look at, never something to build upon. */
function refuseUnfinished(rows) {
  const unfinished = rows.filter((row) => !row.finished_at);
  if (unfinished.length === 0) return;
  const list = unfinished.map((row) => `${row.migration_name}${row.logs ? ` (${row.logs})` : ""}`).join(", ");
  throw new Error(
    `this database holds a migration that failed half-way: ${list}. Repair the schema, then mark it with ` +
      "`npm run prisma -- migrate resolve --rolled-back NAME` (or --applied NAME).",
  );
}

/** An older program on a newer database would write rows the newer schema does not expect. */
function refuseUnknown(applied, migrations) {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Error(
    `this database was migrated by a newer version of the program (it has ${unknown.join(", ")}). Start that version, or restore a backup from before it.`,
  );
}

/** The file and its record commit together: a crash or an error half-way leaves nothing, and the next start tries again. */
async function applyOne(client, { name, sql, checksum }) {
  await client.query("BEGIN");
  try {
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query(sql);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new Error(`migration ${name} failed and was undone: ${error.message}`, { cause: error });
  }
}
