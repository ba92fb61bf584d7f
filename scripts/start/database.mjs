import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "../processes.mjs";
import { step } from "../progress.mjs";

const watchEveryMs = 2_000;

/**
 * The database of this start, migrated: the given one, or the embedded one, which ends with us and is brought back if
 * it dies before that.
 */
export async function openDatabase(settings, lifecycle) {
  const { applyMigrations, isMigrated } = await import("../apply-migrations.mjs");
  const cluster = settings.databaseUrl ? null : await openEmbedded(settings.dataDir, lifecycle);
  const url = settings.databaseUrl ?? cluster.url;
  if (settings.databaseUrl) await step("Connecting to the database", () => requireServer(url, lifecycle));
  lifecycle.throwIfStopping();
  // A migration may change the ledger's tables, which are not the application's own.
  if (cluster && !(await isMigrated(url))) await cluster.releaseLedger();
  const applied = await step("Migrating the database", () => applyMigrations(url));
  if (applied.length > 0)
    console.log(`Applied ${applied.length === 1 ? "1 migration" : `${applied.length} migrations`}.`);
  if (cluster) await cluster.protectLedger();
  return url;
}

async function openEmbedded(dataDir, lifecycle) {
  const { openCluster } = await import("../postgres.mjs");
  const open = () => openCluster({ dataDir, onProgress: (message) => console.log(`Database: ${message}`) });
  let cluster = await step("Starting the database", open);

  let reviving = false;
  const watch = setInterval(async () => {
    if (lifecycle.isStopping() || reviving || isRunning(cluster.pid)) return;
    reviving = true;
    try {
      console.error("The database ended unexpectedly; starting it again.");
      const revived = await open();
      if (revived.url !== cluster.url) throw new Error("its port was taken meanwhile");
      cluster = revived;
    } catch (error) {
      lifecycle.fail(new Error(`the database could not be started again: ${error.message}`));
    } finally {
      reviving = false;
    }
  }, watchEveryMs);

  lifecycle.onStop(async () => {
    clearInterval(watch);
    await step("Stopping the database", () => cluster.stop());
  });
  return cluster;
}

const oldestVersion = 150_000;

/** Containers start together: a server that is not up yet is given this long. */
const patienceMs = 30_000;
const notUpYet = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "57P03"]);

async function requireServer(url, lifecycle) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await tryServer(url);
    } catch (error) {
      if (!notUpYet.has(error.cause?.code) || Date.now() >= deadline) throw error;
    }
    await sleep(250);
    lifecycle.throwIfStopping();
  }
}

/** Says in words what a person can act upon; the URL is not repeated, as it holds a password. */
async function tryServer(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query("SHOW server_version_num");
    if (Number(rows[0].server_version_num) < oldestVersion) throw new Error("it is older than PostgreSQL 15");
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error.message || error.code; // connecting to several addresses leaves the message empty
    throw new Error(`cannot use the database of DATABASE_URL (${host}${pathname}): ${reason}`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => {});
  }
}
