// Builds what `npm start` serves: the Prisma client, the Next pages, and the server, worker and bootstrap bundles.
// Nothing is done when the sources are those of the last build. `--force` builds anyway.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundle, bundleFiles } from "./build/bundle.mjs";
import { ensureClientBuilt } from "./build/client.mjs";
import { waitForLock } from "./build/lock.mjs";
import { hashSchema, hashSources } from "./build/sources.mjs";
import { step } from "./progress.mjs";
import { buildFolder, projectRoot } from "./project.mjs";
import { runCommand } from "./run-command.mjs";

const stampFile = path.join(buildFolder, "stamp.json");
const generatedClient = path.join(projectRoot, "lib", "db", "generated", "client.ts");
const nextBuildId = path.join(projectRoot, ".next", "BUILD_ID");

/** @returns {{ sources?: string, schema?: string }} */
function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(stampFile, "utf8"));
  } catch {
    return {};
  }
}

function writeStamp(change) {
  fs.mkdirSync(buildFolder, { recursive: true });
  const partial = `${stampFile}.${process.pid}`;
  fs.writeFileSync(partial, `${JSON.stringify({ ...readStamp(), ...change })}\n`);
  fs.renameSync(partial, stampFile);
}

export const isBuilt = () => [...bundleFiles, nextBuildId].every((file) => fs.existsSync(file));

export const isStale = () => !isBuilt() || readStamp().sources !== hashSources(projectRoot);

/** The Prisma client is generated code that git does not hold. */
export async function ensureGenerated() {
  const schema = hashSchema(projectRoot);
  if (fs.existsSync(generatedClient) && readStamp().schema === schema) return;
  await step("Generating the database client", () =>
    runCommand(process.execPath, ["scripts/prisma.mjs", "generate"], { cwd: projectRoot }),
  );
  writeStamp({ schema });
}

/** Builds when stale. Two builds at once would write over each other: the second waits, then finds it done. */
export async function ensureBuilt({ force = false } = {}) {
  await ensureClientBuilt({ force });
  if (!force && !isStale()) return;
  fs.mkdirSync(buildFolder, { recursive: true });
  const lock = await step("Waiting for another build", () => waitForLock(path.join(buildFolder, "lock")));
  try {
    if (!force && !isStale()) return;
    // Taken before: a source edited during the build makes the result stale at once, as it should.
    const sources = hashSources(projectRoot);
    await ensureGenerated();
    await step("Bundling the server", () => bundle());
    await step("Building the pages", buildPages, { announce: true });
    writeStamp({ sources });
  } finally {
    lock.release();
  }
}

/** Without the host's secrets: a build must come out the same whatever they are, and must not hold them. */
async function buildPages() {
  const { DATABASE_URL, NEXTAUTH_SECRET, INCIDENT_MONITOR_TOKEN, TANDEM_ENGINE_TOKEN, ...env } = process.env;
  await runCommand(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: projectRoot,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    const { ensureInstalled } = await import("./install.mjs");
    await ensureInstalled();
    await ensureBuilt({ force: process.argv.includes("--force") });
    console.log("Built.");
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
