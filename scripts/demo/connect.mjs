import path from "node:path";
import { isRunning } from "../processes.mjs";
import { readSecret } from "../secrets.mjs";
import { readRunRecord } from "../start/run-record.mjs";
import { DemoError } from "./closing.mjs";
import { createMonitor } from "./monitor.mjs";

/** The server of `npm start` on this machine, reachable and with a token that may configure it. */
export async function connect({ url, token, dataDir }) {
  const record = readRunRecord(dataDir);
  const runs = record !== null && isRunning(record.pid);
  if (!url && !runs) throw new DemoError(notRunning(dataDir));
  const usedToken = token ?? readSecret(dataDir, "api-token");
  if (!usedToken) {
    throw new DemoError(
      `no admin token: there is none in ${path.join(dataDir, "secrets")}. Pass --token, or set INCIDENT_MONITOR_TOKEN as the server has it.`,
    );
  }
  const monitor = createMonitor({ url: url ?? record.url, token: usedToken });
  await monitor.requireAdmin();
  return monitor;
}

function notRunning(dataDir) {
  return [
    `no Incident Monitor runs on ${dataDir}.`,
    "Start it in another terminal with `npm start`, then run `npm run demo` again.",
    "If it runs with another data folder, name it: npm run demo -- --data-dir FOLDER",
  ].join("\n");
}
