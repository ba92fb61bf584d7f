import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openCluster, removeCluster } from "../postgres.mjs";

/**
 * A cluster for one test run or one tool: empty, fast, and gone afterwards, even if this process is killed.
 * @param {{ label: string, onProgress?: (message: string) => void }} options
 */
export async function openThrowawayCluster({ label, onProgress }) {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), `incident-monitor-${label}-`));
  const cluster = await openCluster({ dataDir, durable: false, onProgress }).catch((error) => {
    fs.rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const reaper = startReaper(cluster.pid, dataDir, cluster.home);
  return {
    ...cluster,
    dataDir,
    remove: async () => {
      await cluster.stop();
      removeCluster(dataDir, cluster.home);
      reaper.kill("SIGKILL");
    },
  };
}

const reaperScript = `
trap '' INT TERM HUP
cat > /dev/null
kill -INT "$1" 2> /dev/null
while kill -0 "$1" 2> /dev/null; do sleep 0.2; done
rm -rf -- "$2" "$3"
`;

/** A shell that waits for our end of its input to close, which the system does however we end. */
function startReaper(pid, dataDir, home) {
  const reaper = spawn("/bin/sh", ["-c", reaperScript, "sh", String(pid), dataDir, home], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  reaper.stdin.on("error", () => {});
  reaper.stdin.unref?.();
  reaper.unref();
  return reaper;
}
