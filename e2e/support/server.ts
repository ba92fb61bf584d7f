import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/lib/testing/free-port";
import { oidcClient } from "../fakes/oidc";
import { modelKeyFile } from "./own-server";

const root = join(import.meta.dirname, "..", "..");
/** Longer when nothing is built yet: `npm start` then builds first. */
const startTimeoutMs = { built: 90_000, unbuilt: 600_000 };
const stopTimeoutMs = 30_000;

export type Server = {
  url: string;
  token: string;
  email: string;
  password: string;
  dataDir: string;
  /** A folder that the host allows, for logs to watch. */
  logRoot: string;
  /** Where the host says that a model answers. */
  modelPort: number;
  /** Where its mail would go; nobody listens before a journey does. */
  smtpPort: number;
  /** Where the host's OpenID Connect provider is looked for: a journey that needs it listens there (e2e/fakes/oidc.ts). */
  oidcPort: number;
  stop: () => Promise<void>;
};

/** The real production server, as `npm start` runs it, on a free port and an empty data folder. */
export async function startServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), "incident-monitor-e2e-"));
  const logRoot = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-logs-")));
  const port = await freePort();
  const oidcPort = await freePort();
  const token = `tim_token_${randomBytes(24).toString("hex")}`;
  const password = randomBytes(12).toString("base64url");
  const email = "admin@localhost";
  const url = `http://localhost:${port}`;
  const built = existsSync(join(root, ".next", "BUILD_ID")) && existsSync(join(root, ".build", "server.mjs"));
  const args = ["--port", String(port), "--data-dir", dataDir, "--root", logRoot];
  // The outside services of the journeys are on this machine, MCP servers among them.
  args.push("--private-networks", "127.0.0.0/8,::1/128");
  const modelPort = await freePort();
  args.push("--model-url", `http://127.0.0.1:${modelPort}/v1`, "--model-key-ref", `file:${modelKeyFile}`);
  const smtpPort = await freePort();
  args.push("--smtp-url", `smtp://127.0.0.1:${smtpPort}`);
  args.push("--oidc-issuer", `http://127.0.0.1:${oidcPort}`, "--oidc-client-id", oidcClient.id);
  args.push("--oidc-client-secret-ref", "env:INCIDENT_MONITOR_SECRET_OIDC", "--oidc-name", "Acme");
  if (built) args.push("--no-build");

  mkdirSync(join(root, "test-results"), { recursive: true });
  const logFile = join(root, "test-results", `server-${port}.log`);
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    cwd: root,
    env: {
      ...withoutHostSettings(process.env),
      INCIDENT_MONITOR_TOKEN: token,
      INCIDENT_MONITOR_ADMIN_EMAIL: email,
      INCIDENT_MONITOR_ADMIN_PASSWORD: password,
      INCIDENT_MONITOR_SECRET_OIDC: oidcClient.secret,
      // As talkative as it can be: a journey searches all of it for secrets.
      LOG_LEVEL: "trace",
    },
    stdio: ["ignore", log, log],
  });
  closeSync(log);

  const stop = async () => {
    await end(child, dataDir, logFile);
    for (const folder of [dataDir, logRoot]) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady({ url, dataDir, logFile }, child, built ? startTimeoutMs.built : startTimeoutMs.unbuilt);
  } catch (error) {
    await stop();
    throw error;
  }
  // The journey that is about messages switches them on: no other has to send any.
  await tellNobody(url, token);
  return { url, token, email, password, dataDir, logRoot, modelPort, smtpPort, oidcPort, stop };
}

async function tellNobody(url: string, token: string): Promise<void> {
  const path = `${url}/incident-monitor/notifications`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const { settings } = (await (await fetch(path, { headers })).json()) as { settings: object };
  const body = JSON.stringify({ ...settings, enabled: false });
  const put = await fetch(path, { method: "PUT", headers, body });
  if (!put.ok) throw new Error(`notifications could not be switched off: ${put.status}`);
}

/** The journeys' server is set by its flags alone, whatever the shell holds. */
function withoutHostSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(PORT|HOST|DATABASE_URL|NODE_ENV|NEXTAUTH_.*|INCIDENT_MONITOR_.*|TANDEM_.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name))) as NodeJS.ProcessEnv;
}

/** The run record is the last thing a start writes; health says that the database answers. */
async function untilReady(
  { url, dataDir, logFile }: { url: string; dataDir: string; logFile: string },
  child: ChildProcess,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the server did not start:\n${readFileSync(logFile, "utf8")}`);
    if (existsSync(join(dataDir, "run.json"))) {
      const health = await fetch(`${url}/global/health`).catch(() => null);
      if (health?.ok && ((await health.json()) as { ready: boolean }).ready) return;
    }
    await sleep(100);
  }
  throw new Error(`the server was not ready in time:\n${readFileSync(logFile, "utf8")}`);
}

/** As Ctrl-C would: the server stops its database itself. What does not end is killed, its database with it. */
async function end(child: ChildProcess, dataDir: string, logFile: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const inTime = await Promise.race([ended.then(() => true), sleep(stopTimeoutMs, false)]);
  if (inTime) return;
  child.kill("SIGKILL");
  await ended;
  const postmaster = postmasterPid(dataDir);
  if (postmaster) process.kill(postmaster, "SIGINT");
  throw new Error(`the server had to be killed; see ${logFile}`);
}

function postmasterPid(dataDir: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10) || null;
  } catch {
    return null;
  }
}
