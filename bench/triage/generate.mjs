// Repositories with a history and one planted regression, made from a seed. The program is run for real: it has to pass
// before the planted commit and fail from it on, and the trace of the report is what the runtime printed.
//
//   node bench/triage/generate.mjs --seed 7 --folder /tmp/case-7 [--files 50000]
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { flag } from "../support/machine.mjs";
import { fillerFiles } from "./filler.mjs";
import { functionAt } from "./functions.mjs";
import { changeElsewhere, earlierCommits, laterCommits } from "./history.mjs";
import { languageOf, languages } from "./languages.mjs";
import { reportOf } from "./report.mjs";
import { writeRepository } from "./repository.mjs";
import { seeded } from "./seeded.mjs";
import { subjectsOf } from "./subjects.mjs";
import { mapModule, planted, readModules } from "./templates.mjs";
import { authors, projectNames, vocabularyOf } from "./vocabulary.mjs";

/** From this seed on there are changes and decoys no smaller seed has; which of them figures are taken on says run.mjs. */
export const firstUnseenSeed = 1_000;
const hourMs = 3_600_000;

/**
 * @param {number} seed
 * @param {string} folder empty or not there; the repository is made in it
 * @param {{ fileCount?: number }} options files of an early commit, for size alone
 * @returns {Promise<{ root, language, report: { title, detail, excerpt, component }, truth: { commit, files, kind,
 *   failingFile, failingLine, plant }, brokenAtMs, reportedAtMs, lastGoodAtMs, commitCount, decoyCount, fileCount }>}
 *   Times in milliseconds; `failingLine` counts from 1. Rejects when the case is not one: it failed before, does not fail
 *   after, or its decoys fail without it.
 */
export async function generateCase(seed, folder, { fileCount = 0 } = {}) {
  const random = seeded(seed);
  const language = languageOf(seed);
  const { project, layout, modules, plant, frameOf, good, broken, twin, subjectOf } = planOf(
    random,
    seed,
    language,
  );
  mkdirSync(folder, { recursive: true });
  const root = realpathSync(folder);
  const ran = (tree, what) => runTree(language, tree, root, layout, `seed ${seed}, ${plant.id}: ${what}`);

  mustPass(await ran(good, "before it"));
  const failure = mustFail(await ran(broken, "after it"));
  const anchors = anchorsOf(broken, failure.frame, plant, language.name);
  const later = laterCommits(random, subjectOf, {
    ...{ language: language.name, tree: broken, twin, modules, anchors },
    unseen: seed >= firstUnseenSeed,
    ...{ decoys: random.int(2, 6), others: random.int(0, 6) },
  });
  const earlier = earlierCommits(random, subjectOf, {
    ...{ language: language.name, tree: good, plant, modules, frameOf },
    count: random.int(12, 26),
    target: (tree) => targetIn(random, tree, anchors, language.name),
  });
  const subject = subjectOf("plant", { module: moduleOf(plant.edits[0].path) }, plant.subjects);
  const commits = dated(random, [...earlier, { tree: broken, subject }, ...later.commits]);
  if (later.decoys < 2) throw new Error(`seed ${seed}: ${later.decoys} decoys after ${plant.id}`);
  if (fileCount > 0) {
    commits[Math.min(3, earlier.length - 1)].filler = fillerFiles(seeded(seed), language, fileCount);
  }

  mustPass(await ran(later.innocent, "its decoys without it"));
  rmSync(root, { recursive: true, force: true });
  const hashes = await writeRepository(root, commits);
  const last = mustFail(await ran(null, "at the end"));
  if (last.frame.path !== failure.frame.path) {
    throw new Error(
      `seed ${seed}: ${plant.id} fails in ${last.frame.path}, at first in ${failure.frame.path}`,
    );
  }
  const component = moduleOf(last.frame.path);
  const culpritAt = earlier.length;
  return {
    ...{ seed, root, language: language.name },
    ...timesOf(random, commits, culpritAt),
    report: reportOf(random, language, { output: last.output, root, layout, project, component }),
    truth: {
      ...{ commit: hashes[culpritAt], kind: plant.kind, plant: plant.id },
      files: [...new Set(plant.edits.map(({ path: at }) => at))],
      ...{ failingFile: last.frame.path, failingLine: last.frame.line },
    },
    ...{
      commitCount: commits.length,
      decoyCount: later.decoys,
      fileCount: commits.at(-1).tree.size + fileCount,
    },
  };
}

/** What the repository is, and the tree before and after the planted change; `twin` is after its commit without it. */
function planOf(random, seed, language) {
  const project = random.pick(projectNames);
  const layout = { hasTests: random.chance(0.6), ...language.layoutOf(random, project) };
  const words = vocabularyOf(random);
  const subjectOf = subjectsOf(random);
  const { modules, plant } = chooseModules(random, seed, language, layout, words);
  const frameOf = (some) => frameFiles(some, language, layout, project);
  const good = new Map([
    ...modules.flatMap(({ files, tests }) => [...files, ...tests]),
    ...frameOf(modules),
    ["docs/notes.md", notesOf(random, modules)],
  ]);
  // One in three such commits has a harmless change elsewhere in it, as real ones do.
  const beside = random.chance(0.35) ? changeElsewhere(random, good, language.name, modules, plant) : null;
  const withBeside = (tree) => (beside ? new Map(tree).set(beside.path, beside.text) : tree);
  const [broken, twin] = [withBeside(planted(good, plant)), withBeside(good)];
  return { project, layout, modules, plant, frameOf, good, broken, twin, subjectOf };
}

/** First seen some commits after the change or after all of them; seldom it was there before and had been closed. */
function timesOf(random, commits, culpritAt) {
  const seenFrom = random.chance(0.35) ? random.int(culpritAt, commits.length - 1) : commits.length - 1;
  return {
    brokenAtMs: commits[seenFrom].atMs + random.int(1, 5) * hourMs,
    reportedAtMs: commits.at(-1).atMs + random.int(6, 40) * hourMs,
    lastGoodAtMs: random.chance(0.25) ? commits[culpritAt - random.int(1, 4)].atMs + hourMs : null,
  };
}

/** The base and some modules, each with this seed's words and places; one change of one of them. */
function chooseModules(random, seed, language, layout, words) {
  const [base, ...others] = readModules(language.templates ?? language.name)
    .sort((left, right) => Number(right.name === "settings") - Number(left.name === "settings"))
    .map((module) => mapModule(module, (text, at) => words(language.text(text, layout, at))))
    .map((module) => placed(module, language, layout));
  const all = [base, ...others].flatMap((module) => module.plants.map((plant) => ({ module, plant })));
  const seen = all.filter((_, at) => seed >= firstUnseenSeed || at % 3 !== 1);
  // Evenly over all changes, whichever seeds are taken; each language begins elsewhere.
  const turn = Math.floor(seed / languages.length) * 0.618034 + languages.indexOf(language) * 0.37;
  const { module, plant } = seen[Math.floor((turn % 1) * seen.length)];
  const rest = random.shuffle(others.filter((other) => other !== module));
  const chosen = [
    ...(module === base ? [] : [module]),
    ...rest.slice(0, random.int(1, layout.hasTests ? 2 : 3)),
  ];
  return { modules: [base, ...random.shuffle(chosen)], plant };
}

function placed(module, language, layout) {
  const place = (at) => language.place(at, layout);
  const tests = layout.hasTests ? new Map([language.testOf(module, layout)]) : new Map();
  return {
    ...module,
    files: module.files.map((file) => [
      place(file.path),
      language.fileText?.(file.text, layout) ?? file.text,
    ]),
    paths: new Set(module.files.map((file) => place(file.path)).filter((at) => !isConfiguration(at))),
    tests,
    plants: module.plants.map((plant) => ({
      ...plant,
      edits: plant.edits.map((edit) => ({ ...edit, path: place(edit.path) })),
    })),
  };
}

const isConfiguration = (at) => /\.(?:json|properties|yml)$/.test(at);

function frameFiles(modules, language, layout, project) {
  const list = modules.slice(1).map(({ name }) => `- ${name}`);
  return new Map([
    ...language.frame(modules, layout, project),
    ["README.md", `# ${project}\n\nThe nightly jobs, one a module:\n\n${list.join("\n")}\n`],
  ]);
}

function notesOf(random, modules) {
  const notes = random.shuffle([
    "- Jobs run one after another; the first failure ends the night.",
    "- Amounts are whole cents everywhere.",
    "- Settings are read once, at the start.",
    "- Ask before changing a default.",
    "- The feed comes at 02:00.",
    "- Reports go to the printer in the hall.",
  ]);
  return `# Notes\n\n${notes.slice(0, random.int(2, 6)).join("\n")}\n- ${modules.length} modules as of now.\n`;
}

/** Where it fails and where the change is: the places the decoys touch. */
function anchorsOf(tree, frame, plant, language) {
  const at = (path, line) => {
    const block = functionAt(tree.get(path), line, language);
    return { path, line, function: block?.name ?? moduleOf(path), module: moduleOf(path) };
  };
  const anchors = [at(frame.path, frame.line - 1)];
  for (const { path, to } of plant.edits) {
    if (isConfiguration(path) || to === "") continue;
    const line = tree.get(path).slice(0, tree.get(path).indexOf(to)).split("\n").length - 1;
    const place = at(path, line);
    // Decoys of the changed line itself only inside a function: tables and constants have few harmless changes.
    if (functionAt(tree.get(path), line, language)) anchors.push(place);
  }
  return anchors;
}

function targetIn(random, tree, anchors, language) {
  const anchor = random.pick(anchors);
  const text = tree.get(anchor.path);
  if (text === undefined) return null;
  const block = functionAt(text, anchor.line, language);
  return block ? { ...anchor, line: Math.min(anchor.line, block.to) } : null;
}

const moduleOf = (at) => path.basename(path.dirname(at));

const isWorkingHour = (date) =>
  date.getUTCDay() % 6 !== 0 && date.getUTCHours() >= 7 && date.getUTCHours() < 18;

/** Weeks of working days; an author and a time for each commit, never going back. */
function dated(random, commits) {
  const team = random.shuffle(authors).slice(0, random.int(3, 5));
  let atMs = Date.UTC(2026, random.int(0, 6), random.int(1, 28), 8);
  return commits.map((commit) => {
    atMs += random.int(2, 40) * hourMs + random.int(0, 3_599) * 1_000;
    while (!isWorkingHour(new Date(atMs))) atMs += hourMs;
    return { ...commit, atMs, author: random.pick(team) };
  });
}

/** Runs the program: of a tree, or of what is checked out where there is none. */
async function runTree(language, tree, folder, layout, what) {
  if (tree) {
    rmSync(folder, { recursive: true, force: true });
    for (const [at, text] of tree) {
      mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
      writeFileSync(path.join(folder, at), text);
    }
  }
  const output = await language.run(folder, layout);
  return { what, output, frame: language.frameOf(output, folder, layout) };
}

const told = ({ what, output }) => `${what} exits with ${output.code}:\n${output.stdout}${output.stderr}`;

function mustPass(result) {
  if (result.output.code !== 0) throw new Error(told(result));
}

function mustFail(result) {
  if (result.output.code === 0 || !result.frame) throw new Error(told(result));
  return result;
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.resolve(flag("folder", "triage-case"));
  const made = await generateCase(Number(flag("seed", 1)), folder, { fileCount: Number(flag("files", 0)) });
  console.log(JSON.stringify(made, null, 2));
}
