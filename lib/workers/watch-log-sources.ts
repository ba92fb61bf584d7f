import type { TailState } from "@/lib/db/log-tail-rows";
import { findTailState } from "@/lib/db/log-tail-store";
import { logger } from "@/lib/logger";
import { createTailOpener } from "@/lib/pipeline/sources/watch-open";
import type { WatchedSource } from "@/lib/pipeline/sources/watch-plan";
import { countFaults } from "./count-faults";
import { createWindowRecorder } from "./record-windows";
import {
  claimShare,
  nameWatcher,
  releaseShare,
  renewShare,
  type SourceShare,
  sourceLeaseMs,
} from "./share-log-sources";
import { SourceReader } from "./source-reader";
import { createTurns } from "./take-turns";
import type { Worker, WorkerContext } from "./worker";

/** Often enough that a lease never runs out while its process lives. */
const renewEveryMs = 3_000;
/** A source that this process cannot read, where others may, is left to them for so long. */
const avoidMs = 60_000;
const avoidAfterErrors = 6;
/** Failures that wait to be written, beyond which nothing more is read. */
const waitingMax = 4_000;

/**
 * Reads the log sources of the configuration, each by one process at a time: as soon as the system tells of a change, and
 * by looking where it does not. Sources take turns, so neither a busy nor a broken one keeps the others waiting.
 */
export function startWatchLogSources(worker: WorkerContext): Worker {
  const watcher = nameWatcher();
  const nowMs = () => worker.clock.nowMs();
  const opener = createTailOpener(worker.context("log-sources").services, nowMs);
  const faults = countFaults(worker, "log-sources");
  const recorder = createWindowRecorder(worker, { watcher, leaseMs: sourceLeaseMs, faults });
  const readers = new Map<string, SourceReader>();
  const avoidedUntil = new Map<string, number>();
  const turns = createTurns({
    isFull: () => recorder.waitingCount() >= waitingMax,
    onLost: (reader) => reclaim(reader),
  });

  const open = (watched: WatchedSource, state: TailState) => {
    const tail = opener.open(watched, state, () => {
      reader.stir();
      turns.wake();
    });
    const reader = new SourceReader(tail, recorder);
    readers.set(reader.key, reader);
    turns.add(reader);
  };

  /** Ends reading; what was read is written first, as far as it can be. false: it does not come to an end now. */
  const close = (reader: SourceReader) =>
    turns.hold(reader, async () => {
      readers.delete(reader.key);
      turns.drop(reader);
      if (reader.tail.hasMoved) await reader.record();
      await reader.tail.close();
    });

  /** Its state was not as this process left it: put elsewhere by a person, or taken over. Only while it has no turn. */
  const reclaim = async (reader: SourceReader) => {
    const state = await findTailState(worker.db, reader.tail.watched);
    if (state?.claimedBy === watcher) return reader.reload(state);
    logger.info({ source: reader.key }, "a log source is read by another process now");
    readers.delete(reader.key);
    turns.drop(reader);
    await reader.tail.close();
  };

  const reclaimMoved = async ({ held }: SourceShare) => {
    const hasMoved = (reader: SourceReader) =>
      (held.get(reader.key) ?? Number.POSITIVE_INFINITY) > reader.tail.revision;
    await Promise.all(
      [...readers.values()].filter(hasMoved).map((reader) =>
        turns.hold(reader, async () => {
          // Its own commit may have been what moved it.
          if (hasMoved(reader) && readers.get(reader.key) === reader) await reclaim(reader);
        }),
      ),
    );
  };

  /** Those that are not to be read any more, or otherwise, or by another process. */
  const letGo = async ({ wanted, held, shareMax, watchers }: SourceShare) => {
    const avoidUntil = performance.now() + avoidMs;
    const reopened: SourceReader[] = [];
    const given: SourceReader[] = [];
    for (const reader of [...readers.values()]) {
      const isUnreadable = watchers > 1 && reader.consecutiveErrors >= avoidAfterErrors;
      const isSurplus = readers.size - given.length > shareMax;
      const version = wanted.get(reader.key)?.version;
      if (isUnreadable) avoidedUntil.set(reader.key, avoidUntil);
      if (version === undefined || isUnreadable || isSurplus) given.push(reader);
      else if (version !== reader.tail.watched.version) reopened.push(reader);
    }
    const closed = new Set<SourceReader>();
    await Promise.all(
      [...given, ...reopened].map(async (reader) => {
        if (await close(reader)) closed.add(reader);
      }),
    );
    const released = given.filter((reader) => closed.has(reader));
    await releaseShare(
      worker,
      watcher,
      released.map((reader) => reader.tail.watched),
    );
    for (const reader of released) held.delete(reader.key);
    for (const reader of reopened) if (closed.has(reader)) await reopen(wanted.get(reader.key));
  };

  const reopen = async (watched: WatchedSource | undefined) => {
    const state = watched && (await findTailState(worker.db, watched));
    if (watched && state?.claimedBy === watcher) open(watched, state);
  };

  const balance = async () => {
    const share = await renewShare(worker, watcher);
    await reclaimMoved(share);
    await letGo(share);
    const now = performance.now();
    for (const [key, until] of avoidedUntil) if (until <= now) avoidedUntil.delete(key);
    for (const state of await claimShare(worker, watcher, share, new Set(avoidedUntil.keys()))) {
      const watched = share.wanted.get(`${state.projectId}/${state.sourceId}`);
      if (watched) open(watched, state);
    }
    turns.wake();
  };

  const shareFaults = countFaults(worker, "log-source-shares");
  const balancing = repeat(renewEveryMs, async () => {
    try {
      await balance();
      shareFaults.passed();
    } catch (error) {
      await shareFaults.failed(error, "log sources could not be shared out");
    }
  });

  const unsubscribe = worker.onChange((change) => {
    if (change === "gap" || change.topic === "config" || change.topic === "log_source") balancing.soon();
  });
  balancing.soon();

  return {
    stop: async () => {
      unsubscribe();
      await balancing.stop();
      turns.stop();
      await Promise.all([...readers.values()].map(close));
      opener.close();
      try {
        await releaseShare(worker, watcher);
      } catch (error) {
        logger.error({ err: error }, "log sources could not be given back: others wait for the lease");
      }
    },
  };
}

/** Runs `work` at an interval, at once when asked to, and never twice at the same time. */
function repeat(everyMs: number, work: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const run = () => {
    clearTimeout(timer);
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = work().finally(() => {
      running = null;
      if (stopped) return;
      timer = setTimeout(run, again ? 0 : everyMs);
      again = false;
    });
  };
  return {
    soon: run,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
