import { rmSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { checkIntake } from "./support/counts";
import { MonitorProcess } from "./support/monitor-process";
import { count } from "./support/outage";
import { Postgres } from "./support/postgres";
import { emptyLedger, sendAgain, startReporters } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";
import { fillUp, freeBytes, mountSmallDisk, smallDiskMiB, unmount } from "./support/small-disk";
import { until } from "./support/until";

const roundsMax = 8;

const endings: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

it("of the data folder: refuses what it cannot keep, keeps what it took, and goes on when there is room again", async (test) => {
  const fault = "the data folder's disk full under load";
  beginFault(fault);
  const monitor = await MonitorProcess.create();
  endings.push(() => monitor.dispose());
  const impossible = mountSmallDisk(monitor.dataDir);
  if (impossible) {
    endFault({ fault, rounds: 0, found: `not run: ${impossible}` });
    return test.skip(impossible);
  }
  endings.push(async () => {
    if (monitor.isRunning) await monitor.stop().catch(() => monitor.killServer());
    unmount(monitor.dataDir);
  });
  await monitor.start();
  await hurt(fault, monitor, monitor.dataDir);
});

it("of the database at DATABASE_URL: the same", async (test) => {
  const fault = "the database's disk full under load";
  beginFault(fault);
  const postgres = await Postgres.onSmallDisk();
  if (typeof postgres === "string") {
    endFault({ fault, rounds: 0, found: `not run: ${postgres}` });
    return test.skip(postgres);
  }
  endings.push(() => postgres.dispose());
  const monitor = await MonitorProcess.start({ env: { DATABASE_URL: postgres.url } });
  endings.push(() => monitor.dispose());
  await hurt(fault, monitor, postgres.home, postgres);
});

/** Fills it under reporters until something is refused, makes room, and counts. */
async function hurt(fault: string, monitor: MonitorProcess, disk: string, postgres?: Postgres) {
  const rounds = roundsOf(roundsMax);
  const ledger = emptyLedger();
  const answers = new Map<number, number>();
  const restarts = { server: 0, database: 0 };
  const odd: string[] = [];
  await eachRound(rounds, async (round) => {
    const { url, token } = monitor;
    const crew = startReporters({
      ...{ url, token, prefix: `d${round}`, ledger, onFailure: "goOn" },
      onAnswer: ({ status, text }) => {
        answers.set(status, (answers.get(status) ?? 0) + 1);
        if (status === 200) return;
        const body = status === 503 ? JSON.parse(text) : {};
        if (body.code !== "DATABASE_UNAVAILABLE" || !body.request_id)
          odd.push(`${status} ${text.slice(0, 300)}`);
      },
    });
    const enough = ledger.acknowledged.size + 100;
    await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
    const open = () => ledger.retries.length + ledger.openBatches.length;
    const openBefore = open();
    const ballast = fillUp(disk);
    // Files that exist already have room in them: only when that is used up does a write fail.
    await until("reports to be refused for want of room", () => {
      if (freeBytes(disk) > 0) fillUp(disk);
      return open() > openBefore + 5 || !monitor.isRunning;
    });
    rmSync(ballast);
    await crew.stop();
    if (postgres && !postgres.isRunning) {
      restarts.database += 1;
      await postgres.start(); // nobody else does: it is not ours to start
    }
    if (!monitor.isRunning) {
      restarts.server += 1;
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
  expect(restarts.server, "the server lives through it").toBe(0);
  endFault({
    fault,
    rounds,
    found: `${smallDiskMiB} MiB tmpfs${postgres ? `, PostgreSQL ${postgres.major}` : ""}: ${ledger.acknowledged.size} reports acknowledged; ${count(answers)}; ${restarts.server} restarts of the server${postgres ? `, ${restarts.database} of PostgreSQL` : ""}; 0 lost, 0 twice`,
  });
}
