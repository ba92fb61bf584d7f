import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectRoot } from "../project.mjs";
import { readRunRecord } from "../start/run-record.mjs";

const startTimeoutMs = 90_000;
const stopTimeoutMs = 30_000;

/**
 * The built server as `npm start` runs it, on a free port and a data folder of its own in `folder`.
 * @returns {Promise<{ url: string, token: string, stop: () => Promise<void> }>}
 */
export async function startServer(folder) {
  const dataDir = path.join(folder, "data");
  const logFile = path.join(folder, "server.log");
  const port = await freePort();
  const token = `tim_token_${randomBytes(24).toString("hex")}`;
  const log = fs.openSync(logFile, "w");
  const args = ["scripts/start.mjs", "--no-build", "--port", String(port), "--data-dir", dataDir];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...withoutHostSettings(process.env), INCIDENT_MONITOR_TOKEN: token },
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  const stop = () => end(child);
  try {
    await untilReady(child, dataDir, `http://127.0.0.1:${port}`);
  } catch (error) {
    await stop().catch(() => undefined);
    throw new Error(`${error.message}\n${fs.readFileSync(logFile, "utf8")}`);
  }
  return { url: `http://127.0.0.1:${port}`, token, stop };
}

/** The server is set by its flags alone, whatever the shell holds. */
function withoutHostSettings(env) {
  const own = /^(PORT|HOST|DATABASE_URL|NODE_ENV|NEXTAUTH_.*|INCIDENT_MONITOR_.*|TANDEM_.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The run record is the last thing a start writes; health says that the database answers. */
async function untilReady(child, dataDir, url) {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error("the server did not start:");
    if (readRunRecord(dataDir)) {
      const health = await fetch(`${url}/global/health`).catch(() => null);
      if (health?.ok && (await health.json()).ready) return;
    }
    await sleep(100);
  }
  throw new Error("the server was not ready in time:");
}

/** As Ctrl-C would: the server stops its database itself. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const inTime = await Promise.race([ended.then(() => true), sleep(stopTimeoutMs, false, { ref: false })]);
  if (inTime) return;
  child.kill("SIGKILL");
  await ended;
  throw new Error("the server of the Python tests had to be killed.");
}
