import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "@/lib/clock";
import { type Database, openDatabase } from "@/lib/db/client";
import { loadConfig } from "@/lib/db/config-store";
import type { TailState } from "@/lib/db/log-tail-rows";
import { claimTails, findTailState } from "@/lib/db/log-tail-store";
import type { Actor } from "@/lib/domain/actor";
import type { GivenLogSource, GivenProject } from "@/lib/domain/config-defaults";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { closeChangeHub, hearChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { createTailOpener, type TailOpener } from "@/lib/pipeline/sources/watch-open";
import { listWatchedSources, type WatchedSource } from "@/lib/pipeline/sources/watch-plan";
import type { TailRead, WatchedTail } from "@/lib/pipeline/sources/watch-tail";
import { type RecordedWindow, recordWindows } from "@/lib/pipeline/sources/watch-windows";
import { startWatchLogSources } from "@/lib/workers/watch-log-sources";
import type { Worker, WorkerContext } from "@/lib/workers/worker";
import { aLogSource, aProject } from "./configs";
import { actors, testContext } from "./context";
import { createTestDatabase } from "./database";
import { aConfigPatch } from "./reports";

const leaseMs = 10_000;

/** A database and a folder with the logs of project `shop`, read by the real clock. */
export async function createLogGround() {
  const database = await createTestDatabase();
  const db: Database = openDatabase(database.url);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-logs-")));
  const root = join(folder, "shop");
  mkdirSync(root);
  const services = { allowedRoots: [folder] };
  const as = (actor: Actor = actors.admin()) =>
    testContext(db, actor, { nowMs: systemClock.nowMs(), services });
  const system = () =>
    testContext(db, actors.system("log-sources"), { nowMs: systemClock.nowMs(), services });
  await patchConfig(as(), {
    patch: aConfigPatch({ destinations: [{ destinationId: "local", name: "Local", kind: "telemetry" }] }),
  });
  /** Ahead of the system's clock, for tails that are read by hand. */
  const clock = { aheadMs: 0, nowMs: () => Date.now() + clock.aheadMs };
  let opener: TailOpener | undefined;
  const workers: Worker[] = [];

  /** The sources that there are, all of one project. */
  async function configure(
    sources: Array<Partial<GivenLogSource>>,
    project: Partial<GivenProject> = {},
    patch: Record<string, unknown> = {},
  ): Promise<void> {
    const logSources = sources.map((each) =>
      aLogSource({ format: "auto", startPosition: "beginning", ...each }),
    );
    const shop = aProject({ workspaceRoot: root, ...project, logSources });
    await patchConfig(as(), { patch: aConfigPatch({ monitoredProjects: [shop], ...patch }) });
  }

  const pathOf = (path: string) => join(root, path);

  function append(path: string, ...lines: string[]): void {
    mkdirSync(dirname(pathOf(path)), { recursive: true });
    appendFileSync(pathOf(path), lines.map((line) => `${line}\n`).join(""));
  }

  const watched = async (sourceId: string): Promise<WatchedSource> => {
    const source = listWatchedSources(await loadConfig(db)).get(`shop/${sourceId}`);
    if (!source) throw new Error(`${sourceId} is not to be read`);
    return source;
  };

  const state = async (sourceId: string): Promise<TailState> => {
    const found = await findTailState(db, { projectId: "shop", sourceId });
    if (!found) throw new Error(`nobody has read ${sourceId}`);
    return found;
  };

  /** The state of a source, claimed by `watcher`. */
  async function claim(sourceId: string, watcher = "one", nowMs = systemClock.nowMs()): Promise<TailState> {
    const { source, projectId } = await watched(sourceId);
    const sources = [{ projectId, sourceId, path: source.path }];
    const [claimed] = await claimTails(db, { watcher, leaseMs, nowMs, sources, limit: 1 });
    if (!claimed) throw new Error(`${sourceId} is read by another`);
    return claimed;
  }

  /** A tail read by hand, step by step. */
  async function open(sourceId: string, watcher = "one"): Promise<WatchedTail> {
    opener ??= createTailOpener(system().services, clock.nowMs);
    return opener.open(await watched(sourceId), await claim(sourceId, watcher), () => {});
  }

  async function record(tail: WatchedTail, watcher = "one"): Promise<RecordedWindow> {
    const [recorded] = await recordWindows(system(), { watcher, leaseMs, windows: [tail.toRecord()] });
    if (!recorded) throw new Error("a window has an answer");
    if (recorded.saved) tail.recorded(recorded);
    return recorded;
  }

  /** Reads and records until there is nothing more; what is open becomes whole by the clock. Answers the windows. */
  async function readOn(tail: WatchedTail, watcher = "one"): Promise<TailRead[]> {
    const windows: TailRead[] = [];
    for (;;) {
      const read = await tail.read();
      windows.push(read);
      await record(tail, watcher);
      if (read.kind === "error") return windows;
      if (read.settlesInMs !== null) clock.aheadMs += read.settlesInMs;
      else if (!read.behind) return windows;
    }
  }

  const workerContext = (): WorkerContext => ({
    ...{ db, clock: systemClock, deliveryLeaseMs: 45_000, health: (read) => read() },
    context: (name) => testContext(db, actors.system(name), { nowMs: systemClock.nowMs(), services }),
    onChange: (hear) => hearChanges(db, hear),
  });

  /** The loop as the product runs it. */
  function watch(): Worker {
    const worker = startWatchLogSources(workerContext());
    workers.push(worker);
    return worker;
  }

  return {
    ...{ db, folder, root, clock, as, system, configure, pathOf, append, watched, state, claim },
    ...{ open, record, readOn, watch },
    leaseMs,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      opener?.close();
      await closeChangeHub(db);
      await db.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type LogGround = Awaited<ReturnType<typeof createLogGround>>;
