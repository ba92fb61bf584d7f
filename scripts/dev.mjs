// `npm run dev`: the same database, secrets and first admin as `npm start`, with Next's development server in front and
// the workers rebuilt whenever their sources change. API and pages reload by themselves.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { bundle, bundleFiles, bundleOptions, importBundle } from "./build/bundle.mjs";
import { ensureGenerated } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { acquireLock } from "./lock-file.mjs";
import { isRunning, waitUntilGone } from "./processes.mjs";
import { projectRoot } from "./project.mjs";
import { prepareDataFolder } from "./secrets.mjs";
import { helpText, parseCommandLine } from "./settings/command-line.mjs";
import { readSettings } from "./settings.mjs";
import { openDatabase } from "./start/database.mjs";
import { createFirstAccess, prepareEnvironment } from "./start/environment.mjs";
import { createLifecycle } from "./start/lifecycle.mjs";
import { requireFreePort } from "./start/port.mjs";
import { removeRunRecord, writeRunRecord } from "./start/run-record.mjs";

process.exit(await main(process.argv.slice(2)));

async function main(argv) {
  const lifecycle = createLifecycle();
  let code = 0;
  try {
    const command = parseCommandLine(argv, process.env);
    if (command.help) {
      console.log(helpText("npm run dev"));
      return 0;
    }
    command.env.INCIDENT_MONITOR_DATA_DIR ||= path.join(projectRoot, ".data");
    command.env.NODE_ENV = "development";
    await start(readSettings(command.env), command, lifecycle);
    await lifecycle.stopped;
  } catch (error) {
    if (!lifecycle.isStopping()) console.error(error.message);
    code = 1;
  }
  return (await lifecycle.close()) ? code : 1;
}

async function start(settings, command, lifecycle) {
  const { dataDir, port, host } = settings;
  process.chdir(projectRoot);
  prepareDataFolder(dataDir);
  const lock = acquireLock(path.join(dataDir, "lock"), settings.publicUrl);
  lifecycle.onStop(() => lock.release());
  await requireFreePort(port, host);
  await ensureInstalled();
  await ensureGenerated();
  await bundle(["bootstrap"]);
  lifecycle.throwIfStopping();

  prepareEnvironment(settings, command.env);
  const databaseUrl = await openDatabase(settings, lifecycle);
  process.env.DATABASE_URL = databaseUrl;
  const access = await createFirstAccess(settings, databaseUrl, await importBundle("bootstrap"));
  writeRunRecord(dataDir, {
    pid: process.pid,
    url: settings.publicUrl,
    port,
    databaseUrl,
    startedAt: new Date().toISOString(),
  });
  lifecycle.onStop(() => removeRunRecord(dataDir));

  if (settings.workers) await watchWorkers(lifecycle);
  startNext(port, host, lifecycle);
  console.log(
    ["", `Development server: ${settings.publicUrl}`, ...access, "  stop      Ctrl-C", ""].join("\n"),
  );
}

function startNext(port, host, lifecycle) {
  const args = [
    "node_modules/next/dist/bin/next",
    "dev",
    "--port",
    String(port),
    "--hostname",
    host ?? "localhost",
  ];
  const next = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  next.once("exit", (code) => {
    if (!lifecycle.isStopping()) lifecycle.fail(new Error(`next dev ended (${code})`));
  });
  lifecycle.onStop(() => endProcess(next));
}

/** One worker process, replaced after each successful rebuild; a broken edit leaves the old one running. */
async function watchWorkers(lifecycle) {
  const { context } = await import("esbuild");
  const file = bundleFiles.find((bundleFile) => path.basename(bundleFile) === "worker.mjs");
  let worker = null;
  const restart = {
    name: "restart-worker",
    setup: (build) =>
      build.onEnd(async ({ errors }) => {
        for (const { text, location } of errors)
          console.error(`worker: ${location?.file}:${location?.line} ${text}`);
        if (errors.length > 0 || lifecycle.isStopping()) return;
        if (worker) await endProcess(worker);
        worker = fork(path.join(projectRoot, "scripts", "dev", "run-worker.mjs"), [file], {
          stdio: "inherit",
        });
      }),
  };
  const watcher = await context({ ...bundleOptions(["worker"]), plugins: [restart] });
  await watcher.watch();
  lifecycle.onStop(async () => {
    await watcher.dispose();
    if (worker) await endProcess(worker);
  });
}

async function endProcess(child) {
  if (child.exitCode !== null || !isRunning(child.pid)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  if (!(await waitUntilGone(child.pid, 5_000))) child.kill("SIGKILL");
  await ended;
}
