import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildFolder, projectRoot } from "../project.mjs";

/** What runs under plain Node, each bundled into one file. */
const entries = {
  ...{ server: "server.ts", worker: "lib/workers/main.ts", bootstrap: "lib/bootstrap.ts" },
  // For the audit command, which also runs where there is no server.
  ...{ audit: "lib/audit/tool.ts", "audit-store": "lib/db/audit-tool.ts" },
};

export const bundleFile = (name) => path.join(buildFolder, `${name}.mjs`);
export const bundleFiles = Object.keys(entries).map(bundleFile);

export const importBundle = (name) => import(pathToFileURL(bundleFile(name)).href);

/** @param {string[]} names of `entries` */
export function bundleOptions(names = Object.keys(entries)) {
  for (const name of names) {
    if (!fs.existsSync(path.join(projectRoot, entries[name]))) {
      throw new Error(
        `cannot build: ${entries[name]} is missing. Restore it (git checkout -- ${entries[name]}).`,
      );
    }
  }
  return {
    absWorkingDir: projectRoot,
    entryPoints: names.map((name) => ({ in: entries[name], out: name })),
    outdir: buildFolder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "silent",
  };
}

export async function bundle(names) {
  const esbuild = await import("esbuild");
  try {
    await esbuild.build(bundleOptions(names));
  } catch (error) {
    const lines = await esbuild.formatMessages(error.errors ?? [], { kind: "error" });
    throw new Error(lines.length > 0 ? lines.join("\n").trimEnd() : error.message);
  }
}
