import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "systems");

/**
 * The systems a repository is put together from, one text file a module:
 *
 *   @file orders/pricing.py      a file of it, up to the next mark
 *   @run orders/service          where its `run` is
 *   @plant KIND | subject | ...  a change that breaks it, and subjects a commit of it could have
 *   @in PATH  ... @to ...        one replacement of that change: a text found exactly once, and what it becomes
 */
export function readModules(language) {
  const files = readdirSync(path.join(folder, language)).filter((name) => name.endsWith(".txt"));
  return files.sort().map((name) => parse(name.replace(".txt", ""), path.join(folder, language, name)));
}

function parse(name, file) {
  const module = { name: name === "base" ? "settings" : name, run: null, files: [], plants: [] };
  let keep = () => {};
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, mark, rest] = /^@(file|run|plant|in|to)\b ?(.*)$/.exec(line) ?? [];
    if (!mark) {
      keep(line);
      continue;
    }
    const lines = [];
    keep = (text) => lines.push(text);
    if (mark === "run") module.run = rest;
    if (mark === "file") module.files.push({ path: rest, lines });
    if (mark === "plant") {
      const [kind, ...subjects] = rest.split(" | ");
      module.plants.push({ id: `${name}/${module.plants.length + 1}`, kind, subjects, edits: [] });
    }
    if (mark === "in") module.plants.at(-1).edits.push({ path: rest, from: lines, to: [] });
    if (mark === "to") module.plants.at(-1).edits.at(-1).to = lines;
  }
  const trimmed = (lines) => lines.join("\n").replace(/^\n+|\s+$/g, "");
  return {
    ...module,
    files: module.files.map(({ path: at, lines }) => ({ path: at, text: `${trimmed(lines)}\n` })),
    plants: module.plants.map((plant) => ({
      ...plant,
      edits: plant.edits.map((edit) => ({ ...edit, from: trimmed(edit.from), to: trimmed(edit.to) })),
    })),
  };
}

/** Every text of a module (paths, files, edits, subjects) through one function. */
export function mapModule(module, map) {
  return {
    ...module,
    name: map(module.name),
    run: module.run && map(module.run),
    files: module.files.map((file) => ({ path: map(file.path), text: map(file.text, file.path) })),
    plants: module.plants.map((plant) => ({
      ...plant,
      subjects: plant.subjects.map((subject) => map(subject)),
      edits: plant.edits.map((edit) => ({
        path: map(edit.path),
        from: map(edit.from, edit.path),
        to: map(edit.to, edit.path),
      })),
    })),
  };
}

/** The tree with the change in it; a text that is not there exactly once is a mistake of the template. */
export function planted(tree, plant) {
  const changed = new Map(tree);
  for (const { path: at, from, to } of plant.edits) {
    const text = changed.get(at);
    const parts = text?.split(from) ?? [];
    if (parts.length !== 2) throw new Error(`${plant.id}: found ${parts.length - 1} times in ${at}: ${from}`);
    // A line that is left out leaves no empty line behind.
    const joined = to === "" ? parts[0].replace(/[ \t]*$/, "") + parts[1].replace(/^\n/, "") : parts.join(to);
    changed.set(at, joined);
  }
  return changed;
}
