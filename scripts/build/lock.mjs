import { setTimeout as sleep } from "node:timers/promises";
import { acquireLock, LockedError } from "../lock-file.mjs";

/** Two builds at once would write over each other: the second waits, then finds the work done. */
export async function waitForLock(file) {
  for (;;) {
    try {
      return acquireLock(file, "building");
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
    await sleep(250);
  }
}
