import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { step } from "./progress.mjs";
import { projectRoot } from "./project.mjs";
import { runCommand } from "./run-command.mjs";

const nodeModules = path.join(projectRoot, "node_modules");
const lockfile = path.join(projectRoot, "package-lock.json");
/** Which lockfile the installed packages came from. */
const stampFile = path.join(nodeModules, ".incident-monitor-lock");

/** Installs when nothing is installed or the lockfile changed since. Uses nothing but Node and npm. */
export async function ensureInstalled() {
  const wanted = createHash("sha256").update(fs.readFileSync(lockfile)).digest("hex");
  if (readStamp() === wanted) return;
  if (readStamp() === null && installedByHand()) return fs.writeFileSync(stampFile, wanted);
  await step("Installing packages", runNpmCi, { announce: true });
  fs.writeFileSync(stampFile, wanted);
}

function readStamp() {
  try {
    return fs.readFileSync(stampFile, "utf8").trim();
  } catch {
    return null;
  }
}

/** `npm install` or `npm ci` run by a person: npm's own record is as new as the lockfile and holds the same versions. */
function installedByHand() {
  try {
    const versionsIn = (file) =>
      Object.entries(JSON.parse(fs.readFileSync(file, "utf8")).packages)
        .filter(([name, entry]) => name !== "" && !entry.optional && !entry.peer)
        .map(([name, entry]) => `${name}@${entry.version}`)
        .sort();
    const installed = new Set(versionsIn(path.join(nodeModules, ".package-lock.json")));
    return versionsIn(lockfile).every((entry) => installed.has(entry));
  } catch {
    return false;
  }
}

/** Development packages too, whatever NODE_ENV says: the build needs them. */
async function runNpmCi() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
  await runCommand(npm, args, { cwd: projectRoot, env: { ...process.env, NODE_ENV: "development" } });
}
