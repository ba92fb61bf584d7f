// The Python client: its wheel is built and installed without a network, then its tests run against a server that
// misbehaves on purpose and against the built one. Alone: node scripts/test/python-client.mjs (needs a build).
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { step } from "../progress.mjs";
import { projectRoot } from "../project.mjs";
import { runCommand } from "../run-command.mjs";
import { countUnittest } from "./python-counts.mjs";
import { ensurePython, installClient } from "./python-environment.mjs";
import { startServer } from "./python-server.mjs";

const sources = path.join(projectRoot, "clients", "python");

/** @returns {Promise<import("./counts.mjs").Counts>} */
export async function testPythonClient() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-python-"));
  fs.chmodSync(folder, 0o711); // as root PostgreSQL runs under another account, and must get in
  let server;
  try {
    const system = await step("Looking for Python", ensurePython);
    const python = await step("Installing the Python client", () => installClient(system, sources, folder));
    server = await step("Starting a server for it", () => startServer(folder));
    return await runTests(python, server);
  } finally {
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The tests lie beside `src`, which is not on their path: what they import is what was installed. */
async function runTests(python, server) {
  const { code, output } = await runCommand(
    python,
    ["-m", "unittest", "discover", "-s", "tests", "-t", "."],
    {
      cwd: sources,
      onExit: "answer",
      env: {
        ...process.env,
        INCIDENT_MONITOR_URL: server.url,
        INCIDENT_MONITOR_TOKEN: server.token,
        NO_PROXY: "127.0.0.1,localhost",
        PYTHONDONTWRITEBYTECODE: "1",
      },
    },
  );
  process.stdout.write(output);
  return countUnittest(output, code);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { passed, failed } = await testPythonClient();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
