// `npm run worker`: the background work alone, on the database of the server that runs on this data folder, or on
// DATABASE_URL. Any number of these may run.
import path from "node:path";
import { importBundle } from "./build/bundle.mjs";
import { ensureBuilt, isBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { isRunning } from "./processes.mjs";
import { projectRoot } from "./project.mjs";
import { prepareDataFolder } from "./secrets.mjs";
import { helpText, parseCommandLine } from "./settings/command-line.mjs";
import { readSettings, SettingError } from "./settings.mjs";
import { prepareEnvironment } from "./start/environment.mjs";
import { atMost, createLifecycle } from "./start/lifecycle.mjs";
import { readRunRecord } from "./start/run-record.mjs";

const closeTimeoutMs = 10_000;

process.exit(await main(process.argv.slice(2)));

async function main(argv) {
  const lifecycle = createLifecycle();
  let code = 0;
  try {
    const command = parseCommandLine(argv, process.env);
    if (command.help) {
      console.log(helpText("npm run worker"));
      return 0;
    }
    command.env.INCIDENT_MONITOR_DATA_DIR ||= path.join(projectRoot, ".data");
    await start(command, lifecycle);
    await lifecycle.stopped;
    console.log("Stopping ...");
  } catch (error) {
    code = error instanceof SettingError ? 2 : 1;
    if (!lifecycle.isStopping()) console.error(error.message);
  }
  return (await lifecycle.close()) ? code : 1;
}

async function start(command, lifecycle) {
  const settings = readSettings(command.env);
  process.chdir(projectRoot);
  const server = readRunRecord(settings.dataDir);
  const databaseUrl = settings.databaseUrl ?? server?.databaseUrl;
  if (!databaseUrl) {
    throw new Error(
      `no server runs on ${settings.dataDir}: start one (npm start), name its --data-dir, or set DATABASE_URL.`,
    );
  }
  await ensureInstalled();
  // A build would replace the pages under the server that runs from the same folder.
  const serverLives = server !== null && isRunning(server.pid);
  if (command.build && !(serverLives && isBuilt())) await ensureBuilt();
  lifecycle.throwIfStopping();
  prepareDataFolder(settings.dataDir);
  prepareEnvironment(settings, command.env);
  process.env.DATABASE_URL = databaseUrl;
  const { startWorker } = await importBundle("worker");
  const worker = await startWorker();
  lifecycle.onStop(() => atMost(closeTimeoutMs, worker.close(), "the workers"));
  console.log("The workers are running. Ctrl-C stops them.");
}
