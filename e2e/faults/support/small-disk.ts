import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, openSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";

export const smallDiskMiB = 320;

/** Null with a small file system mounted there; else why it cannot be: that takes root, and Linux. */
export function mountSmallDisk(folder: string): string | null {
  mkdirSync(folder, { recursive: true });
  try {
    const options = `size=${smallDiskMiB}m,mode=0711`;
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "pipe" });
    chmodSync(folder, 0o711);
    return null;
  } catch (error) {
    return `no small file system could be mounted (${(error as Error).message.trim().split("\n").at(-1)})`;
  }
}

export const unmount = (folder: string): void => void execFileSync("umount", ["-l", folder]);

/** Takes the rest of the disk. Returns the file that has it. */
export function fillUp(folder: string): string {
  const file = join(folder, "ballast");
  const handle = openSync(file, "a");
  const block = Buffer.alloc(256 * 1024, 1);
  try {
    for (;;) writeSync(handle, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(handle);
  }
  return file;
}

export const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};
