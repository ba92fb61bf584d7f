import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkIntake } from "./support/counts";
import { MonitorProcess } from "./support/monitor-process";
import { emptyLedger, sendAgain, startReporters } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const fault = "the data folder's disk full under load";
const diskMiB = 320;
const roundsMax = 20;

/** Null with the folder mounted; else why it cannot be. */
function mountSmallDisk(folder: string): string | null {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMiB}m,mode=0711`, "tmpfs", folder], {
      stdio: "pipe",
    });
    chmodSync(folder, 0o711);
    return null;
  } catch (error) {
    return `no small file system could be mounted (${(error as Error).message.trim().split("\n").at(-1)})`;
  }
}

/** Takes the rest of the disk. Returns the file that has it. */
function fillUp(folder: string): string {
  const file = join(folder, "ballast");
  const handle = openSync(file, "w");
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

const freeBytes = (folder: string) => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

it("refuses what it cannot keep, keeps what it took, and goes on when there is room again", async (test) => {
  beginFault(fault);
  const monitor = await MonitorProcess.create();
  const impossible = mountSmallDisk(monitor.dataDir);
  if (impossible) {
    await monitor.dispose();
    endFault({ fault, rounds: 0, found: `not run: ${impossible}` });
    test.skip(impossible);
    return;
  }
  try {
    await monitor.start();
    await hurt(monitor);
  } finally {
    if (monitor.isRunning) await monitor.stop().catch(() => monitor.killServer());
    execFileSync("umount", ["-l", monitor.dataDir]);
    await monitor.dispose();
  }
});

async function hurt(monitor: MonitorProcess): Promise<void> {
  const rounds = roundsOf(roundsMax);
  const ledger = emptyLedger();
  const answers = new Map<number, number>();
  let restarts = 0;
  const odd: string[] = [];
  await eachRound(rounds, async (round) => {
    const { url, token } = monitor;
    const crew = startReporters({
      ...{ url, token, prefix: `d${round}`, ledger, onFailure: "goOn" },
      onAnswer: ({ status, text }) => {
        answers.set(status, (answers.get(status) ?? 0) + 1);
        if (status !== 200 && !(status >= 500 && JSON.parse(text).request_id))
          odd.push(`${status} ${text.slice(0, 200)}`);
      },
    });
    const enough = ledger.acknowledged.size + 100;
    await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
    const refusedBefore = ledger.retries.length + ledger.openBatches.length;
    const ballast = fillUp(monitor.dataDir);
    // Files that exist already have room in them: only when that is used up does a write fail.
    await until("a report to be refused for want of room", () => {
      if (freeBytes(monitor.dataDir) > 0) fillUp(monitor.dataDir);
      return ledger.retries.length + ledger.openBatches.length > refusedBefore + 5 || !monitor.isRunning;
    });
    rmSync(ballast);
    await crew.stop();
    if (!monitor.isRunning) {
      restarts += 1;
      await monitor.start();
    }
    await until("readiness", () => monitor.isReady());
    await until("everything to be sent again", async () => {
      await sendAgain({ url, token, ledger });
      return true;
    });
    await checkIntake((text, values) => monitor.query(text, values), ledger);
  });
  expect(odd).toEqual([]);
  const seen = [...answers].map(([status, n]) => `${n} answered ${status}`).join(", ");
  endFault({
    fault,
    rounds,
    found: `${diskMiB} MiB tmpfs: ${ledger.acknowledged.size} acknowledged; ${seen}; ${restarts} restarts; 0 lost, 0 twice`,
  });
}
