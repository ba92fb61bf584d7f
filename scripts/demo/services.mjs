import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DemoError } from "./closing.mjs";

const folder = path.dirname(fileURLToPath(import.meta.url));
const timeoutMs = 60_000;

const services = [
  { language: "Node", command: process.execPath, file: "shop.mjs" },
  { language: "Python", command: "python3", file: "billing.py" },
];

/** Runs both services to their end. Each reports its own failures; what it was answered comes back line by line. */
export async function runServices({ monitor, projectId, rawKey, secrets }) {
  const reports = [];
  const skipped = [];
  for (const service of services) {
    if (service.language === "Python" && !hasPython()) {
      skipped.push("python3 is not installed: the Python service was left out.");
      continue;
    }
    const lines = await runService(service, {
      DEMO_INTAKE_URL: `${monitor.url}/incident-monitor/intake/report`,
      DEMO_INTAKE_KEY: rawKey,
      DEMO_PROJECT_ID: projectId,
      DEMO_RELEASE: `release-${randomBytes(4).toString("hex")}`,
      DEMO_SECRETS: JSON.stringify(secrets),
    });
    reports.push(...lines.map((line) => ({ ...line, language: service.language })));
  }
  return {
    reports,
    skipped,
    rawKey,
    answers: reports.map(({ answer, error }) => ({ from: `the report of ${error}`, text: answer })),
    incidentIds: [...new Set(reports.map((each) => JSON.parse(each.answer).incident.incident_id))],
    draftIds: [...new Set(reports.map((each) => JSON.parse(each.answer).draft.draft_id))],
  };
}

function hasPython() {
  return spawnSync("python3", ["--version"], { stdio: "ignore" }).status === 0;
}

async function runService({ command, file, language }, settings) {
  const child = spawn(command, [path.join(folder, file)], {
    // A service knows its own settings and nothing of ours: no token, no database.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) throw new DemoError(`the ${language} service could not report (${code}): ${errors.trim()}`);
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
