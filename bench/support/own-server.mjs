import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nowMs } from "./latencies.mjs";

const root = join(import.meta.dirname, "..", "..");
const startTimeoutMs = 90_000;
const stopTimeoutMs = 30_000;

/**
 * The production server as `npm start` runs it, on a free port, with a database of its own that goes away with it.
 * `restart(...flags)` stops it cleanly and starts it again on the same data. Needs a build.
 */
export async function startOwnServer(...flags) {
  if (!existsSync(join(root, ".next", "BUILD_ID")))
    throw new Error("there is no build: run `npm run build` first");
  const dataDir = mkdtempSync(join(tmpdir(), "incident-monitor-bench-"));
  const port = await freePort();
  let child = null;

  const server = {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    token: "",
    databaseUrl: "",
    pid: 0,
    /** From the start of the process to the first healthy answer. */
    readyMs: 0,
    restart: async (...next) => {
      await end(child);
      await start(next);
    },
    stop: async () => {
      await end(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  const start = async (args) => {
    const startedAt = nowMs();
    const log = openSync(join(dataDir, "server.log"), "a");
    // As `npm start` does it.
    const command = [
      "--max-semi-space-size=64",
      "scripts/start.mjs",
      "--no-build",
      "--port",
      String(port),
      "--data-dir",
      dataDir,
    ];
    child = spawn(process.execPath, [...command, ...args], {
      cwd: root,
      env: withoutHostSettings(process.env),
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    server.pid = child.pid;
    await untilReady(server.url, child, dataDir);
    server.readyMs = nowMs() - startedAt;
    server.databaseUrl = (await runRecord(dataDir)).databaseUrl;
    server.token = readFileSync(join(dataDir, "secrets", "api-token"), "utf8").trim();
  };
  try {
    await start(flags);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** Runs the measurement against an own server and stops it whatever happens. */
export async function withOwnServer(flags, measure) {
  const server = await startOwnServer(...flags);
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

/** The server is set by its flags alone, whatever the shell holds. */
function withoutHostSettings(env) {
  const own = /^(PORT|HOST|DATABASE_URL|NODE_ENV|NEXTAUTH_.*|INCIDENT_MONITOR_.*|TANDEM_.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

async function untilReady(url, child, dataDir) {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) break;
    const health = await fetch(`${url}/global/health`).catch(() => null);
    if (health?.ok && (await health.json()).ready) return;
    await sleep(20);
  }
  throw new Error(`the server did not start:\n${readFileSync(join(dataDir, "server.log"), "utf8")}`);
}

/** Written right after the server began to answer. */
async function runRecord(dataDir) {
  const file = join(dataDir, "run.json");
  while (!existsSync(file)) await sleep(10);
  return JSON.parse(readFileSync(file, "utf8"));
}

async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
