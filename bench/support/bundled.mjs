import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildFolder, projectRoot } from "../../scripts/project.mjs";

/**
 * The product's own code, as it stands, for measuring a function without a server around it: `exports` is the text of a
 * module that exports what is wanted from `@/lib/...`.
 */
export async function importBundled(name, exports) {
  mkdirSync(buildFolder, { recursive: true });
  // Inside the project, so that packages are found; gone as soon as it is loaded.
  const outfile = path.join(buildFolder, `bench-${name}-${process.pid}.mjs`);
  await build({
    stdin: { contents: exports, resolveDir: projectRoot, loader: "ts" },
    ...{ absWorkingDir: projectRoot, outfile, bundle: true, packages: "external", logLevel: "silent" },
    ...{ platform: "node", format: "esm", target: "node20" },
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
