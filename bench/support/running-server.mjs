import { readFileSync } from "node:fs";
import { join } from "node:path";
import { flag } from "./machine.mjs";

/** Where the running server is and its admin token, from its data folder or the flags. */
export function runningServer() {
  const dataDir = flag("data-dir", process.env.INCIDENT_MONITOR_DATA_DIR ?? ".data");
  const run = JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8"));
  return {
    url: flag("url", run.url.replace("localhost", "127.0.0.1")),
    databaseUrl: run.databaseUrl ?? run.database?.url,
    token: flag(
      "token",
      process.env.INCIDENT_MONITOR_TOKEN ??
        readFileSync(join(dataDir, "secrets", "api-token"), "utf8").trim(),
    ),
  };
}
