// The ledger's tables belong to a role that nobody signs in as. The application's role may add rows and do the two updates
// the triggers let through; it cannot delete, truncate, switch triggers off or drop what is not its own.
import pg from "pg";

export const ledgerOwner = "incident_monitor_ledger";

const tables = ["audit_entries", "audit_tiles", "audit_checkpoints", "audit_keys"];
const functions = ["audit_entries_append_only()", "audit_ledger_append_only()"];

/** What each table lets the application's role do. Updates are of the sealer's and the erasure's columns alone. */
const grants = {
  audit_entries:
    "SELECT, INSERT, UPDATE (sequence, leaf_hash, sealed_at, actor, actor_salt, actor_hash, detail, detail_salt, detail_hash)",
  audit_tiles: "SELECT, INSERT, UPDATE (hashes)",
  audit_checkpoints: "SELECT, INSERT",
  audit_keys: "SELECT, INSERT",
};

const quoted = (name) => pg.escapeIdentifier(name);

/**
 * Takes the ledger out of the application role's hands. `client` is a superuser's, in the application's database. Doing it
 * twice is the same.
 */
export async function protectLedger(client, appRole) {
  const { rows } = await client.query("SELECT to_regclass('public.audit_tiles') IS NOT NULL AS there");
  if (!rows[0].there) return false;
  const owner = quoted(ledgerOwner);
  const app = quoted(appRole);
  const database = quoted((await client.query("SELECT current_database() AS name")).rows[0].name);
  await inTransaction(client, async () => {
    const known = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [ledgerOwner]);
    if (known.rowCount === 0) await client.query(`CREATE ROLE ${owner} NOLOGIN`);
    // Whoever owns a schema or its database may drop what lies in it.
    await client.query(`ALTER DATABASE ${database} OWNER TO ${owner}`);
    await client.query(`GRANT ALL ON DATABASE ${database} TO ${app}`);
    await client.query(`ALTER SCHEMA public OWNER TO ${owner}`);
    await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${app}`);
    for (const table of tables) {
      await client.query(`ALTER TABLE ${table} OWNER TO ${owner}`);
      await client.query(`REVOKE ALL ON ${table} FROM PUBLIC, ${app}`);
      await client.query(`GRANT ${grants[table]} ON ${table} TO ${app}`);
    }
    for (const name of functions) {
      await client.query(`ALTER FUNCTION ${name} OWNER TO ${owner}`);
      await client.query(`GRANT EXECUTE ON FUNCTION ${name} TO ${app}`);
    }
  });
  return true;
}

/** Gives the ledger back to the application's role, for a migration that changes its tables. */
export async function releaseLedger(client, appRole) {
  const { rows } = await client.query("SELECT to_regclass('public.audit_tiles') IS NOT NULL AS there");
  if (!rows[0].there) return false;
  const app = quoted(appRole);
  const database = quoted((await client.query("SELECT current_database() AS name")).rows[0].name);
  await inTransaction(client, async () => {
    await client.query(`ALTER DATABASE ${database} OWNER TO ${app}`);
    await client.query("ALTER SCHEMA public OWNER TO pg_database_owner");
    for (const table of tables) await client.query(`ALTER TABLE ${table} OWNER TO ${app}`);
    for (const name of functions) await client.query(`ALTER FUNCTION ${name} OWNER TO ${app}`);
  });
  return true;
}

async function inTransaction(client, work) {
  await client.query("BEGIN");
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
