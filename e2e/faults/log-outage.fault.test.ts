import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countedLines, faultsOf, LogWriter } from "./support/log-writers";
import { MonitorProcess } from "./support/monitor-process";
import { Postgres } from "./support/postgres";
import { startReaper } from "./support/processes";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, isFullRun, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const fault = "PostgreSQL stopped, killed or held while logs are read and rotated";
/** Each waits for the length of an outage. */
const roundsMax = 20;
const modes = ["rename", "copytruncate"] as const;
let folder: string;
let callOffReaper: () => void;
let postgres: Postgres;
let monitor: MonitorProcess;
let writers: LogWriter[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  beginFault(fault);
  folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-fault-logs-")));
  callOffReaper = startReaper(folder);
  postgres = await Postgres.start();
  monitor = await MonitorProcess.start({ args: ["--root", folder], env: { DATABASE_URL: postgres.url } });
  writers = modes.map((mode) => {
    mkdirSync(join(folder, mode));
    return new LogWriter(
      join(folder, mode),
      mode,
      async () => {},
      (error) => failures.push(error),
    );
  });
  await monitor.api.patchConfig({
    monitored_projects: [
      {
        ...{ project_id: "logs", name: "Logs", repo: "acme/logs", workspace_root: folder },
        log_sources: modes.map((mode) => ({
          ...{ source_id: mode, path: `${mode}/${mode}.log`, format: "auto", start_position: "beginning" },
        })),
      },
    ],
  });
  await until("the first look at each log", async () => {
    const [states] = await monitor.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM log_source_states WHERE positioned_at IS NOT NULL",
    );
    return states?.n === modes.length;
  });
});

afterAll(async () => {
  for (const writer of writers) writer.stop();
  await monitor?.dispose();
  await postgres?.dispose();
  callOffReaper?.();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function outage(round: number): Promise<void> {
  const awayMs = isFullRun && round === 1 ? 30_000 : between(1_000, 4_000);
  if (round % 3 === 0) {
    postgres.hold();
    await pause(awayMs);
    postgres.release();
    return;
  }
  await (round % 3 === 1 ? postgres.kill() : postgres.stop());
  await pause(awayMs);
  await postgres.start();
}

it("what is written meanwhile is counted afterwards, once, by the same process", async () => {
  const rounds = roundsOf(roundsMax);
  const { pid } = monitor;
  await eachRound(rounds, async (round) => {
    const writing = writers.map((writer) => writer.write(between(150, 300), between(40, 90)));
    await pause(between(20, 400));
    await outage(round);
    await Promise.all(writing);
    for (const { mode, written } of writers) {
      await until(
        `${written} lines of ${mode}`,
        async () => {
          const counted = await countedLines((text, values) => monitor.query(text, values), mode);
          const found = faultsOf(counted, written);
          if (Object.values(found).every((lines) => lines.length === 0)) return true;
          // Nothing at all is another fault than a few: what the server said last tells a slow one from a loss.
          const words = monitor.output().slice(-1_500);
          throw new Error(
            `${counted.size} counted, ${JSON.stringify(found)}; the server's last words:\n${words}`,
          );
        },
        { withinMs: 60_000, everyMs: 100 },
      );
    }
    expect(failures).toEqual([]);
    expect(monitor.pid).toBe(pid);
    expect(monitor.isRunning).toBe(true);
  });
  const lines = writers.map((writer) => `${writer.mode} ${writer.written}`).join(", ");
  endFault({ fault, rounds, found: `lines ${lines}; 0 lost, 0 twice, no restart of the server` });
});
