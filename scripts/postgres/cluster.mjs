import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** PostgreSQL gets none of our environment: it holds secrets, and its children could be asked for them. */
const environment = { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** @returns {number | null} the PostgreSQL major that made the cluster; null when there is none yet */
export function clusterMajor(cluster) {
  try {
    return Number.parseInt(fs.readFileSync(path.join(cluster, "PG_VERSION"), "utf8"), 10);
  } catch {
    return null;
  }
}

/**
 * Creates the cluster beside its final place and moves it there whole, so that an interrupted first start begins anew
 * instead of finding half a cluster.
 */
export async function initialiseCluster({ cluster, home, account }, binaries, adminPassword, durable) {
  const partial = `${cluster}.partial`;
  const passwordFile = path.join(home, ".initdb-password");
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { mode: 0o700 });
  fs.rmSync(passwordFile, { force: true });
  fs.writeFileSync(passwordFile, `${adminPassword}\n`, { mode: 0o600 });
  if (account) {
    fs.chownSync(partial, account.uid, account.gid);
    fs.chownSync(passwordFile, account.uid, account.gid);
  }
  try {
    await runInitdb(binaries.initdb, partial, passwordFile, account, durable);
    fs.renameSync(partial, cluster);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

async function runInitdb(initdb, folder, passwordFile, account, durable) {
  const args = [
    `--pgdata=${folder}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    ...(durable ? [] : ["--no-sync"]),
  ];
  const child = spawn(initdb, args, {
    ...account,
    cwd: "/",
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`initdb failed: ${errors.trim() || `exit code ${code}`}`);
}

/** Given on the command line at each start, so that a change here reaches clusters that exist already. */
function serverSettings(port, durable) {
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    wal_compression: "on",
    random_page_cost: "1.1",
    jit: "off",
    log_line_prefix: "%m [%p] ",
    log_checkpoints: "off",
    ...(durable
      ? { fsync: "on", synchronous_commit: "on", full_page_writes: "on" }
      : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
}

const logKeptBytes = 10 * 1024 * 1024;

/**
 * Starts the server and answers with its pid once it has written its pid file. It gets its own session: a Ctrl-C in
 * the terminal must reach us first, so that the server's clients end before it does.
 */
export async function launchPostgres({ cluster, home, account }, binaries, port, durable) {
  const logFile = path.join(home, "postgres.log");
  const tooLong = fs.existsSync(logFile) && fs.statSync(logFile).size > logKeptBytes;
  const log = fs.openSync(logFile, tooLong ? "w" : "a", 0o600);
  const before = fs.fstatSync(log).size;
  const args = ["-D", cluster];
  for (const [name, value] of Object.entries(serverSettings(port, durable)))
    args.push("-c", `${name}=${value}`);
  const child = spawn(binaries.postgres, args, {
    ...account,
    cwd: "/",
    env: environment,
    detached: true,
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  let failure = null;
  child.once("error", (error) => {
    failure = error.message;
  });
  child.once("exit", (code, signal) => {
    failure ??= `exit ${signal ?? code}`;
  });
  child.unref();
  return {
    pid: child.pid,
    /** Null while it lives; afterwards why it ended, in its own words. */
    failure: () => (failure === null ? null : { reason: failure, log: readFrom(logFile, before) }),
  };
}

function readFrom(file, offset) {
  const text = fs.readFileSync(file).subarray(offset).toString("utf8");
  return text.trim().split("\n").slice(-8).join("\n");
}

const wrongPassword =
  "the database does not accept the password kept in the data folder's secrets. Restore the secrets folder that " +
  "belongs to this database; to begin with an empty one, move the whole data folder away.";

/** Waits until `connect` works; gives up at once when the server ended. Recovery after a crash may take its time. */
export async function waitUntilReady(connect, failure, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const ended = failure();
    if (ended)
      throw Object.assign(new Error(`PostgreSQL did not start (${ended.reason}).\n${ended.log}`), ended);
    try {
      return await connect();
    } catch (error) {
      if (error.code === "28P01") throw new Error(wrongPassword); // waiting will not help
      if (Date.now() >= deadline) throw new Error(`PostgreSQL did not become ready: ${error.message}`);
    }
    await sleep(30);
  }
}
