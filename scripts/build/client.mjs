import fs from "node:fs";
import path from "node:path";
import { step } from "../progress.mjs";
import { buildFolder, projectRoot } from "../project.mjs";
import { runCommand } from "../run-command.mjs";
import { waitForLock } from "./lock.mjs";
import { hashSources } from "./sources.mjs";

const folder = path.join(projectRoot, "clients", "typescript");
const distribution = path.join(folder, "dist");
const stampFile = path.join(buildFolder, "client.json");
const made = ["esm/index.js", "esm/index.d.ts", "cjs/index.js", "cjs/index.d.ts", "cli.mjs"];

/** Not of the whole lockfile: the client has no dependency, and the two tools that build it are named there. */
const sources = ["src", "package.json", "tsconfig.json"].map((name) => `clients/typescript/${name}`);

function isFresh() {
  if (!made.every((name) => fs.existsSync(path.join(distribution, name)))) return false;
  try {
    return JSON.parse(fs.readFileSync(stampFile, "utf8")).sources === hashSources(projectRoot, sources);
  } catch {
    return false;
  }
}

/** Builds clients/typescript/dist when its sources changed: ESM, CommonJS, declarations, and the command line. */
export async function ensureClientBuilt({ force = false } = {}) {
  if (!force && isFresh()) return;
  fs.mkdirSync(buildFolder, { recursive: true });
  const lock = await waitForLock(path.join(buildFolder, "client.lock"));
  try {
    if (!force && isFresh()) return;
    const hash = hashSources(projectRoot, sources);
    await step("Building the TypeScript client", build);
    fs.writeFileSync(stampFile, `${JSON.stringify({ sources: hash })}\n`);
  } finally {
    lock.release();
  }
}

/** Beside the one in use, then in its place: a command that runs meanwhile finds the old or the new one whole. */
async function build() {
  const staging = `${distribution}.${process.pid}`;
  const old = `${distribution}.old.${process.pid}`;
  try {
    // Both to their end, also when one fails: what still writes would bring the staging folder back.
    const steps = await Promise.allSettled([bundleAll(staging), declare(path.join(staging, "esm"))]);
    for (const each of steps) if (each.status === "rejected") throw each.reason;
    // Under CommonJS the same declarations have to lie under a package of that type.
    fs.cpSync(path.join(staging, "esm"), path.join(staging, "cjs"), {
      recursive: true,
      filter: (from) => fs.statSync(from).isDirectory() || from.endsWith(".d.ts"),
    });
    fs.writeFileSync(path.join(staging, "cjs", "package.json"), `{ "type": "commonjs" }\n`);
    if (fs.existsSync(distribution)) fs.renameSync(distribution, old);
    fs.renameSync(staging, distribution);
  } finally {
    for (const leftover of [staging, old]) fs.rmSync(leftover, { recursive: true, force: true });
  }
}

async function bundleAll(out) {
  const esbuild = await import("esbuild");
  const library = {
    entryPoints: [path.join(folder, "src", "index.ts")],
    platform: "neutral",
    target: "es2022",
    sourcemap: true,
  };
  const options = [
    { ...library, format: "esm", outfile: path.join(out, "esm", "index.js") },
    { ...library, format: "cjs", outfile: path.join(out, "cjs", "index.js") },
    {
      entryPoints: [path.join(folder, "src", "cli", "main.ts")],
      platform: "node",
      target: "node20",
      format: "esm",
      outfile: path.join(out, "cli.mjs"),
    },
  ];
  for (const each of options) {
    await esbuild.build({ ...each, bundle: true, logLevel: "silent" }).catch(async (error) => {
      const lines = await esbuild.formatMessages(error.errors ?? [], { kind: "error" });
      throw new Error(lines.length > 0 ? lines.join("\n").trimEnd() : error.message);
    });
  }
}

async function declare(out) {
  const compiler = path.join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  await runCommand(process.execPath, [compiler, "-p", folder, "--outDir", out], { cwd: projectRoot });
}
