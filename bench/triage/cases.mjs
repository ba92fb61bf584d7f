import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateCase } from "./generate.mjs";
import { languageOf } from "./languages.mjs";
import { haveRuntimes } from "./runtimes.mjs";

/** "1-40" or "7". */
export function seedsOf(text) {
  const [from, to = from] = text.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

/**
 * Makes each seed's case in turn and gives it to `visit`, then removes it. Cases of a language whose runtime is not to
 * be had are left out and named; a case that is not one ends up in `thrownAway`, with the reason.
 */
export async function eachCase(seeds, visit, options = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "triage-cases-"));
  const leftOut = new Set();
  const thrownAway = [];
  try {
    for (const seed of seeds) {
      const language = languageOf(seed);
      if (!(await haveRuntimes(language.runtimes))) {
        leftOut.add(language.name);
        continue;
      }
      const root = path.join(folder, `case-${seed}`);
      try {
        const made = await generateCase(seed, root, options);
        await visit(made);
      } catch (error) {
        thrownAway.push({ seed, language: language.name, reason: error.message });
        console.error(`Thrown away: ${error.stack}`);
      }
      rmSync(root, { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { leftOut: [...leftOut], thrownAway };
}
