import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { loadConfig } from "@/lib/db/config-store";
import type { SourceKey, TailState } from "@/lib/db/log-tail-rows";
import {
  claimTails,
  listWatchers,
  recordWatcher,
  releaseTails,
  removeWatcher,
  renewTails,
  watcherTtlMs,
} from "@/lib/db/log-tail-store";
import { listWatchedSources, type WatchedSource } from "@/lib/pipeline/sources/watch-plan";
import type { WorkerContext } from "./worker";

/** A source whose reader has not renewed for so long is another's to read. */
export const sourceLeaseMs = 10_000;

/** What one process is to read, of what is configured, beside the others that read. */
export type SourceShare = {
  /** All that may be read now, whoever reads it. */
  wanted: Map<string, WatchedSource>;
  /** Of what this process holds, by key: the present revision. What is missing was taken over. */
  held: Map<string, number>;
  /** How many sources this process is to hold at most. */
  shareMax: number;
  /** Processes that read log sources, this one included. */
  watchers: number;
};

/** Tells this process from an earlier one of the same id. */
const thisProcess = randomUUID().slice(0, 8);

/**
 * A name that tells others of the same host whether its process still lives: they need not wait for the leases of one
 * that was killed.
 */
export function nameWatcher(): string {
  return `${placeOfProcesses()}/${process.pid}/${thisProcess}/${randomUUID().slice(0, 8)}`;
}

/** Host and, in containers, the space that its process ids are of. */
function placeOfProcesses(): string {
  try {
    return `${hostname()}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** Of this very host, and its process is no more. */
export function isGone(name: string, own: string): boolean {
  const place = `${placeOfProcesses()}/`;
  if (name === own || !name.startsWith(place)) return false;
  const [id, born] = name.slice(place.length).split("/");
  const pid = Number(id);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return born !== thisProcess;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Says that this process reads, keeps what it holds, and finds what its share of the configured sources is. */
export async function renewShare(worker: WorkerContext, watcher: string): Promise<SourceShare> {
  const nowMs = worker.clock.nowMs();
  await freeGone(worker, watcher);
  const watchers = await recordWatcher(worker.db, { watcher, nowMs, sinceMs: nowMs - watcherTtlMs });
  const held = await renewTails(worker.db, { watcher, leaseMs: sourceLeaseMs, nowMs });
  const wanted = listWatchedSources(await loadConfig(worker.db));
  return { wanted, held, watchers, shareMax: Math.ceil(wanted.size / watchers) };
}

async function freeGone(worker: WorkerContext, watcher: string): Promise<void> {
  for (const name of await listWatchers(worker.db)) {
    if (!isGone(name, watcher)) continue;
    await releaseTails(worker.db, name);
    await removeWatcher(worker.db, name);
  }
}

/** Takes sources that nobody reads, up to the share; not those of `avoided`, which this process could not read. */
export async function claimShare(
  worker: WorkerContext,
  watcher: string,
  { wanted, held, shareMax }: SourceShare,
  avoided: ReadonlySet<string>,
): Promise<TailState[]> {
  const sources = [...wanted.values()]
    .filter(({ key }) => !held.has(key) && !avoided.has(key))
    .map(({ projectId, sourceId, source }) => ({ projectId, sourceId, path: source.path }));
  const limit = shareMax - held.size;
  const nowMs = worker.clock.nowMs();
  return claimTails(worker.db, { watcher, leaseMs: sourceLeaseMs, nowMs, sources, limit });
}

/** Gives sources back; all of them, and the name itself, when none are named. */
export async function releaseShare(
  worker: WorkerContext,
  watcher: string,
  sources?: readonly SourceKey[],
): Promise<void> {
  if (sources?.length === 0) return;
  await releaseTails(worker.db, watcher, sources);
  if (!sources) await removeWatcher(worker.db, watcher);
}
