import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { run } from "../repository.mjs";
import { frameIn, javascript, mainOf, titleIn } from "./javascript.mjs";

/**
 * Compiled to `dist`, which is not part of the repository but is there, with its source maps. `mapped`: the runtime
 * applies them; `plain`: the trace speaks of `dist`; `bundle`: it speaks of places in one file, shortened or not.
 */
export const typescript = {
  name: "typescript",
  templates: "javascript",
  extension: ".ts",
  runtimes: ["node"],

  layoutOf(random, project) {
    return {
      ...javascript.layoutOf(random, project),
      ...{ root: random.pick(["src/", "source/"]), modules: "import", entry: "main.ts" },
      build: random.pick(["mapped", "mapped", "plain", "bundle", "minified"]),
    };
  },
  text: (text) => text.replace(/[«»]/g, "").replace(/^(\w[\w/]+)\.js$/, "$1.ts"),
  place: (at, layout) => (at.startsWith("config/") ? at : layout.root + at),

  frame(modules, layout, project) {
    const options = { target: "ES2023", module: "NodeNext", sourceMap: true, outDir: "dist", strict: false };
    return new Map([
      [layout.root + layout.entry, typed(mainOf(modules, layout))],
      [
        "package.json",
        `${JSON.stringify({ name: project, version: "2.0.1", private: true, type: "module" }, null, 2)}\n`,
      ],
      ["tsconfig.json", `${JSON.stringify({ compilerOptions: options, include: [layout.root] }, null, 2)}\n`],
      [".gitignore", "node_modules/\ndist/\n"],
    ]);
  },
  testOf: ({ name, run: at }, layout) => [
    `test/${name}.test.ts`,
    `import { test } from "node:test";\nimport { loadSettings } from "../${layout.root}settings/loader.js";\nimport { run } from "../${layout.root}${at}.js";\n\ntest("${name} runs", async () => {\n  await run(loadSettings());\n});\n`,
  ],

  async run(folder, layout) {
    const bundled = layout.build === "bundle" || layout.build === "minified";
    await build({
      entryPoints: bundled
        ? [path.join(folder, layout.root, layout.entry)]
        : sourcesOf(path.join(folder, layout.root)),
      ...{ outdir: path.join(folder, "dist"), outbase: path.join(folder, layout.root), bundle: bundled },
      ...{ minify: layout.build === "minified", platform: "node", format: "esm", target: "node20" },
      ...{ sourcemap: true, logLevel: "silent", absWorkingDir: folder },
    });
    const started = (flags) => run("node", [...flags, "dist/main.js"], { cwd: folder });
    const mapped = await started(["--enable-source-maps"]);
    if (layout.build === "mapped" || mapped.code === 0) return mapped;
    return { ...(await started([])), mapped };
  },
  frameOf: (output, folder) => frameIn(textOf(output.mapped ?? output), folder),
  titleOf: ({ stderr }) => titleIn(stderr),
};

const textOf = ({ stdout, stderr }) => `${stdout}${stderr}`;

const typed = (text) =>
  text
    .replace("async function runJob(job, settings)", "async function runJob(job: any, settings: any)")
    .replace("const jobs = [", "const jobs: { name: string; run: (settings: any) => Promise<string> }[] = [");

const sourcesOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(folder, name));
