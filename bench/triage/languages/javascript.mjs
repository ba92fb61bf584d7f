import { run } from "../repository.mjs";

const style = ["uncaught", "logged", "chained"];

const deployments = (random, project) =>
  random.pick([`/srv/${project}`, "/app", `/var/www/${project}`, `/home/node/${project}`]);

/** Modules of either kind, run as they are. */
export const javascript = {
  name: "javascript",
  extension: ".js",
  runtimes: ["node"],

  layoutOf(random, project) {
    return {
      root: random.pick(["src/", "lib/", "app/"]),
      modules: random.pick(["import", "require"]),
      entry: random.pick(["main.js", "nightly.js", "index.js"]),
      style: random.pick(style),
      deployedAt: deployments(random, project),
    };
  },
  /** What is between « and » is for TypeScript alone. */
  text(text, layout) {
    const bare = text.replace(/^«[^»]*»\n+/gm, "").replace(/«[^»]*»/g, "");
    return layout.modules === "require" ? required(bare) : bare;
  },
  fileText(text, layout) {
    if (layout.modules !== "require" || text.startsWith("{")) return text;
    const names = [...text.matchAll(/^(?:async )?(?:function|class) (\w+)/gm)].map(([, name]) => name);
    return `${text.trimEnd()}\n\nmodule.exports = { ${names.join(", ")} };\n`;
  },
  place: (at, layout) => (at.startsWith("config/") ? at : layout.root + at),

  frame(modules, layout, project) {
    const kind = layout.modules === "require" ? "commonjs" : "module";
    const text = mainOf(modules, layout);
    return new Map([
      [layout.root + layout.entry, layout.modules === "require" ? required(text) : text],
      [
        "package.json",
        `${JSON.stringify({ name: project, version: "1.4.0", private: true, type: kind }, null, 2)}\n`,
      ],
      [".gitignore", "node_modules/\ndist/\n"],
    ]);
  },
  testOf: ({ name, run: at }, layout) => [
    `test/${name}.test.js`,
    (layout.modules === "require" ? required : (text) => text)(
      `import { test } from "node:test";\nimport { loadSettings } from "../${layout.root}settings/loader.js";\nimport { run } from "../${layout.root}${at}.js";\n\ntest("${name} runs", async () => {\n  await run(loadSettings());\n});\n`,
    ),
  ],

  run: (folder, layout) => run("node", [layout.root + layout.entry], { cwd: folder }),
  frameOf: ({ stdout, stderr }, folder) => frameIn(`${stdout}${stderr}`, folder),
  titleOf: ({ stderr }) => titleIn(stderr),
};

const required = (text) =>
  text
    .replace(
      /^import (.+?) from (".+?");$/gm,
      (_, names, from) => `const ${names.replaceAll(" as ", ": ")} = require(${from});`,
    )
    .replace(/^export /gm, "");

export function mainOf(modules, { style: way }) {
  const alias = (name) => `run${name[0].toUpperCase()}${name.slice(1)}`;
  const imports = modules.map(({ name, run: at }) => `import { run as ${alias(name)} } from "./${at}.js";`);
  const jobs = modules.map(({ name }) => `  { name: "${name}", run: ${alias(name)} },`);
  return `import { loadSettings } from "./settings/loader.js";
${imports.join("\n")}

const jobs = [
${jobs.join("\n")}
];

${bodies[way]}

main();
`;
}

/** The first frame of the program's own, of the innermost cause. */
export function frameIn(text, folder) {
  const cause = text.split("[cause]:").at(-1);
  for (const [, name, file, line] of cause.matchAll(
    /^\s+at (?:(.+?) \()?(?:file:\/\/)?(\/[^():]+):(\d+):\d+\)?,?$/gm,
  )) {
    if (!file.startsWith(`${folder}/`)) continue;
    return { path: file.slice(folder.length + 1), line: Number(line), function: name ?? null };
  }
  return null;
}

export const titleIn = (stderr) =>
  stderr.split("\n").find((line) => /^(?:Uncaught )?\w*(?:Error|Problem)\b.*: |^job \w+ failed/.test(line)) ??
  "job failed";

const bodies = {
  uncaught: `async function main() {
  const settings = loadSettings();
  for (const job of jobs) {
    console.log("INFO " + job.name + ": " + (await job.run(settings)));
  }
}`,
  logged: `async function main() {
  const settings = loadSettings();
  for (const job of jobs) {
    try {
      console.log("INFO " + job.name + ": " + (await job.run(settings)));
    } catch (error) {
      console.error("job " + job.name + " failed", error);
      process.exitCode = 1;
    }
  }
}`,
  chained: `async function runJob(job, settings) {
  try {
    return await job.run(settings);
  } catch (error) {
    throw new Error("job " + job.name + " failed", { cause: error });
  }
}

async function main() {
  const settings = loadSettings();
  for (const job of jobs) {
    console.log("INFO " + job.name + ": " + (await runJob(job, settings)));
  }
}`,
};
