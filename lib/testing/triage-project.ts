import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { SuspectCommit, Validation } from "@/lib/domain/triage";
import { type LineReader, validateFailure } from "@/lib/triage/validate-failure";
import { type TriageCase, triageCase } from "./triage-cases";

const folder = mkdtempSync(join(tmpdir(), "validate-"));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The case's files in a folder of their own, and a reader over it. */
export function projectOf({ files }: TriageCase): { root: string; read: LineReader; reads: string[] } {
  count += 1;
  const root = join(folder, String(count));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const reads: string[] = [];
  const read: LineReader = {
    readLines: async (path, from, to) => {
      reads.push(path);
      if (!Object.hasOwn(files, path)) return null;
      const lines = readFileSync(join(root, path), "utf8").replace(/\n$/, "").split("\n");
      return lines.slice(from - 1, to);
    },
  };
  return { root, read, reads };
}

export async function validate(given: TriageCase): Promise<Validation> {
  const { root, read } = projectOf(given);
  const { subject, inspection, research } = given;
  return validateFailure({ subject, inspection, research, root, read });
}

/** The project's file is another one now, and inspection saw that. */
export function rewrite(given: TriageCase, text: string): TriageCase {
  given.files[given.at.path] = text;
  for (const window of given.inspection.windows) {
    window.lines = text.split("\n");
    window.enclosing = null;
  }
  return given;
}

export const edit = (language: string, bend: (given: TriageCase) => void): TriageCase => {
  const given = triageCase(language);
  bend(given);
  return given;
};
export const sourceOf = (given: TriageCase) => given.files[given.at.path] as string;
export const suspectOf = (given: TriageCase) => given.research.history.suspects[0] as SuspectCommit;
