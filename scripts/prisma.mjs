// The Prisma CLI with its schema engine replaced by the one in this repository, so that it works without downloads:
//   npm run prisma -- generate | validate | migrate dev --name NAME | migrate diff ...
//   npm run prisma -- new-migration NAME     writes what the schema has and the migrations lack, asking nothing
// Without DATABASE_URL the commands that need a database get an empty one for the time they run.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { applyMigrations, migrationsFolder } from "./apply-migrations.mjs";
import { openThrowawayCluster } from "./postgres/throwaway.mjs";
import { projectRoot } from "./project.mjs";

const withoutDatabase = new Set([
  "generate",
  "validate",
  "format",
  "version",
  "-v",
  "--version",
  "-h",
  "--help",
]);
const schemaEngine = path.join(projectRoot, "scripts", "schema-engine.mjs");

/**
 * Runs one CLI command and answers with its exit code (and its output when captured).
 * @param {string[]} args
 * @param {{ databaseUrl?: string, capture?: boolean, cwd?: string }} options
 */
export async function runPrisma(args, { databaseUrl, capture = false, cwd = projectRoot } = {}) {
  // The CLI starts the engine as a program; a checkout from an archive may have lost the mode.
  if ((fs.statSync(schemaEngine).mode & 0o111) === 0) fs.chmodSync(schemaEngine, 0o755);
  const receiptFolder = fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-engine-"));
  const receipt = path.join(receiptFolder, "answered");
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: {
      ...process.env,
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
      SCHEMA_ENGINE_RECEIPT: receipt,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1", // no version check over the network
    },
    stdio: capture ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  const engineAnswered = fs.existsSync(receipt);
  fs.rmSync(receiptFolder, { recursive: true, force: true });
  if (code === 0 && needsEngineAnswer(args) && !engineAnswered) {
    throw new Error(
      `prisma ${args.join(" ")} ended well, but its schema engine never answered: nothing was done.\n${output}`,
    );
  }
  return { code, output };
}

const needsEngineAnswer = (args) =>
  ["migrate", "db"].includes(args[0]) && !args.includes("--help") && !args.includes("-h");

/** Writes the difference between the committed migrations and the schema as a new migration. */
async function newMigration(name, databaseUrl) {
  if (!/^[a-z0-9_]+$/.test(name ?? ""))
    throw new Error("usage: npm run prisma -- new-migration some_name (a-z, 0-9, _)");
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = path.join(migrationsFolder, `${stamp}_${name}`);
  const file = path.join(folder, "migration.sql");
  fs.mkdirSync(migrationsFolder, { recursive: true });
  const lock = path.join(migrationsFolder, "migration_lock.toml");
  if (!fs.existsSync(lock)) fs.writeFileSync(lock, 'provider = "postgresql"\n');
  const from = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema"];
  const drift = await runPrisma(["migrate", "diff", ...from, "--exit-code"], { databaseUrl, capture: true });
  if (drift.code === 0) return console.log("The migrations hold everything the schema has.");
  if (drift.code !== 2) throw new Error(drift.output);
  // Written elsewhere first: the diff reads every folder of the migrations, and a new one is empty until it is done.
  const draft = path.join(
    fs.mkdtempSync(path.join(os.tmpdir(), "incident-monitor-migration-")),
    "migration.sql",
  );
  try {
    const { code, output } = await runPrisma(["migrate", "diff", ...from, "--script", "--output", draft], {
      databaseUrl,
      capture: true,
    });
    if (code !== 0) throw new Error(output);
    fs.mkdirSync(folder);
    fs.copyFileSync(draft, file);
  } finally {
    fs.rmSync(path.dirname(draft), { recursive: true });
  }
  console.log(`Wrote ${path.relative(projectRoot, file)}; read it, and add what Prisma cannot express.`);
}

async function main(args) {
  const run = async (databaseUrl) => {
    // The WebAssembly engine loses its shadow database once it has applied migrations, and `dev` needs both.
    if (args[0] === "migrate" && args[1] === "dev")
      await applyMigrations(databaseUrl ?? process.env.DATABASE_URL);
    if (args[0] !== "new-migration") return (await runPrisma(args, { databaseUrl })).code;
    await newMigration(args[1], databaseUrl);
    return 0;
  };
  if (process.env.DATABASE_URL || args.length === 0 || withoutDatabase.has(args[0])) return run();
  const cluster = await openThrowawayCluster({ label: "prisma" });
  try {
    return await run(cluster.url);
  } finally {
    await cluster.remove();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
