import type { LibraryKind } from "./trace-library";

/** Which files lock versions of a kind, the most telling first. */
export const lockFiles: Readonly<Record<LibraryKind, readonly string[]>> = {
  npm: ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"],
  python: ["poetry.lock", "uv.lock", "Pipfile.lock", "requirements.txt"],
  ruby: ["Gemfile.lock"],
  go: ["go.mod", "go.sum"],
  cargo: ["Cargo.lock"],
  composer: ["composer.lock"],
  maven: ["pom.xml"],
};

const lockNames = new Set(Object.values(lockFiles).flat());
export const isLockFile = (name: string): boolean => lockNames.has(name);

/** The version a lock file names for a library, and the line (from 1) that says so. */
export type LockedVersion = { name: string; version: string; line: number; text: string };

const lookAhead = 12;
const textLength = 200;

/** Reads one library's version from the lines of a lock file. Lines are looked at one by one; nothing is run or fetched. */
export function lockedVersion(
  fileName: string,
  lines: readonly string[],
  library: string,
): LockedVersion | null {
  const read = readers[fileName];
  if (read === undefined) return null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.length > 1_000) continue;
    const found = read(line, library, () => lines.slice(at + 1, at + 1 + lookAhead));
    if (found === null) continue;
    const name = found.name ?? library;
    return { name, version: found.version, line: at + 1, text: line.trim().slice(0, textLength) };
  }
  return null;
}

type Reader = (
  line: string,
  library: string,
  next: () => string[],
) => { version: string; name?: string } | null;

const version = (found: string | undefined) => (found ? { version: found } : null);
/** The first of the lines that names a version; what comes after `end` belongs to the next entry. */
function versionBelow(lines: readonly string[], pattern: RegExp, end?: RegExp) {
  for (const line of lines) {
    const match = pattern.exec(line.slice(0, 300));
    if (match) return version(match[1]);
    if (end?.test(line)) return null;
  }
  return null;
}

const packageLock: Reader = (line, library, next) => {
  const name = line.trim();
  if (name !== `"node_modules/${library}": {` && name !== `"${library}": {`) return null;
  return versionBelow(next(), /^\s*"version": "([^"]{1,80})"/, /^\s*\}/);
};
const yarnLock: Reader = (line, library, next) => {
  const isEntry = /^\S.*:$/.test(line) && (line.startsWith(`${library}@`) || line.startsWith(`"${library}@`));
  return isEntry ? versionBelow(next(), /^\s+version:? "?([^"\s]{1,80})"?$/, /^\S/) : null;
};
const pnpmLock: Reader = (line, library) => {
  const name = line.trim().replace(/^['"/]{1,2}/, "");
  if (!line.startsWith(" ") || !name.startsWith(`${library}@`)) return null;
  return version(/^(\d[\w.+-]{0,60})/.exec(name.slice(library.length + 1))?.[1]);
};
const normal = (name: string) => name.toLowerCase().replace(/[-_.]+/g, "-");
/** `name = "x"` and then `version = "1"`: poetry, uv, Cargo. */
const tomlLock =
  (same: (one: string, other: string) => boolean): Reader =>
  (line, library, next) => {
    const name = /^name = "([^"]{1,200})"$/.exec(line)?.[1];
    return name && same(name, library) ? versionBelow(next(), /^version = "([^"]{1,80})"/, /^\[/) : null;
  };
const sameDistribution = (one: string, other: string) => normal(one) === normal(other);
const requirements: Reader = (line, library) => {
  const match = /^([A-Za-z0-9][\w.-]{0,100})(?:\[[^\]]{0,100}\])?\s{0,4}[=~><]=\s{0,4}([\w.*+!-]{1,60})/.exec(
    line,
  );
  return match && sameDistribution(match[1] ?? "", library) ? version(match[2]) : null;
};
const pipfile: Reader = (line, library, next) => {
  const name = /^\s+"([\w.-]{1,100})": \{$/.exec(line)?.[1];
  return name && sameDistribution(name, library)
    ? versionBelow(next(), /"version": "==([^"]{1,60})"/, /^\s{8}\}/)
    : null;
};
const gemfile: Reader = (line, library) => {
  const match = /^ {4}([\w.-]{1,150}) \(([\w.+-]{1,60})\)$/.exec(line);
  return match && match[1] === library ? version(match[2]) : null;
};
const goModules: Reader = (line, library) => {
  const words = line
    .trim()
    .replace(/^require\s+/, "")
    .split(/\s+/, 2);
  return words[0] === library && /^v\d/.test(words[1] ?? "")
    ? version(words[1]?.replace(/\/go\.mod$/, ""))
    : null;
};
const composer: Reader = (line, library, next) =>
  line.trim() === `"name": "${library}",`
    ? versionBelow(next(), /^\s*"version": "([^"]{1,80})"/, /^\s*\}/)
    : null;
/** The group of a dependency is what its packages begin with. */
const pom: Reader = (line, library, next) => {
  const group = /^\s*<groupId>([\w.-]{3,200})<\/groupId>/.exec(line)?.[1];
  if (!group?.includes(".") || !(library === group || library.startsWith(`${group}.`))) return null;
  const lines = next();
  const artifact = /<artifactId>([\w.-]{1,200})<\/artifactId>/.exec(lines[0]?.slice(0, 300) ?? "")?.[1];
  const found = versionBelow(lines, /<version>([^<]{1,80})<\/version>/, /<\/(?:dependency|parent|plugin)>/);
  return found && artifact ? { ...found, name: `${group}:${artifact}` } : null;
};

const readers: Readonly<Record<string, Reader>> = {
  ...{ "package-lock.json": packageLock, "npm-shrinkwrap.json": packageLock },
  ...{ "yarn.lock": yarnLock, "pnpm-lock.yaml": pnpmLock },
  ...{ "poetry.lock": tomlLock(sameDistribution), "uv.lock": tomlLock(sameDistribution) },
  ...{ "Pipfile.lock": pipfile, "requirements.txt": requirements, "Gemfile.lock": gemfile },
  ...{ "go.mod": goModules, "go.sum": goModules, "composer.lock": composer, "pom.xml": pom },
  "Cargo.lock": tomlLock((one, other) => one === other),
};
