import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process exists, ours or not. One that has ended but was not yet collected by its parent does not count. */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return processState(pid) !== "Z";
}

/** Fields of /proc/<pid>/stat after the command, which may itself contain spaces and brackets. */
function statFields(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

const processState = (pid) => statFields(pid)?.[0] ?? null;

/** Clock ticks since boot at which the process began: with the pid, it names one process for good. Null off Linux. */
export function startTimeOf(pid) {
  const fields = statFields(pid);
  return fields ? fields[19] : null;
}

export async function waitUntilGone(pid, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (isRunning(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(25);
  }
  return true;
}
