import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countedLines, faultsOf, LogWriter, type RotationMode, rotationModes } from "./support/log-writers";
import { MonitorProcess } from "./support/monitor-process";
import { startReaper } from "./support/processes";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const fault = "Six logs rotated six ways while their reader is killed with SIGKILL";
/** Each starts the server twice. */
const roundsMax = 40;
let folder: string;
let callOffReaper: () => void;
let monitor: MonitorProcess;
const writers = new Map<RotationMode, LogWriter>();
const failures: unknown[] = [];
/** A server that is down counts nothing: whoever asks meanwhile waits. */
const query = <Row extends object>(text: string, values?: unknown[]) => monitor.query<Row>(text, values);

beforeAll(async () => {
  beginFault(fault);
  folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-fault-logs-")));
  callOffReaper = startReaper(folder);
  monitor = await MonitorProcess.start({ args: ["--root", folder] });
  for (const mode of rotationModes) {
    mkdirSync(join(folder, mode));
    writers.set(mode, new LogWriter(join(folder, mode), mode, (n) => untilCounted(mode, n), noteFailure));
  }
  await monitor.api.patchConfig({
    monitored_projects: [
      {
        ...{ project_id: "logs", name: "Logs", repo: "acme/logs", workspace_root: folder },
        log_sources: rotationModes.map((mode) => ({
          ...{ source_id: mode, path: `${mode}/${mode}.log`, format: "auto", start_position: "beginning" },
          ...{ max_candidates_per_poll: 50, fingerprint_cooldown_ms: 1_000 },
        })),
      },
    ],
  });
  // What was rotated away before a source was looked at for the first time is not its business.
  await until("the first look at each log", async () => {
    const [states] = await query<{ n: number }>(
      "SELECT count(*)::int AS n FROM log_source_states WHERE positioned_at IS NOT NULL",
    );
    return states?.n === rotationModes.length;
  });
});

afterAll(async () => {
  for (const writer of writers.values()) writer.stop();
  await monitor?.dispose();
  callOffReaper?.();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const noteFailure = (error: unknown) => void failures.push(error);

/** Every line there is so far was counted, once. */
async function untilCounted(mode: RotationMode, written: number): Promise<void> {
  await until(
    `${written} lines of ${mode}`,
    async () => {
      const found = faultsOf(await countedLines(query, mode), written);
      if (Object.values(found).every((lines) => lines.length === 0)) return true;
      throw new Error(JSON.stringify(found));
    },
    { withinMs: 60_000, everyMs: 100 },
  );
}

/**
 * The database against itself, and each source against its lines. Where a rotation destroyed the file nobody can know that
 * nothing was left in it, and the source says so.
 */
async function checkCounts(): Promise<void> {
  const [counts] = await query<Record<string, number>>(`
    SELECT count(*)::int AS lines, count(DISTINCT origin_key)::int AS keys,
      (SELECT COALESCE(sum(occurrence_count), 0)::int FROM incidents WHERE provenance = 'log_source') AS counted,
      (SELECT count(*)::int FROM incidents i WHERE i.occurrence_count <>
        (SELECT count(*) FROM occurrences o WHERE o.incident_id = i.id)) AS miscounted,
      (SELECT count(*)::int FROM log_source_states WHERE error_code = 'rotated_file_lost'
        AND source_id <> ALL ('{truncate,recreate}')) AS "lostFiles"
    FROM occurrences WHERE provenance = 'log_source'`);
  const lines = [...writers.values()].reduce((sum, writer) => sum + writer.written, 0);
  expect(counts).toEqual({ lines, keys: lines, counted: lines, miscounted: 0, lostFiles: 0 });
}

it("every line is counted, and none twice", async () => {
  const rounds = roundsOf(roundsMax);
  let kills = 0;
  await eachRound(rounds, async () => {
    const writing = [...writers.values()].map((writer) => writer.write(between(150, 300), between(25, 60)));
    const killing = async () => {
      for (let nth = 0; nth < 2; nth++) {
        await pause(between(50, 1_200));
        await monitor.killServer();
        kills += 1;
        // Rotated meanwhile, while nobody reads.
        await pause(between(0, 800));
        await monitor.start();
      }
    };
    await Promise.all([...writing, killing()]);
    await Promise.all(rotationModes.map((mode) => untilCounted(mode, writers.get(mode)?.written ?? 0)));
    expect(failures).toEqual([]);
    await checkCounts();
  });
  const lines = [...writers.values()].map((writer) => `${writer.mode} ${writer.written}`);
  endFault({ fault, rounds, found: `${kills} kills; lines ${lines.join(", ")}; 0 lost, 0 twice` });
});
