import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, waitUntilGone } from "../processes.mjs";

/**
 * What PostgreSQL writes about itself in its data folder: line 1 pid, line 2 data folder, line 4 port. Null when the
 * file is not complete (it is written line by line while the server starts).
 * @param {string} text
 * @returns {{ pid: number, cluster: string, port: number } | null}
 */
export function parsePostmasterFile(text) {
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return null;
  return { pid, cluster: lines[1], port };
}

export const postmasterFile = (cluster) => path.join(cluster, "postmaster.pid");

/** A server killed off by its parent's death may be caught while it still writes the file. */
const fileCompleteWithinMs = 10_000;

/**
 * The live server on this cluster, if any. A file left by a server that is gone (power cut, kill -9, a container that
 * was replaced) may name a pid that now belongs to something else, and PostgreSQL would then refuse to start: such a
 * file is removed.
 * @param {string} cluster
 */
export async function findRunningPostmaster(cluster) {
  for (const deadline = Date.now() + fileCompleteWithinMs; ; await sleep(50)) {
    let text;
    try {
      text = fs.readFileSync(postmasterFile(cluster), "utf8");
    } catch (error) {
      if (error.code === "ENOENT") return null;
      throw error;
    }
    const pid = Number(text.split("\n")[0]);
    if (pid > 0 && isPostmasterOf(pid, cluster)) {
      const entry = parsePostmasterFile(text);
      if (entry) return entry;
      if (Date.now() > deadline)
        throw new Error(`PostgreSQL (pid ${pid}) does not finish starting on ${cluster}`);
    } else {
      fs.rmSync(postmasterFile(cluster), { force: true });
      return null;
    }
  }
}

/** A server's working directory is its data folder; where there is no /proc, its command line names it. */
function isPostmasterOf(pid, cluster) {
  if (!isRunning(pid)) return false;
  try {
    return (
      fs.realpathSync(`/proc/${pid}/cwd`) === fs.realpathSync(cluster) && /postgres/.test(commandOf(pid))
    );
  } catch {
    return fs.existsSync("/proc/self") ? false : commandOf(pid).includes(cluster);
  }
}

function commandOf(pid) {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return readCommandLine(pid);
  }
}

/** Slim containers have no `ps`. */
function readCommandLine(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/**
 * Fast shutdown (SIGINT): open transactions roll back, everything committed is on disk. Immediate (SIGQUIT) if that
 * hangs, which the next start recovers from.
 */
export async function stopPostmaster(pid, timeoutMs = 15_000) {
  for (const [signal, patienceMs] of [
    ["SIGINT", timeoutMs],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ]) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code === "ESRCH") return;
      throw error;
    }
    if (await waitUntilGone(pid, patienceMs)) return;
  }
  throw new Error(`PostgreSQL (pid ${pid}) did not stop`);
}
