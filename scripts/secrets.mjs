import { randomBytes, randomInt } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Without the letters and digits that are mistaken for one another when read aloud or typed off a screen. */
const readable = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

function randomText(alphabet, length) {
  let text = "";
  for (let i = 0; i < length; i++) text += alphabet[randomInt(alphabet.length)];
  return text;
}

const generators = {
  "api-token": () => `tim_token_${randomText(base62, 48)}`,
  "admin-password": () => randomText(readable, 20),
  "nextauth-secret": () => randomBytes(32).toString("base64url"),
  "key-pepper": () => randomBytes(32).toString("base64url"),
  "audit-key": () => randomBytes(32).toString("base64url"),
  "audit-key-next": () => randomBytes(32).toString("base64url"),
  "postgres-admin-password": () => randomText(base62, 40),
  "postgres-password": () => randomText(base62, 40),
};

/** What the product keeps in the secrets folder for itself; no destination may name one (lib/destinations/secret-reference.ts). */
export const ownSecretNames = Object.keys(generators);

export const secretFile = (dataDir, name) => path.join(dataDir, "secrets", name);

/**
 * The data folder is its owner's alone; as root others may pass through (not list it), because PostgreSQL runs under
 * another account and its cluster lies inside.
 */
export function prepareDataFolder(dataDir) {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  fs.mkdirSync(dataDir, { recursive: true, mode });
  fs.mkdirSync(path.join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
  try {
    fs.chmodSync(dataDir, mode);
    fs.chmodSync(path.join(dataDir, "secrets"), 0o700);
  } catch (error) {
    if (error.code !== "EPERM") throw error;
    throw new Error(
      `the data folder ${dataDir} belongs to another user: start as that user, or choose another --data-dir`,
    );
  }
}

/**
 * A secret kept in the data folder with mode 0600, made the first time it is asked for.
 * @param {string} dataDir
 * @param {keyof typeof generators} name
 */
export function secretOnce(dataDir, name) {
  const file = secretFile(dataDir, name);
  const kept = readSecret(dataDir, name);
  if (kept !== null) return { value: kept, file, created: false };
  const value = generators[name]();
  writeSecret(dataDir, name, value);
  return { value, file, created: true };
}

/** @returns {string | null} */
export function readSecret(dataDir, name) {
  try {
    return fs.readFileSync(secretFile(dataDir, name), "utf8").trim() || null;
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** Whole or not at all, and on disk before it is used: the database will hold what depends on it. */
export function writeSecret(dataDir, name, value) {
  const file = secretFile(dataDir, name);
  const partial = `${file}.${process.pid}`;
  const handle = fs.openSync(partial, "w", 0o600);
  try {
    fs.writeSync(handle, `${value}\n`);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.chmodSync(partial, 0o600);
  fs.renameSync(partial, file);
}
