import fs from "node:fs";
import os from "node:os";
import { isRunning, startTimeOf } from "./processes.mjs";

const heartbeatMs = 10_000;
/** A holder on another host (two containers, one volume) can only be judged by its heartbeat. */
const silenceMeansDeadMs = 45_000;

/** @typedef {{ pid: number, startTime: string | null, bootId: string | null, host: string, about: string }} Holder */

export class LockedError extends Error {
  name = "LockedError";
  /** @param {Holder} holder */
  constructor(holder) {
    super(`held by process ${holder.pid} on ${holder.host} (${holder.about})`);
    this.holder = holder;
  }
}

/**
 * Takes a lock that outlives nobody: one left by a process that is gone (kill -9, power cut, pid used again since) is
 * taken over. Throws a LockedError naming the living holder.
 * @param {string} file
 * @param {string} about what the holder does, for the message
 */
export function acquireLock(file, about) {
  const mine = `${JSON.stringify(describeSelf(about))}\n`;
  for (let attempt = 0; attempt < 10; attempt++) {
    if (createWhole(file, mine)) return hold(file, mine);
    const found = readIfThere(file);
    if (found === null) continue; // released meanwhile
    const holder = parseHolder(found);
    if (holder && isAlive(holder, file)) throw new LockedError(holder);
    removeStale(file, found);
  }
  throw new Error(`could not take the lock ${file}: others keep taking it`);
}

/** @returns {Holder} */
function describeSelf(about) {
  return {
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    bootId: readBootId(),
    host: os.hostname(),
    about,
  };
}

/** A link appears with its whole content and fails if the name is taken: no half-written lock is ever seen. */
function createWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function hold(file, mine) {
  const heartbeat = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now, () => {});
  }, heartbeatMs);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      if (readIfThere(file) === mine) fs.rmSync(file, { force: true });
    },
  };
}

/** Moves it aside first: if another process took the lock over in the meantime, that one is put back. */
function removeStale(file, expected) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  try {
    if (readIfThere(aside) !== expected) fs.linkSync(aside, file);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** @returns {Holder | null} null for content no version of this program wrote */
export function parseHolder(text) {
  try {
    const holder = JSON.parse(text);
    return Number.isInteger(holder.pid) && typeof holder.host === "string" ? holder : null;
  } catch {
    return null;
  }
}

/** @param {Holder} holder */
function isAlive(holder, file) {
  if (holder.host !== os.hostname()) {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    return stat !== undefined && Date.now() - stat.mtimeMs < silenceMeansDeadMs;
  }
  if (holder.bootId !== readBootId()) return false;
  return isRunning(holder.pid) && startTimeOf(holder.pid) === holder.startTime;
}

function readBootId() {
  try {
    return fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
