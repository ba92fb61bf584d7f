import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { until } from "./until";

/** Fields of /proc/<pid>/stat after the command, which may hold spaces and brackets; null when there is no such process. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** One that has ended and was not collected yet does not count. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.[1] === String(parent));
}

/** Whether there was anybody to signal. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** A server and everything it forked, at one stroke: it is stopped first, so that it forks nothing meanwhile. */
export function signalWithChildren(parent: number, name: NodeJS.Signals): number[] {
  signal(parent, "SIGSTOP");
  const all = [parent, ...childrenOf(parent)];
  for (const pid of all) signal(pid, name);
  return all;
}

export async function untilGone(pids: readonly number[]): Promise<void> {
  await until(`the end of ${pids.join(", ")}`, () => pids.every((pid) => !isAlive(pid)));
}

const reaperScript = `
trap '' INT TERM HUP
cat > /dev/null
for entry in /proc/[0-9]*; do
  pid=\${entry#/proc/}
  [ "$pid" = "$$" ] && continue
  if tr '\\0' ' ' < "$entry/cmdline" 2> /dev/null | grep -qF -- "$1"; then kill -9 "$pid" 2> /dev/null; fi
done
umount -l -- "$1/data" "$1" 2> /dev/null
rm -rf -- "$1"
`;

/**
 * A shell that waits for our end of its input to close, which the system does however we end, and then ends what runs
 * on `folder` (a name made for this run alone) and removes it. Returns the way to call it off.
 */
export function startReaper(folder: string): () => void {
  const reaper = spawn("/bin/sh", ["-c", reaperScript, "sh", folder], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  reaper.stdin.on("error", () => {});
  reaper.unref();
  (reaper.stdin as unknown as { unref?: () => void }).unref?.();
  return () => {
    reaper.kill("SIGKILL");
  };
}
