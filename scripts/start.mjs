// `npm start`: from a fresh clone to a running Incident Monitor, and from any crash back to one. Only Node is needed to
// read this far: whatever comes from node_modules is imported after it was installed.
import path from "node:path";
import { importBundle } from "./build/bundle.mjs";
import { ensureBuilt, isBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { acquireLock, LockedError } from "./lock-file.mjs";
import { step } from "./progress.mjs";
import { projectRoot } from "./project.mjs";
import { prepareDataFolder } from "./secrets.mjs";
import { helpText, parseCommandLine } from "./settings/command-line.mjs";
import { readSettings, SettingError } from "./settings.mjs";
import { openDatabase } from "./start/database.mjs";
import { createFirstAccess, prepareEnvironment } from "./start/environment.mjs";
import { atMost, createLifecycle, Interrupted } from "./start/lifecycle.mjs";
import { requireFreePort } from "./start/port.mjs";
import { readRunRecord, removeRunRecord, writeRunRecord } from "./start/run-record.mjs";

const closeTimeoutMs = 10_000;

process.exit(await main(process.argv.slice(2)));

async function main(argv) {
  let command;
  let settings;
  try {
    command = parseCommandLine(argv, process.env);
    if (command.help) {
      console.log(helpText());
      return 0;
    }
    command.env.INCIDENT_MONITOR_DATA_DIR ||= path.join(projectRoot, ".data");
    settings = readSettings(command.env);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    return 2;
  }

  const lifecycle = createLifecycle();
  let code = 0;
  try {
    await start(settings, command, lifecycle);
    await lifecycle.stopped;
    console.log("Stopping ...");
  } catch (error) {
    code = error instanceof Interrupted || lifecycle.isStopping() ? 130 : 1;
    if (code === 1) console.error(`Could not go on: ${error.message}`);
  }
  const clean = await lifecycle.close();
  if (code === 0) console.log("Stopped.");
  return clean ? code : 1;
}

async function start(settings, command, lifecycle) {
  const { dataDir } = settings;
  process.chdir(projectRoot); // Next looks for its files from here
  prepareDataFolder(dataDir);
  const lock = lockDataFolder(settings);
  lifecycle.onStop(() => lock.release());
  await requireFreePort(settings.port, settings.host);

  await ensureInstalled();
  lifecycle.throwIfStopping();
  if (command.build) await ensureBuilt();
  else if (!isBuilt()) throw new Error("there is no build to serve yet; start once without --no-build.");
  lifecycle.throwIfStopping();

  prepareEnvironment(settings, command.env);
  const databaseUrl = await openDatabase(settings, lifecycle);
  process.env.DATABASE_URL = databaseUrl;
  lifecycle.throwIfStopping();

  const access = await createFirstAccess(settings, databaseUrl, await importBundle("bootstrap"));
  lifecycle.throwIfStopping();
  const url = await serve(settings, lifecycle);
  writeRunRecord(dataDir, {
    pid: process.pid,
    url,
    port: settings.port,
    databaseUrl,
    startedAt: new Date().toISOString(),
  });
  lifecycle.onStop(() => removeRunRecord(dataDir));
  console.log(
    ["", `Incident Monitor is running at ${settings.publicUrl}`, ...access, "  stop      Ctrl-C", ""].join(
      "\n",
    ),
  );
}

async function serve({ host, port, workers }, lifecycle) {
  const { startServer } = await importBundle("server");
  const server = await step("Starting the server", () =>
    startServer({ env: process.env, host, port, workers }),
  );
  lifecycle.onStop(() => atMost(closeTimeoutMs, server.close(), "the server"));
  return server.url;
}

function lockDataFolder({ dataDir, publicUrl }) {
  try {
    return acquireLock(path.join(dataDir, "lock"), publicUrl);
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    const { pid, host, about } = error.holder;
    const url = readRunRecord(dataDir)?.url ?? about;
    throw new Error(
      `Incident Monitor already runs on ${dataDir}: process ${pid} on ${host}, ${url}. ` +
        "Stop it first, or give this one its own folder and port: npm start -- --data-dir FOLDER --port PORT",
    );
  }
}
