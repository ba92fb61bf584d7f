import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type WatchedLog = {
  /** The project's folder: below the folder that the host allows. */
  folder: string;
  /** Of the file, relative to the folder. */
  path: string;
  /** Whole lines, as a system would write them. */
  write: (...lines: string[]) => void;
};

/** A real log file of a project, under the folder that the journeys' server may read. */
export function openLog(
  logRoot: string,
  name: string,
  path: string,
  lines: readonly string[] = [],
): WatchedLog {
  const folder = join(logRoot, name);
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  const text = (rows: readonly string[]) => rows.map((row) => `${row}\n`).join("");
  writeFileSync(file, text(lines));
  return { folder, path, write: (...rows) => appendFileSync(file, text(rows)) };
}
