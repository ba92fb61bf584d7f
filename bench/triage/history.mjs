import { makers } from "./edits.mjs";
import { functionAt, functionsOf } from "./functions.mjs";

/**
 * What happened before the regression, worked out backwards: from the tree as it is then, one harmless change after
 * another is put in, and each commit of the history takes one of them out again. Oldest first; the last has `tree`.
 */
export function earlierCommits(random, subjectOf, input) {
  const { language, tree, plant, modules, frameOf, count, target } = input;
  const states = [{ tree, subject: null }];
  let left = modules;
  const goBack = (older, subject) => {
    states[0].subject = subject;
    states.unshift({ tree: older, subject: null });
  };
  const dropLast = () => {
    const gone = left.at(-1);
    left = left.slice(0, -1);
    goBack(withoutModule(states[0].tree, gone, frameOf(left)), subjectOf("module", { module: gone.name }));
  };
  // Some of it happens to the very function that will break, most of it elsewhere.
  const aimed = random.int(2, 4);
  for (let at = 0; states.length < count - modules.length && at < 200; at++) {
    const now = states[0].tree;
    const place = at < aimed ? target(now) : randomPlace(random, now, language, left);
    const older = place && olderTree(random, now, language, place, at >= aimed);
    if (older) goBack(older.tree, subjectOf(older.kind, older));
    const { paths } = left.at(-1);
    const needed = plant.edits.some(({ path }) => paths.has(path)) || paths.has(target(now)?.path);
    if (left.length > 3 && at > count / 2 && !needed && random.chance(0.15)) dropLast();
  }
  while (left.length > 1) dropLast();
  states[0].subject = random.pick(["First version", "Initial commit", `Start with ${modules[0].name}`]);
  return states;
}

/** The tree before one more change, and what the commit of that change is about. */
function olderTree(random, tree, language, place, any) {
  if (any && random.chance(0.3)) return withoutFunction(random, tree, language, place);
  if (random.chance(0.12)) {
    const older = withoutNote(tree);
    return older && { ...place, tree: older, kind: "notes" };
  }
  const changed = changedAt(random, tree, language, place, earlierKinds);
  return changed && { ...place, ...changed };
}

const earlierKinds = [
  "comment",
  "rename",
  "wrap",
  "extract",
  "move",
  "log",
  "document",
  "trailingComment",
  "requote",
  "reindent",
];
const laterKinds = [
  "comment",
  "trailingComment",
  "log",
  "rename",
  "rename",
  "wrap",
  "extract",
  "document",
  "annotate",
  "move",
  "count",
  "addFunction",
];
/** Of seeds nothing was tuned on: decoys no smaller seed has. */
const unseenKinds = [...laterKinds, "pause", "pause"];
const wholeFile = ["requote", "reindent"];

/**
 * What happens after it: `decoys` changes of the lines and functions that fail, and some elsewhere. Answers with the
 * commits and with the same changes made to the tree without the regression, which still has to run.
 */
export function laterCommits(
  random,
  subjectOf,
  { language, tree, twin, modules, unseen, anchors, decoys, others },
) {
  const commits = [];
  let state = tree;
  let innocent = twin;
  const places = anchors.map((anchor) => ({ ...anchor }));
  // In some histories nobody happens to touch the failing line itself, only its function.
  const onTheLine = random.chance(0.7);
  const plan = random.shuffle([...Array(decoys).fill(true), ...Array(others).fill(false)]);
  let done = 0;
  for (const decoy of plan) {
    for (let attempt = 0; attempt < 12; attempt++) {
      const anchor = random.chance(0.75) ? places[0] : random.pick(places);
      const near = onTheLine ? anchor : besideLine(random, state, language, anchor);
      const place = decoy ? near : randomPlace(random, state, language, modules);
      if (!place || (!decoy && places.some(({ path }) => path === place.path))) continue;
      const kinds = random.chance(0.08) ? wholeFile : unseen ? unseenKinds : laterKinds;
      const changed = changedAt(random, state, language, place, kinds);
      if (!changed) continue;
      const text = innocent.get(place.path);
      const line = lineLike(text, state.get(place.path).split("\n")[place.line], place.line);
      const same = changed.apply(text, line);
      if (same) innocent = new Map(innocent).set(place.path, same.text);
      for (const each of places) {
        if (each.path !== place.path) continue;
        const before = state.get(each.path).split("\n")[each.line];
        each.line =
          each.line === place.line ? changed.line : lineLike(changed.tree.get(each.path), before, each.line);
      }
      state = changed.tree;
      commits.push({ tree: state, subject: subjectOf(changed.kind, place), decoy });
      if (decoy) done++;
      break;
    }
  }
  return { commits, innocent, decoys: done };
}

/** A file with one harmless change in it, which is none of the planted change's. */
export function changeElsewhere(random, tree, language, modules, plant) {
  for (let attempt = 0; attempt < 12; attempt++) {
    const place = randomPlace(random, tree, language, modules);
    if (!place || plant.edits.some(({ path }) => path === place.path)) continue;
    const changed = changedAt(random, tree, language, place, laterKinds);
    if (changed) return { path: place.path, text: changed.tree.get(place.path) };
  }
  return null;
}

function changedAt(random, tree, language, place, kinds) {
  const text = tree.get(place.path);
  const made = makers[random.pick(kinds)](random, language, text, place.line);
  const result = made?.apply(text, place.line);
  if (!result) return null;
  return {
    tree: new Map(tree).set(place.path, result.text),
    line: result.line,
    kind: made.kind,
    apply: made.apply,
  };
}

/** The line of the text that reads the same and is nearest, or the same number. */
function lineLike(text, wanted, line) {
  const lines = text.split("\n");
  const alike = [...lines.keys()].filter((at) => lines[at].trim() === wanted?.trim());
  return (
    alike.sort((left, right) => Math.abs(left - line) - Math.abs(right - line))[0] ??
    Math.min(line, lines.length - 1)
  );
}

/** Another line of the same function, or the same where it has no other. */
function besideLine(random, tree, language, anchor) {
  const lines = tree.get(anchor.path).split("\n");
  const block = functionAt(tree.get(anchor.path), anchor.line, language);
  if (!block) return anchor;
  const last = language === "python" ? block.to : block.to - 1;
  const others = [...lines.keys()].slice(block.from + 1, last + 1);
  const choices = others.filter((at) => at !== anchor.line && lines[at].trim() !== "");
  return choices.length > 0 ? { ...anchor, line: random.pick(choices) } : anchor;
}

function randomPlace(random, tree, language, modules) {
  const { name, paths } = random.pick(modules);
  const path = random.pick([...paths].filter((each) => tree.has(each)));
  if (!path) return null;
  const functions = functionsOf(tree.get(path), language).filter(({ from, to }) => to - from >= 2);
  if (functions.length === 0) return null;
  const block = random.pick(functions);
  const line = random.int(block.from + 1, language === "python" ? block.to : block.to - 1);
  return tree.get(path).split("\n")[line].trim() === ""
    ? null
    : { path, line, function: block.name, module: name };
}

/** Without one function that nothing else of its file needs to read well: what a commit adds later. */
function withoutFunction(random, tree, language, { path, module }) {
  const text = tree.get(path);
  const functions = functionsOf(text, language).filter(
    ({ name }) => !/^(?:__init__|initialize|constructor|main|run|Run)$/.test(name),
  );
  if (functions.length < 3) return null;
  const block = random.pick(functions);
  const lines = text.split("\n");
  const before = lines.slice(0, block.lead);
  while (before.at(-1) === "") before.pop();
  const older = [...before, ...lines.slice(block.to + 1)].join("\n");
  return { tree: new Map(tree).set(path, older), kind: "feature", function: block.name, module };
}

function withoutNote(tree) {
  const [path, text] = [...tree].find(([at]) => at === "docs/notes.md") ?? [];
  const lines = text?.trimEnd().split("\n") ?? [];
  if (lines.length < 4) return null;
  return new Map(tree).set(path, `${lines.slice(0, -1).join("\n")}\n`);
}

function withoutModule(tree, module, frame) {
  const older = new Map([...tree].filter(([at]) => !module.paths.has(at) && !module.tests.has(at)));
  for (const [at, text] of frame) older.set(at, text);
  return older;
}
