// The embedded PostgreSQL: one cluster per data folder, started when no DATABASE_URL is given. Reachable on the
// loopback address only, with passwords made here. A server left behind by a killed parent is adopted.
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import pg from "pg";
import { locateBinaries, reachableBinaries } from "./postgres/binaries.mjs";
import { clusterMajor, initialiseCluster, launchPostgres, waitUntilReady } from "./postgres/cluster.mjs";
import { placeCluster, readRecord, updateRecord } from "./postgres/placement.mjs";
import { findRunningPostmaster, stopPostmaster } from "./postgres/postmaster.mjs";
import { protectLedger, releaseLedger } from "./postgres/protect-ledger.mjs";
import { isRunning } from "./processes.mjs";
import { prepareDataFolder, secretOnce } from "./secrets.mjs";

/** Both the role (owner of the database, no superuser) and the database. */
export const appName = "incident_monitor";

const readyTimeoutMs = 120_000;

/**
 * Brings the data folder's database up and answers when it takes queries.
 * @param {{ dataDir: string, durable?: boolean, onProgress?: (message: string) => void }} options
 *   `durable: false` trades crash safety for speed: for tests only.
 */
export async function openCluster({ dataDir, durable = true, onProgress = () => {} }) {
  prepareDataFolder(dataDir);
  const adminPassword = secretOnce(dataDir, "postgres-admin-password").value;
  const password = secretOnce(dataDir, "postgres-password").value;
  const placement = placeCluster(dataDir);
  const server = await adoptOrStart(dataDir, placement, adminPassword, { durable, onProgress });
  const urlFor = (database) => connectionUrl(appName, password, server.port, database);

  await withAdmin(server.port, adminPassword, (admin) => ensureRoleAndDatabase(admin, password));
  return {
    url: urlFor(appName),
    urlFor,
    port: server.port,
    pid: server.pid,
    adopted: server.adopted,
    home: placement.home,
    /** Out of the application role's hands, and back into them for a migration. Answer false where there is no ledger yet. */
    protectLedger: () =>
      withAdmin(server.port, adminPassword, (admin) => protectLedger(admin, appName), appName),
    releaseLedger: () =>
      withAdmin(server.port, adminPassword, (admin) => releaseLedger(admin, appName), appName),
    stop: () => stopPostmaster(server.pid),
  };
}

async function adoptOrStart(dataDir, placement, adminPassword, { durable, onProgress }) {
  const running = await findRunningPostmaster(placement.cluster);
  if (running) {
    onProgress(`adopting the PostgreSQL a previous run left behind (pid ${running.pid})`);
    const answer = () => withAdmin(running.port, adminPassword, async () => {});
    const failure = () => (isRunning(running.pid) ? null : { reason: "it ended while we waited", log: "" });
    await waitUntilReady(answer, failure, readyTimeoutMs);
    return { ...running, adopted: true };
  }

  const major = clusterMajor(placement.cluster);
  const binaries = reachableBinaries(locateBinaries(major), placement.account);
  if (major === null) {
    onProgress(`creating the database (PostgreSQL ${binaries.major})`);
    await initialiseCluster(placement, binaries, adminPassword, durable);
  }
  // The port may be taken between choosing and binding it, and the sessions of a killed server may outlive it a little.
  for (let attempt = 1; ; attempt++) {
    try {
      return { ...(await start(dataDir, placement, binaries, adminPassword, durable)), adopted: false };
    } catch (error) {
      const passing = /Address already in use|pre-existing shared memory block/.test(error.log ?? "");
      if (!passing || attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

async function start(dataDir, placement, binaries, adminPassword, durable) {
  const port = await choosePort(readRecord(dataDir).port);
  const { pid, failure } = await launchPostgres(placement, binaries, port, durable);
  try {
    await waitUntilReady(() => withAdmin(port, adminPassword, async () => {}), failure, readyTimeoutMs);
  } catch (error) {
    await stopPostmaster(pid); // nobody else would
    throw error;
  }
  updateRecord(dataDir, { port });
  return { pid, port };
}

/** The port of last time when it is free, else any free one. */
async function choosePort(preferred) {
  const tryPort = (port) =>
    new Promise((resolve) => {
      const probe = net.createServer();
      probe.once("error", () => resolve(null));
      probe.listen(port, "127.0.0.1", () => {
        const chosen = probe.address().port;
        probe.close(() => resolve(chosen));
      });
    });
  return (preferred && (await tryPort(preferred))) || (await tryPort(0));
}

function connectionUrl(user, password, port, database) {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

async function withAdmin(port, password, work, database = "postgres") {
  const client = new pg.Client({
    connectionString: connectionUrl("postgres", password, port, database),
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The application owns its database but is no superuser: a hole in it does not become a shell on the host. */
async function ensureRoleAndDatabase(admin, password) {
  const role = await admin.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [appName]);
  const action = role.rowCount === 0 ? "CREATE" : "ALTER";
  await admin.query(`${action} ROLE ${appName} LOGIN CREATEDB PASSWORD '${password}'`);
  const database = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [appName]);
  if (database.rowCount === 0) await admin.query(`CREATE DATABASE ${appName} OWNER ${appName}`);
}

/** Removes a throwaway cluster with everything it wrote, the part outside its data folder too. */
export function removeCluster(dataDir, home) {
  fs.rmSync(dataDir, { recursive: true, force: true });
  if (path.resolve(home) !== path.resolve(dataDir)) fs.rmSync(home, { recursive: true, force: true });
}
