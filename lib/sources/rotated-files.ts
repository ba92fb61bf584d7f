import { type BigIntStats, promises } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { factsOf, idOf } from "./open-inside-root";
import type { FileFacts } from "./tail-words";

/** A file that was the log before, by its name. */
export type RotatedFile = FileFacts & { path: string };

/** Where a name stands among the rotated ones of a log: counted (`.1` is the newest), or dated. */
export type RotationName =
  | { scheme: "counted"; age: number; packed: boolean }
  | { scheme: "dated"; date: string; rest: string; packed: boolean };

const { lstat, readdir, stat } = promises;
/** Names of a folder that are looked at; rotated files are few, folders of logs may be large. */
const nameMax = 20_000;

/**
 * How `name` names a rotated file of the log `base`: `app.log.1`, `app.log.2.gz`, `app.log-20261126`, `app.1.log`,
 * `app-2026-11-26T10-00-00.log`, `app.log.old`. Null for any other: `app-worker.log` is another log.
 */
export function rotationName(base: string, name: string): RotationName | null {
  const packed = name.endsWith(".gz");
  const plain = packed ? name.slice(0, -3) : name;
  if (plain === base) return packed ? { scheme: "counted", age: 1, packed } : null;
  const dot = base.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [base.slice(0, dot), base.slice(dot)] : [base, ""];
  if (plain.startsWith(base)) {
    const found = rotationSuffix(plain.slice(base.length), packed);
    if (found) return found;
  }
  if (extension === "" || !plain.startsWith(stem) || !plain.endsWith(extension)) return null;
  const middle = plain.slice(stem.length, plain.length - extension.length);
  // `app-2.log` is the log of a second process more often than the one before.
  return /^[_-]\d{1,5}$/.test(middle) ? null : rotationSuffix(middle, packed);
}

function rotationSuffix(suffix: string, packed: boolean): RotationName | null {
  if (/^[.-](?:old|prev|previous|bak)$/.test(suffix)) return { scheme: "counted", age: 1, packed };
  const counted = /^[._-](\d{1,5})$/.exec(suffix);
  if (counted) return { scheme: "counted", age: Number(counted[1]), packed };
  const dated = /^[._-](\d{4}-?\d\d-?\d\d|\d{6,})([T_.:+Z\d-]*)$/.exec(suffix);
  if (!dated?.[1]) return null;
  return { scheme: "dated", date: dated[1].replaceAll("-", ""), rest: dated[2] ?? "", packed };
}

type Named = { file: RotatedFile; name: RotationName };

/** A look at a log's folder: the rotated files, oldest first, and which file lies under the path. */
export type LogSurvey = { rotated: RotatedFile[]; currentId: string | null };

/** Names went on moving from file to file while they were looked at: nothing can be said of what lies where. */
export class NamesMoved extends Error {}

const looksMax = 40;

/**
 * Looks until nothing moves: a rotation renames one file after another, and who looks meanwhile misses one, or sees it
 * twice. Rotated files are ordered by the number or date in their names where all have one kind, else by when they were last
 * written. A compressed file whose original is still there is left out: it is still being made.
 */
export async function surveyLog(realPath: string, wantedPath: string): Promise<LogSurvey> {
  const { survey, isStill } = await lookUntilStill(realPath, wantedPath);
  if (!isStill) throw new NamesMoved(wantedPath);
  return survey;
}

/** The rotated files of a log, oldest first; as they were last seen where their names never rest. */
export const listRotated = async (realPath: string, wantedPath: string): Promise<RotatedFile[]> =>
  (await lookUntilStill(realPath, wantedPath)).survey.rotated;

async function lookUntilStill(realPath: string, wantedPath: string) {
  const shapeOf = ({ currentId, rotated }: LogSurvey) =>
    JSON.stringify([currentId, rotated.map((each) => [each.id, each.path])]);
  let survey = await lookOnce(realPath, wantedPath);
  for (let looks = 1; looks < looksMax; looks++) {
    const again = await lookOnce(realPath, wantedPath);
    const isStill = shapeOf(survey) === shapeOf(again);
    survey = again;
    if (isStill) return { survey, isStill };
  }
  return { survey, isStill: false };
}

async function lookOnce(realPath: string, wantedPath: string): Promise<LogSurvey> {
  const folder = dirname(realPath);
  const bases = [...new Set([basename(realPath), basename(wantedPath)])];
  const names = (await readdir(folder).catch(() => [])).slice(0, nameMax);
  const present = new Set(names);
  const named: Named[] = [];
  for (const each of names) {
    const name = bases.map((base) => rotationName(base, each)).find((found) => found !== null);
    if (!name || bases.includes(each) || (name.packed && present.has(each.slice(0, -3)))) continue;
    const path = join(folder, each);
    const stats = await statOrNull(lstat, path);
    if (stats?.isFile()) named.push({ file: { ...factsOf(stats), path }, name });
  }
  const current = await statOrNull(stat, isAbsolute(wantedPath) ? wantedPath : realPath);
  const oneScheme = new Set(named.map((each) => each.name.scheme)).size === 1;
  const sorted = named.sort((a, b) => (oneScheme ? byName(a, b) : 0) || byTime(a, b));
  const currentId = current && idOf(current);
  return { currentId, rotated: sorted.map((each) => each.file).filter((each) => each.id !== currentId) };
}

type Stat = (path: string, options: { bigint: true }) => Promise<BigIntStats>;
const statOrNull = (look: Stat, path: string): Promise<BigIntStats | null> =>
  look(path, { bigint: true }).catch(() => null);

function byName(a: Named, b: Named): number {
  if (a.name.scheme === "counted" && b.name.scheme === "counted") return b.name.age - a.name.age;
  if (a.name.scheme !== "dated" || b.name.scheme !== "dated") return 0;
  if (a.name.date !== b.name.date) return a.name.date < b.name.date ? -1 : 1;
  // Of one day: a time of day orders them, a mere number may count either way.
  const timed = /^[T_-]\d\d/;
  if (!timed.test(a.name.rest) || !timed.test(b.name.rest)) return 0;
  return a.name.rest < b.name.rest ? -1 : Number(a.name.rest > b.name.rest);
}

const byTime = (a: Named, b: Named) => a.file.modifiedAtMs - b.file.modifiedAtMs;

/** Files of the folder, whatever their names: a log may be moved anywhere in it. */
export async function listFolderFiles(realPath: string): Promise<RotatedFile[]> {
  const folder = dirname(realPath);
  const files: RotatedFile[] = [];
  for (const name of (await readdir(folder).catch(() => [])).slice(0, nameMax)) {
    const path = join(folder, name);
    const stats = await statOrNull(lstat, path);
    if (stats?.isFile()) files.push({ ...factsOf(stats), path });
  }
  return files;
}
